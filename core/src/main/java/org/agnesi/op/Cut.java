package org.agnesi.op;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.agnesi.error.IndexError;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;

/// What a slice takes along one axis: all of it, one position, or a span as Python's `from:to:step`.
public sealed interface Cut {
    record All() implements Cut {}
    /// One position; the axis is dropped.
    record One(Edge at) implements Cut {}
    record Span(Edge from, Edge to, int step) implements Cut {}

    /// A position or a bound: left open, known, or the next argument of the op.
    sealed interface Edge {
        record Open() implements Edge {}
        record Fixed(long position) implements Edge {}
        record Given() implements Edge {}
    }

    Edge OPEN = new Edge.Open();
    Edge GIVEN = new Edge.Given();
    Cut ALL = new All();

    /// What a cut is for one size: the positions `start + step · i`, `i` below `count`.
    record Window(long start, int step, int count, boolean dropped) {}

    default List<Edge> edges() {
        return switch (this) {
            case All() -> List.of();
            case One(var at) -> List.of(at);
            case Span(var from, var to, int _) -> List.of(from, to);
        };
    }

    default boolean drops() { return this instanceof One; }

    static long given(List<Cut> cuts) { return cuts.stream().flatMap(cut -> cut.edges().stream()).filter(GIVEN::equals).count(); }

    /// The cuts for the shape of an array; `given` are the values of the given edges, in order.
    static List<Window> windows(List<Cut> cuts, int[] dims, List<Long> given) {
        var next = given.iterator();
        var windows = new ArrayList<Window>();
        for (int axis = 0; axis < dims.length; axis++) windows.add(window(cuts.get(axis), axis, dims[axis], next));
        return windows;
    }

    private static Window window(Cut cut, int axis, int size, Iterator<Long> given) {
        return switch (cut) {
            case All() -> new Window(0, 1, size, false);
            case One(var at) -> new Window(position(axis, size, value(at, 0, given)), 1, 1, true);
            case Span(var from, var to, int step) -> {
                int low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
                long start = clamp(from, value(from, step > 0 ? low : high, given), size, low, high);
                long stop = clamp(to, value(to, step > 0 ? high : low, given), size, low, high);
                long way = step > 0 ? stop - start : start - stop;
                yield new Window(start, step, (int) Math.max(0, Math.ceilDiv(way, Math.abs((long) step))), false);
            }
        };
    }

    private static long value(Edge edge, long open, Iterator<Long> given) {
        return switch (edge) {
            case Edge.Open() -> open;
            case Edge.Fixed(long position) -> position;
            case Edge.Given() -> given.next();
        };
    }

    private static long clamp(Edge edge, long value, int size, int low, int high) {
        return edge.equals(OPEN) ? value : Math.clamp(value < 0 ? value + size : value, low, high);
    }

    /// A position counted from the front, or an error.
    static int position(int axis, int size, long position) {
        if (position < -size || position >= size) throw new IndexError(axis, position, size);
        return (int) (position < 0 ? position + size : position);
    }

    /// The sizes of the dimensions that are left, where types tell them.
    static List<Integer> dims(List<Cut> cuts, TensorType x) {
        var dims = new ArrayList<Integer>();
        for (int axis = 0; axis < cuts.size(); axis++) {
            var cut = cuts.get(axis);
            boolean known = x.isKnown(axis) && !cut.edges().contains(GIVEN);
            var none = List.<Long>of().iterator();
            int count = known ? window(cut, axis, x.dim(axis), none).count() : cut instanceof All ? x.dim(axis) : TensorType.UNKNOWN;
            if (!cut.drops()) dims.add(count);
        }
        return dims;
    }

    /// The sizes of the dimensions that are left, as expressions.
    static List<Expr> lengths(List<Cut> cuts, Expr x, List<Expr> given) {
        var next = given.iterator();
        var dims = new ArrayList<Expr>();
        for (int axis = 0; axis < cuts.size(); axis++) switch (cuts.get(axis)) {
            case All() -> dims.add(x.length(axis));
            case One(var at) -> { if (at.equals(GIVEN)) next.next(); }
            case Span(var from, var to, int step) -> dims.add(count(from, to, step, x.length(axis), next));
        }
        return dims;
    }

