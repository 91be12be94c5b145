package org.agnesi.rewrite;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.cast;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.oneHot;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class OneHotLoopsTest {
    private final Expr x = dvector("x");
    private final Expr v = dvector("v");
    private final Expr a = dmatrix("A");
    private final Expr y = tanh(dot(a, x));
    private final List<Expr> inputs = inputs(a, x, v);

    private static Expr rows(Expr y, Expr x) { return scan(arange(y.length()), i -> grad(y.get(i), x)); }

    private String compiled(Expr e) {
        var f = function(inputs, e);
        Object[] at = {new double[][] {{0.1, 0.2}, {0.3, -0.4}}, new double[] {1, 2}, new double[] {0.5, -1}};
        assertThat(f.call(at).allClose(function().inputs(inputs).outputs(e).mode(Mode.REFERENCE).compile().call(at), 1e-12, 1e-14)).isTrue();
        return f.pp();
    }

    @Test void theTutorialsJacobianIsOne() { assertThat(compiled(rows(y, x))).doesNotContain("scan"); }
    @Test void theTutorialsHessianIsOne() { assertThat(compiled(rows(grad(sum(y.pow(2)), x), x))).doesNotContain("scan"); }
    @Test void itsProductWithAVectorIsASweep() { assertThat(compiled(dot(rows(y, x), v))).isEqualTo(compiled(rop(y, x, v))); }
    @Test void aVectorTimesItIsASweep() { assertThat(compiled(dot(v, rows(y, x)))).isEqualTo(compiled(lop(y, x, v))); }

    @Test void theHessiansProductBuildsNoMatrix() {
        assertThat(compiled(dot(rows(grad(sum(y.pow(2)), x), x), v))).doesNotContain("scan", "diag", "eye");
    }

    private void staysALoop(UnaryOperator<Expr> step) {
        assertThat(compiled(scan(arange(x.length()), step))).contains("scan");
    }

    @Test void aStepThatUsesItsNumberOtherwiseStaysALoop() {
        staysALoop(i -> mul(cast(i, DType.FLOAT64), dot(a, oneHot(i, x.length()))));
    }

    @Test void aStepThatIsNotLinearStaysALoop() { staysALoop(i -> exp(dot(a, oneHot(i, x.length())))); }
    @Test void aStepWithAnOffsetStaysALoop() { staysALoop(i -> add(x, oneHot(i, x.length()))); }
}
