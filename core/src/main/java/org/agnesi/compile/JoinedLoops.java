package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.agnesi.op.LoopBuilder;
import org.agnesi.op.Scan;
import org.agnesi.op.Variable;
import org.agnesi.rewrite.Merge;
import org.agnesi.rewrite.Trace;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.TensorType;

/// Several loops over the same steps as one: what they go through is given once, and what several carry is carried once.
///
/// States that start alike are taken for one until a step tells them apart, so those that are one at every step are found to be.
final class JoinedLoops {
    private enum Kind { ELEMENT, STATE, CAPTURE }

    /// What a parameter stands for.
    ///
    /// @param place of an element how far it is behind the first that a step could see, of a state the tap
    /// @param same  which of the states that start alike
    private record Given(Kind kind, Expr arg, TensorType type, int place, int same) {}

    /// What tells states apart.
    private record Start(Expr initial, List<Integer> taps, List<TensorType> types) {}

    private final List<Node> loops;
    private final List<List<Integer>> states = new ArrayList<>();   // per loop and state of it, which of the joined loop's that is
    private final Map<Given, Expr> params = new LinkedHashMap<>();
    private List<List<Expr>> results = List.of();

    /// @param loops nodes of a [Scan], of the same number of steps in the same direction
    JoinedLoops(List<Node> loops) {
        this.loops = loops;
        var starts = new HashMap<Start, Integer>();
        for (var node : loops) {
            var own = new ArrayList<Integer>();
            for (int k = 0; k < scan(node).spec().states(); k++) own.add(starts.computeIfAbsent(start(node, k), _ -> starts.size()));
            states.add(own);
        }
        for (int before = -1, now = starts.size(); now != before; now = apart()) {
            before = now;
            run();
        }
    }

    private static Scan scan(Node node) { return (Scan) node.op(); }

    private static Start start(Node node, int k) {
        var spec = scan(node).spec();
        return new Start(node.arg(spec.initial(k)), spec.stateTaps().get(k), own(node, spec.initial(k)).stream().map(Expr::type).toList());
    }

    private static List<Expr> own(Node node, int arg) {
        return scan(node).spec().params(arg).stream().mapToObj(scan(node).body().params()::get).toList();
    }

    List<Node> loops() { return loops; }

    /// Which of the joined loop's states one of a loop is.
    int state(int loop, int k) { return states.get(loop).get(k); }

    /// Per loop what its steps give, over parameters that all share; equal computations are the same expression.
    List<List<Expr>> results() { return results; }

    /// The steps of all loops.
    Lambda body() { return new Lambda(List.copyOf(params.values()), results.stream().flatMap(List::stream).toList()); }

    /// The parameters that are the same at all steps.
    List<Expr> captures() {
        return params.entrySet().stream().filter(e -> e.getKey().kind == Kind.CAPTURE).map(Map.Entry::getValue).toList();
    }

    /// Whether anything is given, carried or collected twice.
    boolean isLess() {
        int before = loops.stream().mapToInt(node -> scan(node).body().params().size()).sum();
        return params.size() < before || results.stream().anyMatch(own -> Set.copyOf(own).size() < own.size());
    }

    /// Whether all end at the same step.
    boolean endTogether() {
        return loops.stream().noneMatch(node -> scan(node).spec().until())
            || loops.stream().allMatch(node -> scan(node).spec().until()) && results.stream().map(List::getLast).distinct().count() == 1;
    }

    private void run() {
        params.clear();
        var all = new ArrayList<Expr>();
        for (int i = 0; i < loops.size(); i++) all.addAll(scan(loops.get(i)).body().apply(shared(i)));
        var merged = new Merge().run(all, new Trace());
        results = new ArrayList<>();
        int at = 0;
        for (var node : loops) results.add(merged.subList(at, at += scan(node).body().results().size()));
    }

    private List<Expr> shared(int i) {
        var node = loops.get(i);
        var spec = scan(node).spec();
        var shared = new ArrayList<Expr>();
        for (int k = 0; k < spec.sequences(); k++) for (int tap = 0; tap < spec.sequenceTaps().get(k).size(); tap++)
            shared.add(param(Kind.ELEMENT, node, spec.sequence(k), tap, spec.sequenceTaps().get(k).get(tap) + spec.offset(k), 0));
        for (int k = 0; k < spec.states(); k++) shared.addAll(carriedParams(i, k));
        for (int k = 0; k < spec.captures(); k++) shared.add(param(Kind.CAPTURE, node, spec.capture(k), 0, 0, 0));
        return shared;
    }

