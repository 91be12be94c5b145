package org.agnesi.run;

import java.util.Arrays;
import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.Integers;
import org.agnesi.kernel.Relation;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Bits;
import org.agnesi.kernel.Scalar.Cast;
import org.agnesi.kernel.Scalar.Compare;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalar.Unary;

/// An integer or bool scalar at `n` points from `first` on.
interface BlockWholes {
    void fill(Frame f, long first, int n, long[] to);

    /// @param free the first register that may be overwritten; what is filled comes before it
    static BlockWholes of(Scalar x, Block block, int free) {
        if (block.isFixed(x)) {
            var value = ScalarCompiler.whole(x);
            return (f, _, n, to) -> Arrays.fill(to, 0, n, value.at(f));
        }
        return switch (x) {
            case Local local when block.isIndex(local) -> (_, first, n, to) -> {
                for (int k = 0; k < n; k++) to[k] = first + k;
            };
            case Local local -> {
                int register = Objects.requireNonNull(block.register(local));
                yield (f, _, n, to) -> System.arraycopy(f.registers.wholes(register), 0, to, 0, n);
            }
            case Load(var buffer, var dtype, var index) -> load(buffer, dtype, of(index, block, free));
            case Unary(var function, var dtype, var a) -> {
                var value = of(a, block, free);
                yield (f, first, n, to) -> {
                    value.fill(f, first, n, to);
                    for (int k = 0; k < n; k++) to[k] = Integers.apply(function, dtype, to[k]);
                };
            }
            case Binary(var function, var dtype, var a, var b) -> binary(function, dtype, of(a, block, free), of(b, block, free + 1), free);
            case Compare(var r, var a, var b) -> a.dtype().isFloating()
                ? compareReals(r, BlockReals.of(a, block, free + 2), BlockReals.of(b, block, free + 2), free)
                : compareWholes(r, of(a, block, free), of(b, block, free + 1), free);
            case Select(_, var condition, var a, var b) ->
                select(of(condition, block, free + 1), of(a, block, free + 1), of(b, block, free + 2), free);
            case Cast(var to, var a) -> a.dtype().isFloating() ? fromReal(to, BlockReals.of(a, block, free + 1), free)
                : wrapped(to, of(a, block, free));
            case Bits(_, var a) -> toBits(a.dtype(), BlockReals.of(a, block, free + 1), free);
            case Rare(_, var condition, var slow, var fast) ->
                select(of(condition, block, free + 1), of(slow, block, free + 1), of(fast, block, free + 2), free);
            case Scalar other -> throw new IllegalArgumentException("an integer or bool of a program is needed, but got " + other);
        };
    }

    private static BlockWholes load(int buffer, DType dtype, BlockWholes places) {
        return (f, first, n, to) -> {
            places.fill(f, first, n, to);
            switch (f.arrays[buffer]) {
                case long[] x -> { for (int k = 0; k < n; k++) to[k] = to[k] >= 0 && to[k] < x.length ? x[(int) to[k]] : 0; }
                case int[] x -> { for (int k = 0; k < n; k++) to[k] = to[k] >= 0 && to[k] < x.length ? x[(int) to[k]] : 0; }
                case short[] x -> { for (int k = 0; k < n; k++) to[k] = to[k] >= 0 && to[k] < x.length ? x[(int) to[k]] : 0; }
                case boolean[] x -> { for (int k = 0; k < n; k++) to[k] = to[k] >= 0 && to[k] < x.length && x[(int) to[k]] ? 1 : 0; }
                case byte[] x -> {
                    int mask = dtype == DType.UINT8 ? 0xff : -1;
                    for (int k = 0; k < n; k++) to[k] = to[k] >= 0 && to[k] < x.length ? x[(int) to[k]] & mask : 0;
                }
                case Object x -> throw new IllegalStateException("an array of integers or bools is needed, but got a "
                    + x.getClass().getSimpleName());
            }
        };
    }

    private static BlockWholes binary(BinaryFunction function, DType dtype, BlockWholes a, BlockWholes b, int free) {
        boolean exact = dtype == DType.INT64;
        return (f, first, n, to) -> {
            a.fill(f, first, n, to);
            var right = f.registers.wholes(free);
            b.fill(f, first, n, right);
            if (exact && function == BinaryFunction.ADD) for (int k = 0; k < n; k++) to[k] += right[k];
            else if (exact && function == BinaryFunction.MUL) for (int k = 0; k < n; k++) to[k] *= right[k];
            else for (int k = 0; k < n; k++) to[k] = Integers.apply(function, dtype, to[k], right[k]);
        };
    }

    private static BlockWholes compareReals(Relation r, BlockReals a, BlockReals b, int free) {
        return (f, first, n, to) -> {
            var left = f.registers.reals(free);
            var right = f.registers.reals(free + 1);
            a.fill(f, first, n, left);
            b.fill(f, first, n, right);
            for (int k = 0; k < n; k++) to[k] = r.holds(left[k], right[k]) ? 1 : 0;
        };
    }

    private static BlockWholes compareWholes(Relation r, BlockWholes a, BlockWholes b, int free) {
        return (f, first, n, to) -> {
            a.fill(f, first, n, to);
            var right = f.registers.wholes(free);
            b.fill(f, first, n, right);
            for (int k = 0; k < n; k++) to[k] = r.holds(to[k], right[k]) ? 1 : 0;
        };
    }

    private static BlockWholes select(BlockWholes condition, BlockWholes a, BlockWholes b, int free) {
        return (f, first, n, to) -> {
            var chosen = f.registers.wholes(free);
            condition.fill(f, first, n, chosen);
            a.fill(f, first, n, to);
            var right = f.registers.wholes(free + 1);
            b.fill(f, first, n, right);
            for (int k = 0; k < n; k++) if (chosen[k] == 0) to[k] = right[k];
        };
    }

    private static BlockWholes toBits(DType from, BlockReals x, int free) {
        return (f, first, n, out) -> {
            var real = f.registers.reals(free);
            x.fill(f, first, n, real);
            for (int k = 0; k < n; k++) out[k] = Elementary.toBits(from, real[k]);
        };
    }

    private static BlockWholes fromReal(DType to, BlockReals x, int free) {
        return (f, first, n, out) -> {
            var real = f.registers.reals(free);
            x.fill(f, first, n, real);
            for (int k = 0; k < n; k++) out[k] = Integers.fromFloat(to, real[k]);
        };
    }

    private static BlockWholes wrapped(DType to, BlockWholes x) {
        return (f, first, n, out) -> {
            x.fill(f, first, n, out);
            for (int k = 0; k < n; k++) out[k] = Integers.wrap(to, out[k]);
        };
    }
}
