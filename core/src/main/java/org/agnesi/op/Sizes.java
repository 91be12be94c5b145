package org.agnesi.op;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Origin;
import org.agnesi.symbolic.TensorType;

/// Arithmetic of sizes and positions, int64 scalars: computed at once where both are known, an expression else.
final class Sizes {
    private Sizes() {}

    static Expr plus(Expr a, Expr b) {
        if (known(a) && known(b)) return Constant.index(value(a) + value(b));
        return is(b, 0) ? a : is(a, 0) ? b : Add.add(a, b);
    }

    static Expr minus(Expr a, Expr b) {
        if (known(a) && known(b)) return Constant.index(value(a) - value(b));
        return is(b, 0) ? a : a == b ? Constant.index(0) : Sub.sub(a, b);
    }

    static Expr minus(Expr a, long b) { return minus(a, Constant.index(b)); }

    static Expr times(Expr a, Expr b) {
        if (known(a) && known(b)) return Constant.index(value(a) * value(b));
        return is(b, 1) ? a : is(a, 1) ? b : is(a, 0) || is(b, 0) ? Constant.index(0) : Mul.mul(a, b);
    }

    /// `⌊a / b⌋` for `a ≥ 0`, `b > 0`.
    static Expr quotient(Expr a, Expr b) {
        if (known(a) && known(b) && value(b) > 0) return Constant.index(value(a) / value(b));
        return is(b, 1) ? a : IntDiv.intDiv(a, b);
    }

    static Expr min(Expr a, Expr b) {
        if (known(a) && known(b)) return Constant.index(Math.min(value(a), value(b)));
        return a == b || is(a, 0) && b.node().op() instanceof Length ? a : Extreme.minimum(a, b);
    }

    static Expr max(Expr a, Expr b) {
        if (known(a) && known(b)) return Constant.index(Math.max(value(a), value(b)));
        return a == b || is(b, 0) && a.node().op() instanceof Length ? a : Extreme.maximum(a, b);
    }

    static Expr product(List<Expr> sizes) { return sizes.stream().reduce(Constant.index(1), Sizes::times); }
    static Expr sum(List<Expr> sizes) { return sizes.stream().reduce(Constant.index(0), Sizes::plus); }

    static boolean known(Expr size) { return told(size).isPresent(); }
    static long value(Expr size) { return told(size).orElseThrow(); }
    static boolean is(Expr size, long value) { return known(size) && value(size) == value; }

    /// The length of what has since been given a known one is known, too.
    private static OptionalLong told(Expr size) {
        return size.node().op() instanceof Length(var axis) && !size.isPattern() && size.node().arg(0).type().isKnown(axis)
            ? OptionalLong.of(size.node().arg(0).type().dim(axis)) : size.constantLong();
    }

    /// The facts that a tensor has the shape of another, which is made only if there are any.
    static List<Fact> same(Expr v, Supplier<Expr> other, TensorType type) {
        int[] open = IntStream.range(0, type.rank()).filter(i -> !type.isKnown(i) || !v.type().isKnown(i)).toArray();
        if (open.length == 0) return List.of();
        var shape = Origin.inherit(null, other);
        return IntStream.of(open).mapToObj(i -> new Fact(v, i, shape, i)).toList();
    }

    /// A vector of `size` elements, to speak of it in a fact.
    static Expr vector(Expr size, String name) { return Origin.inherit(null, () -> Arange.arange(size).named(name)); }

    /// A size as a dimension of a type; UNKNOWN where it is known only at the call.
    static int dim(Expr size) {
        if (!known(size)) return TensorType.UNKNOWN;
        long value = value(size);
        if (value >= 0 && value <= Integer.MAX_VALUE) return (int) value;
        throw new ShapeError("""
            a dimension from 0 to %d is needed, but got %d
            %s""".formatted(Integer.MAX_VALUE, value, value < 0 ? "It is how many elements there are." : "Java's arrays are no longer."));
    }

    /// A user's size or position as an int64 scalar: an integer or an integer expression.
    static Expr size(String what, Object given) {
        if (given instanceof Integer || given instanceof Long || given instanceof Short || given instanceof Byte)
            return Constant.index(((Number) given).longValue());
        if (given instanceof Expr e && e.type().rank() == 0 && e.type().dtype().isInteger())
            return known(e) ? Constant.index(value(e)) : Cast.cast(e, DType.INT64);
        throw new TypeError(given instanceof Expr e ? """
            %s needs integers or integer scalars, but got %s of type %s
            Cast it to int64 where that is meant.""".formatted(what, e, e.type()) : """
            %s needs integers or integer scalars, but got %s
            Pass an int, or an expression such as x.length(0).""".formatted(what, given));
    }

    /// A user's sizes: integers, integer expressions, an `int[]`, or one vector of known length such as `shape(x)`.
    static List<Expr> sizes(String what, Object... given) {
        if (Required.of(what, "sizes", given).length == 1 && given[0] instanceof Expr e && e.type().rank() == 1 && e.type().isKnown(0))
            return IntStream.range(0, e.type().dim(0)).mapToObj(i -> size(what, element(e, i))).toList();
        if (given.length == 1 && given[0] instanceof int[] dims) return IntStream.of(dims).mapToObj(Constant::index).toList();
        return Arrays.stream(given).map(size -> size(what, size)).toList();
    }

    /// The element of a vector; of stacked scalars, as a shape is, the scalar itself.
    private static Expr element(Expr e, int i) {
        if (!(e.node().op() instanceof Concatenate)) return Slice.element(e, i);
        boolean stacked = e.node().args().stream().allMatch(arg -> arg.node().op() instanceof DimShuffle
            && arg.node().arg(0).type().rank() == 0);
        return stacked ? e.node().arg(i).node().arg(0) : Slice.element(e, i);
    }
}
