package org.agnesi.emit;

import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.and;
import static org.agnesi.kernel.Scalar.bits;
import static org.agnesi.kernel.Scalar.gt;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.ne;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.or;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Cast;
import org.agnesi.kernel.Scalar.Compare;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Fma;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalar.Unary;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.UnaryFunction;

/// Which scalars have vector instructions, and how those that have none are written with some that have.
final class Vectorizable {
    /// 2⁵²: a float64 of this size or more is whole, and adding it to a smaller one rounds that.
    private static final double WHOLE = 0x1p52;

    /// What was found of rare cases: one may be in another's argument, and that in a third's.
    private final Map<Scalar, List<Scalar>> arguments = new IdentityHashMap<>();

    /// The scalar itself, or the same value by vector instructions only. Its parts are so written already.
    static Scalar expanded(Scalar x) {
        return switch (x) {
            case Unary(var f, var dtype, var a) when dtype == DType.FLOAT64 -> switch (f) {
                case SIGN -> select(gt(a, like(a, 0)), like(a, 1), select(lt(a, like(a, 0)), like(a, -1), a));
                case RINT -> rounded(a);
                case FLOOR -> floor(a);
                case CEIL -> neg(floor(neg(a)));
                case NEG, ABS, NOT, SQRT, EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH,
                    ERF, ERFC, LGAMMA, DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR -> x;
            };
            case Cast(var to, var a) when a.dtype() == DType.BOOL && to.bytes() >= 4 -> select(a, Const.of(to, 1), Const.of(to, 0));
            case Cast(var to, var a) when to == DType.BOOL && a.dtype().bytes() >= 4 -> ne(a, Const.of(a.dtype(), 0));
            case Scalar _ -> x;
        };
    }

    /// To the nearest whole, ties to even; the sign stays, also that of zero.
    private static Scalar rounded(Scalar x) {
        var whole = like(x, WHOLE);
        var magnitude = sub(add(abs(x), whole), whole);
        var sign = and(bits(DType.INT64, x), Scalar.constant(Long.MIN_VALUE));
        return select(lt(abs(x), whole), bits(DType.FLOAT64, or(bits(DType.INT64, magnitude), sign)), x);
    }

    private static Scalar floor(Scalar x) {
        var near = rounded(x);
        return select(gt(near, x), sub(near, like(x, 1)), near);
    }

    /// Whether there are instructions for it.
    boolean is(Scalar x) {
        return switch (x) {
            case Unary(var f, var dtype, _) -> switch (f) {
                case NEG, ABS -> true;
                case NOT -> dtype == DType.BOOL;
                case SQRT -> dtype.isFloating();
                case SIGN, FLOOR, CEIL, RINT, EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH,
                    ERF, ERFC, LGAMMA, DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR -> false;
            };
            case Binary(var f, var dtype, _, var b) -> switch (f) {
                case ADD, MUL, MAX, MIN -> true;
                case SUB -> dtype != DType.BOOL;
                case DIV -> true;
                case AND, OR, XOR -> true;
                case SHL, SHR, USHR -> dtype == DType.INT64 || dtype == DType.INT32;
                case MULTIPLY_HIGH, POW, FLOOR_DIV, REM, ATAN2, POW_FAR, ATAN2_FAR -> false;
            };
            case Compare(_, var a, _) -> a.dtype() != DType.BOOL;
            case Select(var dtype, _, _, _) -> dtype != DType.BOOL;
            case Cast(var to, var a) -> to.bytes() >= 4 && a.dtype().bytes() >= 4;
            case Rare(var dtype, _, var slow, _) -> isKept(dtype) && arguments(slow).stream().allMatch(a -> isKept(a.dtype()));
            case Scalar _ -> true;
        };
    }

    /// Whether single lanes have space among the accumulators.
    static boolean isKept(DType dtype) { return dtype.isFloating() || dtype == DType.INT64; }

    /// Whether HotSpot makes vectors of it by itself.
    static boolean isPlain(Scalar x) {
        return switch (x) {
            case Unary(var f, _, _) -> f == UnaryFunction.NEG || f == UnaryFunction.ABS || f == UnaryFunction.SQRT;
            case Binary(var f, _, _, _) -> switch (f) {
                case ADD, SUB, MUL, DIV -> true;
                case POW, MAX, MIN, FLOOR_DIV, REM, AND, OR, XOR, SHL, SHR, USHR, MULTIPLY_HIGH, ATAN2, POW_FAR, ATAN2_FAR -> false;
            };
            case Fma _ -> true;
            case Scalar _ -> false;
        };
    }

    /// What a rare case's calls take: its largest parts that have vector instructions throughout, and space for single lanes.
    List<Scalar> arguments(Scalar slow) {
        var known = arguments.get(slow);
        if (known != null) return known;
        var found = foundArguments(slow);
        arguments.put(slow, found);
        return found;
    }

    private List<Scalar> foundArguments(Scalar slow) {
        var arguments = new ArrayList<Scalar>();
        var calls = Collections.<Scalar>newSetFromMap(new IdentityHashMap<>());
        for (var x : Scalars.inOrder(List.of(slow))) if (!is(x) || Scalars.parts(x).stream().anyMatch(calls::contains)) calls.add(x);
        var seen = Collections.<Scalar>newSetFromMap(new IdentityHashMap<>());
        var work = new ArrayList<>(List.of(slow));
        while (!work.isEmpty()) {
            var x = work.removeLast();
            if (!seen.add(x)) continue;
            if (calls.contains(x) || !isKept(x.dtype())) work.addAll(Scalars.parts(x));
            else arguments.add(x);
        }
        return arguments;
    }
}
