package org.agnesi.derive;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.matmul;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensordot;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Products with Jacobians that do not fit: what is said tells their shapes in terms of what is derived in what.
class ShapeNotesTest {
    private final Expr x = dvector("x", 4);
    private final Expr a = dmatrix("A", 3, 4);
    private final Expr v = dvector("v", 3);
    private final Expr jacobian = jacobian(tanh(dot(a, x)), x);

    private final Expr z = dvector("z");
    private final Expr b = dmatrix("B");
    private final Expr w = dvector("w");

    private static void says(ThrowingCallable product, String message) {
        assertThatThrownBy(product).isInstanceOf(ShapeError.class).extracting(e -> ((ShapeError) e).problem()).isEqualTo(message);
    }

    private static NDArray zeros(int... dims) { return NDArray.zeros(DType.FLOAT64, dims); }

    @Test void aVectorOfAnotherLength() {
        says(() -> dot(jacobian, v), """
            dot needs axis 1 of jacobian(tanh((A \\dot x)), x) and axis 0 of v to be equal, but got
              jacobian(tanh((A \\dot x)), x): float64[3,4]
              v: float64[3]
            The Jacobian of tanh(A \\dot x) (3,) in x (4,) has shape (3, 4).
            Transpose or reshape one of them.""");
    }

    @Test void aVectorOfAnotherLengthFromTheLeft() {
        says(() -> dot(x, jacobian), """
            dot needs axis 0 of x and axis 0 of jacobian(tanh((A \\dot x)), x) to be equal, but got
              x: float64[4]
              jacobian(tanh((A \\dot x)), x): float64[3,4]
            The Jacobian of tanh(A \\dot x) (3,) in x (4,) has shape (3, 4).
            Transpose or reshape one of them.""");
    }

    @Test void aTransposedJacobian() {
        says(() -> matmul(jacobian.T(), x), """
            dot needs axis 1 of jacobian(tanh((A \\dot x)), x).T and axis 0 of x to be equal, but got
              jacobian(tanh((A \\dot x)), x).T: float64[4,3]
              x: float64[4]
            The Jacobian of tanh(A \\dot x) (3,) in x (4,) has shape (3, 4).
            Transpose or reshape one of them.""");
    }

    @Test void aJacobianInAFormula() {
        says(() -> tensordot(jacobian.plus(1).times(2), v, 1), """
            dot needs axis 1 of (jacobian(tanh((A \\dot x)), x) + 1) * 2 and axis 0 of v to be equal, but got
              (jacobian(tanh((A \\dot x)), x) + 1) * 2: float64[3,4]
              v: float64[3]
            The Jacobian of tanh(A \\dot x) (3,) in x (4,) has shape (3, 4).
            Transpose or reshape one of them.""");
    }

    @Test void aMatrixOfMoreRows() {
        says(() -> dot(jacobian, jacobian), """
            dot needs axis 1 of jacobian(tanh((A \\dot x)), x) and axis 0 of jacobian(tanh((A \\dot x)), x) to be equal, but got
              jacobian(tanh((A \\dot x)), x): float64[3,4]
              jacobian(tanh((A \\dot x)), x): float64[3,4]
            The Jacobian of tanh(A \\dot x) (3,) in x (4,) has shape (3, 4).
            Transpose or reshape one of them.""");
    }

    @Test void anElementwiseProduct() {
        says(() -> mul(jacobian, v), """
            mul needs operands of one shape, but got
              jacobian(tanh((A \\dot x)), x) of type float64[3,4]
              v of type float64[3]
            The Jacobian of tanh(A \\dot x) (3,) in x (4,) has shape (3, 4).
            Shapes broadcast along dimensions that are known to be 1; reshape or dimshuffle one of them.""");
    }

    @Test void aLetterForTwoLengths() {
        says(() -> einsum("ij,j->i", jacobian, v), """
            einsum("ij,j->i") needs axis 1 of jacobian(tanh((A \\dot x)), x) and axis 0 of v to be equal, but got
              jacobian(tanh((A \\dot x)), x): float64[3,4]
              v: float64[3]
            The Jacobian of tanh(A \\dot x) (3,) in x (4,) has shape (3, 4).
            A letter stands for one length.""");
    }

    @Test void anotherRank() {
        says(() -> einsum("ijk,k->ij", jacobian, v), """
            einsum("ijk,k->ij") needs 3 axes for "ijk", but got jacobian(tanh((A \\dot x)), x) of type float64[3,4]
            The Jacobian of tanh(A \\dot x) (3,) in x (4,) has shape (3, 4).
            Give each axis a letter, or the rest of them "...".""");
    }

    @Test void moreAxesThanBothHave() {
        assertThatThrownBy(() -> tensordot(jacobian, v, 2)).isInstanceOf(TypeError.class).hasMessage("""
            tensordot needs a number of axes from 0 to 1, but got 2 \
            for jacobian(tanh((A \\dot x)), x) of type float64[3,4] and v of type float64[3]
            The Jacobian of tanh(A \\dot x) (3,) in x (4,) has shape (3, 4).
            Each counts axes that both have.""");
    }

    @Test void aHessian() {
        says(() -> dot(hessian(sum(sin(x)), x), v), """
            dot needs axis 1 of jacobian((fill(sum(sin(x)), 1.0) * cos(x)), x) and axis 0 of v to be equal, but got
              jacobian((fill(sum(sin(x)), 1.0) * cos(x)), x): float64[4,4]
              v: float64[3]
            The Hessian in x (4,) has shape (4, 4).
            Transpose or reshape one of them.""");
    }

    @Test void sizesThatTheCallTells() {
        var f = function(inputs(b, z, w), dot(jacobian(tanh(dot(b, z)), z), w));
        says(() -> f.call(new double[3][4], new double[4], new double[3]), """
            dot needs axis 1 of jacobian(tanh((B \\dot z)), z) and axis 0 of w to be equal, but got
              jacobian(tanh((B \\dot z)), z): (3, 4)
              w: (3,)
            The Jacobian of tanh(B \\dot z) (3,) in z (4,) has shape (3, 4).
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void aTransposedOneWhoseSizesTheCallTells() {
        var f = function(inputs(b, z, w), dot(jacobian(tanh(dot(b, z)), z).T(), w));
        says(() -> f.call(new double[3][4], new double[4], new double[4]), """
            dot needs axis 1 of jacobian(tanh((B \\dot z)), z).T and axis 0 of w to be equal, but got
              jacobian(tanh((B \\dot z)), z).T: (4, 3)
              w: (4,)
            The Jacobian of tanh(B \\dot z) in z has the shape of the one, then that of the other.
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void anEvaluation() {
        var at = Map.of(b, zeros(3, 4), z, zeros(4), w, zeros(3));
        says(() -> Graph.eval(dot(jacobian(tanh(dot(b, z)), z), w), at), """
            dot needs axis 1 of jacobian(tanh((B \\dot z)), z) and axis 0 of w to be equal, but got
              jacobian(tanh((B \\dot z)), z): (3, 4)
              w: (3,)
            The Jacobian of tanh(B \\dot z) (3,) in z (4,) has shape (3, 4).
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void anythingElseIsAsItWas() {
        says(() -> dot(a, v), """
            dot needs axis 1 of A and axis 0 of v to be equal, but got
              A: float64[3,4]
              v: float64[3]
            Transpose or reshape one of them.""");
    }
}
