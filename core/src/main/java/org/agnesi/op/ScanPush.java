package org.agnesi.op;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Jets;
import org.jspecify.annotations.Nullable;

/// The derivatives of a [Scan] along curves, tangents where the order is 1: one loop in the same direction, whose steps carry values
/// and derivatives together.
///
/// A state has derivatives where its start has one or a step gives it one; the rest is not carried.
final class ScanPush {
    private final LoopSpec spec;
    private final List<Expr> params;
    private final List<Expr> results;
    private final List<Expr> in;
    private final List<? extends List<? extends @Nullable Expr>> along;
    private final int order;
    private final BitSet moving;
    private final BitSet producing = new BitSet();
    private final LoopBuilder loop;
    private final List<Expr> primals = new ArrayList<>();
    private final List<List<@Nullable Expr>> curves = new ArrayList<>();

    /// @param along per argument its derivatives of order 1 … `order`
    ScanPush(Scan scan, List<Expr> in, List<? extends List<? extends @Nullable Expr>> along, int order) {
        this.spec = scan.spec();
        this.params = scan.body().params();
        this.results = scan.body().results();
        this.in = in;
        this.along = along;
        this.order = order;
        this.loop = new LoopBuilder(spec.backwards());
        loop.like(scan);
        var seeds = new BitSet();
        for (int i = 1; i < in.size(); i++) if (moves(i)) seeds.or(spec.params(i));
        this.moving = new LoopDependence(scan).closure(seeds);
        for (int r = 0; r < spec.states() + spec.collected(); r++)
            if (scan.body().connections().get(r).intersects(moving)) producing.set(r);
    }

    private boolean moves(int arg) { return along.get(arg).getFirst() != null; }

    /// Per order the results' derivatives.
    List<List<@Nullable Expr>> push() {
        var all = new ArrayList<List<@Nullable Expr>>();
        for (int k = 0; k < order; k++) all.add(new ArrayList<>(Collections.nCopies(spec.results(), null)));
        if (producing.isEmpty()) return all;
        carryValues();
        var carried = carryDerivatives();
        var pushed = Jets.along(results, primals, curves, order);
        int states = loop.states();
        for (int r : carried) for (int k = 0; k < order; k++) state(r, k, pushed.get(r).get(k));
        for (int r = spec.states(); r < spec.states() + spec.collected(); r++)
            for (var dy : pushed.get(r)) if (dy != null) loop.collect(dy);
        if (spec.until()) loop.until(results.getLast());
        var built = loop.build(in.getFirst());
        var collected = built.collected().iterator();
        for (int k = 0; k < order; k++)
            for (int i = 0; i < carried.size(); i++) all.get(k).set(carried.get(i), built.state(states + i * order + k));
        for (int r = spec.states(); r < spec.states() + spec.collected(); r++)
            for (int k = 0; k < order; k++) if (pushed.get(r).get(k) != null) all.get(k).set(r, collected.next());
        return all;
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

    /// Derivatives of sequences and captures, and params for those of states: which states have one.
    private List<Integer> carryDerivatives() {
        for (int k = 0; k < spec.sequences(); k++) {
            var taps = spec.sequenceTaps().get(k);
            carry(spec.sequence(k), (dx, own) -> loop.sequence(dx, taps, own));
        }
        for (int k = 0; k < spec.captures(); k++) carry(spec.capture(k), (dx, own) -> loop.capture(dx, own.getFirst()));
        var carried = new ArrayList<Integer>();
        for (int k = 0; k < spec.states(); k++)
            if (producing.get(k) || spec.params(spec.initial(k)).intersects(moving)) {
                carried.add(k);
                var own = curvesOf(spec.initial(k));
                for (int j = 0; j < order; j++) derivativesOf(spec.initial(k), own);
            }
        return carried;
    }

    private void carry(int arg, BiConsumer<Expr, List<Expr>> as) {
        if (!moves(arg)) return;
        var own = curvesOf(arg);
        for (var dx : along.get(arg)) if (dx != null) as.accept(dx, derivativesOf(arg, own));
    }

    private void state(int k, int j, @Nullable Expr next) {
        var initial = in.get(spec.initial(k));
        var given = along.get(spec.initial(k)).get(j);
        var start = given != null ? given : LoopBuilder.zeros(initial.type().dtype(), initial.lengths());
        int at = loop.states();
        var own = paramsOf(spec.initial(k)).stream().map(p -> Objects.requireNonNull(curves.get(primals.indexOf(p)).get(j))).toList();
        loop.state(start, spec.stateTaps().get(k), own);
        loop.next(at, next != null ? next : LoopBuilder.zeros(results.get(k).type().dtype(), results.get(k).lengths()));
    }

    private List<Expr> paramsOf(int arg) { return spec.params(arg).stream().mapToObj(params::get).toList(); }

    /// Empty curves for the params of an argument.
    private List<List<@Nullable Expr>> curvesOf(int arg) {
        var own = new ArrayList<List<@Nullable Expr>>();
        for (var param : paramsOf(arg)) {
            primals.add(param);
            own.add(new ArrayList<>());
        }
        curves.addAll(own);
        return own;
    }

    /// One more derivative on each.
    private List<Expr> derivativesOf(int arg, List<List<@Nullable Expr>> own) {
        var made = new ArrayList<Expr>();
        for (var param : paramsOf(arg)) {
            made.add(Variable.variable("d" + param.name(), param.type().with(param.type().dtype().floating())));
            own.get(made.size() - 1).add(made.getLast());
        }
        return made;
    }
}
