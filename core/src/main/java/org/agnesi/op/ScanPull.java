package org.agnesi.op;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Saving;
import org.agnesi.symbolic.Cotangent;
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
/// Only states and results are carried that a cotangent comes to and that depend on something wanted. Where the body or what
/// is above it chooses, masks of the elements that can matter travel the same way as the cotangents. With a window the loop
/// makes that many steps only: a surrogate, whose push is its transpose.
final class ScanPull {
    private final LoopSpec spec;
    private final int window;
    private final List<Expr> params;
    private final List<Expr> results;
    private final List<Expr> in;
    private final List<Expr> out;
    private final List<Expr> states;
    private final Cotangent.OneSide g;
    private final IntPredicate wanted;

    private final BitSet varied;     // params that depend on something wanted
    private final BitSet live;       // results that a cotangent comes to
    private final BitSet carried = new BitSet();   // states whose earlier values one comes to, or the last alone
    private final BitSet masked = new BitSet();    // those of them of which not everything matters
    private final Map<Integer, Cotangent> lasts;
    private final Owed owed;
    private final LoopBuilder loop;
    private int collected;

    ScanPull(Scan scan, List<Expr> in, List<Expr> out, Cotangent.OneSide g, IntPredicate wanted) {
        this(scan, in, out, g, wanted, Map.of());
    }

    /// @param ends what comes to the last values alone of states, as far as that is known
    ScanPull(Scan scan, List<Expr> in, List<Expr> out, Cotangent.OneSide g, IntPredicate wanted, Map<Integer, Cotangent> ends) {
        this.spec = scan.spec();
        this.window = scan.window();
        this.params = scan.body().params();
        this.results = scan.body().results();
        this.in = in;
        this.out = out;
        this.states = states(scan);
        this.g = g;
        this.wanted = wanted;
        this.loop = new LoopBuilder(!spec.backwards());

        var dependence = new LoopDependence(scan);
        var seeds = new BitSet();
        for (int i = 1; i < in.size(); i++) if (wanted.test(i)) seeds.or(spec.params(i));
        this.varied = dependence.closure(seeds);
        var given = new BitSet();
        for (int r = 0; r < spec.states() + spec.collected(); r++) if (g.all().get(r) != null) given.set(r);
        this.live = dependence.live(given, varied);
        var used = dependence.used(live);
        for (int k = 0; k < spec.states(); k++) {
            var own = spec.params(spec.initial(k));
            if (own.intersects(used) && own.intersects(varied) || live.get(k) && ends.containsKey(k)) carried.set(k);
        }
        this.owed = new Owed(Owed.Kind.COTANGENTS, spec, params, in, carried);
        lasts = lasts(ends);
        lasts.forEach((k, last) -> owed.give(k, last.value()));
        if (scan.body().hasChoice() || g.all().stream().anyMatch(e -> e != null && e.active() != null)) masked.or(carried);
    }

    /// Which elements of earlier values can matter; of a last value that alone has a cotangent without a mask all do.
    private Owed masks() {
        var masks = new Owed(Owed.Kind.MASKS, spec, params, in, masked);
        lasts.forEach((k, last) -> masks.give(k, last.active() != null ? last.active()
            : Fill.fill(last.value(), Constant.constant(true))));
        return masks;
    }

    /// Per state whose last value alone has a cotangent, that cotangent.
    private Map<Integer, Cotangent> lasts(Map<Integer, Cotangent> ends) {
        var lasts = new TreeMap<Integer, Cotangent>();
        for (int k : carried.stream().toArray()) {
            var own = g.all().get(k);
            var last = ends.containsKey(k) ? ends.get(k) : own == null || window > 0 ? null
                : LastRow.of(own, out.get(k), spec.backwards());
            if (last != null) lasts.put(k, last);
        }
        return lasts;
    }

