/// Which entries of a Jacobian can be other than zero, and how few sweeps find them: open [org.agnesi.sparse.SparsityPattern] first.
///
/// A pattern is carried through the forward sweep from its tangent to its result, one index set per element, by the index
/// maps of the ops' loops; [org.agnesi.sparse.Coloring] then says which columns, or rows, may share a sweep.
/// Both are ops, run at the call from sizes and index data, and remembered until these change.
@NullMarked
package org.agnesi.sparse;

import org.jspecify.annotations.NullMarked;
