/// Graphs are made simpler, stabler and faster here, without changing what they mean.
///
/// Takes: roots of a graph. Gives: roots of an equivalent graph, and an [org.agnesi.rewrite.Explanation] of what was done.
/// Open a list of rules such as `Arithmetic` first; the order of the passes is `Pipeline`'s, in `compile`.
///
/// ```
/// Rule      = name, RuleClass, conditions, before → after       a line in the notation of formulas
///           | name, RuleClass, op class, (node, op) → Expr?      where an op's parameters matter
/// Pass      = roots → roots                                     merging, sums of products, lengths, expansion
/// Rewriter  = rules, to a fixpoint
/// ```
///
/// Lists of rules by purpose: [org.agnesi.rewrite.RuleSet#CANONICAL], [org.agnesi.rewrite.RuleSet#STABLE],
/// [org.agnesi.rewrite.RuleSet#SPECIALIZE], [org.agnesi.rewrite.RuleSet#FINISH]. What is made of Jacobians is no list:
/// [org.agnesi.rewrite.JacobianProducts].
@NullMarked
package org.agnesi.rewrite;

import org.jspecify.annotations.NullMarked;
