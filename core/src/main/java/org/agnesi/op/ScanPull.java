package org.agnesi.op;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Pull;
import org.jspecify.annotations.Nullable;

/// The cotangents of a [Scan]: one loop in the other direction, whose steps pull the body's results back jointly.
///
/// ```
/// step t:   ḡ(hₜ) = carriedₜ + g(hₜ)          the body's inputs of step t are sequences again: hₜ₋₁ is a row of h
///           h̄, x̄, c̄ = pull(body)(ḡ(hₜ), g(yₜ))
///           carriedₜ₋ⱼ += h̄ⱼ                   for each tap −j: what later steps owe to the value j steps back
///           collect x̄ and c̄                   c̄ is summed after the loop, where it can become one product
/// ```
///
/// Only states and results are carried that a cotangent comes to and that depend on something wanted. With a window the
/// loop makes that many steps only: a surrogate, whose push is its transpose.
final class ScanPull {
    private final LoopSpec spec;
    private final int window;
    private final List<Expr> params;
    private final List<Expr> results;
    private final List<Expr> in;
    private final List<Expr> out;
    private final List<@Nullable Expr> g;
    private final List<@Nullable Expr> active;
    private final IntPredicate wanted;

    private final BitSet varied;     // params that depend on something wanted
    private final BitSet live;       // results that a cotangent comes to
    private final BitSet carried = new BitSet();   // states whose earlier values one comes to
    private final LoopBuilder loop;
    private final Map<Integer, List<Expr>> owed = new HashMap<>();   // per carried state, what is owed to 1, 2 … steps back

    ScanPull(Scan scan, List<Expr> in, List<Expr> out, List<@Nullable Expr> g, List<@Nullable Expr> active, IntPredicate wanted) {
        this.spec = scan.spec();
        this.window = scan.window();
        this.params = scan.body().params();
        this.results = scan.body().results();
        this.in = in;
        this.out = out;
        this.g = g;
        this.active = active;
        this.wanted = wanted;
        this.loop = new LoopBuilder(!spec.backwards());

        var dependence = new LoopDependence(scan);
        var seeds = new BitSet();
        for (int i = 1; i < in.size(); i++) if (wanted.test(i)) seeds.or(spec.params(i));
        this.varied = dependence.closure(seeds);
        var given = new BitSet();
        for (int r = 0; r < spec.states() + spec.collected(); r++) if (g.get(r) != null) given.set(r);
        this.live = dependence.live(given, varied);
        var used = dependence.used(live);
        for (int k = 0; k < spec.states(); k++) {
            var own = spec.params(spec.initial(k));
            if (own.intersects(used) && own.intersects(varied)) carried.set(k);
        }
    }

    List<@Nullable Expr> pull() {
        if (live.isEmpty()) return Collections.nCopies(in.size(), null);
        replayValues();
        startStates();
        var wantedParams = wantedParams();
        var pulled = pullBody(wantedParams);
        var cotangents = new IdentityHashMap<Expr, Expr>();
        for (int i = 0; i < pulled.size(); i++) {
            var cotangent = pulled.get(i);
            if (cotangent != null) cotangents.put(wantedParams.get(i), cotangent);
        }
        stepStates(cotangents);
        var collected = collect(cotangents);
        return results(loop.build(steps()), collected);
    }

    // the loop's inputs

    private Expr executed() { return spec.until() ? out.getLast() : in.getFirst(); }

    private Expr steps() { return window > 0 ? Rows.least(executed(), Constant.index(window)) : executed(); }

    /// The place of the first step that counts.
    private Expr start() { return Sub.sub(executed(), steps()); }

    private Expr counting(Expr rows) { return window > 0 ? Rows.from(rows, start()) : rows; }

    private void replayValues() {
        for (int k = 0; k < spec.sequences(); k++)
            loop.sequence(counting(in.get(spec.sequence(k))), spec.sequenceTaps().get(k), paramsOf(spec.sequence(k)));
        for (int k = 0; k < spec.states(); k++) {
            var initial = in.get(spec.initial(k));
            var before = spec.stacked(k) ? initial : DimShuffle.expandDims(initial, 0);
            int depth = spec.depth(k);
            var all = spec.backwards() ? Rows.join(out.get(k), before) : Rows.join(before, out.get(k));
            loop.sequence(counting(all), spec.stateTaps().get(k).stream().map(tap -> spec.backwards() ? -tap : tap + depth).toList(),
                paramsOf(spec.initial(k)));
        }
        for (int k = 0; k < spec.captures(); k++) loop.capture(in.get(spec.capture(k)), params.get(spec.captured(k)));
    }

    /// Nothing is owed before the last step.
    private void startStates() {
        for (int k : carried.stream().toArray()) {
            var param = params.get(spec.previous(k));
            var initial = in.get(spec.initial(k));
            var dims = initial.lengths().subList(spec.stacked(k) ? 1 : 0, initial.type().rank());
            var own = new ArrayList<Expr>();
            for (int j = 0; j < spec.depth(k); j++) {
                var value = Variable.variable("g" + param.name(), param.type().with(param.type().dtype().floating()));
                loop.state(LoopBuilder.zeros(param.type().dtype(), dims), List.of(-1), List.of(value));
                own.add(value);
            }
            owed.put(k, own);
        }
    }

