package org.agnesi.run;

import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;

/// A statement made ready to run for `n` points from `first` on.
interface BlockStep {
    void run(Frame f, long first, int n);

    static BlockStep of(Stmt stmt, Block block) {
        return switch (stmt) {
            case Let(var local, var value) -> let(Objects.requireNonNull(block.register(local)), value, block);
            case Store(var buffer, var index, var value) -> value.dtype().isFloating()
                ? storeReals(buffer, index, value, block) : storeWholes(buffer, index, value, block);
            case Stmt other -> throw new IllegalArgumentException("a let or a store is needed, but got " + other);
        };
    }

    private static BlockStep let(int register, Scalar value, Block block) {
        if (value.dtype().isFloating()) {
            var x = BlockReals.of(value, block, block.free());
            return (f, first, n) -> x.fill(f, first, n, f.registers.reals(register));
        }
        var x = BlockWholes.of(value, block, block.free());
        return (f, first, n) -> x.fill(f, first, n, f.registers.wholes(register));
    }

    private static BlockStep storeReals(int buffer, Scalar index, Scalar value, Block block) {
        var x = BlockReals.of(value, block, block.free());
        var places = BlockWholes.of(index, block, block.free());
        var start = block.start(index);
        boolean wide = value.dtype() == DType.FLOAT64;
        return (f, first, n) -> {
            var values = f.registers.reals(block.value());
            x.fill(f, first, n, values);
            if (wide && start != null) {
                System.arraycopy(values, 0, f.arrays[buffer], (int) (start.at(f) + first), n);
                return;
            }
            var at = f.registers.wholes(block.places());
            places.fill(f, first, n, at);
            if (wide) put((double[]) f.arrays[buffer], at, n, values);
            else put((float[]) f.arrays[buffer], at, n, values);
        };
    }

    private static void put(double[] y, long[] at, int n, double[] values) {
        for (int k = 0; k < n; k++) y[(int) at[k]] = values[k];
    }

    private static void put(float[] y, long[] at, int n, double[] values) {
        for (int k = 0; k < n; k++) y[(int) at[k]] = (float) values[k];
    }

    private static BlockStep storeWholes(int buffer, Scalar index, Scalar value, Block block) {
        var x = BlockWholes.of(value, block, block.free());
        var places = BlockWholes.of(index, block, block.free());
        return (f, first, n) -> {
            var values = f.registers.wholes(block.value());
            var at = f.registers.wholes(block.places());
            x.fill(f, first, n, values);
            places.fill(f, first, n, at);
            switch (f.arrays[buffer]) {
                case long[] y -> { for (int k = 0; k < n; k++) y[(int) at[k]] = values[k]; }
                case int[] y -> { for (int k = 0; k < n; k++) y[(int) at[k]] = (int) values[k]; }
                case short[] y -> { for (int k = 0; k < n; k++) y[(int) at[k]] = (short) values[k]; }
                case byte[] y -> { for (int k = 0; k < n; k++) y[(int) at[k]] = (byte) values[k]; }
                case boolean[] y -> { for (int k = 0; k < n; k++) y[(int) at[k]] = values[k] != 0; }
                case Object y -> throw new IllegalStateException("an array of integers or bools is needed, but got a "
                    + y.getClass().getSimpleName());
            }
        };
    }
}
