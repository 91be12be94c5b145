package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Saving;
import org.agnesi.symbolic.Cotangent;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.Tangents;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `gᵀ · ∂loop/∂a`: what comes back through a [Scan] that stores few states, as a node until all derivatives are taken.
///
/// ```
/// along ġ:       ġᵀ J(a)
/// along ȧ:       the gradient by a of gᵀ (J(a) ȧ), which is that of the loop's tangent
/// back from v:   to g comes J(a) v, to a the gradient of gᵀ (J(a) v)
/// ```
///
/// So a derivative of any order goes back through a loop of values and tangents that is like the first, and stores as few of them.
/// Masks of the elements that can matter are arguments behind the cotangents, and results behind what comes back.
///
/// @param given  the loop's results that a cotangent comes to
/// @param lasts  those of them of which it comes to the last value alone
/// @param masked those of them of which not everything matters
/// @param wanted the loop's arguments that it comes back to
/// @param chosen those of them of which not everything matters
public record LoopGradient(Scan scan, List<Integer> given, List<Integer> lasts, List<Integer> masked, List<Integer> wanted,
                           List<Integer> chosen) implements Op {

    /// Whether a loop is one that it stands for.
    static boolean fits(Scan scan) {
        return !(scan.saving() instanceof Saving.All) && scan.spec().states() > 0
            && !scan.spec().backwards() && scan.window() == 0 && scan.updates() == 0 && !scan.again()
            && !Graph.hasOp(scan.body().results(), op -> op.isSurrogate() || !op.isLinearlyDerived());
    }

    static List<@Nullable Cotangent> back(Scan scan, List<Expr> in, List<Expr> out, Cotangent.OneSide g, IntPredicate wanted) {
        var gs = new TreeMap<Integer, Cotangent>();
        var lasts = new ArrayList<Integer>();
        for (int r = 0; r < scan.spec().states() + scan.spec().collected(); r++) {
            var own = g.all().get(r);
            if (own == null) continue;
            var last = r < scan.spec().states() ? LastRow.of(own, out.get(r), false) : null;
            if (last != null) lasts.add(r);
            gs.put(r, last == null ? own : last);
        }
        var asked = IntStream.range(1, in.size()).filter(wanted)
            .filter(i -> gs.keySet().stream().anyMatch(r -> scan.isConnected(in, out, i, r))).boxed().toList();
        var found = of(scan.toItsEnd(), scan.spec().until() ? made(in, out) : in, gs, lasts, asked);
        var all = new ArrayList<@Nullable Cotangent>(Collections.nCopies(in.size(), null));
        for (int k = 0; k < asked.size(); k++)
            all.set(asked.get(k), new Cotangent(found.get(k).value(), found.get(k).active(), g.side()));
        return all;
    }

    /// The arguments of a loop that makes as many steps as one that ended early.
    private static List<Expr> made(List<Expr> in, List<Expr> out) {
        var args = new ArrayList<>(in);
        args.set(0, out.getLast());
        return args;
    }

    private static List<Cotangent> of(Scan scan, List<Expr> in, Map<Integer, Cotangent> gs, List<Integer> lasts, List<Integer> wanted) {
        if (wanted.isEmpty() || gs.isEmpty()) return List.of();
        var args = new ArrayList<>(in);
        for (var g : gs.values()) args.add(g.value());
        var masked = gs.keySet().stream().filter(r -> gs.get(r).active() != null).toList();
        for (int r : masked) args.add(Objects.requireNonNull(gs.get(r).active()));
        var all = new LoopGradient(scan, List.copyOf(gs.keySet()), lasts, masked, wanted, List.of());
        return all.choosing(args).cotangents(args);
    }

    /// The same where it is known of which arguments not everything matters.
    private LoopGradient choosing(List<Expr> in) {
        if (masked.isEmpty() && !scan.body().hasChoice()) return this;
        var back = swept(in);
        var chosen = IntStream.range(0, wanted.size()).filter(k -> back.get(k).active() != null).mapToObj(wanted::get).toList();
        return new LoopGradient(scan, given, lasts, masked, wanted, chosen);
    }

    /// What comes back, per wanted argument.
    private List<Cotangent> cotangents(List<Expr> in) {
        var results = Expr.all(this, in);
        return IntStream.range(0, wanted.size()).mapToObj(k -> {
            int mask = chosen.indexOf(wanted.get(k));
            return new Cotangent(results.get(k), mask < 0 ? null : results.get(wanted.size() + mask), null);
        }).toList();
    }

    private List<Expr> args(List<Expr> in) { return in.subList(0, scan.spec().arguments()); }

    /// What comes to the loop's results.
    ///
    /// @param values in the place of the cotangents among the arguments
    private Map<Integer, Cotangent> given(List<Expr> in, List<? extends @Nullable Expr> values) {
        var gs = new TreeMap<Integer, Cotangent>();
        for (int k = 0; k < given.size(); k++)
            if (values.get(scan.spec().arguments() + k) instanceof Expr g)
                gs.put(given.get(k), new Cotangent(g, mask(in, given.get(k)), null));
        return gs;
    }

    private @Nullable Expr mask(List<Expr> in, int r) {
        return masked.contains(r) ? in.get(scan.spec().arguments() + given.size() + masked.indexOf(r)) : null;
    }

    @Override public List<TensorType> infer(List<Expr> in) {
        var values = wanted.stream().map(i -> in.get(i).type().with(in.get(i).type().dtype().floating()));
        return Stream.concat(values, chosen.stream().map(i -> in.get(i).type().with(DType.BOOL))).toList();
    }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        return Stream.concat(wanted.stream(), chosen.stream())
            .<List<@Nullable Expr>>map(i -> new ArrayList<>(in.get(i).lengths())).toList();
    }

    @Override public List<NDArray> eval(List<NDArray> in) {
        var variables = in.stream().map(x -> Variable.variable("x", TensorType.of(x.dtype(), x.shape().dims()))).toList();
        var values = new IdentityHashMap<Expr, NDArray>();
        for (int i = 0; i < in.size(); i++) values.put(variables.get(i), in.get(i));
        return Graph.eval(results(variables), values);
    }

    /// The loop that is gone through again, and the one back.
    private List<Cotangent> swept(List<Expr> in) {
        var args = args(in);
        var all = new ArrayList<@Nullable Cotangent>(Collections.nCopies(scan.spec().results(), null));
        var ends = new TreeMap<Integer, Cotangent>();
        given(in, in).forEach((r, g) -> {
            all.set(r, g);
            if (lasts.contains(r)) ends.put(r, g);
        });
        var found = new ScanPull(scan, args, Expr.all(scan, args), new Cotangent.OneSide(all, null), wanted::contains, ends).pull();
        return wanted.stream().map(i -> {
            var own = found.get(i);
            return own != null ? own
                : new Cotangent(LoopBuilder.zeros(args.get(i).type().dtype(), args.get(i).lengths()), null, null);
        }).toList();
    }

    private List<Expr> results(List<Expr> in) {
        var back = swept(in);
        var all = new ArrayList<>(back.stream().map(Cotangent::value).toList());
        for (int i : chosen) all.add(Objects.requireNonNull(back.get(wanted.indexOf(i)).active()));
        return all;
    }

    @Override public Optional<List<Expr>> expand(List<Expr> in) { return Optional.of(results(in)); }
    @Override public boolean isTransparent() { return true; }

    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        var dgs = given(in, dx);
        var curved = curved(in, dx.subList(0, scan.spec().arguments()), dgs);
        var along = of(scan, args(in), dgs, lasts.stream().filter(dgs::containsKey).toList(), wanted);
        var all = new ArrayList<@Nullable Expr>();
        for (int k = 0; k < wanted.size(); k++) {
            var bent = curved.get(wanted.get(k));
            all.add(Tangents.add(along.isEmpty() ? null : along.get(k).value(), bent == null ? null : bent.value()));
        }
        all.addAll(Collections.nCopies(chosen.size(), null));
        return all;
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate asked) {
        return Pull.values(pullMasked(in, out, Cotangent.everywhere(g), asked));
    }

    @Override public List<@Nullable Cotangent> pullMasked(
            List<Expr> in, List<Expr> out, List<@Nullable Cotangent> g, IntPredicate asked) {
        var shared = Cotangent.onOneSide(out, g);
        var along = new ArrayList<@Nullable Expr>(Collections.nCopies(scan.spec().arguments(), null));
        for (int k = 0; k < wanted.size(); k++) if (shared.all().get(k) instanceof Cotangent v) along.set(wanted.get(k), v.value());
        var all = new ArrayList<@Nullable Cotangent>();
        for (var own : curved(in, along, new TreeMap<>())) all.add(own == null || !asked.test(all.size()) ? null
            : new Cotangent(own.value(), own.active(), shared.side()));
        var args = args(in);
        var pushed = scan.pushAll(args, Expr.all(scan, args), along);
        for (int r : given) {
            var dy = asked.test(all.size()) ? pushed.get(r) : null;
            if (dy != null && lasts.contains(r)) dy = last(r, dy, args.get(scan.spec().initial(r)));
            var mask = mask(in, r);
            all.add(dy == null ? null : new Cotangent(mask == null ? dy : Where.where(mask, dy, Constant.of(0, dy.type().dtype())), mask,
                shared.side()));
        }
        all.addAll(Collections.nCopies(masked.size(), null));
        return all;
    }

    /// The last of rows; nothing where no step is made, for then nothing comes back through the loop.
    private Expr last(int k, Expr rows, Expr initial) {
        var nothing = LoopBuilder.zeros(initial.type().dtype(), initial.lengths());
        return Rows.last(rows, scan.spec().stacked(k) ? Slice.element(nothing, -1) : nothing, false);
    }

    /// Per argument of the loop the gradient of `gᵀ (J(a) along)`: back through the loop's tangent.
    ///
    /// @param dgs what else comes to results, which goes the same way back where the tangent's loop carries these; the rest is left
    private List<@Nullable Cotangent> curved(List<Expr> in, List<@Nullable Expr> along, Map<Integer, Cotangent> dgs) {
        var all = new ArrayList<@Nullable Cotangent>(Collections.nCopies(scan.spec().arguments(), null));
        if (along.stream().allMatch(dx -> dx == null)) return all;
        var outside = new IdentityHashMap<Expr, Expr>();
        var own = new ArrayList<>(List.of(in.getFirst()));
        for (var arg : args(in).subList(1, all.size())) own.add(stand(arg, outside));
        var tangents = new ArrayList<@Nullable Expr>();
        for (var dx : along) tangents.add(dx == null ? null : stand(dx, outside));
        var floats = IntStream.range(1, own.size()).filter(i -> own.get(i).type().dtype().isFloating()).boxed().toList();
        var back = backThrough(scan.pushAll(own, Expr.all(scan, own), tangents), own, given(in, in), dgs,
            floats.stream().map(own::get).toList());
        for (int k = 0; k < back.size(); k++) if (back.get(k) instanceof Cotangent g) all.set(floats.get(k), placed(g, outside));
        return all;
    }

    private static Cotangent placed(Cotangent g, Map<Expr, Expr> outside) {
        if (g.active() == null) return new Cotangent(Graph.replace(List.of(g.value()), outside).getFirst(), null, null);
        var both = Graph.replace(List.of(g.value(), g.active()), outside);
        return new Cotangent(both.getFirst(), both.getLast(), null);
    }

    /// What comes from tangents of results back to `xs`, which the loop that makes them has for arguments.
    private List<@Nullable Cotangent> backThrough(List<@Nullable Expr> pushed, List<Expr> own, Map<Integer, Cotangent> gs,
            Map<Integer, Cotangent> dgs, List<Expr> xs) {
        var all = new TreeMap<Integer, Cotangent>();
        var ends = new ArrayList<Integer>();
        Node loop = null;
        for (var g : gs.entrySet()) if (pushed.get(g.getKey()) instanceof Expr dy) {
            loop = dy.node();
            all.put(dy.index(), g.getValue());
            if (lasts.contains(g.getKey())) ends.add(dy.index());
        }
        if (loop == null) return List.of();
        var node = loop;
        var spec = ((Scan) node.op()).spec();
        for (int k = 0; k < spec.states(); k++) for (int r : List.copyOf(dgs.keySet()))
            if (r < scan.spec().states() && node.arg(spec.initial(k)) == own.get(scan.spec().initial(r))) {
                all.put(k, dgs.remove(r));
                if (lasts.contains(r)) ends.add(k);
            }
        var asked = IntStream.range(1, node.args().size()).filter(i -> node.arg(i).type().dtype().isFloating())
            .filter(i -> all.keySet().stream().anyMatch(r -> node.op().isConnected(node.args(), node.results(), i, r))).boxed().toList();
        var found = of((Scan) node.op(), node.args(), all, ends, asked);
        return found.isEmpty() ? List.of() : Pull.pullMasked(asked.stream().map(node::arg).toList(), found, xs);
    }

    private static Expr stand(Expr e, Map<Expr, Expr> outside) {
        var param = Variable.variable(e.name() == null ? "a" : e.name(), e.type());
        outside.put(param, e);
        return param;
    }

    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        return List.of(k == 1 ? jets.pushed(node, k) : jets.through(node, k, () -> results(node.args())));
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("a loop's derivatives are joint: pushAll and pullAll");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return i > 0 && i < scan.spec().arguments() + given.size();
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i, int r) {
        return r < wanted.size() && isConnected(in, out, i);
    }

    @Override public boolean isChoice() { return !chosen.isEmpty(); }
    @Override public String name() { return "loopGradient"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}
