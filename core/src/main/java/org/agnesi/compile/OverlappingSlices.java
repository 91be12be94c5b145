package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.compile.Collapse.Axis;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Lowering.Scatter;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// What goes into slices of one array, as one loop where all of them overlap, and as one each on the edges: as in the gradient of
/// `x[1:] - x[:-1]`,
///
/// ```
/// for i < n: y[i] = b[i]                 for the first and the last i: …
/// for j < n - 1: y[j] += u[j]      →     for k < n - 2: y[k + 1] = b[k + 1] + u[k + 1] + v[k]
/// for j < n - 1: y[j + 1] += v[j]
/// ```
///
/// The array is written once, and not read again; terms are added in the same order, so the bits are the same.
final class OverlappingSlices {
    /// How far slices start from the front at most.
    private static final int FARTHEST = 64;
    /// What unknown sizes are taken for, to see whether most of the array is where all overlap.
    private static final long LARGE = 1 << 20;
    /// Scalars of the one loop above which there are several.
    private static final int MOST = 400;

    /// Along an axis, `from` up to `to`.
    private record Range(Scalar from, Scalar to) {}

    /// One slice: where it starts and how long it is, along each axis.
    private record Part(Expr values, Scatter scatter, List<Long> starts, List<Scalar> lengths) {}

    private final ProgramBuilder builder;
    private final Inliner inliner;
    private final Terms terms;
    private final int y;
    private final Expr base;
    private final List<Scalar> sizes;
    private final List<Part> parts = new ArrayList<>();
    /// Where all overlap.
    private final List<Range> middle = new ArrayList<>();
    private final List<Integer> moved = new ArrayList<>();

    private OverlappingSlices(ProgramBuilder builder, Inliner inliner, int y, Expr base, List<Scalar> sizes) {
        this.builder = builder;
        this.inliner = inliner;
        this.terms = builder.terms();
        this.y = y;
        this.base = base;
        this.sizes = sizes;
    }

    /// Those that `all` write onto the base of the first; null where that is of no use.
    ///
    /// @param y     the array's number
    /// @param sizes the array's
    static @Nullable OverlappingSlices of(ProgramBuilder builder, Inliner inliner, List<Node> all, int y, List<Scalar> sizes) {
        var first = (Scatter) inliner.lowering(all.getFirst());
        var found = new OverlappingSlices(builder, inliner, y, all.getFirst().arg(first.base()), sizes);
        for (var one : all) {
            var part = found.part(one, (Scatter) inliner.lowering(one));
            if (part == null) return null;
            found.parts.add(part);
        }
        return found.overlap() ? found : null;
    }

    private @Nullable Part part(Node node, Scatter scatter) {
        var values = node.arg(scatter.updates());
        var lengths = inliner.dims(values).stream().map(builder::size).toList();
        if (!scatter.checked().isEmpty() || lengths.size() != sizes.size()) return null;
        var here = lengths.stream().map(builder::index).toList();
        var starts = new ArrayList<Long>();
        for (int axis = 0; axis < sizes.size(); axis++) {
            var at = builder.body(scatter.index().get(axis), node, here);
            var start = start(at, here.get(axis));
            if (start == null) return null;
            starts.add(start);
        }
        return new Part(values, scatter, starts, lengths);
    }

    /// How far a position is from the index.
    @SuppressWarnings("ReferenceEquality") // terms: equal ones are one object
    private static @Nullable Long start(Scalar position, Scalar index) {
        if (position == index) return 0L;
        return position instanceof Binary(var f, _, var a, Const c) && f == BinaryFunction.ADD && a == index
            && c.bits() >= 0 && c.bits() <= FARTHEST ? c.bits() : null;
    }

    /// Finds where all overlap; says whether that is most of the array, and not too much for one loop.
    private boolean overlap() {
        for (int axis = 0; axis < sizes.size(); axis++) {
            int a = axis;
            var n = sizes.get(axis);
            boolean whole = parts.stream().allMatch(p -> p.starts.get(a) == 0 && terms.id(p.lengths.get(a)) == terms.id(n));
            if (!whole) moved.add(axis);
            middle.add(whole ? all(axis) : middle(axis));
            if (!whole && !isMost(middle.getLast(), n)) return false;
        }
        return !moved.isEmpty() && moved.size() <= 2 && Scalars.inOrder(List.of(value(terms.here(sizes.size())))).size() <= MOST;
    }

    private Range all(int axis) { return new Range(constant(0), sizes.get(axis)); }

