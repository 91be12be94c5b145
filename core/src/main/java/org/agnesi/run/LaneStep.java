package org.agnesi.run;

import java.util.Arrays;
import org.agnesi.array.DType;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.Integers;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;

/// One accumulator of a fold: 32 lanes and a tree for floats; for integers one, since their order does not matter.
interface LaneStep {
    /// Before the first point.
    void start(Frame f);

    /// Before the first point of a block.
    void open(Frame f);

    void take(Frame f, int lane);

    /// After the last point of a block.
    void close(Frame f);

    /// Takes in a block of points, the first of which goes to lane 0.
    BlockStep block(Block block);

    static LaneStep of(Accumulator a, int first) {
        return a.local().dtype().isFloating() ? new Floats(a, first, ScalarCompiler.real(a.value()))
            : new Wholes(a, ScalarCompiler.whole(a.value()));
    }

    record Floats(Accumulator of, int first, Real value) implements LaneStep {
        @Override public void start(Frame f) { f.reals[of.local().id()] = identity(); }
        @Override public void open(Frame f) { Arrays.fill(f.lanes, first, first + Fold.WIDTH, identity()); }
        private double identity() { return of.combine().identity(of.local().dtype()).toDouble(); }

        @Override public void take(Frame f, int lane) { f.lanes[first + lane] = combine(f.lanes[first + lane], value.at(f)); }

        @Override public void close(Frame f) {
            for (int w = Fold.WIDTH / 2; w > 0; w /= 2)
                for (int i = first; i < first + w; i++) f.lanes[i] = combine(f.lanes[i], f.lanes[i + w]);
            int slot = of.local().id();
            f.reals[slot] = combine(f.reals[slot], f.lanes[first]);
        }

        @Override public BlockStep block(Block block) {
            var values = BlockReals.of(of.value(), block, block.free());
            boolean sum = of.combine() == Combine.ADD && of.local().dtype() == DType.FLOAT64;
            return (f, start, n) -> {
                var x = f.registers.reals(block.value());
                values.fill(f, start, n, x);
                if (sum) for (int k = 0; k < n; k++) f.lanes[first + (k & Fold.WIDTH - 1)] += x[k];
                else for (int k = 0; k < n; k++)
                    f.lanes[first + (k & Fold.WIDTH - 1)] = combine(f.lanes[first + (k & Fold.WIDTH - 1)], x[k]);
            };
        }

        private double combine(double a, double b) {
            double x = of.combine() == Combine.ADD ? a + b : Elementary.apply(of.combine().function(), a, b);
            return of.local().dtype() == DType.FLOAT32 ? (float) x : x;
        }
    }

    record Wholes(Accumulator of, Whole value) implements LaneStep {
        @Override public void start(Frame f) {
            f.wholes[of.local().id()] = of.combine().identity(of.local().dtype()).bits();
        }

        @Override public void take(Frame f, int lane) {
            int slot = of.local().id();
            f.wholes[slot] = Integers.apply(of.combine().function(), of.local().dtype(), f.wholes[slot], value.at(f));
        }

        @Override public void open(Frame f) {}
        @Override public void close(Frame f) {}

        @Override public BlockStep block(Block block) {
            var values = BlockWholes.of(of.value(), block, block.free());
            int slot = of.local().id();
            return (f, start, n) -> {
                var x = f.registers.wholes(block.value());
                values.fill(f, start, n, x);
                for (int k = 0; k < n; k++)
                    f.wholes[slot] = Integers.apply(of.combine().function(), of.local().dtype(), f.wholes[slot], x[k]);
            };
        }
    }
}
