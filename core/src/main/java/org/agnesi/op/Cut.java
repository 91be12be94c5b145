package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.agnesi.symbolic.Expr;

/// What a slice takes along one axis: all of it, one position, or a span as Python's `from:to:step`.
public sealed interface Cut {
    record All() implements Cut {}
    /// One position; the axis is dropped.
    record One(Edge at) implements Cut {}
    record Span(Edge from, Edge to, int step) implements Cut {
        private static final int FEW = 8;

        /// Whether more than half of an axis of this size stays; where that is unknown, whether it goes from near one end to near
        /// the other. Of a bound that is given, `minimum(m, n)` counts as one of two lengths that are likely the same.
        ///
        /// @param given the bounds that are given
        public boolean leavesMost(int size, List<Expr> given) {
            if (!given.isEmpty()) return step == 1 && from.equals(OPEN) && given.getFirst().node().op() instanceof Extreme;
            if (size >= 0) return 2 * places(size).size() > size;
            return step == 1 ? isNear(from, 0) && isNear(to, -FEW) : step == -1 && isNear(from, -FEW) && isNear(to, 0);
        }

        private static boolean isNear(Edge edge, int least) {
            return edge.equals(OPEN) || edge instanceof Edge.Fixed(long at) && least <= at && at < least + FEW;
        }
    }

    /// A position or a bound: left open, known, or the next argument of the op.
    sealed interface Edge {
        record Open() implements Edge {}
        record Fixed(long position) implements Edge {}
        record Given() implements Edge {}
    }

    Edge OPEN = new Edge.Open();
    Edge GIVEN = new Edge.Given();
    Cut ALL = new All();

    default List<Edge> edges() {
        return switch (this) {
            case All() -> List.of();
            case One(var at) -> List.of(at);
            case Span(var from, var to, int _) -> List.of(from, to);
        };
    }

    /// The positions it takes of an axis of this size, counted from the front; none where arguments of the op decide them.
    default List<Long> places(int size) {
        if (edges().contains(GIVEN)) return List.of();
        var window = Window.of(List.of(this), new int[] {size}, List.of()).getFirst();
        return LongStream.range(0, window.count()).mapToObj(i -> window.start() + window.step() * i).toList();
    }

    default boolean drops() { return this instanceof One; }

    static long given(List<Cut> cuts) { return cuts.stream().flatMap(cut -> cut.edges().stream()).filter(GIVEN::equals).count(); }

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
