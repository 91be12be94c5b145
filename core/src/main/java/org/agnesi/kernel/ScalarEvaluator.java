package org.agnesi.kernel;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.agnesi.array.DType;
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

/// The value of one scalar on known inputs: constant folding in the kernel's own arithmetic, so it changes no bits.
public final class ScalarEvaluator {
    private ScalarEvaluator() {}

    /// The value of `body` where operand k has the value `inputs.get(k)`.
    public static Const fold(Scalar body, List<Const> inputs) { return fold(body, inputs::get); }

    /// The value of `body`; `input` is asked for the value of an operand when it is needed.
    public static Const fold(Scalar body, IntFunction<Const> input) {
        var values = new IdentityHashMap<Scalar, Const>();
        for (var x : Scalars.inOrder(List.of(body))) values.put(x, value(x, values, input));
        return values.get(body);
    }

    private static Const value(Scalar x, Map<Scalar, Const> values, IntFunction<Const> input) {
        return switch (x) {
            case Const c -> c;
            case Input(var operand, _) -> input.apply(operand);
            case Unary(var f, _, var a) -> apply(f, values.get(a));
            case Binary(var f, _, var a, var b) -> apply(f, values.get(a), values.get(b));
            case Compare(var r, var a, var b) -> compare(r, values.get(a), values.get(b));
            case Select(_, var condition, var a, var b) -> values.get(values.get(condition).bits() != 0 ? a : b);
            case Cast(var to, var a) -> cast(to, values.get(a));
            case Fma(_, var a, var b, var c) -> fma(values.get(a), values.get(b), values.get(c));
            case Bits(var to, var a) -> bits(to, values.get(a));
            case Rare(_, var condition, var slow, var fast) -> values.get(values.get(condition).bits() != 0 ? slow : fast);
            case At _, Index _, Size _, Local _, Load _ -> throw new IllegalArgumentException(
                "a scalar of constants and inputs is needed, but got " + x);
        };
    }

    /// The value of a scalar of constants, or the side that a constant condition chooses; else `x`.
    public static Scalar folded(Scalar x) {
        return switch (x) {
            case Unary(var f, _, Const a) -> apply(f, a);
            case Binary(var f, _, Const a, Const b) -> apply(f, a, b);
            case Compare(var r, Const a, Const b) -> compare(r, a, b);
            case Select(_, Const condition, var a, var b) -> condition.bits() != 0 ? a : b;
            case Rare(_, Const condition, var slow, var fast) -> condition.bits() != 0 ? slow : fast;
            case Cast(var to, Const a) -> cast(to, a);
            case Fma(_, Const a, Const b, Const c) -> fma(a, b, c);
            case Bits(var to, Const a) -> bits(to, a);
            case Const _, Input _, Index _, Size _, Local _, At _, Unary _, Binary _, Compare _, Select _, Cast _, Load _, Fma _, Bits _,
                Rare _ -> x;
        };
    }

    public static Const apply(UnaryFunction f, Const x) {
        return x.dtype().isFloating() ? Const.of(x.dtype(), Elementary.apply(f, x.dtype(), x.toDouble()))
            : Const.bits(x.dtype(), Integers.apply(f, x.dtype(), x.bits()));
    }

    public static Const apply(BinaryFunction f, Const a, Const b) {
        return a.dtype().isFloating() ? Const.of(a.dtype(), Elementary.apply(f, a.dtype(), a.toDouble(), b.toDouble()))
            : Const.bits(a.dtype(), Integers.apply(f, a.dtype(), a.bits(), b.bits()));
    }

    public static Const compare(Relation r, Const a, Const b) {
        return Const.of(a.dtype().isFloating() ? r.holds(a.toDouble(), b.toDouble())
            : r.holds(a.bits(), b.bits()));
    }

    public static Const fma(Const a, Const b, Const c) {
        return Const.of(a.dtype(), Elementary.fma(a.dtype(), a.toDouble(), b.toDouble(), c.toDouble()));
    }

    public static Const bits(DType to, Const x) {
        return to.isFloating() ? Const.of(to, Elementary.fromBits(to, x.bits()))
            : Const.bits(to, Elementary.toBits(x.dtype(), x.toDouble()));
    }

    public static Const cast(DType to, Const x) {
        if (to.isFloating()) return to == DType.FLOAT32 && !x.dtype().isFloating() ? narrow(x.bits()) : Const.of(to, x.toDouble());
        return x.dtype().isFloating() ? Const.of(to, x.toDouble()) : Const.bits(to, x.bits());
    }

    /// An integer goes to float32 in one rounding, not by way of float64.
    private static Const narrow(long x) { return Const.of(DType.FLOAT32, (float) x); }
}
