package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
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
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmts;
import org.jspecify.annotations.Nullable;

/// Writes passes over short rows as loops across a block of rows, one column after the other.
///
/// A row of a few points leaves most lanes of a vector empty, and each of its folds ends in a tree of single numbers; across rows
/// all lanes are full, in the trees and in what follows them too. The bits are the same: each row's values meet in the same order.
///
/// ```
/// for each block:  turned[j, r] = x[r, j]
///     each pass:   for j: for r: kept[j, r] = value
///                  for r: total = tree of kept[·, r]; what rows store, and what the next pass needs of a row
/// ```
final class RowBlocks {
    /// Rows of a block, where there may be so many: some vectors of any width.
    private static final int ROWS = 64;
    /// The longest rows: of longer ones what a block keeps leaves the nearest cache.
    static final int LONGEST = 2 * Fold.WIDTH;
    /// The fewest rows.
    private static final int FEWEST = 8;
    /// Scalars of a tree that is written over values where they are.
    private static final int LARGE = 400;

    private final ProgramBuilder builder;
    private final Terms terms;
    private final List<Axis> others;
    private final Axis rows, columns;
    private final int length;
    /// The most rows of a block.
    private final int most;
    /// The number of a block, how many there are, and how many rows this one has.
    private final Scalar block, blocks, count;
    /// The loops around all that is done with a block.
    private final int base;
    private final List<Pass> passes;
    private final Set<Integer> kept;
    private final Set<Integer> totals = new HashSet<>();
    private final Map<Scalar, Boolean> alongColumns = new IdentityHashMap<>(), alongRows = new IdentityHashMap<>();
    /// Values of each row, and of each point, that scratch has; by their terms' numbers.
    private final Map<Integer, Kept> ofRows = new LinkedHashMap<>(), ofPoints = new LinkedHashMap<>();

    private record Kept(Scalar value, int buffer) {}

    /// What one pass does at points, what it folds, what it does with rows.
    record Pass(List<Store> points, List<Accumulator> folds, List<Store> rows) {
        private List<Scalar> atPoints() {
            return Stream.concat(points.stream().flatMap(s -> Stmts.scalars(s).stream()), folds.stream().map(Accumulator::value)).toList();
        }

        private List<Scalar> ofRows() { return rows.stream().flatMap(s -> Stmts.scalars(s).stream()).toList(); }
    }

    /// @param outer the loops over rows, the last of which is cut into blocks
    /// @param inner the loop along a row
    /// @param kept  the scratch that has a row of values for later passes
    RowBlocks(ProgramBuilder builder, List<Axis> outer, List<Axis> inner, List<Pass> passes, Collection<Integer> kept) {
        this.builder = builder;
        this.passes = passes;
        this.kept = Set.copyOf(kept);
        terms = builder.terms();
        others = outer.subList(0, outer.size() - 1);
        rows = outer.getLast();
        columns = inner.getFirst();
        length = (int) ((Const) columns.extent()).bits();
        most = rows.extent() instanceof Const n ? (int) Math.min(ROWS, n.bits()) : ROWS;
        blocks = terms.term(Scalar.floorDiv(terms.add(rows.extent(), number(most - 1)), number(most)));
        block = builder.index(blocks);
        count = terms.term(Scalar.min(number(most), terms.term(Scalar.sub(rows.extent(), terms.mul(block, number(most))))));
        base = others.size() + (block instanceof Local ? 1 : 0);
        if (block instanceof Local local) builder.depth(local, base);
        for (var pass : passes) for (var a : pass.folds) totals.add(terms.id(a.local()));
    }

    /// Whether rows have a known number of points, not too many, and may be more than a few.
    static boolean areShort(List<Axis> outer, List<Axis> inner) {
        return !outer.isEmpty() && !(outer.getLast().extent() instanceof Const n && n.bits() < FEWEST)
            && inner.size() == 1 && inner.getFirst().extent() instanceof Const c && c.bits() <= LONGEST;
    }

    /// Whether it is worth it: floats are folded, and there are functions of points.
    static boolean pays(List<Pass> passes) {
        return passes.stream().anyMatch(pass -> !pass.folds.isEmpty())
            && passes.stream().flatMap(pass -> pass.folds.stream()).allMatch(a -> a.local().dtype().isFloating())
            && passes.stream().anyMatch(pass -> Scalars.inOrder(pass.atPoints()).stream().anyMatch(ShortFolds::isFunction));
    }

