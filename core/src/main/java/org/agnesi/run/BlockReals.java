package org.agnesi.run;

import java.util.Arrays;
import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Bits;
import org.agnesi.kernel.Scalar.Cast;
import org.agnesi.kernel.Scalar.Fma;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalar.Unary;
import org.agnesi.kernel.UnaryFunction;

/// A float scalar at `n` points from `first` on.
interface BlockReals {
    void fill(Frame f, long first, int n, double[] to);

    /// @param free the first register that may be overwritten; what is filled comes before it
    static BlockReals of(Scalar x, Block block, int free) {
        if (block.isFixed(x)) {
            var value = ScalarCompiler.real(x);
            return (f, _, n, to) -> Arrays.fill(to, 0, n, value.at(f));
        }
        return switch (x) {
            case Local local -> {
                int register = Objects.requireNonNull(block.register(local));
                yield (f, _, n, to) -> System.arraycopy(f.registers.reals(register), 0, to, 0, n);
            }
            case Load load -> load(load, block, free);
            case Unary(var function, var dtype, var a) -> rounded(dtype, unary(function, dtype, of(a, block, free)));
            case Binary(var function, var dtype, var a, var b) ->
                rounded(dtype, binary(function, dtype, of(a, block, free), of(b, block, free + 1), free));
            case Select(_, var condition, var a, var b) ->
                select(BlockWholes.of(condition, block, free + 1), of(a, block, free + 1), of(b, block, free + 1), free);
            case Cast(var to, var a) when a.dtype().isFloating() -> rounded(to, of(a, block, free));
            case Cast(var to, var a) -> fromWhole(to, BlockWholes.of(a, block, free + 1), free);
            case Fma(var dtype, var a, var b, var c) ->
                fma(dtype, of(a, block, free), of(b, block, free + 1), of(c, block, free + 2), free);
            case Bits(var to, var a) -> fromBits(to, BlockWholes.of(a, block, free + 1), free);
            case Rare(_, var condition, var slow, var fast) ->
                rare(BlockWholes.of(condition, block, free + 1), of(slow, block, free + 1), of(fast, block, free + 1), free);
            case Scalar other -> throw new IllegalArgumentException("a float of a program is needed, but got " + other);
        };
    }

    private static BlockReals load(Load load, Block block, int free) {
        int buffer = load.buffer();
        boolean wide = load.dtype() == DType.FLOAT64;
        var start = block.start(load.index());
        if (start != null) return (f, first, n, to) -> {
            long from = start.at(f) + first;
            if (wide) row((double[]) f.arrays[buffer], from, n, to);
            else row((float[]) f.arrays[buffer], from, n, to);
        };
        var places = BlockWholes.of(load.index(), block, free + 1);
        return (f, first, n, to) -> {
            var at = f.registers.wholes(free);
            places.fill(f, first, n, at);
            if (wide) pick((double[]) f.arrays[buffer], at, n, to);
            else pick((float[]) f.arrays[buffer], at, n, to);
        };
    }

    private static void row(double[] x, long from, int n, double[] to) {
        if (from >= 0 && from + n <= x.length) System.arraycopy(x, (int) from, to, 0, n);
        else for (int k = 0; k < n; k++) to[k] = from + k >= 0 && from + k < x.length ? x[(int) (from + k)] : 0;
    }

    private static void row(float[] x, long from, int n, double[] to) {
        for (int k = 0; k < n; k++) to[k] = from + k >= 0 && from + k < x.length ? x[(int) (from + k)] : 0;
    }

    private static void pick(double[] x, long[] at, int n, double[] to) {
        for (int k = 0; k < n; k++) to[k] = at[k] >= 0 && at[k] < x.length ? x[(int) at[k]] : 0;
    }

    private static void pick(float[] x, long[] at, int n, double[] to) {
        for (int k = 0; k < n; k++) to[k] = at[k] >= 0 && at[k] < x.length ? x[(int) at[k]] : 0;
    }

    private static BlockReals rounded(DType dtype, BlockReals x) {
        if (dtype != DType.FLOAT32) return x;
        return (f, first, n, to) -> {
            x.fill(f, first, n, to);
            for (int k = 0; k < n; k++) to[k] = (float) to[k];
        };
    }