    private static Expr count(Edge from, Edge to, int step, Expr size, Iterator<Expr> given) {
        var low = Constant.index(step > 0 ? 0 : -1);
        var high = step > 0 ? size : Sizes.minus(size, 1);
        var start = bound(from, step > 0 ? low : high, size, low, high, given);
        var stop = bound(to, step > 0 ? high : low, size, low, high, given);
        var way = step > 0 ? Sizes.minus(stop, start) : Sizes.minus(start, stop);
        boolean ordered = from.equals(OPEN) || to.equals(OPEN);   // then the way is not negative
        var up = Sizes.plus(ordered ? way : Sizes.max(way, Constant.index(0)), Constant.index(Math.abs(step) - 1));
        return Sizes.quotient(up, Constant.index(Math.abs(step)));
    }

    private static Expr bound(Edge edge, Expr open, Expr size, Expr low, Expr high, Iterator<Expr> given) {
        return switch (edge) {
            case Edge.Open() -> open;
            case Edge.Fixed(long position) -> position < 0
                ? Sizes.max(Sizes.plus(size, Constant.index(position)), low) : Sizes.min(Constant.index(position), high);
            case Edge.Given() -> {
                var e = given.next();
                yield Sizes.min(Sizes.max(Where.where(Compare.lt(e, Constant.index(0)), Add.add(e, size), e), low), high);
            }
        };
    }

    /// Where each axis of `x` is read: dimension `k` of what is left is `Index(k)`.
    static List<Scalar> index(List<Cut> cuts, Operand x, List<Operand> given) {
        var next = given.iterator();
        var index = new ArrayList<Scalar>();
        for (int axis = 0, k = 0; axis < cuts.size(); axis++) switch (cuts.get(axis)) {
            case All() -> index.add(new Scalar.Index(k++));
            case One(var at) -> index.add(counted(at, x.size(axis), next));
            case Span(var from, var to, int step) -> {
                index.add(Scalar.add(start(from, step, x.size(axis), next), stride(step, new Scalar.Index(k++))));
                if (to.equals(GIVEN)) next.next();
            }
        }
        return index;
    }

    private static Scalar stride(int step, Scalar k) { return step == 1 ? k : Scalar.mul(Scalar.constant((long) step), k); }

    /// Where a span starts if it has an element at all.
    private static Scalar start(Edge from, int step, Scalar size, Iterator<Operand> given) {
        var last = Scalar.sub(size, Scalar.constant(1L));
        if (from.equals(OPEN)) return step > 0 ? Scalar.constant(0L) : last;
        var start = counted(from, size, given);
        if (step > 0 && from instanceof Edge.Fixed(long position) && position >= 0) return start;
        return step > 0 ? Scalar.max(start, Scalar.constant(0L)) : Scalar.min(start, last);
    }

    /// A position counted from the front.
    private static Scalar counted(Edge edge, Scalar size, Iterator<Operand> given) {
        return switch (edge) {
            case Edge.Open() -> throw new IllegalStateException("an open bound has no position");
            case Edge.Fixed(long position) -> position < 0 ? Scalar.add(size, Scalar.constant(position)) : Scalar.constant(position);
            case Edge.Given() -> fromEnd(given.next().at(), size);
        };
    }

    static Scalar fromEnd(Scalar position, Scalar size) {
        return Scalar.select(Scalar.lt(position, Scalar.constant(0L)), Scalar.add(position, size), position);
    }

    /// `1:3, :, $1`, whole dimensions at the end left out.
    static String text(List<Cut> cuts, int firstGiven) {
        var texts = new ArrayList<String>();
        int next = firstGiven;
        for (var cut : cuts) {
            texts.add(text(cut, next));
            next += (int) cut.edges().stream().filter(GIVEN::equals).count();
        }
        while (texts.size() > 1 && texts.getLast().equals(":")) texts.removeLast();
        return texts.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(Cut cut, int next) {
        return switch (cut) {
            case All() -> ":";
            case One(var at) -> text(at, next);
            case Span(var from, var to, int step) ->
                text(from, next) + ":" + text(to, from.equals(GIVEN) ? next + 1 : next) + (step == 1 ? "" : ":" + step);
        };
    }

    private static String text(Edge edge, int next) {
        return switch (edge) {
            case Edge.Open() -> "";
            case Edge.Fixed(long position) -> Long.toString(position);
            case Edge.Given() -> "$" + next;
        };
    }
}
