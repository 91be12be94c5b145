package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Lowering.Branch;
import org.agnesi.kernel.Lowering.Eval;
import org.agnesi.kernel.Lowering.Library;
import org.agnesi.kernel.Lowering.Loop;
import org.agnesi.kernel.Lowering.Replay;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.jspecify.annotations.Nullable;

/// From a graph to a schedule, in six steps: sizes, rows, anchors, groups, programs, tasks.
///
/// | step     | class                                       | decides                                      |
/// |----------|---------------------------------------------|----------------------------------------------|
/// | sizes    | [Inliner]                                   | which dimensions are equal                   |
/// | rows     | [Rows]                                      | what is written out number by number         |
/// | anchors  | [Anchors]                                   | what is computed once, what where it is used |
/// | groups   | [Grouping]                                  | which loops are one                          |
/// | programs | [GroupProgram], [RowBlocks], [ColumnFolds], [SoloProgram], [RowProgram] | passes, scratch, stores |
/// | scalars  | [Collapse], [Placement]                     | which loops are flat, where values are named |
final class Scheduler {
    private final List<Expr> inputs;
    private final List<Expr> outputs;
    private final BooleanSupplier library;
    private final boolean steps;
    private final Map<Size, Const> given;
    private final Waiting waiting;
    private final Lowerings lowerings;
    private final Slots slots = new Slots();
    private final Inliner inliner;
    private final Grouping grouping;
    private final Map<Integer, NDArray> constants = new HashMap<>();
    private final List<Task> tasks = new ArrayList<>();

    /// @param steps   whether it is the body of a loop over steps that is to become one program
    /// @param library whether there is one for products of a matrix and a vector
    Scheduler(List<Expr> inputs, List<Expr> outputs, boolean steps, BooleanSupplier library) {
        this(inputs, outputs, steps, library, Map.of());
    }

    /// @param given sizes of the inputs that are known beforehand
    Scheduler(List<Expr> inputs, List<Expr> outputs, boolean steps, BooleanSupplier library, Map<Size, Const> given) {
        this.given = given;
        this.library = library;
        this.steps = steps;
        lowerings = new Lowerings(steps, library);
        inliner = new Inliner(lowerings, slots);
        grouping = new Grouping(lowerings, inliner, slots);
        this.inputs = List.copyOf(inputs);
        waiting = new Waiting(outputs);
        this.outputs = waiting.roots();
    }

    Schedule schedule() {
        inputs.forEach(inliner::input);
        var order = sizes();
        var rows = steps || !waiting.isEmpty() ? Rows.Found.NOTHING : Rows.of(order, outputs, inliner, lowerings, slots, constants);
        order = order.stream().filter(node -> !rows.members().contains(node)).toList();
        var roots = new ArrayList<>(outputs);
        for (int slot = 0; slot < slots.count(); slot++) if (!given(slot) && !rows.members().contains(slots.expr(slot).node()))
            roots.add(slots.expr(slot));
        inliner.forget();
        grouping.writtenOver(order, roots);
        var anchors = Anchors.of(order, roots, lowerings, slots);
        waiting.spread(order, anchors.nodes());
        for (var node : anchors.nodes()) if (!rows.after().contains(node)) grouping.add(node, before(node, anchors));
        rows.stage().forEach(grouping::add);
        for (var node : anchors.nodes()) if (rows.after().contains(node)) grouping.add(node, before(node, anchors));
        int computed = slots.count();
        var wanted = results();
        tasks(computed);
        inliner.forget();
        return new Schedule(described(), tasks, inputs.stream().map(slots::of).toList(), wanted);
    }

    /// The slots that must be filled before a node, or checked.
    private List<Integer> before(Node node, Anchors anchors) {
        var before = new ArrayList<>(waiting.before(node, slots));
        before.addAll(anchors.checks(node));
        return before;
    }

    private boolean given(int slot) { return slot < inputs.size() || constants.containsKey(slot); }

