package org.agnesi.kernel;

import org.agnesi.array.DType;

/// What integers and bools do, exactly. A value of any of these dtypes is carried in a `long`; a bool is 0 or 1.
///
/// | operation                | result                                                                  |
/// |--------------------------|-------------------------------------------------------------------------|
/// | ADD, SUB, MUL, NEG, ABS  | wraps around at the dtype's width after every operation: abs(-128) = -128 in int8 |
/// | FLOOR_DIV, REM           | Python's: rounds to -∞, the remainder has the divisor's sign; by zero gives 0 |
/// | POW                      | repeated multiplication, wrapping; a negative exponent gives the power rounded to zero, and 0 for base 0 |
/// | SHL, SHR                 | the count is masked as Java masks it (63 for int64, else 31), then wraps; SHR keeps the sign |
/// | USHR                     | SHR of the bits at the dtype's width, zeros coming in from the left     |
/// | MULTIPLY_HIGH            | the upper 64 of the 128 bits of a signed product; int64 only            |
/// | NOT, AND, OR, XOR        | bit by bit; logical for bool                                            |
/// | SIGN                     | -1, 0 or 1                                                              |
/// | ADD, MUL, MAX, MIN of bool | OR, AND, OR, AND                                                      |
/// | cast from a float        | rounds to zero, saturates at the dtype's range, NaN gives 0             |
/// | cast from an integer     | wraps                                                                   |
/// | cast to bool             | x != 0                                                                  |
public final class Integers {
    private Integers() {}

    /// Wraps `x` around at the width of `dtype`; any nonzero value is the bool 1.
    public static long wrap(DType dtype, long x) {
        return switch (dtype) {
            case BOOL -> x != 0 ? 1 : 0;
            case INT8 -> (byte) x;
            case UINT8 -> x & 0xff;
            case INT16 -> (short) x;
            case INT32 -> (int) x;
            case INT64 -> x;
            case FLOAT32, FLOAT64 -> throw new IllegalArgumentException("wrap needs an integer dtype, but got " + dtype);
        };
    }

    public static long apply(UnaryFunction f, DType dtype, long x) {
        return wrap(dtype, switch (f) {
            case NEG -> -x;
            case ABS -> x < 0 ? -x : x;
            case SIGN -> Long.signum(x);
            case NOT -> dtype == DType.BOOL ? x ^ 1 : ~x;
            case FLOOR, CEIL, RINT, SQRT, EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH,
                    ERF, ERFC, LGAMMA, DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR ->
                throw new IllegalArgumentException(f + " needs a float, but got " + dtype);
        });
    }

    public static long apply(BinaryFunction f, DType dtype, long a, long b) {
        return wrap(dtype, switch (f) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case POW -> pow(a, b);
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case FLOOR_DIV -> b == 0 ? 0 : Math.floorDiv(a, b);
            case REM -> b == 0 ? 0 : Math.floorMod(a, b);
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> a << (dtype == DType.INT64 ? b & 63 : b & 31);
            case SHR -> a >> (dtype == DType.INT64 ? b & 63 : b & 31);
            case USHR -> dtype == DType.INT64 ? a >>> (b & 63) : (a & ~(-1L << 8 * dtype.bytes())) >>> (b & 31);
            case MULTIPLY_HIGH -> Math.multiplyHigh(a, b);
            case DIV, ATAN2, POW_FAR, ATAN2_FAR -> throw new IllegalArgumentException(f + " needs floats, but got " + dtype);
        });
    }

    /// The integer of `dtype` nearest to `x` on the way to zero.
    public static long fromFloat(DType dtype, double x) {
        if (dtype == DType.BOOL) return x != 0 ? 1 : 0;
        return Math.clamp((long) x, dtype.minValue(), dtype.maxValue());
    }

    private static long pow(long base, long exponent) {
        if (exponent < 0) return base == 1 ? 1 : base == -1 ? 1 - 2 * (exponent & 1) : 0;
        long power = 1;
        for (long e = exponent, square = base; e > 0; e >>= 1, square *= square) if ((e & 1) == 1) power *= square;
        return power;
    }
}
