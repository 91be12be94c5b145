package org.agnesi.kernel;

import org.agnesi.array.DType;

/// The floats that a program computes in, and the integers that hold their bits. A program is written once; what differs
/// between the formats is in its constants.
enum Format {
    FLOAT64(DType.FLOAT64, DType.INT64, 52), FLOAT32(DType.FLOAT32, DType.INT32, 23);

    final DType dtype;
    final DType word;
    /// How many bits follow the exponent's.
    final int fraction;

    Format(DType dtype, DType word, int fraction) {
        this.dtype = dtype;
        this.word = word;
        this.fraction = fraction;
    }

    /// The format of a float, or of a float's bits.
    static Format of(Scalar x) { return x.dtype() == FLOAT32.dtype || x.dtype() == FLOAT32.word ? FLOAT32 : FLOAT64; }

    /// A number that is another one in each format.
    record Constant(double wide, double narrow) {
        double in(Format format) { return format == FLOAT64 ? wide : narrow; }

        /// The number in the format of `x`.
        Scalar like(Scalar x) { return like(x, 1); }

        /// The number times a factor.
        Scalar like(Scalar x, double factor) { return Scalar.like(x, factor * in(Format.of(x))); }
    }

    /// An integer as wide as the floats.
    Scalar word(long x) { return Scalar.Const.bits(word, x); }

    /// The bits of a number.
    long bits(double x) { return Elementary.toBits(dtype, x); }

    /// The lowest of the integers, which is the sign's bit alone.
    long sign() { return 1L << (8 * word.bytes() - 1); }

    /// The bits of a float as an integer.
    Scalar bits(Scalar x) { return Scalar.bits(word, x); }

    /// The float that has these bits.
    Scalar real(Scalar bits) { return Scalar.bits(dtype, bits); }

    /// `x` shifted into the exponent.
    Scalar atExponent(Scalar x) { return Scalar.shl(x, word(fraction)); }
}
