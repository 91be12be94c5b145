package org.agnesi.run;

import static org.agnesi.array.DType.FLOAT32;

import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.Integers;
import org.agnesi.kernel.Relation;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Bits;
import org.agnesi.kernel.Scalar.Cast;
import org.agnesi.kernel.Scalar.Compare;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Fma;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Input;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalar.Unary;
import org.agnesi.kernel.UnaryFunction;

/// Turns scalars into small objects that compute them without boxing.
final class ScalarCompiler {
    private ScalarCompiler() {}

    static Real real(Scalar x) {
        return switch (x) {
            case Const c -> {
                double value = c.toDouble();
                yield _ -> value;
            }
            case Local(int slot, _) -> f -> f.reals[slot];
            case Load load -> Loads.real(load);
            case Unary(var function, var dtype, var a) -> rounded(dtype, unary(function, dtype, real(a)));
            case Binary(var function, var dtype, var a, var b) -> rounded(dtype, binary(function, dtype, real(a), real(b)));
            case Select(_, var condition, var a, var b) -> selectReal(whole(condition), real(a), real(b));
            case Cast(var to, var a) -> a.dtype().isFloating() ? rounded(to, real(a)) : toReal(to, whole(a));
            case Fma(var dtype, var a, var b, var c) -> fma(dtype, real(a), real(b), real(c));
            case Bits(var to, var a) -> fromBits(to, whole(a));
            case Rare(_, var condition, var slow, var fast) -> selectReal(whole(condition), real(slow), real(fast));
            case Compare _, Size _, At _, Index _, Input _ -> throw misplaced(x);
        };
    }

    static Whole whole(Scalar x) {
        return switch (x) {
            case Const c -> {
                long value = c.bits();
                yield _ -> value;
            }
            case Local(int slot, _) -> f -> f.wholes[slot];
            case Load load -> Loads.whole(load);
            case Size(int buffer, int axis) -> f -> f.dims[buffer][axis];
            case Unary(var function, var dtype, var a) -> {
                var value = whole(a);
                yield f -> Integers.apply(function, dtype, value.at(f));
            }
            case Binary(var function, var dtype, Local a, Local b)
                when dtype == DType.INT64 && (function == BinaryFunction.ADD || function == BinaryFunction.MUL) ->
                    positions(function, a, b);
            case Binary(var function, var dtype, var a, var b) -> wholeBinary(function, dtype, whole(a), whole(b));
            case Compare(var r, var a, var b) -> a.dtype().isFloating() ? compareReals(r, real(a), real(b))
                : compareWholes(r, whole(a), whole(b));
            case Select(_, var condition, var a, var b) -> selectWhole(whole(condition), whole(a), whole(b));
            case Cast(var to, var a) -> toWhole(to, a);
            case Bits(_, var a) -> toBits(a.dtype(), real(a));
            case Rare(_, var condition, var slow, var fast) -> selectWhole(whole(condition), whole(slow), whole(fast));
            case At _, Index _, Input _, Fma _ -> throw misplaced(x);
        };
    }

    private static IllegalArgumentException misplaced(Scalar x) {
        return new IllegalArgumentException("a program computes from locals, loads and sizes, but got " + x + " of type " + x.dtype());
    }

    private static Real fma(DType dtype, Real a, Real b, Real c) {
        return dtype == FLOAT32 ? f -> Math.fma((float) a.at(f), (float) b.at(f), (float) c.at(f))
            : f -> Math.fma(a.at(f), b.at(f), c.at(f));
    }

    private static Real fromBits(DType to, Whole x) { return f -> Elementary.fromBits(to, x.at(f)); }

    private static Whole toBits(DType from, Real x) { return f -> Elementary.toBits(from, x.at(f)); }

    private static Real rounded(DType dtype, Real x) {
        if (dtype != FLOAT32) return x;
        return f -> (float) x.at(f);
    }

    private static Real toReal(DType to, Whole x) {
        if (to == FLOAT32) return f -> (float) x.at(f);
        return f -> x.at(f);
    }

    private static Whole toWhole(DType to, Scalar a) {
        if (a.dtype().isFloating()) {
            var x = real(a);
            return f -> Integers.fromFloat(to, x.at(f));
        }
        var n = whole(a);
        return f -> Integers.wrap(to, n.at(f));
    }

    private static Real unary(UnaryFunction function, DType dtype, Real x) {
        return switch (function) {
            case NEG -> f -> -x.at(f);
            case SQRT -> f -> Math.sqrt(x.at(f));
            case NOT, ABS, SIGN, FLOOR, CEIL, RINT, EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH,
                    TANH, ERF, ERFC, LGAMMA, DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR ->
                f -> Elementary.apply(function, dtype, x.at(f));
        };
    }

    private static Real binary(BinaryFunction function, DType dtype, Real a, Real b) {
        return switch (function) {
            case ADD -> f -> a.at(f) + b.at(f);
            case SUB -> f -> a.at(f) - b.at(f);
            case MUL -> f -> a.at(f) * b.at(f);
            case DIV -> f -> a.at(f) / b.at(f);
            case POW, MAX, MIN, FLOOR_DIV, REM, AND, OR, XOR, SHL, SHR, USHR, MULTIPLY_HIGH, ATAN2, POW_FAR, ATAN2_FAR ->
                f -> Elementary.apply(function, dtype, a.at(f), b.at(f));
        };
    }

    /// `i + j` and `i * j` of locals, what most positions are made of, without a call for each part.
    private static Whole positions(BinaryFunction function, Local a, Local b) {
        int i = a.id();
        int j = b.id();
        return function == BinaryFunction.ADD ? f -> f.wholes[i] + f.wholes[j] : f -> f.wholes[i] * f.wholes[j];
    }

    private static Whole wholeBinary(BinaryFunction function, DType dtype, Whole a, Whole b) {
        if (dtype == DType.INT64) {
            if (function == BinaryFunction.ADD) return f -> a.at(f) + b.at(f);
            if (function == BinaryFunction.SUB) return f -> a.at(f) - b.at(f);
            if (function == BinaryFunction.MUL) return f -> a.at(f) * b.at(f);
        }
        return f -> Integers.apply(function, dtype, a.at(f), b.at(f));
    }

    private static Whole compareReals(Relation r, Real a, Real b) {
        return f -> r.holds(a.at(f), b.at(f)) ? 1 : 0;
    }

    private static Whole compareWholes(Relation r, Whole a, Whole b) {
        return f -> r.holds(a.at(f), b.at(f)) ? 1 : 0;
    }

    private static Real selectReal(Whole condition, Real a, Real b) { return f -> condition.at(f) != 0 ? a.at(f) : b.at(f); }

    private static Whole selectWhole(Whole condition, Whole a, Whole b) { return f -> condition.at(f) != 0 ? a.at(f) : b.at(f); }
}
