package org.agnesi.op;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// One argument of a [Sample]: its shape, what is declared of it, and which values it takes.
///
/// @param shape  the shape at the call
/// @param sized  whether the type declares every size; otherwise only those of size 1
/// @param dtype  its dtype where that is not the sample's, as of indices; then it is not differentiated
/// @param low    the smallest value
/// @param high   the largest value
/// @param away   which values to avoid: those near a kink or a pole
/// @param exact  the values themselves, instead of random ones
public record Input(int[] shape, boolean sized, @Nullable DType dtype, double low, double high, DoublePredicate away, double @Nullable [] exact) {
    /// Random values between −2 and 2.
    public static Input of(int... shape) { return new Input(shape, false, null, -2, 2, x -> false, null); }

    /// These values, all of them, in C order: a vector unless [#shaped].
    public static Input values(double... exact) { return of(exact.length).exactly(exact); }

    /// Values at least 0.1 apart, in no order.
    public static Input distinct(int... shape) {
        int n = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        return of(shape).exactly(IntStream.range(0, n).mapToDouble(i -> (i * 7 % n - n / 2) * 0.17 + 0.05).toArray());
    }

    /// int64 positions below `size`.
    public static Input indices(int size, int... shape) { return of(shape).as(DType.INT64).between(0, size - 1); }

    /// Random truth values.
    public static Input bools(int... shape) { return of(shape).as(DType.BOOL); }

    public Input between(double low, double high) { return new Input(shape, sized, dtype, low, high, away, exact); }
    public Input as(DType dtype)                  { return new Input(shape, sized, dtype, low, high, away, exact); }
    public Input avoiding(DoublePredicate away)   { return new Input(shape, sized, dtype, low, high, away, exact); }
    public Input exactly(double... exact)         { return new Input(shape, sized, dtype, low, high, away, exact); }
    public Input shaped(int... shape)             { return new Input(shape, sized, dtype, low, high, away, exact); }
    /// Its sizes are declared, for ops that need them.
    public Input declared()                          { return new Input(shape, true, dtype, low, high, away, exact); }
    public Input positive()                       { return between(0.2, 3); }
    /// No value within 0.05 of 0.
    public Input awayFromZero()                   { return avoiding(x -> Math.abs(x) < 0.05); }
    /// No value within 0.05 of an integer or a half.
    public Input awayFromSteps()                  { return avoiding(x -> Math.abs(2 * x - Math.rint(2 * x)) < 0.1); }

    public DType dtype(DType sample) { return dtype == null ? sample : dtype; }

    public boolean isDifferentiated(DType sample) { return dtype == null && sample.isFloating(); }

    public TensorType type(DType sample, boolean allKnown) {
        return TensorType.of(dtype(sample), IntStream.of(shape).map(d -> sized || allKnown || d == 1 ? d : TensorType.UNKNOWN).toArray());
    }

    public NDArray draw(DType sample, Random random) {
        var values = NDArray.zeros(DType.FLOAT64, Shape.of(shape));
        for (int i = 0; i < values.size(); i++) values.setDoubleAt(i, exact == null ? one(dtype(sample), random) : exact[i]);
        return values.cast(dtype(sample));
    }

    private double one(DType dtype, Random random) {
        if (dtype.isBool()) return random.nextInt(2);
        double x;
        do x = dtype.isInteger() ? random.nextInt((int) Math.ceil(low), (int) Math.floor(high) + 1) : random.nextDouble(low, high);
        while (!dtype.isInteger() && away.test(x));
        return dtype.isFloating() || dtype.minValue() < 0 ? x : Math.abs(x);
    }

    @Override public String toString() { return Arrays.toString(shape); }
}
