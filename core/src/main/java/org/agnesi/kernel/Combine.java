package org.agnesi.kernel;

import org.agnesi.array.DType;

/// An associative way to combine many scalars into one: what a reduction does.
public enum Combine {
    ADD(BinaryFunction.ADD), MUL(BinaryFunction.MUL), MAX(BinaryFunction.MAX), MIN(BinaryFunction.MIN),
    AND(BinaryFunction.AND), OR(BinaryFunction.OR);

    private final BinaryFunction function;

    Combine(BinaryFunction function) { this.function = function; }

    /// The function of two scalars that is repeated.
    public BinaryFunction function() { return function; }

    /// Whether floats may be combined in any order, to the bit: a sum rounds, a maximum is one of its values.
    public boolean isExact() { return this == MAX || this == MIN; }

    /// The value of no scalars at all: `0` for ADD, `-∞` or the smallest integer for MAX.
    public Scalar.Const identity(DType dtype) {
        return switch (this) {
            case ADD, OR -> Scalar.Const.of(dtype, 0);
            case MUL -> Scalar.Const.of(dtype, 1);
            case AND -> Scalar.Const.bits(dtype, dtype == DType.BOOL ? 1 : -1);
            case MAX -> lowest(dtype);
            case MIN -> highest(dtype);
        };
    }

    private static Scalar.Const lowest(DType dtype) {
        return switch (dtype) {
            case FLOAT32, FLOAT64 -> Scalar.Const.of(dtype, Double.NEGATIVE_INFINITY);
            case BOOL -> Scalar.Const.of(false);
            case INT8, UINT8, INT16, INT32, INT64 -> Scalar.Const.bits(dtype, dtype.minValue());
        };
    }

    private static Scalar.Const highest(DType dtype) {
        return switch (dtype) {
            case FLOAT32, FLOAT64 -> Scalar.Const.of(dtype, Double.POSITIVE_INFINITY);
            case BOOL -> Scalar.Const.of(true);
            case INT8, UINT8, INT16, INT32, INT64 -> Scalar.Const.bits(dtype, dtype.maxValue());
        };
    }
}
