package org.agnesi.array;

import java.util.Arrays;
import org.agnesi.error.Required;

/// The one place that knows how each dtype stores an element in its Java primitive array.
///
/// Conversions follow one table, the one of [NDArray#cast]: float → integer saturates at the target's range and takes NaN
/// to 0; integer → integer wraps; anything → bool asks `!= 0`; integer or float64 → float rounds to nearest.
final class Elements {
    private Elements() {}

    static Object allocate(DType dtype, int n) {
        return switch (Required.of("an array", "a dtype", dtype)) {
            case BOOL -> new boolean[n];
            case INT8, UINT8 -> new byte[n];
            case INT16 -> new short[n];
            case INT32 -> new int[n];
            case INT64 -> new long[n];
            case FLOAT32 -> new float[n];
            case FLOAT64 -> new double[n];
        };
    }

    static double doubleAt(DType dtype, Object data, int i) {
        return switch (dtype) {
            case FLOAT32 -> ((float[]) data)[i];
            case FLOAT64 -> ((double[]) data)[i];
            case BOOL, INT8, UINT8, INT16, INT32, INT64 -> longAt(dtype, data, i);
        };
    }

    static long longAt(DType dtype, Object data, int i) {
        return switch (dtype) {
            case BOOL -> ((boolean[]) data)[i] ? 1 : 0;
            case INT8 -> ((byte[]) data)[i];
            case UINT8 -> ((byte[]) data)[i] & 0xFF;
            case INT16 -> ((short[]) data)[i];
            case INT32 -> ((int[]) data)[i];
            case INT64 -> ((long[]) data)[i];
            case FLOAT32 -> (long) ((float[]) data)[i];
            case FLOAT64 -> (long) ((double[]) data)[i];
        };
    }

    static boolean booleanAt(DType dtype, Object data, int i) {
        return dtype.isFloating() ? doubleAt(dtype, data, i) != 0 : longAt(dtype, data, i) != 0;
    }

    static void setDouble(DType dtype, Object data, int i, double value) {
        switch (dtype) {
            case BOOL -> ((boolean[]) data)[i] = value != 0;
            case FLOAT32 -> ((float[]) data)[i] = (float) value;
            case FLOAT64 -> ((double[]) data)[i] = value;
            case INT8, UINT8, INT16, INT32, INT64 ->
                setLong(dtype, data, i, Math.clamp((long) value, dtype.minValue(), dtype.maxValue()));
        }
    }

    static void setLong(DType dtype, Object data, int i, long value) {
        switch (dtype) {
            case BOOL -> ((boolean[]) data)[i] = value != 0;
            case INT8, UINT8 -> ((byte[]) data)[i] = (byte) value;
            case INT16 -> ((short[]) data)[i] = (short) value;
            case INT32 -> ((int[]) data)[i] = (int) value;
            case INT64 -> ((long[]) data)[i] = value;
            case FLOAT32 -> ((float[]) data)[i] = (float) value;
            case FLOAT64 -> ((double[]) data)[i] = value;
        }
    }

    /// Copies n elements, converting where the dtypes differ.
    static void copy(DType from, Object source, DType to, Object target, int at, int n) {
        if (from == to) System.arraycopy(source, 0, target, at, n);
        else if (from.isFloating()) for (int i = 0; i < n; i++) setDouble(to, target, at + i, doubleAt(from, source, i));
        else for (int i = 0; i < n; i++) setLong(to, target, at + i, longAt(from, source, i));
    }

    static boolean equal(Object a, Object b) { return Arrays.deepEquals(new Object[] {a}, new Object[] {b}); }

    static int hash(Object data) { return Arrays.deepHashCode(new Object[] {data}); }
}
