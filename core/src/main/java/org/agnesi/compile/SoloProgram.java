package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.compile.Collapse.Axis;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Lowering.Arg;
import org.agnesi.kernel.Lowering.Bound;
import org.agnesi.kernel.Lowering.Piecewise;
import org.agnesi.kernel.Lowering.Prefix;
import org.agnesi.kernel.Lowering.Reshape;
import org.agnesi.kernel.Lowering.Scatter;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmts;
import org.agnesi.symbolic.Node;

/// Writes the loops that stand alone: running reductions, positions of extremes, scatters, concatenations and these reshaped.
final class SoloProgram {
    /// Scalars of one loop above which pieces get another.
    private static final int LARGE = 600;

    private final ProgramBuilder builder;
    private final Inliner inliner;
    private final Slots slots;
    private final Terms terms;
    private final Node node;
    private final List<Node> onto;

    /// @param onto what is written into the same array before, first to last
    SoloProgram(ProgramBuilder builder, Inliner inliner, Slots slots, Node node, List<Node> onto) {
        this.builder = builder;
        this.inliner = inliner;
        this.slots = slots;
        this.terms = builder.terms();
        this.node = node;
        this.onto = onto;
    }

    Task.Run task() {
        return builder.task(switch (inliner.lowering(node)) {
            case Prefix(var combine, var axis, var body) -> prefix(combine, axis, body);
            case Arg(var combine, var axis, var body) -> arg(combine, axis, body);
            case Scatter _ -> scatters();
            case Piecewise(var axis) -> piecewise(node, axis);
            case Reshape _ when inliner.lowering(onto.getFirst()) instanceof Piecewise(var axis) -> piecewise(onto.getFirst(), axis);
            case Lowering other -> throw new IllegalStateException("no loop stands alone for " + other);
        });
    }

    /// A space to loop over: one index per axis, and the axes that have a loop.
    private record Space(List<Scalar> point, List<Axis> axes) {}

    private Space space(List<Scalar> dims) {
        var point = new ArrayList<Scalar>();
        var axes = new ArrayList<Axis>();
        for (var dim : dims) {
            var extent = builder.size(dim);
            var index = builder.index(extent);
            point.add(index);
            if (index instanceof Local local) axes.add(new Axis(local, extent));
        }
        return new Space(point, axes);
    }

    /// The loops over a space, neighbours made one where that is possible.
    private Stmt loops(List<Axis> axes, Stmt body) { return loops(builder, axes, body); }

    /// The same in a program.
    static Stmt loops(ProgramBuilder builder, List<Axis> axes, Stmt body) {
        var collapse = new Collapse(builder.terms());
        var left = collapse.axes(axes, Stmts.scalars(body));
        for (int k = 0; k < left.size(); k++) builder.depth(left.get(k).index(), k + 1);
        return Stmts.map(Axis.nest(left, body), collapse::apply, buffer -> buffer);
    }

    private int output() { return builder.output(slots.of(node.result(0))); }

    private Scalar place(List<Scalar> position) { return terms.linear(position, builder.sizes(slots.of(node.result(0)))); }

    /// `total = combine(total, body)` along the axis, each total stored.
    private Stmt prefix(Combine combine, int axis, Scalar body) {
        int y = output();
        var space = space(inliner.dims(node.result(0)));
        var value = builder.body(body, node, space.point());
        var total = builder.local(value.dtype());
        var step = Stmt.seq(new Assign(total, terms.term(Scalar.call(combine.function(), total, value))),
            new Store(y, place(space.point()), total));
        return along(space, axis, Stmt.seq(new Let(total, combine.identity(value.dtype()))), step, Stmt.NOTHING, List.of(total));
    }

    /// The first largest or smallest so far and where it was; a NaN beats all that is not one.
    private Stmt arg(Combine combine, int axis, Scalar body) {
        int y = output();
        var space = space(inliner.dims(node.arg(0)));
        var value = builder.body(body, node, space.point());
        var best = builder.local(value.dtype());
        var where = builder.local(DType.INT64);
        Scalar better = terms.term(combine == Combine.MAX ? Scalar.gt(value, best) : Scalar.lt(value, best));
        if (value.dtype().isFloating()) better = terms.term(Scalar.or(better,
            terms.term(Scalar.and(terms.term(Scalar.ne(value, value)), terms.term(Scalar.eq(best, best))))));
        var before = Stmt.seq(new Let(best, combine.identity(value.dtype())), new Let(where, Const.of(0L)));
        var step = new If(better, Stmt.seq(new Assign(best, value), new Assign(where, space.point().get(axis))), Stmt.NOTHING);
        var rest = new ArrayList<>(space.point());
        rest.remove(axis);
        return along(space, axis, before, step, new Store(y, place(rest), where), List.of(best, where));
    }

