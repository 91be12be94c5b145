package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Lowering.Arg;
import org.agnesi.kernel.Lowering.Bound;
import org.agnesi.kernel.Lowering.Branch;
import org.agnesi.kernel.Lowering.Contract;
import org.agnesi.kernel.Lowering.Eval;
import org.agnesi.kernel.Lowering.Gather;
import org.agnesi.kernel.Lowering.Library;
import org.agnesi.kernel.Lowering.Loop;
import org.agnesi.kernel.Lowering.Piecewise;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Lowering.Prefix;
import org.agnesi.kernel.Lowering.Reduce;
import org.agnesi.kernel.Lowering.Replay;
import org.agnesi.kernel.Lowering.Reshape;
import org.agnesi.kernel.Lowering.Scatter;
import org.agnesi.kernel.Lowering.View;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Puts anchors into stages: those whose loops agree, and that meet each other at the same point or in the same row,
/// share one.
///
/// Stages are kept in the order they run. An anchor may join a stage only if all it reads comes from that stage or
/// from earlier ones, so joining never makes a cycle.
final class Grouping {
    /// Scalars in one program above which no more join.
    private static final int LARGE = 600;
    static final int BEFORE_ALL = -1;

    private final Lowerings lowerings;
    private final Inliner inliner;
    private final Slots slots;
    private final Terms terms;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<Integer, Integer> stageOf = new HashMap<>();
    private final Map<List<Integer>, Integer> latest = new HashMap<>();
    private final Set<Node> writtenOver = new HashSet<>();
    private final Map<Node, Expr> reshaped = new HashMap<>();
    private final Set<Expr> wanted = new HashSet<>();
    private final Map<Node, List<Node>> waiting = new HashMap<>();
    private int earliest = BEFORE_ALL;

    /// Says which scatters' results are only read to be written over: by one other scatter each; and what is joined only to be reshaped.
    void writtenOver(List<Node> order, Collection<Expr> roots) {
        Map<Expr, Integer> users = new HashMap<>(), readers = new HashMap<>();
        wanted.addAll(roots);
        for (var e : roots) for (var some : List.of(users, readers)) some.merge(e, 2, Integer::sum);
        for (var node : order) {
            for (var arg : node.args()) users.merge(arg, 1, Integer::sum);
            for (int k : lowerings.reads(node)) readers.merge(node.arg(k), 1, Integer::sum);
        }
        for (var node : order) {
            if (lowerings.of(node) instanceof Scatter scatter && lowerings.of(node.arg(scatter.base()).node()) instanceof Scatter
                && users.get(node.arg(scatter.base())) == 1) writtenOver.add(node.arg(scatter.base()).node());
            if (lowerings.of(node) instanceof Reshape(var k) && lowerings.of(node.arg(k).node()) instanceof Piecewise
                && readers.get(node.arg(k)) == 1) reshaped.put(node.arg(k).node(), node.result(0));
        }
    }

    Grouping(Lowerings lowerings, Inliner inliner, Slots slots) {
        this.lowerings = lowerings;
        this.inliner = inliner;
        this.slots = slots;
        this.terms = inliner.terms();
    }

    List<Stage> stages() { return stages; }

    /// The stage that fills a slot, or -1 for an input.
    int stageOf(int slot) { return stageOf.getOrDefault(slot, BEFORE_ALL); }

    void add(Stage.Rows rows) {
        stages.add(rows);
        for (var result : rows.results()) stageOf.put(result.slot(), stages.size() - 1);
    }

    /// @param before slots that must be filled before, although they are not read
    void add(Node node, List<Integer> before) {
        earliest = before.stream().mapToInt(this::stageOf).max().orElse(BEFORE_ALL);
        switch (lowerings.of(node)) {
            case Pointwise _, View _ -> point(node, List.of());
            case Reshape(var operand) -> reshape(node, node.arg(operand).node());
            case Gather(_, var bounds) -> point(node, bounds);
            case Reduce(var combine, var axes, var body) -> reduce(node, combine, axes, body);
            case Contract contract -> {
                if (lowerings.product(node) == null) contract(node, contract);
                else alone(new Stage.Call(node), node);
            }
            case Scatter scatter -> scatter(node, scatter);
            case Piecewise _ when reshaped.containsKey(node) && slots.has(reshaped.get(node)) -> waiting.put(node, List.of(node));
            case Arg _, Prefix _, Piecewise _ -> alone(new Stage.Solo(node, List.of()), node);
            case Library _, Loop _, Replay _, Branch _, Eval _ -> alone(new Stage.Call(node), node);
        }
    }

