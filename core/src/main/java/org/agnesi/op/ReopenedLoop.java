package org.agnesi.op;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;

/// A [Scan] taken apart, to be put together again with more sequences, another body or other results.
///
/// What the new body uses of the surroundings becomes a capture.
public final class ReopenedLoop {
    private final Scan scan;
    private final LoopSpec spec;
    private final Lambda body;
    private final List<Expr> args;
    private final LoopBuilder loop;
    private final Map<Expr, Expr> rows = new IdentityHashMap<>();
    private final Map<Expr, Expr> captured = new IdentityHashMap<>();

    /// @param node of a Scan
    public ReopenedLoop(Node node) { this(node, _ -> true); }

    /// @param read whether somebody reads a state's values
    public ReopenedLoop(Node node, IntPredicate read) {
        scan = (Scan) node.op();
        spec = scan.spec();
        body = scan.body();
        args = node.args();
        loop = new LoopBuilder(spec.backwards());
        for (int k = 0; k < spec.sequences(); k++) sequence(k);
        for (int k = 0; k < spec.states(); k++) state(k, read.test(k));
        for (int k = 0; k < spec.captures(); k++) {
            var param = body.params().get(spec.captured(k));
            loop.capture(args.get(spec.capture(k)), param);
            captured.put(param, args.get(spec.capture(k)));
        }
    }

    private void state(int k, boolean read) {
        var initial = args.get(spec.initial(k));
        if (read) loop.state(initial, spec.stateTaps().get(k), params(spec.initial(k)));
        else loop.helper(initial, spec.stateTaps().get(k), params(spec.initial(k)));
    }

    private void sequence(int k) {
        var values = args.get(spec.sequence(k));
        var taps = spec.sequenceTaps().get(k);
        var params = params(spec.sequence(k));
        loop.sequence(values, taps, params);
        for (int tap = 0; tap < taps.size(); tap++) rows.put(params.get(tap), rows(values, taps.get(tap) + spec.offset(k)));
    }

    private List<Expr> params(int arg) { return spec.params(arg).stream().mapToObj(body.params()::get).toList(); }

    /// The rows from one on, as many as there are steps.
    private Expr rows(Expr values, int first) {
        if (first == 0 && isSteps(values.length())) return values;
        var start = Constant.index(first);
        return Slice.piece(values, 0, start, first == 0 ? steps() : Add.add(steps(), start));
    }

    /// Whether a size is known to be the number of steps.
    public boolean isSteps(Expr size) {
        var n = steps();
        return n == size || n.constantLong().isPresent() && n.constantLong().equals(size.constantLong());
    }

    public LoopSpec spec() { return spec; }

    public Lambda body() { return body; }

    /// The number of steps, at most.
    public Expr steps() { return args.getFirst(); }

    /// Per parameter that is an element of a sequence, all it is: a row per step, in the step's place.
    public Map<Expr, Expr> elements() { return rows; }

    /// Per parameter that is the same at all steps, what it is.
    public Map<Expr, Expr> captured() { return captured; }

    /// A new parameter that goes through rows, one at each step.
    public Expr through(Expr rows) {
        var param = Variable.variable("r" + body.params().size(), LoopBuilder.element(rows.type()));
        loop.sequence(rows, List.of(0), List.of(param));
        return param;
    }

    /// Per size of a state or of an element that the body asks for, what it is: that of all states, as of the first, and of all elements.
    public Map<Expr, Expr> sizes() {
        var like = new IdentityHashMap<Expr, Integer>();
        for (int i = spec.sequence(0); i < spec.capture(0); i++) for (var param : params(i)) like.put(param, i);
        var sizes = new IdentityHashMap<Expr, Expr>();
        for (var node : Graph.inOrder(body.results())) {
            if (!(node.op() instanceof Length(int axis)) || !like.containsKey(node.arg(0))) continue;
            int i = like.get(node.arg(0)), k = i - spec.initial(0);
            sizes.put(node.result(0), args.get(i).length(k < 0 || spec.stacked(k) ? axis + 1 : axis));
        }
        return sizes;
    }

    /// A new parameter that is this at all steps.
    public Expr captured(Expr value) {
        var param = Variable.variable("c" + body.params().size(), value.type());
        loop.capture(value, param);
        return param;
    }

    /// The loop with parts of its body replaced.
    ///
    /// @param collected what its steps collect now, in terms of its old body
    public LoopBuilder.Built close(Map<Expr, Expr> replaced, List<Expr> collected) {
        var roots = new ArrayList<>(body.results().subList(0, spec.states()));
        roots.addAll(collected);
        if (spec.until()) roots.add(body.results().getLast());
        var results = Graph.replace(roots, replaced);
        for (int k = 0; k < spec.states(); k++) loop.next(k, results.get(k));
        results.subList(spec.states(), spec.states() + collected.size()).forEach(loop::collect);
        if (spec.until()) loop.until(results.getLast());
        loop.like(scan);
        loop.updates(scan.updates());
        return loop.build(steps());
    }

    /// All results of the loop with parts of its body replaced.
    public List<Expr> with(Map<Expr, Expr> replaced) {
        var built = close(replaced, collected());
        return results(built, built.collected());
    }

    /// What the steps collected before.
    public List<Expr> collected() { return body.results().subList(spec.states(), spec.states() + spec.collected()); }

    /// All results of the loop, in the order of the old one.
    public List<Expr> results(LoopBuilder.Built built, List<Expr> collected) {
        var results = new ArrayList<Expr>();
        for (int k = 0; k < spec.states(); k++) results.add(built.state(k));
        results.addAll(collected);
        if (built.executed() != null) results.add(built.executed());
        return results;
    }
}
