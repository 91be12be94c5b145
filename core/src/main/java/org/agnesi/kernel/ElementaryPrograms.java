package org.agnesi.kernel;

import java.util.Collections;
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
/// one by one or in vectors. Programs are straight lines; [Scalar.Rare] marks what few arguments need. In float64 they
/// are within 1 ulp, with the special values of C99's Annex F. A float32 is computed in float64 and
/// rounded once. What has no program, such as LGAMMA, stays a call of [Elementary].
public final class ElementaryPrograms {
    private static final Scalar X = new Input(0, DType.FLOAT64);
    private static final Scalar Y = new Input(1, DType.FLOAT64);

    private ElementaryPrograms() {}

    public static boolean has(UnaryFunction f) {
        return switch (f) {
            case EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ERF, ERFC -> true;
            case NEG, ABS, SIGN, NOT, FLOOR, CEIL, RINT, SQRT, LGAMMA, DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR -> false;
        };
    }

    public static boolean has(BinaryFunction f) { return f == BinaryFunction.POW || f == BinaryFunction.ATAN2; }

    /// `f(x)`, written out where it has a program.
    public static Scalar program(UnaryFunction f, Scalar x) {
        return has(f) ? Scalar.cast(x.dtype(), wide(f, Scalar.cast(DType.FLOAT64, x))) : Scalar.call(f, x);
    }

    /// `f(a, b)`, written out where it has a program for these dtypes.
    public static Scalar program(BinaryFunction f, Scalar a, Scalar b) {
        if (!has(f) || !a.dtype().isFloating()) return Scalar.call(f, a, b);
        return Scalar.cast(a.dtype(), wide(f, Scalar.cast(DType.FLOAT64, a), Scalar.cast(DType.FLOAT64, b)));
    }

    private static Scalar wide(BinaryFunction f, Scalar a, Scalar b) {
        return f == BinaryFunction.POW ? Powers.pow(a, b) : InverseCircular.atan2(a, b);
    }

    private static Scalar wide(UnaryFunction f, Scalar x) {
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
            case NEG, ABS, SIGN, NOT, FLOOR, CEIL, RINT, SQRT, LGAMMA, DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR,
                TAN_FAR -> throw new IllegalArgumentException(f + " has no program");
        };
    }

    /// `x` with every function written out that has a program.
    public static Scalar expand(Scalar x) { return expand(x, new IdentityHashMap<>()); }

    /// The same with a memory shared by several roots, so that what they share stays shared.
    public static Scalar expand(Scalar x, Map<Scalar, Scalar> done) { return Scalars.map(x, ElementaryPrograms::step, done); }

    private static Scalar step(Scalar x) {
        if (x instanceof Unary(var f, _, var a) && has(f)) return program(f, a);
        return x instanceof Binary(var f, var dtype, var a, var b) && dtype.isFloating() && has(f) ? program(f, a, b) : x;
    }

    /// The value of the program of `f`.
    static double apply(UnaryFunction f, double x) { return Values.UNARY.get(f).applyAsDouble(x, 0); }

    static double apply(BinaryFunction f, double a, double b) {
        return (f == BinaryFunction.POW ? Values.POW : Values.ATAN2).applyAsDouble(a, b);
    }

    /// The programs as methods, made when the first is needed.
    private static final class Values {
        static final Map<UnaryFunction, DoubleBinaryOperator> UNARY = unary();
        static final DoubleBinaryOperator POW = StraightLine.of(wide(BinaryFunction.POW, X, Y));
        static final DoubleBinaryOperator ATAN2 = StraightLine.of(wide(BinaryFunction.ATAN2, X, Y));

        private static Map<UnaryFunction, DoubleBinaryOperator> unary() {
            var values = new EnumMap<UnaryFunction, DoubleBinaryOperator>(UnaryFunction.class);
            for (var f : UnaryFunction.values()) if (has(f)) values.put(f, StraightLine.of(wide(f, X)));
            return Collections.unmodifiableMap(values);
        }
    }
}
