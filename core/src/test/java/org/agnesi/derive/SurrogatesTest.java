package org.agnesi.derive;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.jacobianSparse;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.customGradient;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.gradClip;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agnesi.Mode;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Derivatives that are deliberately wrong are the same wrong ones, whichever way the compiler goes.
class SurrogatesTest {
    private final Expr x = dvector("x");
    private final Expr v = dvector("v");

    private String value(Expr e, Mode mode) {
        return function().inputs(x, v).outputs(e).mode(mode).compile().call(new double[] {0.5, 2}, new double[] {1, 10}).toString();
    }

    private void agrees(Expr e, String value) {
        assertThat(value(e, Mode.REFERENCE)).isEqualTo(value);
        assertThat(value(e, Mode.DEFAULT)).isEqualTo(value);
    }

    /// With fewer inputs than results, a forward sweep would be cheaper and cut something else.
    @Test void aClippedGradientIsClippedRowByRow() {
        var tall = dvector("t", 1);
        var y = dot(constant(new double[][] {{3}, {0.5}, {-4}}), gradClip(tall, -1, 1));
        for (var mode : List.of(Mode.DEFAULT, Mode.REFERENCE))
            assertThat(function().inputs(tall).outputs(jacobian(y, tall)).mode(mode).compile().call(new double[] {7}).toDoubleArray()).containsExactly(1, 0.5, -1);
    }

    @Test void aSparseJacobianIsClippedRowByRowToo() {
        var y = gradClip(x, -1, 1).times(3);
        agrees(jacobianSparse(y, x).values(), "[1. 1.]");
        agrees(jacobianSparse(y, x).sweeps(), "2");
        agrees(jacobianSparse(scan(x, u -> gradClip(u, -1, 1).times(3)), x).toDense(), "[[1. 0.]\n [0. 1.]]");
    }

    @Test void aProductWithAClippedJacobianIsOneWithItsMatrix() {
        var j = jacobian(gradClip(x, -1, 1).times(3), x);
        agrees(j, "[[1. 0.]\n [0. 1.]]");
        agrees(dot(j, v), "[ 1. 10.]");
        agrees(dot(v, j), "[ 1. 10.]");
        agrees(sum(j.times(v), 1), "[ 1. 10.]");
    }

    /// Cutting is not linear: a sweep cuts what passes, a product with the matrix takes the matrix' own cut rows.
    @Test void aSweepCutsWhatPassesThroughIt() {
        var y = gradClip(x, -1, 1).times(3);
        agrees(rop(y, x, v), "[3. 3.]");
        agrees(rop(y, x, v.times(0.05)), "[0.15 1.5 ]");
        agrees(lop(y, x, v), "[1. 1.]");
        agrees(lop(y, x, v.times(0.05)), "[0.15 1.  ]");
    }

    @Test void aClipInsideALoopIsSeenToo() {
        var y = scan(x, u -> gradClip(u, -1, 1).times(3));
        agrees(dot(jacobian(y, x), v), "[ 1. 10.]");
    }

    /// `(x₁, 0)` as the gradient of a sum: its derivative is no symmetric matrix.
    @Test void aHessianOfAGradientOfOnesOwnIsNotSymmetric() {
        var f = customGradient("f", List.of(x), in -> List.of(sum(in.getFirst())),
            (in, g) -> List.of(in.getFirst().at(0).set(in.getFirst().get(1)).at(1).set(0).times(g.getFirst()))).getFirst();
        var h = hessian(f, x);
        agrees(h, "[[0. 1.]\n [0. 0.]]");
        agrees(dot(h, v), "[10.  0.]");
        agrees(dot(v, h), "[0. 1.]");
        agrees(dot(v, hessian(f, List.of(x)).getFirst().getFirst()), "[0. 1.]");
    }

    @Test void aGradientOfOnesOwnUsesWhatItLikes() {
        var scaled = v.times(2);
        var f = customGradient("f", List.of(x), in -> List.of(in.getFirst().times(v)),
            (in, g) -> List.of(g.getFirst().times(scaled).times(in.getFirst()))).getFirst();
        var gradient = grad(sum(f), x);                                  // 2 v x
        agrees(f, "[ 0.5 20. ]");
        agrees(gradient, "[ 1. 40.]");
        agrees(grad(sum(f), v), "[0. 0.]");
        agrees(grad(sum(gradient), v), "[1. 4.]");                       // what it uses counts in derivatives of it
        agrees(rop(f, x, v), "[  1. 400.]");
    }

    @Test void aGradientOfOnesOwnUsesWhatALoopHasAtEachStep() {
        var rows = scan(v, e -> customGradient("f", List.of(x), in -> List.of(sum(in.getFirst())),
            (in, g) -> List.of(in.getFirst().times(e).times(g.getFirst()))).getFirst());
        agrees(grad(sum(rows), x), "[ 5.5 22. ]");                       // x · (1 + 10)
    }

    @Test void aGradientOfOnesOwnUsesTheSameForEveryRowOfABatch() {
        var each = vectorize(y -> customGradient("f", List.of(y), in -> List.of(in.getFirst()),
            (in, g) -> List.of(in.getFirst().times(sum(v)).times(g.getFirst()))).getFirst()).apply(x);
        agrees(grad(sum(each), x), "[ 5.5 22. ]");
    }

    @Test void aGradientOfItsOwnFitsTheInputs() {
        var x = dvector("x");
        var y = dvector("y");
        assertThatThrownBy(() -> customGradient("f", List.of(x, y), in -> List.of(in.getFirst()), (in, g) -> List.of(g.getFirst())))
            .isInstanceOf(TypeError.class).hasMessage("""
                the gradient of customGradient("f") needs a cotangent for each of its inputs [x, y], but returned 1
                Return zeros for an input that it does not depend on.""");
        assertThatThrownBy(() -> customGradient("f", List.of(x), in -> in, (in, g) -> List.of(sum(g.getFirst()))))
            .isInstanceOf(TypeError.class).hasMessage("""
                the gradient of customGradient("f") needs cotangents of its inputs' shapes, but returned sum(g) of type float64[] for x of \
                type float64[?]
                Sum it over the axes that are too many, or broadcast it.""");
    }
}
