package org.agnesi.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.op.LoopBuilder;
import org.agnesi.op.Scan;
import org.agnesi.op.Variable;
import org.agnesi.rewrite.Merge;
import org.agnesi.rewrite.Trace;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// Several loops over the same steps as one: what both go through is given once, and what both carry is carried once.
///
/// The derivative of a gradient goes back through states and through their tangents, which come from another loop that carries both.
final class JoinedLoops {
    /// @param loop   a node of a [Scan] that has the states of all
    /// @param places per loop and state of it, which state of the joined one that is
    record Joined(Node loop, List<List<Integer>> places) {}

    private enum Kind { SEQUENCE, STATE, CAPTURE }

    /// What parameters stand for.
    ///
    /// @param which of several states that start alike
    /// @param loop  whose they are; 0 where all that are alike are one
    private record Given(Kind kind, Expr arg, List<Integer> taps, int which, int loop) {}

    private final List<Node> loops;
    private final boolean sharesStates;
    private final Map<Given, List<Expr>> params = new LinkedHashMap<>();
    private final List<List<Given>> states = new ArrayList<>();
    private final List<Expr> next;

    private JoinedLoops(List<Node> loops, boolean sharesStates) {
        this.loops = loops;
        this.sharesStates = sharesStates;
        var all = new ArrayList<Expr>();
        for (int i = 0; i < loops.size(); i++) all.addAll(body(i));
        next = new Merge().run(all, new Trace());
    }

    /// @param loops forwards, of the same number of steps, whose states are all that is asked for
    static Joined of(List<Node> loops) {
        if (loops.size() == 1) {
            int states = ((Scan) loops.getFirst().op()).spec().states();
            return new Joined(loops.getFirst(), List.of(IntStream.range(0, states).boxed().toList()));
        }
        var shared = new JoinedLoops(loops, true);
        return (shared.agrees() ? shared : new JoinedLoops(loops, false)).joined();
    }

    /// The next states of a loop, over parameters that it may share.
    private List<Expr> body(int i) {
        var node = loops.get(i);
        var scan = (Scan) node.op();
        var spec = scan.spec();
        var own = new ArrayList<Expr>();
        for (int k = 0; k < spec.sequences(); k++) {
            var values = node.arg(spec.sequence(k));
            own.addAll(params(new Given(Kind.SEQUENCE, values, spec.sequenceTaps().get(k), 0, 0), scan, spec.sequence(k)));
        }
        var all = new ArrayList<Given>();
        for (int k = 0; k < spec.states(); k++) {
            var initial = node.arg(spec.initial(k));
            var taps = spec.stateTaps().get(k);
            int before = (int) all.stream().filter(s -> s.arg == initial && s.taps.equals(taps)).count();
            all.add(new Given(Kind.STATE, initial, taps, before, sharesStates ? 0 : i));
            own.addAll(params(all.getLast(), scan, spec.initial(k)));
        }
        states.add(all);
        for (int k = 0; k < spec.captures(); k++)
            own.addAll(params(new Given(Kind.CAPTURE, node.arg(spec.capture(k)), List.of(), 0, 0), scan, spec.capture(k)));
        return scan.body().apply(own).subList(0, spec.states());
    }

    private List<Expr> params(Given given, Scan scan, int arg) {
        return params.computeIfAbsent(given, _ -> scan.spec().params(arg).stream().mapToObj(scan.body().params()::get)
            .<Expr>map(p -> Variable.variable("j" + params.size(), p.type())).toList());
    }

    /// Whether states that start alike also go on alike.
    private boolean agrees() {
        var nexts = nexts();
        int at = 0;
        for (var own : states) for (var state : own) if (nexts.get(state) != next.get(at++)) return false;
        return true;
    }

    private Map<Given, Expr> nexts() {
        var nexts = new LinkedHashMap<Given, Expr>();
        int at = 0;
        for (var own : states) for (var state : own) nexts.putIfAbsent(state, next.get(at++));
        return nexts;
    }

    private Joined joined() {
        var loop = new LoopBuilder(false);
        loop.like((Scan) loops.getFirst().op());
        params.forEach((given, own) -> {
            switch (given.kind) {
                case SEQUENCE -> loop.sequence(given.arg, given.taps, own);
                case STATE -> loop.state(given.arg, given.taps, own);
                case CAPTURE -> loop.capture(given.arg, own.getFirst());
            }
        });
        var order = params.keySet().stream().filter(given -> given.kind == Kind.STATE).toList();
        var nexts = nexts();
        for (int k = 0; k < order.size(); k++) loop.next(k, nexts.get(order.get(k)));
        var node = loop.build(loops.getFirst().arg(0)).state(0).node();
        return new Joined(node, states.stream().map(own -> own.stream().map(order::indexOf).toList()).toList());
    }
}
