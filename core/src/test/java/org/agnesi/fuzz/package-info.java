/// Graphs grown at random from the ops' samples: what is compiled must give what the ops' own `eval` gives.
///
/// ```
/// Growth  seed → Specimen → Verdict ──fails──→ Shrinking → Reproducer
///                    └──→ Coverage
/// ```
///
/// [org.agnesi.fuzz.Fuzz] runs it, for a number of graphs or seconds.
@NullMarked
package org.agnesi.fuzz;

import org.jspecify.annotations.NullMarked;
