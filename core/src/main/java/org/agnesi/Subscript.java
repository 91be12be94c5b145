package org.agnesi;

import java.util.List;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Index;
import org.agnesi.symbolic.Region;
import org.jspecify.annotations.Nullable;

/// What stands between the brackets of `x[…]` in a formula, as the arguments of [Expr#get].
final class Subscript {
    /// What only stands in an index, or stands for nothing.
    enum Part { ELLIPSIS, NONE }

    /// `from:to:step`, each of them possibly left out.
    record Span(@Nullable Object from, @Nullable Object to, @Nullable Object step) {}

    /// `x.at`, before its index.
    record At(Expr x) {}

    private Subscript() {}

    static Expr get(Expr x, List<Object> parts) { return x.get(parts.stream().map(Subscript::item).toArray()); }

    static Region at(Expr x, List<Object> parts) { return x.at(parts.stream().map(Subscript::item).toArray()); }

    /// An element of a list of values, counted from the end where negative.
    static Object element(List<?> list, long i) {
        if (i >= -list.size() && i < list.size()) return list.get(Math.toIntExact(i < 0 ? i + list.size() : i));
        throw new TypeError("an index from %d to %d is needed, but got %d".formatted(-list.size(), list.size() - 1, i));
    }

    /// `region.set(v)` or `region.add(v)`; null where the name is another.
    static @Nullable Expr change(Region region, String name, Expr v) {
        return switch (name) {
            case "set" -> region.set(v);
            case "add" -> region.add(v);
            default -> null;
        };
    }

    private static Object item(Object part) {
        return switch (part) {
            case Part.ELLIPSIS -> new Index.Ellipsis();
            case Part.NONE -> new Index.NewAxis();
            case Span span -> new Index.Range(bound(span.from), bound(span.to), step(span.step));
            case List<?> list -> Conversion.expression(list);
            default -> part;
        };
    }

    private static @Nullable Object bound(@Nullable Object bound) { return bound == Part.NONE ? null : bound; }

    private static int step(@Nullable Object step) {
        if (step == null || step == Part.NONE) return 1;
        if (step instanceof Long n && n == n.intValue()) return n.intValue();
        throw new TypeError("""
            a span needs a step that is a number, but got %s
            Write for example x[::2] or x[::-1].""".formatted(step));
    }
}
