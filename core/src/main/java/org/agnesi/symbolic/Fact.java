package org.agnesi.symbolic;

/// Two dimensions that must be equal for a node to make sense: `dim(a, axisA) = dim(b, axisB)`.
///
/// `x + y` states one per dimension that is not known on both sides. A function checks its facts on entry,
/// with the line of the node, so that rewrites may use them and errors survive rewriting.
public record Fact(Expr a, int axisA, Expr b, int axisB) {}
