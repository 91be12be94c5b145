package org.agnesi.kernel;

import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Input;
import org.agnesi.kernel.Scalar.Unary;

/// The elementary functions as scalar programs of additions, products, fma, comparisons, selects and bits.
///
/// A function has one program, and all its values come from that: folding, evaluators and emitters give the same bits,
/// one by one or in vectors. Programs are straight lines; [Scalar.Rare] marks what few arguments need. They compute in the
/// argument's [Format], within 1 ulp (LGAMMA within 4, DIGAMMA within 6, right of 0), with the special values of C99's Annex F. What
/// has no program, such as LOG_TINY, stays a call of [Elementary].
public final class ElementaryPrograms {
    private ElementaryPrograms() {}

    public static boolean has(UnaryFunction f) {
        return switch (f) {
            case EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ERF, ERFC, LGAMMA, DIGAMMA -> true;
            case NEG, ABS, SIGN, NOT, FLOOR, CEIL, RINT, SQRT, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR -> false;
        };
    }

    public static boolean has(BinaryFunction f) { return f == BinaryFunction.POW || f == BinaryFunction.ATAN2; }

    /// `f(x)`, written out where it has a program.
    public static Scalar program(UnaryFunction f, Scalar x) {
        return switch (f) {
            case EXP -> Exponentials.exp(x);
            case LOG -> Logarithms.log(x);
            case EXPM1 -> Exponentials.expm1(x);
            case LOG1P -> Logarithms.log1p(x);
            case SIN -> Circular.sin(x);
            case COS -> Circular.cos(x);
            case TAN -> Circular.tan(x);
            case ASIN -> InverseCircular.asin(x);
            case ACOS -> InverseCircular.acos(x);
            case ATAN -> InverseCircular.atan(x);
            case SINH -> Hyperbolic.sinh(x);
            case COSH -> Hyperbolic.cosh(x);
            case TANH -> Hyperbolic.tanh(x);
            case ERF -> ErrorFunctions.erf(x);
            case ERFC -> ErrorFunctions.erfc(x);
            case LGAMMA -> GammaFunctions.lgamma(x);
            case DIGAMMA -> GammaFunctions.digamma(x);
            case NEG, ABS, SIGN, NOT, FLOOR, CEIL, RINT, SQRT, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR ->
                Scalar.call(f, x);
        };
    }

    /// `f(a, b)`, written out where it has a program for these dtypes.
    public static Scalar program(BinaryFunction f, Scalar a, Scalar b) {
        if (!has(f) || !a.dtype().isFloating()) return Scalar.call(f, a, b);
        return f == BinaryFunction.POW ? Powers.pow(a, b) : InverseCircular.atan2(a, b);
    }

    /// `x` with every function written out that has a program.
    public static Scalar expand(Scalar x) { return expand(x, new IdentityHashMap<>()); }

    /// The same with a memory shared by several roots, so that what they share stays shared.
    public static Scalar expand(Scalar x, Map<Scalar, Scalar> done) { return Scalars.map(x, ElementaryPrograms::step, done); }

    private static Scalar step(Scalar x) {
        if (x instanceof Unary(var f, _, var a) && has(f)) return program(f, a);
        return x instanceof Binary(var f, var dtype, var a, var b) && dtype.isFloating() && has(f) ? program(f, a, b) : x;
    }

    /// The value of the program of `f` in `dtype`.
    static double apply(UnaryFunction f, DType dtype, double x) { return Values.of(dtype).unary.get(f).applyAsDouble(x, 0); }

    static double apply(BinaryFunction f, DType dtype, double a, double b) { return Values.of(dtype).binary.get(f).applyAsDouble(a, b); }

    /// The programs in one dtype as methods, made when the first is needed.
    private static final class Values {
        private final Map<UnaryFunction, DoubleBinaryOperator> unary = new EnumMap<>(UnaryFunction.class);
        private final Map<BinaryFunction, DoubleBinaryOperator> binary = new EnumMap<>(BinaryFunction.class);

        private Values(DType dtype) {
            var x = new Input(0, dtype);
            var y = new Input(1, dtype);
            for (var f : UnaryFunction.values()) if (has(f)) unary.put(f, StraightLine.of(program(f, x)));
            for (var f : BinaryFunction.values()) if (has(f)) binary.put(f, StraightLine.of(program(f, x, y)));
        }

        static Values of(DType dtype) { return dtype == DType.FLOAT32 ? Narrow.VALUES : Wide.VALUES; }

        private static final class Wide {
            static final Values VALUES = new Values(DType.FLOAT64);
        }

        private static final class Narrow {
            static final Values VALUES = new Values(DType.FLOAT32);
        }
    }
}
