package org.agnesi.symbolic;

import org.agnesi.array.Shape;
import org.agnesi.error.ShapeError;

/// Two dimensions that must be equal for a node to make sense: `dim(a, axisA) = dim(b, axisB)`.
///
/// `x + y` states one per dimension that is not known on both sides. A function checks its facts on entry,
/// with the line of the node, so that rewrites may use them and errors survive rewriting. The two need not be the node's
/// arguments: a write into `x[1:]` states that its values have the shape of that slice.
public record Fact(Expr a, int axisA, Expr b, int axisB) {

    /// The error of two dimensions that differ at the call, with both operands, their shapes and the user's line.
    public ShapeError mismatch(Node node, Shape shapeA, Shape shapeB) {
        return Evaluation.mismatch(node, this, shapeA, shapeB);
    }
}
