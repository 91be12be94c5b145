package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.checkpoint;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final int LAYERS = 16;
    private static final int ROWS = 20_000;

    private final Expr x = dmatrix("x");
    private final List<Expr> weights = new ArrayList<>();

    CheckpointTest() {
        for (int k = 0; k < LAYERS; k++) weights.add(dmatrix("W" + k));
    }

    private static NDArray numbers(int... dims) {
        var shape = Shape.of(dims);
        var data = new double[shape.size()];
        for (int i = 0; i < data.length; i++) data[i] = Math.sin(i + 1) / 2;
        return NDArray.wrap(DType.FLOAT64, shape, data);
    }

    /// A net whose layers are computed again in blocks; in blocks of 1 they are not.
    private Expr net(int block) {
        var h = x;
        for (int k = 0; k < LAYERS; k += block) {
            int first = k;
            h = block == 1 ? layer(h, k) : checkpoint(h, e -> {
                for (int j = first; j < first + block; j++) e = layer(e, j);
                return e;
            });
        }
        return sum(sqr(h));
    }

    private Expr layer(Expr h, int k) { return tanh(dot(tanh(dot(h, weights.get(k))), weights.get(k))); }

    private List<Expr> inputs() {
        var all = new ArrayList<>(List.of(x));
        all.addAll(weights);
        return all;
    }

    private Compiled gradient(int block, Mode mode) {
        var cost = net(block);
        return function().inputs(inputs()).outputs(outputs(cost, grad(cost, weights))).mode(mode).compile();
    }

    private Cost cost(int block) {
        var shapes = new ArrayList<Shape>();
        for (var in : inputs()) shapes.add(in == x ? Shape.of(ROWS, 64) : Shape.of(64, 64));
        return gradient(block, Mode.DEFAULT).cost(shapes.toArray());
    }

    @Test void theGradientHasTheSameBits() {
        var args = new ArrayList<Object>();
        for (var in : inputs()) args.add(in == x ? numbers(5, 4) : numbers(4, 4));
        for (var mode : List.of(Mode.STRICT, Mode.DEFAULT, Mode.REFERENCE))
            assertThat(gradient(4, mode).callAll(args.toArray())).as(mode.toString()).isEqualTo(gradient(1, mode).callAll(args.toArray()));
    }

    @Test void onlyBlocksAndWhatIsInsideOneAreHeld() {
        long activation = 8L * ROWS * 64;
        assertThat(cost(1).peakBytes()).isGreaterThan(60 * activation);
        int inside = 4 * 4;   // two products and two tanh a layer
        assertThat(cost(4).peakBytes()).isLessThan((LAYERS / 4 + inside + 5) * activation);
    }

    @Test void theInsideIsComputedOnceMore() {
        var forward = function().inputs(inputs()).outputs(net(1)).compile();
        var shapes = inputs().stream().map(in -> in == x ? Shape.of(ROWS, 64) : Shape.of(64, 64)).toArray();
        long extra = cost(4).flops() - cost(1).flops();
        assertThat(extra).isBetween(8 * forward.cost(shapes).flops() / 10, 11 * forward.cost(shapes).flops() / 10);
    }

    @Test void theValueIsComputedAsIfItWereNotThere() {
        var v = dvector("v");
        var f = function(v, sum(checkpoint(v, e -> log(e.exp().plus(1)))));
        assertThat(f.pp()).isEqualTo("sum(softplus(v))");
    }

    @Test void derivativesOfAnyOrderAreTheSame() {
        var v = dvector("v");
        var plain = sum(tanh(v.times(v)).exp());
        var saved = sum(checkpoint(v, e -> checkpoint(e, a -> tanh(a.times(a))).exp()));
        var third = List.of(grad(sum(hessian(plain, v)), v), grad(sum(hessian(saved, v)), v));
        var found = function().inputs(v).outputs(third).compile().callAll(new double[] {0.3, -0.7, 1.1});
        assertThat(found.get(1).allClose(found.get(0), 1e-14, 1e-15)).isTrue();
    }

    @Test void inABatchAndBelowAChoice() {
        var v = dvector("v");
        var rows = dmatrix("rows");
        var y = sum(where(v.gt(0), checkpoint(v, e -> e.sqrt().times(e)), v));
        var f = function(rows, vectorize(grad(y, v), Map.of(v, rows)));
        assertThat(f.call(new double[][] {{4, -1}, {0, 1}}).toString()).isEqualTo("[[3.  1. ]\n [1.  1.5]]");
    }
}