    Stmt write() {
        for (int buffer : kept) builder.widen(buffer, number(most));
        var steps = new ArrayList<>(turned());
        var first = ofRows(0);
        if (!first.isEmpty()) steps.add(across(1, r -> stored(first, r, Set.copyOf(terms.ids(first)))));
        for (int p = 0; p < passes.size(); p++) steps.addAll(pass(p));
        var body = Stmt.seq(steps);
        return Axis.nest(others, block instanceof Local local ? new For(local, blocks, body) : body);
    }

    // what is kept of a block

    /// Moves what points read to where a column's values lie side by side.
    private List<Stmt> turned() {
        for (var pass : passes) for (var x : Scalars.inOrder(pass.atPoints()))
            if (x instanceof Load load && !builder.fills(load.buffer()) && isAlong(alongColumns, columns, x) && isAlong(alongRows, rows, x))
                ofPoints.computeIfAbsent(terms.id(x), _ -> new Kept(x, matrix("turned", load.dtype())));
        return ofPoints.entrySet().stream().map(e -> across(1, r -> along(2, j ->
            new Store(e.getValue().buffer, place(j, r), replaced(e.getValue().value, j, r, Set.of(e.getKey())))))).toList();
    }

    /// The largest values of a row that a pass needs at points and that nothing has yet.
    private List<Scalar> ofRows(int p) {
        var found = new ArrayList<Scalar>();
        var seen = new HashSet<Integer>();
        var work = new ArrayList<>(passes.get(p).atPoints());
        while (!work.isEmpty()) {
            var x = work.removeLast();
            int id = terms.id(x);
            if (!seen.add(id) || ofRows.containsKey(id) || ofPoints.containsKey(id) || isKept(x)) continue;
            if (x.dtype().isFloating() && !isAlong(alongColumns, columns, x) && isAlong(alongRows, rows, x)) found.add(x);
            else work.addAll(Scalars.parts(x));
        }
        found.forEach(this::keep);
        return found;
    }

    /// The totals of a pass that more than the next one's points need.
    private List<Scalar> totals(int p) {
        var later = new ArrayList<Scalar>();
        for (int q = p + 1; q < passes.size(); q++) {
            if (q > p + 1) later.addAll(passes.get(q).atPoints());
            later.addAll(passes.get(q).ofRows());
        }
        var used = Set.copyOf(terms.ids(Scalars.inOrder(later)));
        var found = new ArrayList<Scalar>();
        for (var a : passes.get(p).folds) if (used.contains(terms.id(a.local()))) found.add(a.local());
        found.forEach(this::keep);
        return found;
    }

    private int matrix(String name, DType dtype) { return builder.scratch(name, dtype, number((long) length * most)); }

    private void keep(Scalar x) { ofRows.put(terms.id(x), new Kept(x, builder.scratch("row", x.dtype(), number(most)))); }

    private boolean isKept(Scalar x) { return x instanceof Load load && kept.contains(load.buffer()); }

    /// Whether a scalar changes along an axis; a total does so from row to row.
    private boolean isAlong(Map<Scalar, Boolean> known, Axis axis, Scalar root) {
        for (var x : Scalars.inOrder(List.of(root))) known.computeIfAbsent(x, _ -> x.equals(axis.index())
            || axis.equals(rows) && x instanceof Local && totals.contains(terms.id(x)) || Scalars.parts(x).stream().anyMatch(known::get));
        return known.get(root);
    }

    // passes

    private List<Stmt> pass(int p) {
        var pass = passes.get(p);
        var values = values(pass);
        var steps = new ArrayList<>(points(pass, values));
        var needed = totals(p);
        if (p + 1 < passes.size()) needed.addAll(ofRows(p + 1));
        var own = new HashSet<>(terms.ids(needed));
        for (var a : pass.folds) own.add(terms.id(a.local()));
        if (!own.isEmpty() || !pass.rows.isEmpty()) steps.add(across(1, r -> {
            var all = new ArrayList<Stmt>();
            for (var a : pass.folds) all.add(new Let(a.local(), total(a, values, r)));
            for (var store : pass.rows) all.add(new Store(store.buffer(), replaced(store.index(), columns.index(), r, own),
                replaced(store.value(), columns.index(), r, own)));
            all.add(stored(needed, r, own));
            return Stmt.seq(all);
        }));
        for (var a : pass.folds) builder.depth(a.local(), base + 1);
        return steps;
    }

    private Stmt stored(List<Scalar> values, Scalar r, Set<Integer> own) {
        return Stmt.seq(values.stream().<Stmt>map(x -> new Store(Objects.requireNonNull(ofRows.get(terms.id(x))).buffer, r,
            replaced(x, columns.index(), r, own))).toList());
    }

