package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Blocks of a Hessian times vectors: the value of the blocks as built, at the cost of sweeps of the gradient, and no block.
class BlockHessianTest {
    /// A cost of two inputs, with vectors of their shapes.
    private static final class Setting {
        private final Expr x;
        private final Expr y;
        private final Expr v;
        private final Expr w;
        private final List<Expr> inputs;
        private final List<Expr> gradient;
        private final List<List<Expr>> blocks;
        private final List<NDArray> at;

        /// @param known whether sizes are known before the call
        Setting(int n, boolean known) {
            int m = 3 * n / 2;
            x = dvector("x", known ? n : -1);
            y = dvector("y", known ? m : -1);
            v = dvector("v", known ? n : -1);
            w = dvector("w", known ? m : -1);
            var a = dmatrix("A", known ? n : -1, known ? n : -1);
            var b = dmatrix("B", known ? n : -1, known ? m : -1);
            var cost = sum(mul(tanh(dot(a, x)), sin(dot(b, y))).sqr());
            inputs = inputs(x, y, v, w, a, b);
            gradient = grad(cost, List.of(x, y));
            blocks = hessian(cost, List.of(x, y));
            var random = new Random(n);
            at = List.of(array(random, n), array(random, m), array(random, n), array(random, m), array(random, n, n), array(random, n, m));
        }

        private static NDArray array(Random random, int... dims) {
            return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian() / 4);
        }

        private Expr moved(Expr e) { return rop(e, List.of(x, y), List.of(v, w)); }

        /// Written with blocks, and by hand.
        void isASweep(Expr product, Expr sweep) {
            var f = function(inputs, product);
            var expected = function().inputs(inputs).outputs(product).mode(Mode.REFERENCE).compile().call(at);
            assertThat(f.call(at).allClose(expected, 1e-9, 1e-10)).as(f.pp()).isTrue();
            var cost = f.cost(at);
            var byHand = function(inputs, sweep).cost(at);
            assertThat((double) cost.flops()).as(f.pp()).isLessThanOrEqualTo(1.2 * byHand.flops());
            assertThat(cost.largestElements()).as(f.pp()).isLessThanOrEqualTo(4 * w());
        }

        private long w() { return at.get(3).size(); }
    }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"20, true", "40, true", "20, false"})
    void aBlockTimesAVector(int n, boolean known) {
        var s = new Setting(n, known);
        s.isASweep(dot(s.blocks.get(0).get(0), s.v), rop(s.gradient.get(0), s.x, s.v));
        s.isASweep(dot(s.blocks.get(0).get(1), s.w), rop(s.gradient.get(0), s.y, s.w));
        s.isASweep(dot(s.blocks.get(1).get(0), s.v), rop(s.gradient.get(1), s.x, s.v));
        s.isASweep(dot(s.v, s.blocks.get(0).get(1)), rop(s.gradient.get(1), s.x, s.v));
    }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"20, true", "40, true", "20, false"})
    void aRowOfBlocks(int n, boolean known) {
        var s = new Setting(n, known);
        for (int i = 0; i < 2; i++) {
            var row = s.blocks.get(i);
            s.isASweep(add(dot(row.get(0), s.v), dot(row.get(1), s.w)), s.moved(s.gradient.get(i)));
        }
    }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"20, true", "40, true", "20, false"})
    void allBlocksAsOneMatrixTakeASweepOfBoth(int n, boolean known) {
        var s = new Setting(n, known);
        var rows = s.blocks.stream().map(row -> concatenate(row, 1)).toList();
        var sweeps = s.gradient.stream().map(s::moved).toList();
        s.isASweep(dot(concatenate(rows, 0), concatenate(List.of(s.v, s.w), 0)), concatenate(sweeps, 0));
    }
}