    List<@Nullable Cotangent> pull() {
        if (live.isEmpty()) return Collections.nCopies(in.size(), null);
        replayValues();
        var wantedParams = wantedParams();
        var seeds = seeds();
        startWithoutMasks(seeds, wantedParams);
        var masks = masks();
        var pulled = pullBody(seeds, masks, wantedParams);
        while (dropMasks(pulled)) {
            masks = masks();
            pulled = pullBody(seeds, masks, wantedParams);
        }
        var values = new IdentityHashMap<Expr, Expr>();
        var actives = new IdentityHashMap<Expr, Expr>();
        pulled.forEach((param, cotangent) -> {
            values.put(param, cotangent.value());
            if (cotangent.active() != null) actives.put(param, cotangent.active());
        });
        owed.step(loop, values);
        masks.step(loop, actives);
        var valueAt = collect(values);
        var maskAt = collect(actives);
        return results(loop.build(steps()), valueAt, maskAt, masks);
    }

    // the loop's inputs

    private Expr executed() { return spec.until() ? out.getLast() : in.getFirst(); }

    private Expr steps() { return window > 0 ? Rows.least(executed(), Constant.index(window)) : executed(); }

    /// The place of the first step that counts.
    private Expr start() { return Sub.sub(executed(), steps()); }

    private Expr counting(Expr rows) { return window > 0 ? Rows.from(rows, start()) : rows; }

    /// All values of the states: the loop's results, or where few are stored those of a loop that is gone through again.
    private List<Expr> states(Scan scan) {
        if (scan.saving() instanceof Saving.All || spec.states() == 0 || spec.backwards() || window > 0) return out;
        var args = new ArrayList<>(in);
        args.set(0, executed());
        return Expr.all(scan.states(true), args);
    }