    // one step

    private List<Expr> wantedParams() {
        var all = new ArrayList<Expr>();
        for (int i = 1; i < in.size(); i++) {
            boolean state = i >= spec.initial(0) && i < spec.capture(0);
            if (state ? carried.get(i - spec.initial(0)) : wanted.test(i)) all.addAll(paramsOf(i));
        }
        return all;
    }

    private List<@Nullable Expr> pullBody(List<Expr> wantedParams) {
        var ys = new ArrayList<Expr>();
        var gs = new ArrayList<Expr>();
        var masks = new ArrayList<@Nullable Expr>();
        for (int r : live.stream().toArray()) {
            var own = g.get(r);
            var here = own == null ? null : loop.element(counting(own));
            var later = r < spec.states() && carried.get(r) ? owed.get(r).getFirst() : null;
            var sum = here == null ? later : later == null ? here : Add.add(later, here);
            if (sum == null) continue;
            ys.add(results.get(r));
            gs.add(sum);
            var mask = active.get(r);
            masks.add(later != null || mask == null ? null : loop.element(counting(mask)));   // what is owed matters everywhere
        }
        return Pull.pullMasked(ys, gs, masks, wantedParams);
    }

    /// What is owed to j steps back moves up one step, and this step's share joins it.
    private void stepStates(Map<Expr, Expr> cotangents) {
        int at = 0;
        for (int k : carried.stream().toArray()) {
            var own = owed.get(k);
            for (int j = 1; j <= own.size(); j++) {
                int tap = spec.stateTaps().get(k).indexOf(-j);
                var share = tap < 0 ? null : cotangents.get(params.get(spec.previous(k) + tap));
                var later = j < own.size() ? own.get(j) : null;
                var next = share == null ? later : later == null ? share : Add.add(later, share);
                loop.next(at++, next != null ? next : LoopBuilder.zeros(own.getFirst().type().dtype(), own.getFirst().lengths()));
            }
        }
    }

    /// The cotangents of sequences' elements and of captures at this step; which params they are for.
    private List<Expr> collect(Map<Expr, Expr> cotangents) {
        var which = new ArrayList<Expr>();
        for (int i = 1; i < in.size(); i++) {
            if (i >= spec.initial(0) && i < spec.capture(0) || !wanted.test(i)) continue;
            for (var param : paramsOf(i)) {
                var cotangent = cotangents.get(param);
                if (cotangent == null) continue;
                which.add(param);
                loop.collect(cotangent);
            }
        }
        return which;
    }

    // after the loop

    private List<@Nullable Expr> results(LoopBuilder.Built built, List<Expr> which) {
        var pulled = new ArrayList<@Nullable Expr>(Collections.nCopies(in.size(), null));
        for (int k = 0; k < spec.sequences(); k++) pulled.set(spec.sequence(k), ofSequence(k, built, which));
        int at = 0;
        for (int k : carried.stream().toArray()) {
            var own = built.states().subList(at, at += owed.get(k).size());
            if (wanted.test(spec.initial(k))) pulled.set(spec.initial(k), ofInitial(k, own));
        }
        for (int k = 0; k < spec.captures(); k++) {
            int found = which.indexOf(params.get(spec.captured(k)));
            if (found >= 0) pulled.set(spec.capture(k), Rows.sum(built.collected().get(found)));
        }
        return pulled;
    }

    /// Each tap's rows at the elements it read, added up.
    private @Nullable Expr ofSequence(int k, LoopBuilder.Built built, List<Expr> which) {
        Expr sum = null;
        var length = in.get(spec.sequence(k)).length();
        for (int tap = 0; tap < spec.sequenceTaps().get(k).size(); tap++) {
            int found = which.indexOf(params.get(spec.element(k) + tap));
            if (found < 0) continue;
            Expr before = Constant.index(spec.sequenceTaps().get(k).get(tap) + spec.offset(k));
            if (window > 0) before = Add.add(before, start());
            var rows = Rows.padded(built.collected().get(found), before, length, steps());
            sum = sum == null ? rows : Add.add(sum, rows);
        }
        return sum;
    }

    /// What is still owed after the step at the first place.
    private Expr ofInitial(int k, List<@Nullable Expr> owedRows) {
        var initial = in.get(spec.initial(k));
        var dims = initial.lengths().subList(spec.stacked(k) ? 1 : 0, initial.type().rank());
        var zero = LoopBuilder.zeros(initial.type().dtype(), dims);
        var oldestFirst = new ArrayList<Expr>();
        for (var rows : owedRows.reversed()) {
            var last = Rows.last(Objects.requireNonNull(rows), zero, !spec.backwards());
            oldestFirst.add(window > 0 ? Where.where(Compare.gt(start(), Constant.index(0)), Constant.of(0, zero.type().dtype()), last)
                : last);
        }
        return spec.stacked(k)
            ? Rows.join(oldestFirst.stream().map(e -> DimShuffle.expandDims(e, 0)).toArray(Expr[]::new)) : oldestFirst.getFirst();
    }

    private List<Expr> paramsOf(int arg) { return spec.params(arg).stream().mapToObj(params::get).toList(); }
}