    /// Finds all sizes; some need values of their own, which may be new nodes.
    private List<Node> sizes() {
        var seen = new HashSet<Node>();
        var roots = new ArrayList<>(outputs);
        while (true) {
            var order = Graph.inOrder(roots, node -> !isGiven(node));
            int before = slots.count();
            for (var node : order) if (seen.add(node)) size(node);
            if (slots.count() == before) return waiting.ordered(roots, order.stream().filter(node -> !isGiven(node)).toList());
            roots.addAll(slots.exprs().subList(before, slots.count()));
        }
    }

    /// What a node gives that needs nothing; null where it is computed, or drawn.
    static @Nullable List<NDArray> constants(Node node, Lowering lowering) {
        return node.args().isEmpty() && node.op().isMergeable() && lowering instanceof Eval ? node.op().eval(List.of()) : null;
    }

    private void size(Node node) {
        var values = constants(node, lowerings.of(node));
        if (values != null) {
            for (int k = 0; k < node.size(); k++) {
                inliner.input(node.result(k));
                constants.put(slots.of(node.result(k)), values.get(k));
            }
        } else {
            inliner.describe(node);
        }
    }

    private boolean isGiven(Node node) { return slots.has(node.result(0)) && given(slots.of(node.result(0))); }

    /// The slots of the outputs; one that is an input, or comes twice, is a copy.
    private List<Integer> results() {
        var taken = new HashSet<Integer>();
        var wanted = new ArrayList<Integer>();
        for (var output : outputs) {
            int slot = slots.of(output);
            wanted.add(!given(slot) && taken.add(slot) ? slot : slots.again(slot));
        }
        return wanted;
    }

    private void tasks(int computed) {
        var escaping = escaping();
        checks(Grouping.BEFORE_ALL);
        for (int k = 0; k < grouping.stages().size(); k++) {
            tasks.add(switch (grouping.stages().get(k)) {
                case Stage.Group group -> group(group, escaping);
                case Stage.Solo(var node, var onto) ->
                    new SoloProgram(builder(), inliner, slots, node, onto).task();
                case Stage.Rows all -> new RowProgram(builder(), all).task();
                case Stage.Call(var node) -> call(node);
                case Stage.Renamed(var node, var of) -> new Task.Rename(slots.of(of), slots.of(node.result(0)));
            });
            checks(k);
        }
        for (int slot = computed; slot < slots.count(); slot++) tasks.add(new Task.Copy(slots.of(slots.expr(slot)), slot));
    }

    private Task.Run group(Stage.Group group, Set<Integer> escaping) {
        Function<Map<Integer, Const>, Task.Run> program =
            sizes -> new GroupProgram(builder().where(sizes), group, escaping, steps).task();
        var run = program.apply(Map.of());
        return given.isEmpty() ? run.with(ShortAxes.of(group, inliner, program)) : run;
    }

    private ProgramBuilder builder() {
        var sizes = new HashMap<Integer, Const>();
        given.forEach((size, value) -> sizes.put(inliner.terms().id(inliner.representative(inliner.terms().term(size))), value));
        return new ProgramBuilder(inliner, slots).where(sizes);
    }

    /// The checks that can be made once a stage has run.
    private void checks(int stage) {
        for (var check : inliner.checks()) {
            var in = Grouping.slots(check.sizes());
            int last = in.stream().mapToInt(grouping::stageOf).max().orElse(Grouping.BEFORE_ALL);
            if (last == stage) tasks.add(new Task.Verify(loaded(check), in));
        }
    }

    private SizeCheck loaded(SizeCheck check) {
        return switch (check) {
            case SizeCheck.Equal(var node, var fact, var a, var b) -> new SizeCheck.Equal(node, fact, inliner.loaded(a), inliner.loaded(b));
            case SizeCheck.Count(var node, var from, var to) -> new SizeCheck.Count(node, inliner.loaded(from), inliner.loaded(to));
            case SizeCheck.Within(var node, var operand, var axis, var size, var read) ->
                new SizeCheck.Within(node, operand, axis, inliner.loaded(List.of(size)).getFirst(),
                    inliner.loaded(List.of(read)).getFirst());
        };
    }

