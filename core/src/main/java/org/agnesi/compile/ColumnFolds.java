package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
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
    /// The fewest for which loops along them pay, and what the columns of one of several blocks are a multiple of: whole vectors.
    static final int NARROWEST = 16;
    /// The fewest for which several passes pay, where it is known how many.
    private static final int FEW = 4;
    /// The most folds of one program.
    private static final int MOST_FOLDS = 8;
    /// How many accumulators a tree is first combined to: as one expression it would be much code.
    private static final long TOP = 8;

    private final ProgramBuilder builder;
    private final Terms terms;
    private final List<Axis> others;
    private final Axis columns;
    private final List<Axis> rows;
    private final Scalar block;
    private final Scalar blocks;
    private final long wide;
    /// From a value of a column that scratch has to the next: the columns of a whole block.
    private final Scalar stride;
    /// By a total, the scratch with its accumulators, and the scratch, or what of that is left in the end, with the total itself; by the
    /// name of what is computed from totals, the scratch that has it.
    private final Map<Local, Integer> accumulators = new HashMap<>(), totals = new HashMap<>(), values = new HashMap<>();
    /// By a total, the scratch with the top of its accumulators' tree.
    private final Map<Local, Integer> tops = new HashMap<>();
    /// The scratch with values of a column, which has all of a block side by side.
    private final Set<Integer> kept = new HashSet<>();
    /// The elements of scratch for one value of each column.
    private Scalar length;
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
        length = stride = terms.term(Scalar.min(terms.term(Const.of(wide)), columns.extent()));
        blocks = terms.term(Scalar.floorDiv(terms.add(columns.extent(), terms.term(Const.of(wide - 1))), terms.term(Const.of(wide))));
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

    /// Whether it is worth it where there are [many][#areMany] columns: more rows than are written out.
    ///
    /// @param folds of each pass
    static boolean pays(List<Axis> outer, List<Axis> rows, List<List<Accumulator>> folds) {
        boolean few = rows.stream().allMatch(axis -> axis.extent() instanceof Const c && c.bits() <= Fold.WIDTH);
        var all = folds.stream().flatMap(List::stream).toList();
        return !outer.isEmpty() && !few && !all.isEmpty() && all.size() <= MOST_FOLDS
            && all.stream().allMatch(a -> a.local().dtype().isFloating());
    }

    /// Whether there are columns enough: fewer do where it is known how many, and fewer yet in a single pass. Where it is not known,
    /// what is folded must be twice as much as the accumulators too.
    static Scalar areMany(Axis columns, List<Axis> rows, int passes, Terms terms) {
        if (columns.extent() instanceof Const n) return terms.term(Const.of(n.bits() >= (passes > 1 ? FEW : 2)));
        var points = terms.mul(terms.product(rows.stream().map(Axis::extent).toList()), columns.extent());
        var block = terms.term(Scalar.min(terms.term(Const.of((long) WIDEST)), columns.extent()));
        var twice = terms.mul(terms.term(Const.of(2L * Fold.WIDTH)), block);
        var enough = terms.term(Scalar.ge(columns.extent(), terms.term(Const.of((long) NARROWEST))));
        return terms.term(Scalar.and(enough, terms.term(Scalar.ge(points, twice))));
    }

    /// The columns of a block; the last may have fewer.
    private static long width(Axis columns) {
        if (!(columns.extent() instanceof Const c) || c.bits() > WIDEST && c.bits() % NARROWEST != 0) return WIDEST;
        for (long wide = Math.min(c.bits(), WIDEST); ; wide -= NARROWEST) if (c.bits() % wide == 0) return wide;
    }

    /// @param columns the scratch that has a column of values for later passes, where there are `many`
    Stmt write(List<ColumnPass> passes, Collection<Integer> columns, Scalar many) {
        length = terms.term(Scalar.select(many, stride, terms.term(Const.of(0L))));
        for (int buffer : columns) builder.widen(buffer, length);
        kept.addAll(columns);
        for (var pass : passes) pass.folds().forEach((slot, a) -> {
            accumulators.put(a.local(), builder.scratch(slot, terms.mul(terms.term(Const.of((long) Fold.WIDTH)), length)));
            tops.put(a.local(), builder.scratch(slot, terms.mul(terms.term(Const.of(TOP)), length)));
            totals.put(a.local(), builder.scratch(slot, length));
        });
        var steps = new ArrayList<Stmt>();
        for (var asked : passes) {
            var pass = ofColumns(asked, steps);
            if (!pass.points().isEmpty() || !pass.folds().isEmpty()) steps.addAll(down(pass));
            if (!pass.after().isEmpty()) steps.add(along(1, base, at -> Stmt.seq(pass.after().stream().map(at::of).toList())));
        }
        return Axis.nest(others, block instanceof Local local ? new For(local, blocks, Stmt.seq(steps)) : Stmt.seq(steps));
    }

    /// The same pass, where what totals tell of a column is computed before it, by `steps`, and not for each row.
    private ColumnPass ofColumns(ColumnPass pass, List<Stmt> steps) {
        var roots = new ArrayList<Scalar>();
        for (var stmt : pass.points()) roots.addAll(Stmts.scalars(stmt));
        for (var a : pass.folds().values()) roots.add(a.value());
        var known = new IdentityHashMap<Scalar, Scalar>();
        for (var x : ColumnValues.of(roots, totals.keySet(), this::isOfRow)) {
            var name = builder.local(x.dtype());
            values.put(name, builder.scratch("column", x.dtype(), length));
            steps.add(along(1, base, at -> new Store(Objects.requireNonNull(values.get(name)), at.k, at.of(x))));
            known.put(x, name);
        }
        if (known.isEmpty()) return pass;
        return pass.map(x -> Scalars.map(x, terms::term, known));
    }

    /// Whether a scalar differs from row to row by itself.
    private boolean isOfRow(Scalar x) {
        return x instanceof Load(var buffer, _, _) ? kept.contains(buffer) : rows.stream().anyMatch(axis -> axis.index().equals(x));
    }

    private List<Stmt> down(ColumnPass pass) {
        if (!(part instanceof Local local)) return part(pass);
        var steps = new ArrayList<Stmt>();
        if (!pass.folds().isEmpty()) steps.add(along(1, base, at -> each(pass, a -> new Store(total(a), at.k, identity(a)))));
        steps.add(new For(local, parts, Stmt.seq(part(pass))));
        return steps;
    }

    /// What is done with a block of rows.
    private List<Stmt> part(ColumnPass pass) {
        var lane = terms.term(Scalar.rem(terms.linear(indices(), extents()), Const.of((long) Fold.WIDTH)));
        var row = along(rows.size() + 1, inside, at -> Stmt.seq(Stream.concat(pass.points().stream().map(at::of),
            pass.folds().values().stream().map(a -> taken(a, place(lane, at.k), at.of(a.value())))).toList()));
        var down = Axis.nest(within(), row);
        if (pass.folds().isEmpty()) return List.of(down);
        var steps = new ArrayList<>(List.of(cleared(pass), down));
        for (var a : pass.folds().values()) steps.addAll(tree(a));
        return steps;
    }

    private static Stmt each(ColumnPass pass, Function<Accumulator, Stmt> made) {
        return Stmt.seq(pass.folds().values().stream().map(made).toList());
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

    private List<Scalar> indices() { return rows.stream().<Scalar>map(Axis::index).toList(); }

    private List<Scalar> extents() { return rows.stream().map(Axis::extent).toList(); }

    private Scalar place(Scalar row, Scalar k) { return terms.add(terms.mul(row, stride), k); }

    private Scalar load(int buffer, Accumulator a, Scalar place) { return terms.term(new Load(buffer, a.local().dtype(), place)); }

    private int buffer(Accumulator a) { return Objects.requireNonNull(accumulators.get(a.local())); }

    private int total(Accumulator a) { return Objects.requireNonNull(totals.get(a.local())); }

    private Scalar identity(Accumulator a) { return terms.term(a.combine().identity(a.local().dtype())); }

    private Stmt cleared(ColumnPass pass) {
        var q = builder.local(DType.INT64);
        builder.depth(q, inside + 1);
        return new For(q, terms.mul(terms.term(Const.of((long) Fold.WIDTH)), stride),
            each(pass, a -> new Store(buffer(a), q, identity(a))));
    }

    private Scalar combined(Accumulator a, Scalar x, Scalar y) { return terms.term(Scalar.call(a.combine().function(), x, y)); }

    private Stmt taken(Accumulator a, Scalar place, Scalar value) {
        return new Store(buffer(a), place, combined(a, load(buffer(a), a, place), value));
    }

    /// The tree of each column's accumulators, down to some and then down to one. Those that no row reaches hold the identity, which
    /// changes no bit.
    private List<Stmt> tree(Accumulator a) {
        var i = builder.local(DType.INT64);
        builder.depth(i, inside + 1);
        int few = Objects.requireNonNull(tops.get(a.local()));
        var down = new For(i, terms.term(Const.of(TOP)), along(2, inside, at ->
            new Store(few, place(i, at.k), tree(a, buffer(a), i, at.k, TOP, Fold.WIDTH))));
        return List.of(down, along(1, inside, at -> {
            var sum = tree(a, few, terms.term(Const.of(0L)), at.k, 1, TOP);
            return new Store(total(a), at.k, part instanceof Local ? combined(a, load(total(a), a, at.k), sum) : sum);
        }));
    }

    /// What is at the rows `i`, `i + width`, … below `height`, combined.
    private Scalar tree(Accumulator a, int buffer, Scalar i, Scalar k, long width, long height) {
        if (width == height) return load(buffer, a, place(i, k));
        var other = terms.add(i, terms.term(Const.of(width)));
        return combined(a, tree(a, buffer, i, k, 2 * width, height), tree(a, buffer, other, k, 2 * width, height));
    }

    /// A loop over the block's columns, the `loops`-th inside those `around` it: from the column's number in the block, and in all.
    private Stmt along(int loops, int around, Function<Column, Stmt> body) {
        var k = builder.local(DType.INT64);
        builder.depth(k, around + loops);
        var first = terms.mul(block, terms.term(Const.of(wide)));
        return new For(k, width(first), body.apply(new Column(k, terms.add(first, k))));
    }

    /// How many columns the block that begins at one has.
    private Scalar width(Scalar first) {
        var all = terms.term(Const.of(wide));
        boolean whole = columns.extent() instanceof Const c && c.bits() % wide == 0;
        return whole ? all : terms.term(Scalar.min(all, terms.term(Scalar.sub(columns.extent(), first))));
    }

    /// The number of a row in all.
    private Scalar row() { return terms.add(terms.mul(part, most), rows.getFirst().index()); }

    /// A column of a block: its number in that, and in all.
    private final class Column {
        final Local k;
        final Scalar column;

        Column(Local k, Scalar column) {
            this.k = k;
            this.column = column;
        }

        Stmt of(Stmt stmt) {
            return stmt instanceof Store(var buffer, var place, var value) && kept.contains(buffer)
                ? new Store(buffer, place(of(place), k), of(value)) : Stmts.map(stmt, this::of, buffer -> buffer);
        }

        Scalar of(Scalar x) { return Scalars.map(x, part -> one(terms.term(part))); }

        private Scalar one(Scalar x) {
            if (x.equals(columns.index())) return column;
            if (x.equals(rows.getFirst().index())) return row();
            if (totals.getOrDefault(x, values.get(x)) instanceof Integer buffer) return terms.term(new Load(buffer, x.dtype(), k));
            return x instanceof Load(var buffer, var dtype, var place) && kept.contains(buffer)
                ? terms.term(new Load(buffer, dtype, place(place, k))) : x;
        }
    }
}
