package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Index;
import org.agnesi.symbolic.Region;
import org.jspecify.annotations.Nullable;

/// What `x.get(…)` and `x.at(…)` mean: an index by NumPy's rules as a [Slice], then new dimensions, then a [Gather].
///
/// Tensors of positions broadcast to one shape, whose dimensions stand where the first of them is, or in front where a
/// span or a new dimension separates them; single positions beside them count as such tensors. A boolean tensor is
/// as many tensors of positions as it has dimensions.
public final class Indexing {
    private final Expr x;
    private final List<Object> items;
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Expr> given = new ArrayList<>();
    /// Per dimension between the slice and the gather, the slice's dimension, or [DimShuffle#NEW].
    private final List<Integer> pattern = new ArrayList<>();
    private final List<Integer> axes = new ArrayList<>();
    private final List<Expr> positions = new ArrayList<>();
    private int sliced;
    private int at = -1;
    private boolean separated;
    private boolean apart;

    private Indexing(Expr x, Object... index) {
        this.x = x;
        this.items = IndexItems.of(x, index);
        boolean advanced = items.stream().anyMatch(item -> item instanceof Expr e && e.type().rank() > 0);
        for (var item : items) add(item, advanced);
    }

    /// `x[index]`.
    public static Expr get(Expr x, Object... index) { return new Indexing(x, index).read(); }

    /// The elements `x[index]`, to be replaced or added to.
    public static Region at(Expr x, Object... index) { return new Indexed(x, new Indexing(x, index)); }

    private void add(Object item, boolean advanced) {
        switch (item) {
            case Index.NewAxis() -> keep(DimShuffle.NEW);
            case Index.Range range -> {
                cuts.add(cut(range));
                keep(sliced++);
            }
            case Expr e when e.type().dtype().isBool() -> masks(e);
            case Expr e when e.type().rank() > 0 -> position(e);
            case Expr e -> {
                cuts.add(new Cut.One(edge(e)));
                if (advanced) arrive();
            }
            default -> throw new AssertionError(item);
        }
    }

    private void keep(int dimension) {
        pattern.add(dimension);
        separated |= at >= 0;
    }

    /// Notes where the positions' dimensions go.
    private void arrive() {
        if (at < 0) at = pattern.size() - axes.size();
        apart |= separated;
    }

    private void position(Expr e) {
        arrive();
        cuts.add(Cut.ALL);
        axes.add(pattern.size());
        pattern.add(sliced++);
        positions.add(e);
    }

    private void masks(Expr mask) {
        int axis = cuts.size();
        for (int i = 0; i < mask.type().rank(); i++) {
            int size = x.type().dim(axis + i), own = mask.type().dim(i);
            if (size >= 0 && own >= 0 && size != own) throw new ShapeError("""
                a mask of %s needs its shape, but got %s of type %s for axis %d of type %s
                Give one truth value per element.""".formatted(x, mask, mask.type(), axis, x.type()));
        }
        boolean sized = x.type().dims().subList(axis, axis + mask.type().rank()).stream().allMatch(size -> size >= 0);
        var known = sized && mask.node().op() instanceof Constant(var value, var _)
            ? Nonzero.positions(value).stream().map(Constant::constant).toList() : Nonzero.masked(mask, x, axis);
        known.forEach(this::position);
    }

    private Cut cut(Index.Range range) {
        if (range.step() == 0) throw new TypeError("""
            a span of %s needs a step, but got 0
            Negative steps go backwards.""".formatted(x));
        if (range.from() == null && range.to() == null && range.step() == 1) return Cut.ALL;
        return new Cut.Span(bound(range.from()), bound(range.to()), range.step());
    }

    private Cut.Edge bound(@Nullable Object bound) { return bound == null ? Cut.OPEN : edge(Sizes.size("a span", bound)); }

    private Cut.Edge edge(Expr position) { return Slice.edge(Sizes.size("an index", position), given); }

    /// The boolean tensor that alone, in front, names the elements.
    @Nullable Expr mask() {
        if (items.isEmpty() || !(items.getFirst() instanceof Expr e) || !e.type().dtype().isBool()) return null;
        boolean alone = cuts.stream().allMatch(Cut.ALL::equals) && pattern.size() == cuts.size();
        return alone && axes.size() == e.type().rank() ? e : null;
    }

    private int place() { return apart ? 0 : at; }

    private Expr between() {
        var slice = Slice.slice(x, cuts, given);
        return pattern.contains(DimShuffle.NEW) ? DimShuffle.dimshuffle(slice, pattern.stream().mapToInt(d -> d).toArray()) : slice;
    }

    Expr read() { return axes.isEmpty() ? between() : Gather.gather(between(), axes, place(), positions); }

    /// `x` with the indexed elements replaced by `values`, which have their type, or added to.
    Expr written(Expr values, boolean adds) {
        if (axes.isEmpty()) return put(values, adds);
        var between = between();
        var changed = Scatter.scatter(between, values, axes, place(), positions, adds);
        return between == x ? changed : put(changed, false);
    }

    private Expr put(Expr v, boolean adds) {
        int[] back = pattern.stream().filter(d -> d != DimShuffle.NEW).mapToInt(pattern::indexOf).toArray();
        return PutSlice.put(x, back.length == pattern.size() ? v : DimShuffle.dimshuffle(v, back), cuts, given, adds);
    }
}
