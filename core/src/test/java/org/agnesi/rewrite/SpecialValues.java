package org.agnesi.rewrite;

import org.agnesi.array.DType;

/// Where rules go wrong: zeros, subnormals, ones and their neighbours, the largest, infinities, NaN, where exp and log end.
final class SpecialValues {
    private SpecialValues() {}

    private static final double[] FLOAT64 = signed(0, Double.MIN_VALUE, Double.MIN_NORMAL, 1e-200, 1e-17, 0.5,
        Math.nextDown(1.0), 1, Math.nextUp(1.0), 2, 3, 37, 354.9, 400, 709.78, 709.79, 745.1, 745.2, 1e154, 1e200, Double.MAX_VALUE,
        Double.POSITIVE_INFINITY, Double.NaN);

    private static final double[] FLOAT32 = signed(0, Float.MIN_VALUE, Float.MIN_NORMAL, 1e-20f, 0.5, Math.nextDown(1f), 1, Math.nextUp(1f),
        2, 3, 17, 44, 88.72f, 88.73f, 103.9f, 104f, 1e19f, Float.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN);

    static double[] of(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> FLOAT64;
            case FLOAT32 -> FLOAT32;
            case BOOL -> new double[] {0, 1};
            case UINT8 -> new double[] {0, 1, 2, 127, 128, 255};
            case INT8, INT16, INT32, INT64 -> signed(0, 1, 2, 3, 100, dtype.maxValue());
        };
    }

    private static double[] signed(double... values) {
        var both = new double[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            both[2 * i] = values[i];
            both[2 * i + 1] = -values[i];
        }
        return both;
    }
}