    /// What the next one writes onto, and nobody else reads, is written there.
    private void scatter(Node node, Scatter scatter) {
        var base = node.arg(scatter.base()).node();
        var onto = new ArrayList<>(waiting.getOrDefault(base, List.of()));
        if (writtenOver.contains(node)) {
            onto.add(node);
            waiting.put(node, onto);
        } else {
            alone(new Stage.Solo(node, onto), node);
        }
    }

    /// What is joined is written where it goes: the elements are in the same order. An array that is there needs no copy, unless it
    /// is handed out.
    private void reshape(Node node, Node from) {
        var source = node.arg(0);
        while (!slots.has(source) && lowerings.renames(source.node())) source = source.node().arg(0);
        if (waiting.containsKey(from)) alone(new Stage.Solo(node, List.of(from)), node);
        else if (lowerings.renames(node) && slots.has(source) && !wanted.contains(node.result(0)))
            alone(new Stage.Renamed(node, source), node);
        else point(node, List.of());
    }

    private void alone(Stage stage, Node node) {
        stages.add(stage);
        for (var e : node.results()) stageOf.put(slots.of(e), stages.size() - 1);
    }

    private void point(Node node, List<Bound> bounds) {
        var space = inliner.dims(node.result(0));
        var here = terms.here(space.size());
        var checks = bounds.stream().map(b -> b.map(x -> inliner.at(x, node, here))).toList();
        var y = node.result(0);
        var body = slots.isChecked(y) ? terms.term(Const.of(y.type().dtype(), 0)) : inliner.computed(node, here);
        place(new Member(slots.of(y), Member.Level.POINT, null, body, checks, here), space, null);
    }

    private void reduce(Node node, Combine combine, List<Integer> axes, Scalar body) {
        var space = inliner.dims(node.arg(0));
        var here = terms.here(space.size());
        var left = new ArrayList<>(here);
        left.removeAll(axes.stream().map(here::get).toList());
        place(new Member(slots.of(node.result(0)), Member.Level.POINT, combine, inliner.at(body, node, here), List.of(), left),
            space, axes);
    }

    /// A contraction is a sum of products over the labels that its result lacks.
    private void contract(Node node, Contract contract) {
        var labels = new ArrayList<>(contract.out());
        for (int label : contract.a()) if (!labels.contains(label)) labels.add(label);
        for (int label : contract.b()) if (!labels.contains(label)) labels.add(label);
        var space = labels.stream().map(label -> contract.a().contains(label) ? inliner.dim(node.arg(0), contract.a().indexOf(label))
            : inliner.dim(node.arg(1), contract.b().indexOf(label))).toList();
        var y = node.result(0);
        var product = terms.mul(factor(node.arg(0), contract.a(), labels, y), factor(node.arg(1), contract.b(), labels, y));
        var summed = IntStream.range(contract.out().size(), labels.size()).boxed().toList();
        place(new Member(slots.of(y), Member.Level.POINT, summed.isEmpty() ? null : Combine.ADD, product, List.of(),
            terms.here(contract.out().size())), space, summed.isEmpty() ? null : summed);
    }

    private Scalar factor(Expr e, List<Integer> own, List<Integer> labels, Expr y) {
        var position = own.stream().map(label -> terms.term(new Index(labels.indexOf(label)))).toList();
        return terms.term(Scalar.cast(y.type().dtype(), inliner.element(e, position)));
    }

    /// Places a member by its space without axes of size 1, along which there is nothing to loop over.
    private void place(Member member, List<Scalar> space, @Nullable List<Integer> axes) {
        var wide = IntStream.range(0, space.size()).filter(axis -> !(space.get(axis) instanceof Const c && c.bits() == 1)).boxed().toList();
        var point = IntStream.range(0, space.size()).mapToObj(axis -> terms.term(wide.contains(axis)
            ? new Index(wide.indexOf(axis)) : Scalar.constant(0L))).toList();
        settle(moved(member, member.level(), point), wide.stream().map(space::get).toList(),
            axes == null ? null : axes.stream().filter(wide::contains).map(wide::indexOf).toList());
    }

