package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.compile.Collapse.Axis;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Lowering.Bound;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Loop;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmts;
import org.jspecify.annotations.Nullable;

/// Writes a group as one program: a loop over rows, in it one pass over the row for each reduction that waits for
/// another.
///
/// A value that a later pass needs again is read back from its output, or from a row of scratch.
final class GroupProgram {
    private final ProgramBuilder builder;
    private final Terms terms;
    private final Stage.Group group;
    private final Set<Integer> escaping;
    private final List<Axis> rowAxes = new ArrayList<>();
    private final List<Axis> rowInside = new ArrayList<>();
    private final List<Scalar> indices = new ArrayList<>();
    private final Map<Integer, Member> members = new HashMap<>();
    private final Map<Integer, Integer> passes = new HashMap<>();
    private final Map<Integer, Local> totals = new HashMap<>();
    private final Map<Integer, Integer> kept = new HashMap<>();
    private final List<Map<Integer, Scalar>> values = new ArrayList<>();
    private final List<List<Stmt>> points = new ArrayList<>();
    private final List<List<Accumulator>> folds = new ArrayList<>();
    private final List<List<Stmt>> rows = new ArrayList<>();
    private final List<List<Stmt>> before = new ArrayList<>();
    private final List<Stmt> first = new ArrayList<>();
    private final BoundChecks bounds;
    private final boolean steps;
    private final SplitAxes split;
    private int last;

    /// @param escaping the slots that someone outside the group reads
    /// @param steps    whether it is to be part of a loop over steps
    GroupProgram(ProgramBuilder builder, Stage.Group group, Set<Integer> escaping, boolean steps) {
        this.steps = steps;
        this.builder = builder;
        this.terms = builder.terms();
        this.bounds = new BoundChecks(builder);
        this.group = group;
        this.escaping = escaping;
        for (var member : group.members) members.put(member.slot(), member);
        boolean isFlat = group.reduced == null && !steps;
        split = builder.split(group.space, isFlat ? group.scalars() : List.of());
    }

    Task.Run task() { return builder.task(write()); }

    private void begin() {
        buffers();
        axes();
        for (var member : group.members) pass(member);
        for (var member : group.members) if (member.combine() != null) totals.put(member.slot(), builder.local(member.body().dtype()));
        for (int p = 0; p <= last; p++) {
            values.add(new HashMap<>());
            points.add(new ArrayList<>());
            folds.add(new ArrayList<>());
            rows.add(new ArrayList<>());
            before.add(new ArrayList<>());
        }
        for (var member : group.members) write(member);
        var stored = new HashSet<Integer>();
        while (!stored.containsAll(kept.keySet())) for (int slot : List.copyOf(kept.keySet())) if (stored.add(slot))
            points.get(passes.get(slot)).add(new Store(kept.get(slot), place(members.get(slot)), value(slot, passes.get(slot))));
    }

    /// Inputs that are read come first, then what escapes, so that sizes are found in them.
    private void buffers() {
        for (var member : group.members) for (var x : Scalars.inOrder(member.scalars())) {
            if (x instanceof At(var slot, _, _) && !members.containsKey(slot)) builder.input(slot);
            if (x instanceof Load(var slot, _, _)) builder.input(slot);
        }
        for (var member : group.members) if (escaping.contains(member.slot())) builder.output(member.slot());
    }

    private void axes() {
        var own = group.rows();
        indices.addAll(split.sizes());
        for (int axis = 0; axis < group.space.size(); axis++) split.place(axis, own.contains(axis) ? rowAxes : rowInside, indices);
    }

    /// In which pass over the row a member is computed; a value per row, after which pass it is known.
    private void pass(Member member) {
        int pass = member.level() == Member.Level.ROW ? 0 : 1;
        for (var x : Scalars.inOrder(member.scalars())) {
            if (!(x instanceof At(var slot, _, _)) || !members.containsKey(slot)) continue;
            boolean waits = members.get(slot).perRow() && member.level() == Member.Level.POINT;
            pass = Math.max(pass, passes.get(slot) + (waits ? 1 : 0));
        }
        passes.put(member.slot(), pass);
        last = Math.max(last, pass);
    }

    /// The value of a member at the current point, in a pass.
    private Scalar value(int slot, int pass) {
        var member = members.get(slot);
        if (member.combine() != null) return totals.get(slot);
        boolean here = member.perRow() || passes.get(slot) == pass;
        if (!here) return terms.term(new Load(keep(member), member.body().dtype(), place(member)));
        var known = values.get(member.perRow() ? 0 : pass).get(slot);
        if (known != null) return known;
        var value = resolved(member.body(), pass);
        values.get(member.perRow() ? 0 : pass).put(slot, value);
        return value;
    }

