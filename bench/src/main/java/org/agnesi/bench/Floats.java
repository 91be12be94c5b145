package org.agnesi.bench;

import static org.agnesi.Tensors.tensor;

import java.util.Arrays;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;

/// Variables of one dtype, and their values: element i of input k is `sin(a i + b)` for the k-th a and b, on all sides.
record Floats(DType dtype) {
    private static final double[][] WAVES = {{0.7, 0.1}, {0.3, 0.2}, {0.9, 0.3}, {0.2, 0.4}, {0.1, 0.5}};

    Expr vector(String name) { return tensor(name, dtype, -1); }

    Expr matrix(String name) { return tensor(name, dtype, -1, -1); }

    NDArray wave(int k, int... shape) { return scaled(1, k, shape); }

    NDArray scaled(double scale, int k, int... shape) {
        var values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) values[i] = scale * Math.sin(WAVES[k][0] * i + WAVES[k][1]);
        return NDArray.wrap(values, shape).cast(dtype);
    }
}
