package org.agnesi.symbolic;

import static org.agnesi.op.Constant.constant;
import static org.agnesi.op.Variable.variable;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.op.Fill;
import org.agnesi.op.Where;
import org.junit.jupiter.api.Test;

class PullTest {
    private static Expr grad(Expr cost, Expr x) {
        return Pull.pull(List.of(cost), List.of(Fill.fill(cost, constant(1.0))), List.of(x)).getFirst();
    }

    @Test void differentiatesTheLogistic() {
        var x = variable("x", TensorType.unknown(DType.FLOAT64, 2));
        var s = constant(1).div(constant(1).plus(x.neg().exp())).sum();
        var at = NDArray.of(new double[][] {{0, 1}, {-1, -2}});
        assertThat(Graph.eval(grad(s, x), Map.of(x, at)).toString())
            .isEqualTo("[[0.25       0.19661193]\n [0.19661193 0.10499359]]");
    }

    @Test void bringsNoNaNThroughTheBranchNotTaken() {
        var x = variable("x", TensorType.unknown(DType.FLOAT64, 1));
        var y = Where.where(x.gt(0), x.pow(0.5), 0).sum();
        assertThat(Graph.eval(grad(y, x), Map.of(x, NDArray.of(new double[] {-1, 0, 4}))).toString()).isEqualTo("[0.   0.   0.25]");
    }

    @Test void goesThroughAChainOf100_000Ops() {
        var x = variable("x", TensorType.scalar(DType.FLOAT64));
        var y = x;
        for (int i = 0; i < 100_000; i++) y = y.neg();
        assertThat(Graph.eval(grad(y, x), Map.of(x, NDArray.of(3.0))).toDouble()).isEqualTo(1);
    }
}