    private static BlockReals fromWhole(DType to, BlockWholes x, int free) {
        boolean narrow = to == DType.FLOAT32;
        return (f, first, n, out) -> {
            var whole = f.registers.wholes(free);
            x.fill(f, first, n, whole);
            if (narrow) for (int k = 0; k < n; k++) out[k] = (float) whole[k];
            else for (int k = 0; k < n; k++) out[k] = whole[k];
        };
    }

    private static BlockReals unary(UnaryFunction function, DType dtype, BlockReals x) {
        return (f, first, n, to) -> {
            x.fill(f, first, n, to);
            switch (function) {
                case NEG -> { for (int k = 0; k < n; k++) to[k] = -to[k]; }
                case SQRT -> { for (int k = 0; k < n; k++) to[k] = Math.sqrt(to[k]); }
                case ABS -> { for (int k = 0; k < n; k++) to[k] = Math.abs(to[k]); }
                case UnaryFunction other -> { for (int k = 0; k < n; k++) to[k] = Elementary.apply(other, dtype, to[k]); }
            }
        };
    }

    private static BlockReals binary(BinaryFunction function, DType dtype, BlockReals a, BlockReals b, int free) {
        return (f, first, n, to) -> {
            a.fill(f, first, n, to);
            var right = f.registers.reals(free);
            b.fill(f, first, n, right);
            switch (function) {
                case ADD -> { for (int k = 0; k < n; k++) to[k] += right[k]; }
                case SUB -> { for (int k = 0; k < n; k++) to[k] -= right[k]; }
                case MUL -> { for (int k = 0; k < n; k++) to[k] *= right[k]; }
                case DIV -> { for (int k = 0; k < n; k++) to[k] /= right[k]; }
                case BinaryFunction other -> { for (int k = 0; k < n; k++) to[k] = Elementary.apply(other, dtype, to[k], right[k]); }
            }
        };
    }

    private static BlockReals fma(DType dtype, BlockReals a, BlockReals b, BlockReals c, int free) {
        boolean narrow = dtype == DType.FLOAT32;
        return (f, first, n, to) -> {
            a.fill(f, first, n, to);
            var times = f.registers.reals(free);
            b.fill(f, first, n, times);
            var plus = f.registers.reals(free + 1);
            c.fill(f, first, n, plus);
            if (narrow) for (int k = 0; k < n; k++) to[k] = Math.fma((float) to[k], (float) times[k], (float) plus[k]);
            else for (int k = 0; k < n; k++) to[k] = Math.fma(to[k], times[k], plus[k]);
        };
    }

    private static BlockReals fromBits(DType to, BlockWholes x, int free) {
        return (f, first, n, out) -> {
            var whole = f.registers.wholes(free);
            x.fill(f, first, n, whole);
            for (int k = 0; k < n; k++) out[k] = Elementary.fromBits(to, whole[k]);
        };
    }

    /// The slow values are computed where a point of the block needs one.
    private static BlockReals rare(BlockWholes condition, BlockReals slow, BlockReals fast, int free) {
        return (f, first, n, to) -> {
            var chosen = f.registers.wholes(free);
            condition.fill(f, first, n, chosen);
            fast.fill(f, first, n, to);
            long any = 0;
            for (int k = 0; k < n; k++) any |= chosen[k];
            if (any == 0) return;
            var right = f.registers.reals(free);
            slow.fill(f, first, n, right);
            for (int k = 0; k < n; k++) if (chosen[k] != 0) to[k] = right[k];
        };
    }

    private static BlockReals select(BlockWholes condition, BlockReals a, BlockReals b, int free) {
        return (f, first, n, to) -> {
            var chosen = f.registers.wholes(free);
            condition.fill(f, first, n, chosen);
            a.fill(f, first, n, to);
            var right = f.registers.reals(free);
            b.fill(f, first, n, right);
            for (int k = 0; k < n; k++) if (chosen[k] == 0) to[k] = right[k];
        };
    }
}