    /// Loops over all axes but one; inside, one after the other: `before`, the loop along the axis, `after`.
    private Stmt along(Space space, int axis, Stmt before, Stmt step, Stmt after, List<Local> changing) {
        var index = space.point().get(axis);
        var inner = space.axes().stream().filter(a -> a.index().equals(index)).toList();
        var outer = space.axes().stream().filter(a -> !a.index().equals(index)).toList();
        var collapse = new Collapse(terms);
        var roots = new ArrayList<>(Stmts.scalars(step));
        roots.addAll(Stmts.scalars(after));
        var left = collapse.axes(outer, roots);
        for (int k = 0; k < left.size(); k++) builder.depth(left.get(k).index(), k + 1);
        for (var a : inner) builder.depth(a.index(), left.size() + 1);
        for (var local : changing) builder.depth(local, left.size() + 1);
        var row = Stmt.seq(before, Axis.nest(inner, step), after);
        return Stmts.map(Axis.nest(left, row), collapse::apply, buffer -> buffer);
    }

    /// The first one's base, then what each writes.
    private Stmt scatters() {
        int y = output();
        var all = new ArrayList<>(onto);
        all.add(node);
        var overlapping = OverlappingSlices.of(builder, inliner, all, y, builder.sizes(slots.of(node.result(0))));
        if (overlapping != null) return overlapping.write();
        var first = (Scatter) inliner.lowering(all.getFirst());
        var base = space(inliner.dims(node.result(0)));
        var steps = new ArrayList<Stmt>();
        steps.add(loops(base.axes(), new Store(y, place(base.point()), builder.element(all.getFirst().arg(first.base()), base.point()))));
        for (var one : all) steps.add(updates(y, one, (Scatter) inliner.lowering(one)));
        return Stmt.seq(steps);
    }

    private Stmt updates(int y, Node one, Scatter scatter) {
        var updates = space(inliner.dims(one.arg(scatter.updates())));
        var position = scatter.index().stream().map(i -> builder.body(i, one, updates.point())).toList();
        var value = builder.element(one.arg(scatter.updates()), updates.point());
        var checks = new ArrayList<Stmt>();
        var steps = new ArrayList<Stmt>();
        var sizes = builder.sizes(slots.of(node.result(0)));
        for (int axis : scatter.checked()) {
            var along = Bound.along(scatter.index().get(axis)).stream().map(i -> builder.body(i, one, updates.point())).toList();
            var check = new Check(position.get(axis), sizes.get(axis), axis, builder.site(slots.of(one.result(0))));
            check(check, along, updates.axes(), checks, steps);
        }
        steps.add(scatter.combine() == null ? new Store(y, place(position), value)
            : new Accumulate(y, place(position), scatter.combine(), value));
        checks.add(loops(updates.axes(), Stmt.seq(steps)));
        return Stmt.seq(checks);
    }

    /// Checks a position where all loops move it, or else before them.
    private void check(Check check, List<Scalar> along, List<Axis> axes, List<Stmt> before, List<Stmt> here) {
        var bounds = new BoundChecks(builder);
        if (bounds.holds(check, axes)) return;
        var moving = bounds.moving(check, axes);
        if (moving.size() == axes.size()) here.add(check);
        else before.add(bounds.alone(check, moving, bounds.still(along, moving, axes)));
    }

    /// Pieces one after the other, or side by side in one loop.
    ///
    /// @param all what joins them; what is written has its elements in its order, maybe in another shape
    private Stmt piecewise(Node all, int axis) {
        int y = output();
        var sizes = inliner.dims(all.result(0)).stream().map(builder::size).toList();
        var loops = new ArrayList<Stmt>();
        Scalar offset = terms.term(Const.of(0L));
        for (int k = 0; k < all.args().size();) {
            var space = space(inliner.dims(all.arg(k)));
            var stores = new ArrayList<Stmt>();
            for (int end = endOfLoop(all, axis, k); k < end; k++) {
                stores.add(new Store(y, place(space.point(), axis, offset, sizes), builder.element(all.arg(k), space.point())));
                offset = terms.add(offset, builder.size(inliner.dim(all.arg(k), axis)));
            }
            loops.add(loops(space.axes(), Stmt.seq(stores)));
        }
        return Stmt.seq(loops);
    }

    /// Where an element of a piece is that begins at an offset along an axis: pieces of the first lie as they are.
    private Scalar place(List<Scalar> point, int axis, Scalar offset, List<Scalar> sizes) {
        if (axis == 0) return terms.add(terms.linear(point, sizes), terms.mul(offset, terms.product(sizes.subList(1, sizes.size()))));
        var position = new ArrayList<>(point);
        position.set(axis, terms.add(position.get(axis), offset));
        return terms.linear(position, sizes);
    }

    /// Which piece no more is in one loop with piece `from`: columns of a matrix are, as far as they are not too much for one.
    private int endOfLoop(Node all, int axis, int from) {
        var dims = inliner.dims(all.arg(from));
        int end = from + 1;
        if (axis == 0 || !dims.subList(axis, dims.size()).stream().allMatch(size -> size instanceof Const c && c.bits() == 1)) return end;
        var elements = new ArrayList<>(List.of(inliner.element(all.arg(from), terms.here(dims.size()))));
        while (end < all.args().size() && terms.ids(inliner.dims(all.arg(end))).equals(terms.ids(dims))) {
            elements.add(inliner.element(all.arg(end), terms.here(dims.size())));
            if (Scalars.inOrder(elements).size() > LARGE) break;
            end++;
        }
        return end;
    }
}
