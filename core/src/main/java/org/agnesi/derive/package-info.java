/// Derivatives, graph to graph: open [org.agnesi.derive.Gradient] first, then [org.agnesi.derive.Operators].
///
/// The two sweeps themselves, [org.agnesi.symbolic.Pull] and [org.agnesi.symbolic.Push], live beside the graph. Here is
/// what a user asks of them: the gradient of a scalar, R- and L-operator, Jacobians and Hessians, each checked and with
/// errors in the user's words. Everything given back is a graph again, so it nests to any order.
///
/// What an equation defines, a root, a minimum or a fixed point, is here too, since its derivative is one of these: `Implicit`
/// says how, `Solvers` which loop finds it.
///
/// {@snippet file="BlackScholes.java" region="greeks"}
@NullMarked
package org.agnesi.derive;

import org.jspecify.annotations.NullMarked;
