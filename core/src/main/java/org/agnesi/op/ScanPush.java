package org.agnesi.op;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Push;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The tangents of a [Scan]: one loop in the same direction, whose steps carry values and tangents together.
///
/// A state has a tangent where its start has one or a step gives it one; the rest is not carried.
final class ScanPush {
    private final LoopSpec spec;
    private final List<Expr> params;
    private final List<Expr> results;
    private final List<Expr> in;
    private final List<@Nullable Expr> dx;
    private final BitSet moving;
    private final BitSet producing = new BitSet();
    private final LoopBuilder loop;
    private final List<Expr> primals = new ArrayList<>();
    private final List<Expr> tangents = new ArrayList<>();

    ScanPush(Scan scan, List<Expr> in, List<@Nullable Expr> dx) {
        this.spec = scan.spec();
        this.params = scan.body().params();
        this.results = scan.body().results();
        this.in = in;
        this.dx = dx;
        this.loop = new LoopBuilder(spec.backwards());
        var seeds = new BitSet();
        for (int i = 1; i < in.size(); i++) if (dx.get(i) != null) seeds.or(spec.params(i));
        this.moving = new LoopDependence(scan).closure(seeds);
        for (int r = 0; r < spec.states() + spec.collected(); r++)
            if (scan.body().connections().get(r).intersects(moving)) producing.set(r);
    }

    List<@Nullable Expr> push() {
        var dy = new ArrayList<@Nullable Expr>(Collections.nCopies(spec.results(), null));
        if (producing.isEmpty()) return dy;
        carryValues();
        var carried = carryTangents();
        var pushed = Push.push(results, primals, tangents);
        var stepped = new ArrayList<Integer>();
        for (int k : carried) {
            stepped.add(loop.states());
            state(k, pushed.get(k));
        }
        var collected = new ArrayList<Integer>();
        for (int r = spec.states(); r < spec.states() + spec.collected(); r++) {
            var tangent = pushed.get(r);
            if (tangent == null) continue;
            collected.add(r);
            loop.collect(tangent);
        }
        if (spec.until()) loop.until(results.getLast());
        var built = loop.build(in.getFirst());
        for (int i = 0; i < carried.size(); i++) dy.set(carried.get(i), built.state(stepped.get(i)));
        for (int i = 0; i < collected.size(); i++) dy.set(collected.get(i), built.collected().get(i));
        return dy;
    }

    private void carryValues() {
        for (int k = 0; k < spec.sequences(); k++)
            loop.sequence(in.get(spec.sequence(k)), spec.sequenceTaps().get(k), paramsOf(spec.sequence(k)));
        for (int k = 0; k < spec.states(); k++) {
            loop.helper(in.get(spec.initial(k)), spec.stateTaps().get(k), paramsOf(spec.initial(k)));
            loop.next(k, results.get(k));
        }
        for (int k = 0; k < spec.captures(); k++) loop.capture(in.get(spec.capture(k)), params.get(spec.captured(k)));
    }

    /// Tangents of sequences and captures, and params for those of states: which states have one.
    private List<Integer> carryTangents() {
        for (int k = 0; k < spec.sequences(); k++) {
            var tangent = dx.get(spec.sequence(k));
            if (tangent != null) loop.sequence(tangent, spec.sequenceTaps().get(k), tangentsOf(spec.sequence(k)));
        }
        for (int k = 0; k < spec.captures(); k++) {
            var tangent = dx.get(spec.capture(k));
            if (tangent != null) loop.capture(tangent, tangentsOf(spec.capture(k)).getFirst());
        }
        var carried = new ArrayList<Integer>();
        for (int k = 0; k < spec.states(); k++)
            if (producing.get(k) || spec.params(spec.initial(k)).intersects(moving)) {
                carried.add(k);
                tangentsOf(spec.initial(k));
            }
        return carried;
    }

    private void state(int k, @Nullable Expr next) {
        var initial = in.get(spec.initial(k));
        var given = dx.get(spec.initial(k));
        var start = given != null ? given : LoopBuilder.zeros(initial.type().dtype(), initial.lengths());
        int at = loop.states();
        var own = paramsOf(spec.initial(k)).stream().map(p -> tangents.get(primals.indexOf(p))).toList();
        loop.state(start, spec.stateTaps().get(k), own);
        loop.next(at, next != null ? next : LoopBuilder.zeros(results.get(k).type().dtype(), results.get(k).lengths()));
    }

    private List<Expr> paramsOf(int arg) { return spec.params(arg).stream().mapToObj(params::get).toList(); }

    private List<Expr> tangentsOf(int arg) {
        var own = new ArrayList<Expr>();
        for (var param : paramsOf(arg)) {
            TensorType type = param.type().with(param.type().dtype().floating());
            primals.add(param);
            own.add(Variable.variable("d" + param.name(), type));
        }
        tangents.addAll(own);
        return own;
    }
}
