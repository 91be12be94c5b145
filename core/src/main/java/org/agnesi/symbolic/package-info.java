/// Calls become a typed graph here; open [org.agnesi.symbolic.Expr] first, then [org.agnesi.symbolic.Op].
///
/// ```
/// Expr      = (Node, result index)            compared by identity
/// Node      = Op, args: Expr*, types: TensorType*, origin
/// Op        = a record: infer, eval, signs, powers, partials, batch, lower, outputShape, symbol …
/// Partial   = Linear(push, pull) | Zero | Disconnected | Undefined(reason)
/// Lambda    = params: Expr*, results: Expr*   closed over its params
/// TensorType = DType, dims: (int | unknown)*
/// ```
///
/// Takes: method calls on expressions. Gives: graphs, and graphs made from graphs by the two sweeps
/// ([org.agnesi.symbolic.Pull], [org.agnesi.symbolic.Push]) and by batching ([org.agnesi.symbolic.Vectorize]).
/// Every walk over a graph is a loop, never a recursion: a chain of 10⁶ nodes is as safe as one of ten.
@NullMarked
package org.agnesi.symbolic;

import org.jspecify.annotations.NullMarked;
