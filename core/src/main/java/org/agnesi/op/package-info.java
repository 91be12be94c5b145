/// One file per operation, every question answered inside; open [org.agnesi.op.Exp] for the smallest, [org.agnesi.op.Sum] for a linear one.
///
/// ```
/// Op = Leaf (Variable, Constant) | Elementwise (Unary, Binary, Where …) | Reduction | movement (DimShuffle, Reshape, Concatenate …)
///    | indexing (Slice, Gather, and their transposes PutSlice, Scatter)
///    | products (Contract) | LinearAlgebra (Solve …) | loops and branches (Scan, IfElse, Call) | draws, prints, asserts
/// ```
///
/// Not exported: users call [org.agnesi.Tensors]. Files here never import derive, rewrite or compile.
@NullMarked
package org.agnesi.op;

import org.jspecify.annotations.NullMarked;
