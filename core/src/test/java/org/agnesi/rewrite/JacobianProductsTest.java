package org.agnesi.rewrite;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.expandDims;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.ones;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.Mode;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class JacobianProductsTest {
    private final Expr x = dvector("x");
    private final Expr v = dvector("v");
    private final Expr a = dmatrix("A");
    private final Expr y = tanh(dot(a, x));
    private final List<Expr> inputs = inputs(a, x, v);

    /// The same program as the sweep's.
    private void isASweep(Expr product, Expr sweep) {
        assertThat(function(inputs, product).pp()).isEqualTo(function(inputs, sweep).pp());
        buildsNoMatrix(product);
    }

    private void buildsNoMatrix(Expr product) {
        var f = function(inputs, product);
        assertThat(f.pp()).doesNotContain("jacobian", "diag", "reshape");
        Object[] at = {new double[][] {{0.1, 0.2}, {0.3, -0.4}}, new double[] {1, 2}, new double[] {0.5, -1}};
        assertThat(f.call(at).allClose(function().inputs(inputs).outputs(product).mode(Mode.REFERENCE).compile().call(at), 1e-12, 1e-14))
            .isTrue();
    }

    @Test void aJacobianTimesAVectorIsAForwardSweep() { isASweep(dot(jacobian(y, x), v), rop(y, x, v)); }
    @Test void aVectorTimesAJacobianIsAReverseSweep() { isASweep(dot(v, jacobian(y, x)), lop(y, x, v)); }
    @Test void aTransposedJacobianTimesAVectorIsAReverseSweep() { isASweep(dot(jacobian(y, x).T(), v), lop(y, x, v)); }

    @Test void aHessianTimesAVectorIsAForwardSweepOfTheGradient() {
        var cost = sum(y.pow(2));
        buildsNoMatrix(dot(hessian(cost, x), v));
        isASweep(dot(hessian(sum(y), x), v), rop(grad(sum(y), x), x, v));
    }

    @Test void gaussNewtonNeverBuildsTheMatrix() {
        var j = jacobian(y, x);
        isASweep(dot(j.T(), dot(j, v)), lop(y, x, rop(y, x, v)));
    }

    @Test void theThreeHessianProductsOfTheTutorialAreOneProgram() {
        var cost = sum(x.pow(2));
        var gx = grad(cost, x);
        var programs = List.of(grad(sum(mul(gx, v)), x), rop(gx, x, v), dot(hessian(cost, x), v)).stream()
            .map(e -> function(inputs(x, v), e).pp()).distinct();
        assertThat(programs).containsExactly("(2.0 * v)");
    }

    @Test void aProductWithAMatrixIsOneAndScalesItsRows() {
        int n = 40;
        var z = dot(a, x);
        var byHand = mul(expandDims(rop(tanh(z), z, ones(z.length())), 1), dot(a, a));
        var product = dot(jacobian(y, x), a);
        buildsNoMatrix(product);
        var shapes = new Object[] {Shape.of(n, n), Shape.of(n), Shape.of(n)};
        assertThat((double) function(inputs, product).cost(shapes).flops()).isLessThanOrEqualTo(1.2 * function(inputs, byHand).cost(shapes).flops());
    }

    @Test void aHessianIsAsStableAsItsGradient() {
        var cost = sum(log(add(1, exp(mul(3, x)))));
        var at = new double[] {400, -400, 0};
        assertThat(function(x, hessian(cost, x)).call(at).toDoubleMatrix()).isDeepEqualTo(new double[][] {{0, 0, 0}, {0, 0, 0}, {0, 0, 2.25}});
    }
}
