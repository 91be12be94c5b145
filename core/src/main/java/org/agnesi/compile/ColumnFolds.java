package org.agnesi.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.agnesi.array.DType;
import org.agnesi.compile.Collapse.Axis;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmts;

/// Writes folds down the columns of a matrix as loops along its rows, which is how it lies in memory.
///
/// A column is folded in [Fold#WIDTH] accumulators and a tree; here each of these is a row of accumulators in scratch, for a
/// block of columns at a time. The bits are the same: each column's values meet in the same order. Where there may be more than a
/// [block][Fold#block] of rows, each block's results are added to the totals, one more row of scratch.
final class ColumnFolds {
    /// The most columns of a block: its accumulators fit into a near cache.
    private static final int WIDEST = 128;
    /// The fewest, where there are several blocks.
    private static final int NARROWEST = 8;
    /// The most folds of one program, each of which has loops of its own here.
    private static final int MOST_FOLDS = 4;

    private final ProgramBuilder builder;
    private final Terms terms;
    private final List<Axis> others;
    private final Axis columns;
    private final List<Axis> rows;
    private final Scalar block;
    private final Scalar blocks;
    private final long wide;
    /// The number of a block of rows, of how many rows, and how many blocks.
    private final Scalar part, most, parts;
    /// The loops around all that is done with a block of columns, and of rows.
    private final int base, inside;

    /// @param outer the loops over columns, the last of which is cut into blocks
    /// @param rows  the loops that are folded
    ColumnFolds(ProgramBuilder builder, List<Axis> outer, List<Axis> rows) {
        this.builder = builder;
        this.terms = builder.terms();
        this.others = outer.subList(0, outer.size() - 1);
        this.columns = outer.getLast();
        this.rows = rows;
        wide = width(columns);
        blocks = terms.term(Const.of(((Const) columns.extent()).bits() / wide));
        block = builder.index(blocks);
        base = others.size() + (block instanceof Local ? 1 : 0);
        if (block instanceof Local local) builder.depth(local, base);
        most = most(terms.product(extents().subList(1, rows.size())));
        parts = terms.term(Scalar.floorDiv(terms.add(rows.getFirst().extent(), terms.term(Scalar.sub(most, Const.of(1L)))), most));
        part = builder.index(parts);
        inside = base + (part instanceof Local ? 1 : 0);
        if (part instanceof Local local) builder.depth(local, inside);
        for (int k = 0; k < rows.size(); k++) builder.depth(rows.get(k).index(), inside + k + 1);
    }

    /// As [Fold#block] says.
    private Scalar most(Scalar inner) {
        if (inner instanceof Const c) return terms.term(Const.of((long) Fold.block(c.bits())));
        var units = terms.term(Scalar.floorDiv(Const.of((long) Fold.block(1) / Fold.WIDTH), terms.term(Scalar.max(inner, Const.of(1L)))));
        return terms.mul(terms.term(Const.of((long) Fold.WIDTH)), terms.term(Scalar.max(units, Const.of(1L))));
    }

    /// Whether it is worth it: known numbers of columns, and more rows than are written out.
    static boolean pays(List<Axis> outer, List<Axis> rows, List<Accumulator> folds) {
        boolean known = !outer.isEmpty() && outer.stream().allMatch(axis -> axis.extent() instanceof Const);
        boolean few = rows.stream().allMatch(axis -> axis.extent() instanceof Const c && c.bits() <= Fold.WIDTH);
        return known && width(outer.getLast()) > 1 && !few && !folds.isEmpty() && folds.size() <= MOST_FOLDS
            && folds.stream().allMatch(a -> a.local().dtype().isFloating());
    }

    /// The columns of a block, of which a whole number makes all columns; 0 where there is none.
    private static long width(Axis columns) {
        long n = ((Const) columns.extent()).bits();
        for (long wide = Math.min(n, WIDEST); wide >= Math.min(n, NARROWEST) && wide > 0; wide--) if (n % wide == 0) return wide;
        return 0;
    }

    /// @param points what is done at each point
    /// @param folds  with the number of the slot that each belongs to
    /// @param after  what is done with a column's totals
    Stmt write(List<Stmt> points, Map<Integer, Accumulator> folds, List<Stmt> after) {
        var kept = new LinkedHashMap<Integer, Accumulator>();
        long rowsKept = part instanceof Local ? Fold.WIDTH + 1 : Fold.WIDTH;
        folds.forEach((slot, a) -> kept.put(builder.scratch(slot, terms.term(Const.of(rowsKept * wide))), a));
        var steps = new ArrayList<Stmt>();
        if (part instanceof Local local) {
            kept.forEach((buffer, a) -> steps.add(along(1, base, (k, _) -> empty(buffer, a, total(k)))));
            steps.add(new For(local, parts, Stmt.seq(part(points, kept))));
        } else {
            steps.addAll(part(points, kept));
        }
        steps.add(along(1, base, (k, column) -> {
            var all = new ArrayList<Stmt>();
            kept.forEach((buffer, a) -> all.add(new Let(a.local(), load(buffer, a, total(k)))));
            for (var stmt : after) all.add(at(stmt, column));
            return Stmt.seq(all);
        }));
        for (var a : folds.values()) builder.depth(a.local(), base + 1);
        return GroupProgram.nest(others, block instanceof Local local ? new For(local, blocks, Stmt.seq(steps)) : Stmt.seq(steps));
    }

