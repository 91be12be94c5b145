package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
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
        this.items = whole(Arrays.stream(index).map(this::item).toList());
        boolean advanced = items.stream().anyMatch(item -> item instanceof Expr e && e.type().rank() > 0);
        for (var item : items) add(item, advanced);
    }

    /// `x[index]`.
    public static Expr get(Expr x, Object... index) { return new Indexing(x, index).read(); }

    /// The elements `x[index]`, to be replaced or added to.
    public static Region at(Expr x, Object... index) { return new Indexed(new Indexing(x, index)); }

    /// An item as an expression or an [Index].
    private Object item(Object given) {
        return switch (given) {
            case Index index -> index;
            case Integer i -> Constant.index(i);
            case Long i -> Constant.index(i);
            case Expr e when !e.type().dtype().isFloating() && !(e.type().dtype().isBool() && e.type().rank() == 0) -> e;
            case int[] p -> Constant.constant(p);
            case long[] p -> Constant.constant(p);
            case boolean[] p -> Constant.constant(p);
            case NDArray p when !p.dtype().isFloating() -> Constant.constant(p);
            case int[][] p -> Constant.constant(p);
            case boolean[][] p -> Constant.constant(p);
            default -> throw new TypeError("""
                an index of %s needs integers, spans, or tensors of integers or booleans, but got %s
                Write all(), range(1, 3), from(1), upTo(-1), newAxis(), ellipsis(), or cast to int64.""".formatted(x, described(given)));
        };
    }

    private static String described(Object given) { return given instanceof Expr e ? e + " of type " + e.type() : String.valueOf(given); }

    /// The items with the ellipsis written out.
    private List<Object> whole(List<Object> items) {
        int rank = x.type().rank(), taken = items.stream().mapToInt(Indexing::axesOf).sum();
        int dots = items.indexOf(new Index.Ellipsis());
        if (dots != items.lastIndexOf(new Index.Ellipsis())) throw new TypeError("""
            an index of %s needs one ellipsis() at most, but got more
            Write all() for each other whole dimension.""".formatted(x));
        if (taken > rank) throw new TypeError("""
            an index of %s of type %s needs at most one item per dimension, %d in all, but got %d
            newAxis() makes new dimensions.""".formatted(x, x.type(), rank, taken));
        var whole = new ArrayList<>(items);
        if (dots >= 0) whole.remove(dots);
        whole.addAll(dots >= 0 ? dots : whole.size(), Collections.nCopies(rank - taken, new Index.Range(null, null, 1)));
        return whole;
    }

    private static int axesOf(Object item) {
        return switch (item) {
            case Index.NewAxis(), Index.Ellipsis() -> 0;
            case Expr e when e.type().dtype().isBool() -> e.type().rank();
            default -> 1;
        };
    }

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

    private int place() { return apart ? 0 : at; }

    private Expr between() {
        var slice = Slice.slice(x, cuts, given);
        return pattern.contains(DimShuffle.NEW) ? DimShuffle.dimshuffle(slice, pattern.stream().mapToInt(d -> d).toArray()) : slice;
    }

    private Expr read() { return axes.isEmpty() ? between() : Gather.gather(between(), axes, place(), positions); }

    /// `x` with the indexed elements replaced by `v` or added to.
    private Expr write(Expr v, boolean adds) {
        if (v.type().rank() == 0 && items.getFirst() instanceof Expr mask && mask.type().dtype().isBool()
            && cuts.stream().allMatch(Cut.ALL::equals)
            && axes.size() == mask.type().rank() && pattern.size() == cuts.size()) return choose(mask, fit(v, x, "set"), adds);
        var values = fit(v, read(), adds ? "add" : "set");
        if (axes.isEmpty()) return put(values, adds);
        var between = between();
        var changed = Scatter.scatter(between, values, axes, place(), positions, adds);
        return between == x ? changed : put(changed, false);
    }

    /// One number under a mask needs no positions: it is a choice element by element.
    private Expr choose(Expr mask, Expr v, boolean adds) {
        int[] spread = IntStream.range(0, x.type().rank()).map(i -> i < mask.type().rank() ? i : DimShuffle.NEW).toArray();
        var chosen = spread.length == mask.type().rank() ? mask : DimShuffle.dimshuffle(mask, spread);
        return Where.where(chosen, adds ? Add.add(x, v) : v, x);
    }

    private Expr put(Expr v, boolean adds) {
        int[] back = pattern.stream().filter(d -> d != DimShuffle.NEW).mapToInt(pattern::indexOf).toArray();
        return PutSlice.put(x, back.length == pattern.size() ? v : DimShuffle.dimshuffle(v, back), cuts, given, adds);
    }

    /// Values in x's dtype and in the shape of the region.
    private Expr fit(Expr v, Expr region, String what) {
        var literal = Promotion.fitLiterals(List.of(x, v)).get(1);
        var dtype = x.type().dtype();
        if (DType.promote(dtype, literal.type().dtype()) != dtype) throw new TypeError("""
            %s keeps the dtype of %s, which is %s, but got values %s of type %s
            Cast one of them first.""".formatted(what, x, dtype, v, v.type()));
        var cast = Construction.typed(literal, dtype);
        if (cast.type().rank() > region.type().rank()) throw misfit(v, region, what);
        int missing = region.type().rank() - cast.type().rank();
        boolean repeats = missing > 0;
        for (int i = 0; i < cast.type().rank(); i++) {
            int own = cast.type().dim(i), wanted = region.type().dim(missing + i);
            if (own >= 0 && wanted >= 0 && own != 1 && own != wanted) throw misfit(v, region, what);
            repeats |= own == 1 && wanted != 1;
        }
        return repeats ? BroadcastTo.broadcastTo(cast, region.lengths()) : cast;
    }

    private static ShapeError misfit(Expr v, Expr region, String what) {
        return new ShapeError("""
            %s needs values that broadcast to %s of type %s, but got %s of type %s
            Reshape them to that shape.""".formatted(what, region, region.type(), v, v.type()));
    }

    /// The elements an index names.
    private record Indexed(Indexing index) implements Region {
        @Override public Expr set(Expr v) { return index.write(v, false); }
        @Override public Expr set(Number v) { return set(Constant.constant(v)); }
        @Override public Expr add(Expr v) { return index.write(v, true); }
        @Override public Expr add(Number v) { return add(Constant.constant(v)); }
    }
}