    private Scalar resolved(Scalar x, int pass) {
        return builder.resolve(split.apply(x), indices, (slot, _) -> members.containsKey(slot) ? value(slot, pass) : null);
    }

    /// The buffer that keeps a member's row for later passes.
    private int keep(Member member) {
        return escaping.contains(member.slot()) ? builder.output(member.slot())
            : kept.computeIfAbsent(member.slot(),
                slot -> builder.scratch(slot, terms.product(rowInside.stream().map(Axis::extent).toList())));
    }

    /// Where a member's value at the current point is kept.
    private Scalar place(Member member) {
        if (escaping.contains(member.slot())) return terms.linear(
            member.position().stream().map(x -> x instanceof Index(var axis) ? indices.get(axis) : x)
                .toList(), builder.sizes(member.slot()));
        return terms.linear(rowInside.stream().<Scalar>map(Axis::index).toList(), rowInside.stream().map(Axis::extent).toList());
    }

    /// The loops, after checks of what they do not move. Columns whose number only the call tells have loops for few and for many.
    private Stmt write() {
        begin();
        var collapse = new Collapse(terms);
        var outer = collapse.axes(rowAxes, scalars());
        var inner = collapse.axes(rowInside, scalars());
        var many = goesDown(outer, inner) && ColumnFolds.pays(outer, inner, folds) ? many(outer, inner) : terms.term(Const.of(false));
        if (many instanceof Const c) first.add(c.bits() != 0 ? down(collapse, outer, inner) : across(collapse, outer, inner));
        else if (steps) first.add(across(collapse, outer, inner));
        else first.add(new If(many, new GroupProgram(builder, group, escaping, false).down(), across(collapse, outer, inner)));
        return Stmt.seq(first);
    }

    /// The same loops once more, with indices of their own; what is checked before them has been.
    private Stmt down() {
        begin();
        var collapse = new Collapse(terms);
        return down(collapse, collapse.axes(rowAxes, scalars()), collapse.axes(rowInside, scalars()));
    }

    /// The statements of each pass and between them, then the loops around them.
    private Stmt across(Collapse collapse, List<Axis> outer, List<Axis> inner) {
        for (int k = 0; k < outer.size(); k++) builder.depth(outer.get(k).index(), k + 1);
        var blocks = blocks(collapse, outer, inner);
        if (blocks != null) return blocks;
        for (int k = 0; k < inner.size(); k++) builder.depth(inner.get(k).index(), outer.size() + k + 1);
        for (var total : totals.values()) builder.depth(total, outer.size());
        var row = new ArrayList<Stmt>();
        for (int p = 0; p <= last; p++) {
            row.addAll(before.get(p));
            row.addAll(pass(inner, points.get(p), folds.get(p)));
            row.addAll(rows.get(p));
        }
        return row.isEmpty() ? Stmt.seq(row) : Stmts.map(Axis.nest(outer, Stmt.seq(row)), collapse::apply, buffer -> buffer);
    }

    /// Whether what is folded lies apart, and what lies together are the results. A matrix times a vector stays a product that needs no
    /// scratch.
    private boolean goesDown(List<Axis> outer, List<Axis> inner) {
        if (group.reduced == null || outer.isEmpty() || inner.isEmpty() || !before.stream().allMatch(List::isEmpty)) return false;
        if (!group.reduced.contains(group.space.size() - 1)) return true;
        boolean isProduct = Scalars.inOrder(scalars()).stream()
            .noneMatch(x -> x instanceof Load && isOf(x, inner.getLast()) && !isOf(x, outer.getLast()));
        return isProduct && liesAlong(outer.getLast(), inner.getLast()) && !liesAlong(inner.getLast(), outer.getLast());
    }

    /// Whether something that differs along two axes is read whose elements lie together along the first.
    private boolean liesAlong(Axis axis, Axis other) {
        return Scalars.inOrder(scalars()).stream().anyMatch(x -> x instanceof Load(_, _, Binary(var f, _, var start, var last))
            && f == BinaryFunction.ADD && last.equals(axis.index()) && isOf(start, other) && !isOf(start, axis));
    }

    private static boolean isOf(Scalar x, Axis axis) { return Scalars.inOrder(List.of(x)).contains(axis.index()); }

    private Stmt down(Collapse collapse, List<Axis> outer, List<Axis> inner) {
        for (int k = 0; k < outer.size(); k++) builder.depth(outer.get(k).index(), k + 1);
        var passes = IntStream.rangeClosed(0, last).mapToObj(p -> new ColumnPass(applied(collapse, points.get(p)), sums(collapse, p),
            applied(collapse, rows.get(p)))).toList();
        return new ColumnFolds(builder, outer, inner).write(passes, kept.values(), many(outer, inner));
    }