    /// Lets a member join the last stage it reads from, or the last one over the same space, or begins a stage.
    private void settle(Member member, List<Scalar> space, @Nullable List<Integer> axes) {
        int last = earliest;
        for (int slot : read(member, space)) last = Math.max(last, stageOf(slot));
        int sibling = latest.getOrDefault(terms.ids(space), BEFORE_ALL);
        if (join(last, last, member, space, axes) || sibling != last && join(sibling, last, member, space, axes)) return;
        stages.add(new Stage.Group(space, axes));
        latest.put(terms.ids(space), stages.size() - 1);
        enter(stages.size() - 1, member);
    }

    private boolean join(int stage, int last, Member member, List<Scalar> space, @Nullable List<Integer> axes) {
        if (stage < last || stage < 0 || !(stages.get(stage) instanceof Stage.Group group) || group.weight > LARGE) return false;
        var fitted = fit(group, member, space, axes);
        if (fitted == null || !meets(group, stage, fitted)) return false;
        if (axes != null) group.reduced = axes;
        enter(stage, fitted);
        return true;
    }

    private void enter(int stage, Member member) {
        var group = (Stage.Group) stages.get(stage);
        group.members.add(member);
        group.weight += Scalars.inOrder(member.scalars()).size();
        stageOf.put(member.slot(), stage);
    }

    /// The member in the group's space: at its points, or as one value per row; null where neither fits.
    private @Nullable Member fit(Stage.Group group, Member member, List<Scalar> space, @Nullable List<Integer> axes) {
        var own = terms.ids(space);
        if (own.equals(terms.ids(group.space))) return axes == null || group.reduced == null || axes.equals(group.reduced) ? member : null;
        var rows = group.rows();
        if (axes != null || group.reduced == null || !own.equals(terms.ids(rows.stream().map(group.space::get).toList()))) return null;
        return moved(member, Member.Level.ROW, rows.stream().map(axis -> terms.term(new Index(axis))).toList());
    }

    /// The member with its point's indices replaced.
    private Member moved(Member member, Member.Level level, List<Scalar> point) {
        var bounds = member.bounds().stream().map(b -> b.map(x -> at(x, point))).toList();
        var position = member.position().stream().map(x -> at(x, point)).toList();
        return new Member(member.slot(), level, member.combine(), at(member.body(), point), bounds, position);
    }

    private Scalar at(Scalar x, List<Scalar> point) {
        return Scalars.map(x, part -> part instanceof Index(var axis) ? point.get(axis) : terms.term(part));
    }

    /// Whether all that the member reads of the group is there when it comes to its own point.
    private boolean meets(Stage.Group group, int stage, Member member) {
        for (var x : Scalars.inOrder(member.scalars())) {
            if (x instanceof Load(var slot, _, _) && stageOf(slot) == stage) return false;
            if (!(x instanceof At(var slot, _, var index)) || stageOf(slot) != stage) continue;
            var read = group.members.stream().filter(m -> m.slot() == slot).findFirst().orElseThrow();
            if (!read.perRow() && member.level() == Member.Level.ROW || !terms.ids(index).equals(terms.ids(read.position()))) return false;
        }
        return true;
    }

    /// The slots that a member needs before it: those it reads, and those that tell its sizes.
    private static List<Integer> read(Member member, List<Scalar> space) {
        var roots = new ArrayList<>(member.scalars());
        roots.addAll(space);
        return slots(roots);
    }

    /// The slots that scalars mention.
    static List<Integer> slots(List<Scalar> roots) {
        var slots = new ArrayList<Integer>();
        for (var x : Scalars.inOrder(roots)) {
            if (x instanceof At(var slot, _, _)) slots.add(slot);
            if (x instanceof Load(var slot, _, _)) slots.add(slot);
            if (x instanceof Size(var slot, _)) slots.add(slot);
        }
        return slots;
    }
}