    private void replayValues() {
        for (int k = 0; k < spec.sequences(); k++)
            loop.sequence(counting(in.get(spec.sequence(k))), spec.sequenceTaps().get(k), paramsOf(spec.sequence(k)));
        for (int k = 0; k < spec.states(); k++) {
            var initial = in.get(spec.initial(k));
            var before = spec.stacked(k) ? initial : DimShuffle.expandDims(initial, 0);
            int depth = spec.depth(k);
            var all = spec.backwards() ? Rows.join(states.get(k), before) : Rows.join(before, states.get(k));
            loop.sequence(counting(all), spec.stateTaps().get(k).stream().map(tap -> spec.backwards() ? -tap : tap + depth).toList(),
                paramsOf(spec.initial(k)));
        }
        for (int k = 0; k < spec.captures(); k++) loop.capture(in.get(spec.capture(k)), params.get(spec.captured(k)));
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

    /// Cotangents that come to results of a step from outside the loop.
    private Map<Integer, Cotangent> seeds() {
        var seeds = new TreeMap<Integer, Cotangent>();
        for (int r : live.stream().toArray()) {
            var own = g.all().get(r);
            if (own == null || lasts.containsKey(r)) continue;
            var active = own.active();
            seeds.put(r, new Cotangent(loop.element(counting(own.value())), active == null ? null : loop.element(counting(active)), null));
        }
        return seeds;
    }

    /// The body's cotangents at one step, by its params.
    private Map<Expr, Cotangent> pullBody(Map<Integer, Cotangent> seeds, Owed masks, List<Expr> wantedParams) {
        var ys = new ArrayList<Expr>();
        var gs = new ArrayList<@Nullable Cotangent>();
        for (int r : live.stream().toArray()) {
            var here = seeds.get(r);
            var later = owed.now(r) == null ? null : new Cotangent(Objects.requireNonNull(owed.now(r)), masks.now(r), null);
            if (here == null && later == null) continue;
            ys.add(results.get(r));
            gs.add(here == null ? later : later == null ? here : later.plus(here, results.get(r)));
        }
        var pulled = Pull.pullMasked(ys, gs, wantedParams);
        var byParam = new IdentityHashMap<Expr, Cotangent>();
        for (int i = 0; i < pulled.size(); i++) {
            var cotangent = pulled.get(i);
            if (cotangent != null) byParam.put(wantedParams.get(i), cotangent);
        }
        return byParam;
    }

    /// Drops the masks of states of whose last value everything matters where each step back keeps it so.
    private void startWithoutMasks(Map<Integer, Cotangent> seeds, List<Expr> wantedParams) {
        var free = new BitSet();
        lasts.forEach((k, last) -> { if (last.active() == null) free.set(k); });
        free.and(masked);
        while (!free.isEmpty()) {
            masked.andNot(free);
            var pulled = pullBody(seeds, masks(), wantedParams);
            var needed = new BitSet();
            for (int k : free.stream().toArray())
                for (var param : paramsOf(spec.initial(k)))
                    if (pulled.get(param) instanceof Cotangent share && share.active() != null) needed.set(k);
            if (needed.isEmpty()) return;
            masked.or(needed);
            free.andNot(needed);
        }
    }

    /// Drops the masks of states of which everything turned out to matter; whether there were any.
    private boolean dropMasks(Map<Expr, Cotangent> pulled) {
        int before = masked.cardinality();
        for (int k : masked.stream().toArray())
            for (var param : paramsOf(spec.initial(k))) {
                var share = pulled.get(param);
                if (share != null && share.active() == null) masked.clear(k);
            }
        return masked.cardinality() < before;
    }

    /// Collects what comes to sequences' elements and to captures at this step; where it is among what the loop collects.
    private Map<Expr, Integer> collect(Map<Expr, Expr> parts) {
        var places = new IdentityHashMap<Expr, Integer>();
        for (int i = 1; i < in.size(); i++) {
            if (i >= spec.initial(0) && i < spec.capture(0) || !wanted.test(i)) continue;
            for (var param : paramsOf(i)) {
                var part = parts.get(param);
                if (part == null) continue;
                places.put(param, collected++);
                loop.collect(part);
            }
        }
        return places;
    }

    // after the loop

    private List<@Nullable Cotangent> results(
            LoopBuilder.Built built, Map<Expr, Integer> valueAt, Map<Expr, Integer> maskAt, Owed masks) {
        var pulled = new ArrayList<@Nullable Cotangent>(Collections.nCopies(in.size(), null));
        for (int i = 1; i < in.size(); i++) {
            if (!wanted.test(i)) continue;
            int k = i - spec.initial(0);
            boolean state = k >= 0 && k < spec.states();
            var value = state ? ofInitial(k, owed, built) : total(i, Owed.Kind.COTANGENTS, built, valueAt);
            boolean everywhere = !state && paramsOf(i).stream().anyMatch(p -> valueAt.containsKey(p) && !maskAt.containsKey(p));
            var active = state ? ofInitial(k, masks, built) : everywhere ? null : total(i, Owed.Kind.MASKS, built, maskAt);
            if (value != null) pulled.set(i, new Cotangent(value, active, g.side()));
        }
        return pulled;
    }

    private @Nullable Expr ofInitial(int k, Owed owed, LoopBuilder.Built built) {
        return owed.has(k) ? owed.initial(k, built, !spec.backwards(), window > 0 ? start() : null) : null;
    }

    /// Of a sequence, each tap's rows at the elements it read, added up; of a capture, all steps' parts.
    private @Nullable Expr total(int i, Owed.Kind kind, LoopBuilder.Built built, Map<Expr, Integer> places) {
        Expr sum = null;
        var all = paramsOf(i);
        for (int tap = 0; tap < all.size(); tap++) {
            var place = places.get(all.get(tap));
            if (place == null) continue;
            var rows = built.collected().get(place);
            if (i >= spec.capture(0)) return kind.total(rows);
            int k = i - spec.sequence(0);
            Expr before = Constant.index(spec.sequenceTaps().get(k).get(tap) + spec.offset(k));
            if (window > 0) before = Add.add(before, start());
            // a sequence too short for any step may end before the tap's first element
            if (!before.isConstant(0)) before = Rows.least(before, in.get(i).length());
            var placed = Rows.padded(rows, before, in.get(i).length(), steps());
            sum = sum == null ? placed : kind.plus(sum, placed);
        }
        return sum;
    }

    private List<Expr> paramsOf(int arg) { return spec.params(arg).stream().mapToObj(params::get).toList(); }
}