    /// What is computed at points, by the scratch that has it.
    private Map<Integer, Scalar> values(Pass pass) {
        var values = new LinkedHashMap<Integer, Scalar>();
        for (var point : pass.points) if (kept.contains(point.buffer())) values.put(point.buffer(), point.value());
        for (var a : pass.folds) if (!isLight(a)) add(values, a.value());
        for (var point : pass.points) if (!kept.contains(point.buffer())) add(values, point.value());
        return values;
    }

    private void add(Map<Integer, Scalar> values, Scalar value) {
        boolean isThere = ofPoints.containsKey(terms.id(value)) || isKept(value) || buffer(values, value) != null;
        if (!isThere) values.put(matrix("values", value.dtype()), value);
    }

    private @Nullable Integer buffer(Map<Integer, Scalar> values, Scalar value) {
        for (var e : values.entrySet()) if (terms.id(e.getValue()) == terms.id(value)) return e.getKey();
        return null;
    }

    /// What is done at points: values across rows, which then go where they belong.
    private List<Stmt> points(Pass pass, Map<Integer, Scalar> values) {
        var steps = new ArrayList<Stmt>();
        if (!values.isEmpty()) steps.add(along(1, j -> across(2, r -> Stmt.seq(values.entrySet().stream().<Stmt>map(e ->
            new Store(e.getKey(), place(j, r), replaced(e.getValue(), j, r, Set.of()))).toList()))));
        var moves = pass.points.stream().filter(point -> !kept.contains(point.buffer())).toList();
        if (!moves.isEmpty()) steps.add(across(1, r -> along(2, j -> Stmt.seq(moves.stream().map(s -> moved(s, values, j, r)).toList()))));
        return steps;
    }

    private Stmt moved(Store store, Map<Integer, Scalar> values, Scalar j, Scalar r) {
        var from = buffer(values, store.value());
        return new Store(store.buffer(), replaced(store.index(), j, r, Set.of()), from == null ? replaced(store.value(), j, r, Set.of())
            : terms.term(new Load(from, store.value().dtype(), place(j, r))));
    }

    private boolean isLight(Accumulator a) {
        var scalars = Scalars.inOrder(List.of(a.value()));
        return (long) length * scalars.size() <= LARGE && scalars.stream().noneMatch(ShortFolds::isFunction);
    }

    /// What a row's points come to, from where they are kept, or written out.
    private Scalar total(Accumulator a, Map<Integer, Scalar> values, Scalar r) {
        var buffer = buffer(values, a.value());
        var met = new ArrayList<>(IntStream.range(0, length).<Scalar>mapToObj(j -> buffer == null
            ? replaced(a.value(), number(j), r, Set.of()) : terms.term(new Load(buffer, a.value().dtype(), place(number(j), r)))).toList());
        for (int j = Fold.WIDTH; j < length; j++)
            met.set(j % Fold.WIDTH, terms.term(Scalar.call(a.combine().function(), met.get(j % Fold.WIDTH), met.get(j))));
        return ShortFolds.combined(terms, a.combine(), met.subList(0, Math.min(length, Fold.WIDTH)), a.local().dtype());
    }

    // scalars of a block's row and column

    private Scalar number(long n) { return terms.term(Const.of(n)); }

    private Scalar place(Scalar j, Scalar r) { return terms.add(terms.mul(j, number(most)), r); }

    /// A loop over the block's rows, the `depth`-th in the block.
    private Stmt across(int depth, Function<Scalar, Stmt> body) {
        var r = builder.local(DType.INT64);
        builder.depth(r, base + depth);
        return new For(r, count, body.apply(r));
    }

    /// A loop over the columns.
    private Stmt along(int depth, Function<Scalar, Stmt> body) {
        var j = builder.local(DType.INT64);
        builder.depth(j, base + depth);
        return new For(j, columns.extent(), body.apply(j));
    }

    /// A scalar at a column and a row of the block.
    ///
    /// @param own what is computed here, and not read from where it is kept
    private Scalar replaced(Scalar x, Scalar j, Scalar r, Set<Integer> own) {
        var done = new IdentityHashMap<Scalar, Scalar>();
        done.put(columns.index(), j);
        done.put(rows.index(), terms.add(terms.mul(block, number(most)), r));
        ofRows.forEach((id, known) -> {
            if (!own.contains(id)) done.put(known.value, terms.term(new Load(known.buffer, known.value.dtype(), r)));
        });
        ofPoints.forEach((id, known) -> {
            if (!own.contains(id)) done.put(known.value, terms.term(new Load(known.buffer, known.value.dtype(), place(j, r))));
        });
        return Scalars.map(x, part -> terms.term(part instanceof Load(var buffer, var dtype, var place) && kept.contains(buffer)
            ? new Load(buffer, dtype, place(place, r)) : part), done);
    }
}