    private Range middle(int axis) {
        var n = sizes.get(axis);
        Scalar from = constant(parts.stream().mapToLong(p -> p.starts.get(axis)).max().orElseThrow());
        Scalar to = n;
        for (var part : parts) to = min(to, terms.add(part.lengths.get(axis), constant(part.starts.get(axis))));
        return new Range(min(from, n), min(max(to, from), n));
    }

    private static boolean isMost(Range range, Scalar size) {
        var large = new Extents() {
            @Override public Long size(int array, int axis) { return LARGE; }
            @Override public @Nullable Const element(int array, long place) { return null; }
        };
        var n = large.value(size);
        var from = large.value(range.from);
        var to = large.value(range.to);
        return n != null && from != null && to != null && n.bits() > FARTHEST && 2 * (to.bits() - from.bits()) > n.bits();
    }

    Stmt write() {
        var steps = new ArrayList<Stmt>();
        for (int axis : moved) steps.add(edges(axis));
        steps.add(overlapping());
        return Stmt.seq(steps);
    }

    private Stmt overlapping() {
        var axes = new ArrayList<Axis>();
        var point = point(middle, 0, axes);
        return SoloProgram.loops(builder, axes, new Store(y, terms.linear(point, sizes), value(point)));
    }

    /// The two ends along an axis: of those before it only where all overlap, of those after it everything.
    private Stmt edges(int axis) {
        var end = builder.local(DType.INT64);
        builder.depth(end, 1);
        var all = middle.get(axis);
        var region = new ArrayList<Range>();
        for (int a = 0; a < sizes.size(); a++) region.add(a < axis ? middle.get(a) : all(a));
        region.set(axis, new Range(terms.mul(end, all.to),
            terms.add(all.from, terms.mul(end, terms.term(Scalar.sub(sizes.get(axis), all.from))))));
        var steps = new ArrayList<Stmt>();
        var axes = new ArrayList<Axis>();
        var point = point(region, 1, axes);
        steps.add(Axis.nest(axes, new Store(y, terms.linear(point, sizes), builder.element(base, point))));
        for (var part : parts) steps.add(within(part, region));
        return new For(end, constant(2), Stmt.seq(steps));
    }

    /// What a slice has in a region.
    private Stmt within(Part part, List<Range> region) {
        var own = new ArrayList<Range>();
        for (int a = 0; a < sizes.size(); a++) {
            var start = constant(part.starts.get(a));
            own.add(new Range(clamped(terms.term(Scalar.sub(region.get(a).from, start)), part.lengths.get(a)),
                clamped(terms.term(Scalar.sub(region.get(a).to, start)), part.lengths.get(a))));
        }
        var axes = new ArrayList<Axis>();
        var point = point(own, 1, axes);
        var place = terms.linear(shifted(point, part, 1), sizes);
        var value = builder.element(part.values, point);
        var combine = part.scatter.combine();
        return Axis.nest(axes, combine == null ? new Store(y, place, value) : new Accumulate(y, place, combine, value));
    }

    /// A point that goes through a region, by loops along `axes` which are inside of others.
    private List<Scalar> point(List<Range> region, int inside, List<Axis> axes) {
        var point = new ArrayList<Scalar>();
        for (var range : region) {
            var extent = terms.term(Scalar.sub(range.to, range.from));
            var index = builder.index(extent);
            if (index instanceof Local local) {
                axes.add(new Axis(local, extent));
                builder.depth(local, inside + axes.size());
            }
            point.add(terms.add(index, range.from));
        }
        return point;
    }

    /// What is at a point where all overlap.
    private Scalar value(List<Scalar> point) {
        var value = builder.element(base, point);
        for (var part : parts) {
            var own = builder.element(part.values, shifted(point, part, -1));
            var combine = part.scatter.combine();
            value = combine == null ? own : terms.term(Scalar.call(combine.function(), value, own));
        }
        return value;
    }

    private List<Scalar> shifted(List<Scalar> point, Part part, int sign) {
        return IntStream.range(0, point.size()).mapToObj(a -> terms.add(point.get(a), constant(sign * part.starts.get(a)))).toList();
    }

    private Scalar clamped(Scalar x, Scalar most) { return max(min(x, most), constant(0)); }

    private Scalar min(Scalar a, Scalar b) { return terms.term(Scalar.min(a, b)); }

    private Scalar max(Scalar a, Scalar b) { return terms.term(Scalar.max(a, b)); }

    private Scalar constant(long value) { return terms.term(Const.of(value)); }
}
