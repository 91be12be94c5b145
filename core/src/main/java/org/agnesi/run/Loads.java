package org.agnesi.run;

import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;

/// Reads and writes of array elements, by dtype. A read outside its array gives 0: what a `select` then throws away.
final class Loads {
    private Loads() {}

    private static boolean inside(long i, int length) { return i >= 0 && i < length; }

    static Real real(Load load) {
        int buffer = load.buffer();
        var index = ScalarCompiler.whole(load.index());
        return switch (load.dtype()) {
            case FLOAT64 -> load.index() instanceof Local(int slot, _) ? at(buffer, slot) : f -> {
                var x = (double[]) f.arrays[buffer];
                long i = index.at(f);
                return inside(i, x.length) ? x[(int) i] : 0;
            };
            case FLOAT32 -> f -> {
                var x = (float[]) f.arrays[buffer];
                long i = index.at(f);
                return inside(i, x.length) ? x[(int) i] : 0;
            };
            case BOOL, INT8, UINT8, INT16, INT32, INT64 -> throw new IllegalArgumentException("a float is loaded here, but got " + load);
        };
    }

    /// `x[i]` of a local, what most loads are, without a call for the position.
    private static Real at(int buffer, int slot) {
        return f -> {
            var x = (double[]) f.arrays[buffer];
            long i = f.wholes[slot];
            return inside(i, x.length) ? x[(int) i] : 0;
        };
    }

    static Whole whole(Load load) {
        int buffer = load.buffer();
        var index = ScalarCompiler.whole(load.index());
        return switch (load.dtype()) {
            case INT64 -> f -> {
                var x = (long[]) f.arrays[buffer];
                long i = index.at(f);
                return inside(i, x.length) ? x[(int) i] : 0;
            };
            case INT32 -> f -> {
                var x = (int[]) f.arrays[buffer];
                long i = index.at(f);
                return inside(i, x.length) ? x[(int) i] : 0;
            };
            case INT16 -> f -> {
                var x = (short[]) f.arrays[buffer];
                long i = index.at(f);
                return inside(i, x.length) ? x[(int) i] : 0;
            };
            case INT8, UINT8 -> bytes(buffer, index, load.dtype() == DType.UINT8 ? 0xff : -1);
            case BOOL -> f -> {
                var x = (boolean[]) f.arrays[buffer];
                long i = index.at(f);
                return inside(i, x.length) && x[(int) i] ? 1 : 0;
            };
            case FLOAT32, FLOAT64 -> throw new IllegalArgumentException("an integer or bool is loaded here, but got " + load);
        };
    }

    private static Whole bytes(int buffer, Whole index, int mask) {
        return f -> {
            var x = (byte[]) f.arrays[buffer];
            long i = index.at(f);
            return inside(i, x.length) ? x[(int) i] & mask : 0;
        };
    }

    /// `buffer[index] = value`; both are computed before the array is touched.
    static Step store(int buffer, Whole index, Scalar value) {
        return value.dtype().isFloating() ? storeReal(buffer, index, value.dtype(), ScalarCompiler.real(value))
            : storeWhole(buffer, index, value.dtype(), ScalarCompiler.whole(value));
    }

    static Step storeReal(int buffer, Whole index, DType dtype, Real value) {
        if (dtype == DType.FLOAT32) return f -> {
            float x = (float) value.at(f);
            ((float[]) f.arrays[buffer])[(int) index.at(f)] = x;
        };
        return f -> {
            double x = value.at(f);
            ((double[]) f.arrays[buffer])[(int) index.at(f)] = x;
        };
    }

    static Step storeWhole(int buffer, Whole index, DType dtype, Whole value) {
        return switch (dtype) {
            case INT64 -> f -> {
                long x = value.at(f);
                ((long[]) f.arrays[buffer])[(int) index.at(f)] = x;
            };
            case INT32 -> f -> {
                long x = value.at(f);
                ((int[]) f.arrays[buffer])[(int) index.at(f)] = (int) x;
            };
            case INT16 -> f -> {
                long x = value.at(f);
                ((short[]) f.arrays[buffer])[(int) index.at(f)] = (short) x;
            };
            case INT8, UINT8 -> f -> {
                long x = value.at(f);
                ((byte[]) f.arrays[buffer])[(int) index.at(f)] = (byte) x;
            };
            case BOOL -> f -> {
                long x = value.at(f);
                ((boolean[]) f.arrays[buffer])[(int) index.at(f)] = x != 0;
            };
            case FLOAT32, FLOAT64 -> throw new IllegalArgumentException("an integer or bool is stored here, but got " + dtype);
        };
    }
}
