/// Sums of products of tensors, with Jacobians among the factors: open [org.agnesi.network.Network] first.
///
/// However a product with a Jacobian is written, as dot, einsum, a sum of elementwise products, slices, transposes, sums, it
/// is one of these: a few tensors with a label on each axis, multiplied, and summed over the labels that the result lacks.
/// [org.agnesi.network.Reader] reads expressions as such sums. [org.agnesi.network.Planner] finds the cheapest order to
/// compute them, in which a Jacobian meets a vector wherever one can be made.
///
/// ```text
/// Network = Σ Product     out: labels
/// Product = number · Factor …
/// Factor  = Dense(value, labels) | Derived(Jacobian; y labels, x labels) | Composed(InTurn; y, x) | Delta(a, b) | Move(from, to)
/// ```
@NullMarked
package org.agnesi.network;

import org.jspecify.annotations.NullMarked;