    private Task call(Node node) {
        var in = node.args().stream().map(slots::of).toList();
        var out = node.results().stream().map(slots::of).toList();
        var product = lowerings.product(node);
        if (product != null) return new Task.Multiply(node, product, in, out);
        return switch (lowerings.of(node)) {
            case Loop(var spec) -> repeat(node, spec, in, out);
            case Replay(var spec) -> new Task.Replay(node, spec, region(node, 0), region(node, 1), in, out);
            case Branch() -> new Task.Choose(node, region(node, 0, steps), region(node, 1, steps), in, out);
            case Eval(var reason) -> new Task.Eval(node, reason, null, in, out);
            case Library(var routine, var flops, _) -> new Task.Eval(node, routine, flops, in, out);
            case Lowering other -> throw new IllegalStateException("a loop is not called, but got " + other);
        };
    }

    /// A loop over steps, as one program where that is possible.
    private Task repeat(Node node, LoopSpec spec, List<Integer> in, List<Integer> out) {
        var steps = region(node, 0, true);
        var loop = StepProgram.of(node, spec, steps, in);
        if (loop == null) return new Task.Repeat(node, spec, region(node, 0), null, null, in, out);
        var shorter = ShortSteps.of(spec, steps, in, sizes -> StepProgram.of(node, spec, region(node, 0, true, sizes), in));
        return new Task.Repeat(node, spec, steps, loop, shorter, in, out);
    }

    private Schedule region(Node node, int k) { return region(node, k, false); }

    private Schedule region(Node node, int k, boolean inSteps) { return region(node, k, inSteps, Map.of()); }

    private Schedule region(Node node, int k, boolean inSteps, Map<Size, Const> given) {
        var lambda = node.op().lambdas().get(k);
        // no line of its own: it may be scheduled in a call
        return Origin.inherit(null, () -> new Scheduler(lambda.params(), lambda.results(), inSteps, library, given).schedule());
    }

    /// The slots that outputs, sizes, checks or other stages read.
    private Set<Integer> escaping() {
        var escaping = new HashSet<Integer>();
        for (var output : outputs) escaping.add(slots.of(output));
        for (var e : slots.exprs()) escaping.addAll(Grouping.slots(inliner.dims(e)));
        for (var check : inliner.checks()) escaping.addAll(Grouping.slots(check.sizes()));
        for (int k = 0; k < grouping.stages().size(); k++) for (int slot : read(grouping.stages().get(k)))
            if (grouping.stageOf(slot) != k) escaping.add(slot);
        return escaping;
    }

    private List<Integer> read(Stage stage) {
        var roots = new ArrayList<Scalar>();
        switch (stage) {
            case Stage.Group group -> {
                roots.addAll(group.space);
                group.members.forEach(member -> roots.addAll(member.scalars()));
            }
            case Stage.Solo(var node, var onto) -> {
                elements(node, roots);
                for (var before : onto) elements(before, roots);
            }
            case Stage.Rows all -> roots.addAll(all.scalars());
            case Stage.Call(var node) -> {
                return node.args().stream().map(slots::of).toList();
            }
            case Stage.Renamed(_, var of) -> {
                return List.of(slots.of(of));
            }
        }
        return Grouping.slots(roots);
    }

    private void elements(Node node, List<Scalar> roots) {
        for (int k : lowerings.reads(node)) {
            roots.addAll(inliner.dims(node.arg(k)));
            roots.add(inliner.element(node.arg(k), inliner.terms().here(node.arg(k).type().rank())));
        }
    }

    private List<Slot> described() {
        var names = new Names();
        var described = new ArrayList<Slot>();
        for (int k = 0; k < slots.count(); k++) {
            var e = slots.expr(k);
            described.add(new Slot(names.of(e), e, inliner.loaded(inliner.dims(e)), constants.get(k)));
        }
        return described;
    }
}