    /// What is done with a block of rows.
    private List<Stmt> part(List<Stmt> points, Map<Integer, Accumulator> kept) {
        var down = new ArrayList<Stmt>();
        int depth = rows.size() + 1;
        if (!points.isEmpty()) down.add(along(depth, inside, (_, column) -> Stmt.seq(points.stream().map(s -> at(s, column)).toList())));
        var lane = terms.term(Scalar.rem(terms.linear(indices(), extents()), Const.of((long) Fold.WIDTH)));
        kept.forEach((buffer, a) -> down.add(
            along(depth, inside, (k, column) -> combined(buffer, a, place(lane, k), at(a.value(), column)))));
        var steps = new ArrayList<Stmt>();
        kept.forEach((buffer, a) -> steps.add(cleared(buffer, a)));
        steps.add(GroupProgram.nest(within(), Stmt.seq(down)));
        kept.forEach((buffer, a) -> steps.addAll(tree(buffer, a)));
        if (part instanceof Local) kept.forEach((buffer, a) -> steps.add(
            along(1, inside, (k, _) -> combined(buffer, a, total(k), load(buffer, a, k)))));
        return steps;
    }

    /// The loops over a block's rows.
    private List<Axis> within() {
        var all = new ArrayList<>(rows);
        all.set(0, new Axis(rows.getFirst().index(), count()));
        return all;
    }

    /// How many rows of the first loop a block has.
    private Scalar count() {
        return terms.term(Scalar.min(most, terms.term(Scalar.sub(rows.getFirst().extent(), terms.mul(part, most)))));
    }

    /// Where a column's total is: what the tree leaves, or in a row of its own.
    private Scalar total(Scalar k) { return part instanceof Local ? place(terms.term(Const.of((long) Fold.WIDTH)), k) : k; }

    private List<Scalar> indices() { return rows.stream().<Scalar>map(Axis::index).toList(); }

    private List<Scalar> extents() { return rows.stream().map(Axis::extent).toList(); }

    private Scalar place(Scalar lane, Scalar k) { return terms.add(terms.mul(lane, terms.term(Const.of(wide))), k); }

    private Scalar load(int kept, Accumulator a, Scalar place) { return terms.term(new Load(kept, a.local().dtype(), place)); }

    private Stmt cleared(int kept, Accumulator a) {
        var q = builder.local(DType.INT64);
        builder.depth(q, inside + 1);
        return new For(q, terms.term(Const.of(Fold.WIDTH * wide)), empty(kept, a, q));
    }

    private Stmt empty(int kept, Accumulator a, Scalar place) {
        return new Store(kept, place, terms.term(a.combine().identity(a.local().dtype())));
    }

    private Stmt combined(int kept, Accumulator a, Scalar place, Scalar value) {
        return new Store(kept, place, terms.term(Scalar.call(a.combine().function(), load(kept, a, place), value)));
    }

    /// `v[i] ∘= v[i + w]` for all columns of the block, as far as there are accumulators with a value.
    private List<Stmt> tree(int kept, Accumulator a) {
        var steps = new ArrayList<Stmt>();
        var points = terms.product(within().stream().map(Axis::extent).toList());
        var reached = terms.term(Scalar.min(points, Const.of((long) Fold.WIDTH)));
        for (long w = Fold.WIDTH / 2; w > 0; w /= 2) {
            var width = terms.term(Const.of(w));
            var i = builder.local(DType.INT64);
            builder.depth(i, inside + 1);
            var n = terms.term(Scalar.max(terms.term(Scalar.min(width, terms.term(Scalar.sub(reached, width)))), Const.of(0L)));
            var other = terms.add(i, width);
            steps.add(new For(i, n, along(2, inside, (k, _) -> combined(kept, a, place(i, k), load(kept, a, place(other, k))))));
        }
        return steps;
    }

    /// A loop over the block's columns, the `loops`-th inside those `around` it: from the column's number in the block, and in all.
    private Stmt along(int loops, int around, BiFunction<Local, Scalar, Stmt> body) {
        var k = builder.local(DType.INT64);
        builder.depth(k, around + loops);
        var first = terms.mul(block, terms.term(Const.of(wide)));
        return new For(k, terms.term(Const.of(wide)), body.apply(k, terms.add(first, k)));
    }

    /// The number of a row in all.
    private Scalar row() { return terms.add(terms.mul(part, most), rows.getFirst().index()); }

    private Stmt at(Stmt stmt, Scalar column) { return Stmts.map(stmt, x -> at(x, column), buffer -> buffer); }

    private Scalar at(Scalar x, Scalar column) {
        return Scalars.map(x, part -> {
            var term = terms.term(part);
            return term.equals(columns.index()) ? column : term.equals(rows.getFirst().index()) ? row() : term;
        });
    }
}