    private List<Expr> carriedParams(int i, int k) {
        var node = loops.get(i);
        var taps = scan(node).spec().stateTaps().get(k);
        return IntStream.range(0, taps.size())
            .mapToObj(tap -> param(Kind.STATE, node, scan(node).spec().initial(k), tap, taps.get(tap), states.get(i).get(k))).toList();
    }

    private Expr param(Kind kind, Node node, int arg, int which, int place, int same) {
        var type = own(node, arg).get(which).type();
        return params.computeIfAbsent(new Given(kind, node.arg(arg), type, place, same),
            _ -> Variable.variable("j" + params.size(), type));
    }

    /// Tells states apart that a step does; how many there are now.
    private int apart() {
        var numbers = new HashMap<List<Object>, Integer>();
        for (int i = 0; i < loops.size(); i++) for (int k = 0; k < states.get(i).size(); k++) {
            var next = List.<Object>of(states.get(i).get(k), results.get(i).get(k));
            states.get(i).set(k, numbers.computeIfAbsent(next, _ -> numbers.size()));
        }
        return numbers.size();
    }

    /// Per loop its results, of the one loop that stands for all.
    List<List<Expr>> joined() {
        var first = scan(loops.getFirst());
        var loop = new LoopBuilder(first.spec().backwards());
        loop.like(first);
        sequences(loop);
        var carried = carried(loop);
        params.forEach((given, param) -> { if (given.kind == Kind.CAPTURE) loop.capture(given.arg, param); });
        var collected = collected(carried);
        collected.forEach(loop::collect);
        if (first.spec().until()) loop.until(results.getFirst().getLast());
        var built = loop.build(loops.getFirst().arg(0));
        var rows = new IdentityHashMap<Expr, Expr>();
        for (int j = 0; j < collected.size(); j++) rows.put(collected.get(j), built.collected().get(j));
        for (int k = 0; k < carried.size(); k++) rows.put(carried.get(k), built.state(k));
        var all = new ArrayList<List<Expr>>();
        for (int i = 0; i < loops.size(); i++) {
            var spec = scan(loops.get(i)).spec();
            var own = new ArrayList<Expr>();
            for (int k = 0; k < spec.states(); k++) own.add(built.state(states.get(i).get(k)));
            for (int j = 0; j < spec.collected(); j++) own.add(rows.get(results.get(i).get(spec.states() + j)));
            if (built.executed() != null) own.add(built.executed());
            all.add(own);
        }
        return all;
    }

    private void sequences(LoopBuilder loop) {
        var places = new LinkedHashMap<List<Object>, TreeMap<Integer, Expr>>();
        params.forEach((given, param) -> {
            if (given.kind == Kind.ELEMENT)
                places.computeIfAbsent(List.of(given.arg, given.type), _ -> new TreeMap<>()).put(given.place, param);
        });
        places.forEach((key, taps) -> loop.sequence((Expr) key.getFirst(), List.copyOf(taps.keySet()), List.copyOf(taps.values())));
    }

    /// Per state of the joined loop its next value.
    private List<Expr> carried(LoopBuilder loop) {
        var carried = new TreeMap<Integer, Expr>();
        for (int i = 0; i < loops.size(); i++) {
            var spec = scan(loops.get(i)).spec();
            for (int k = 0; k < spec.states(); k++) {
                int number = states.get(i).get(k);
                if (carried.putIfAbsent(number, results.get(i).get(k)) != null) continue;
                loop.state(loops.get(i).arg(spec.initial(k)), spec.stateTaps().get(k), carriedParams(i, k));
                loop.next(number, results.get(i).get(k));
            }
        }
        return List.copyOf(carried.values());
    }

    /// What steps collect that is no state's next value.
    private List<Expr> collected(List<Expr> carried) {
        var collected = new LinkedHashSet<Expr>();   // Expr compares by identity
        for (int i = 0; i < loops.size(); i++) {
            var spec = scan(loops.get(i)).spec();
            collected.addAll(results.get(i).subList(spec.states(), spec.states() + spec.collected()));
        }
        carried.forEach(collected::remove);
        return List.copyOf(collected);
    }
}