    private Scalar many(List<Axis> outer, List<Axis> inner) { return ColumnFolds.areMany(outer.getLast(), inner, last, terms); }

    private Map<Integer, Accumulator> sums(Collapse collapse, int pass) {
        var sums = new LinkedHashMap<Integer, Accumulator>();
        for (var a : folds.get(pass)) {
            int slot = totals.entrySet().stream().filter(total -> total.getValue().equals(a.local())).findFirst().orElseThrow().getKey();
            sums.put(slot, new Accumulator(a.local(), a.combine(), collapse.apply(a.value())));
        }
        return sums;
    }

    /// The rows in blocks where that pays: nothing is checked between stores.
    private @Nullable Stmt blocks(Collapse collapse, List<Axis> outer, List<Axis> inner) {
        boolean stores = before.stream().allMatch(List::isEmpty)
            && Stream.of(points, rows).flatMap(List::stream).flatMap(List::stream).allMatch(Store.class::isInstance);
        if (!stores || !RowBlocks.areShort(outer, inner)) return null;
        var passes = IntStream.rangeClosed(0, last).mapToObj(p -> new RowBlocks.Pass(stores(collapse, points.get(p)),
            folds.get(p).stream().map(a -> new Accumulator(a.local(), a.combine(), collapse.apply(a.value()))).toList(),
            stores(collapse, rows.get(p)))).toList();
        if (!RowBlocks.pays(passes)) return null;
        return new RowBlocks(builder, outer, inner, passes, kept.values()).write();
    }

    private static List<Store> stores(Collapse collapse, List<Stmt> steps) {
        return applied(collapse, steps).stream().map(Store.class::cast).toList();
    }

    private static List<Stmt> applied(Collapse collapse, List<Stmt> steps) {
        return steps.stream().map(step -> Stmts.map(step, collapse::apply, buffer -> buffer)).toList();
    }

    private void write(Member member) {
        int pass = passes.get(member.slot());
        for (var bound : member.bounds()) check(member, pass, bound.map(x -> resolved(x, pass)));
        if (member.combine() instanceof Combine combine) fold(member, combine, pass);
        if (!escaping.contains(member.slot())) return;
        var store = new Store(builder.output(member.slot()), place(member), value(member.slot(), pass));
        (member.perRow() ? rows.get(pass) : points.get(pass)).add(store);
    }

    /// What is the same as another total of the pass is that one.
    private void fold(Member member, Combine combine, int pass) {
        var value = resolved(member.body(), pass);
        var same = folds.get(pass).stream().filter(a -> a.combine() == combine && a.value() == value).findFirst();
        if (same.isPresent()) totals.put(member.slot(), same.get().local());
        else folds.get(pass).add(new Accumulator(totals.get(member.slot()), combine, value));
    }

    /// Checks a position where all loops move it, or else before them: before the pass if only this row knows it. What is read in no loop
    /// is read before a fold that has none.
    private void check(Member member, int pass, Bound bound) {
        var check = new Check(bound.index(), bound.size(), bound.axis(), builder.site(member.slot()));
        boolean row = member.level() == Member.Level.ROW, own = known(check);
        var around = new ArrayList<Axis>(own ? List.of() : rowAxes);
        if (!row) around.addAll(rowInside);
        var moving = bounds.moving(check, around);
        var still = bounds.still(bound.along(), moving, around);
        if (moving.size() == around.size() && (row || !around.isEmpty())) (row ? rows : points).get(pass).add(check);
        else if (own) before.get(pass).add(Axis.nest(moving, bounds.where(still, check)));
        else first.add(bounds.alone(check, moving, still));
    }

    /// Whether a check reads what this program has computed of the row.
    private boolean known(Check check) {
        return Scalars.inOrder(List.of(check.index(), check.size())).stream().anyMatch(x -> x instanceof Local local
            && totals.containsValue(local) || x instanceof Load(var buffer, _, _) && builder.fills(buffer));
    }

    private List<Scalar> scalars() {
        var all = new ArrayList<Scalar>();
        for (var stmts : before) for (var stmt : stmts) all.addAll(Stmts.scalars(stmt));
        for (int p = 0; p <= last; p++) {
            for (var stmt : points.get(p)) all.addAll(Stmts.scalars(stmt));
            for (var stmt : rows.get(p)) all.addAll(Stmts.scalars(stmt));
            for (var fold : folds.get(p)) all.add(fold.value());
        }
        return all;
    }

    private static List<Stmt> pass(List<Axis> axes, List<Stmt> body, List<Accumulator> folds) {
        if (folds.isEmpty()) return body.isEmpty() ? List.of() : List.of(Axis.nest(axes, Stmt.seq(body)));
        return List.of(new Fold(axes.stream().map(axis -> new Loop(axis.index(), axis.extent())).toList(), Stmt.seq(body), folds));
    }
}
