package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
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
///
/// @param given  the loop's results that a cotangent comes to
/// @param lasts  those of them of which it comes to the last value alone
/// @param wanted the loop's arguments that it comes back to
public record LoopGradient(Scan scan, List<Integer> given, List<Integer> lasts, List<Integer> wanted) implements Op {

    /// Whether a loop is one that it stands for.
    static boolean fits(Scan scan, List<@Nullable Cotangent> g) {
        return !(scan.saving() instanceof Saving.All) && scan.spec().states() > 0
            && !scan.spec().backwards() && scan.window() == 0 && scan.updates() == 0 && !scan.again()
            && g.stream().noneMatch(one -> one != null && one.active() != null)
            && !Graph.hasOp(scan.body().results(), op -> op.isChoice() || op.isSurrogate() || !op.isLinearlyDerived());
    }

    static List<@Nullable Cotangent> back(Scan scan, List<Expr> in, List<Expr> out, Cotangent.OneSide g, IntPredicate wanted) {
        var gs = new TreeMap<Integer, Expr>();
        var lasts = new ArrayList<Integer>();
        for (int r = 0; r < scan.spec().states() + scan.spec().collected(); r++) {
            var own = g.all().get(r);
            if (own == null) continue;
            var last = r < scan.spec().states() ? LastRow.of(own.value(), out.get(r), false) : null;
            if (last != null) lasts.add(r);
            gs.put(r, last == null ? own.value() : last);
        }
        var asked = IntStream.range(1, in.size()).filter(wanted)
            .filter(i -> gs.keySet().stream().anyMatch(r -> scan.isConnected(in, out, i, r))).boxed().toList();
        var found = of(scan.toItsEnd(), scan.spec().until() ? made(in, out) : in, gs, lasts, asked);
        var all = new ArrayList<@Nullable Cotangent>(Collections.nCopies(in.size(), null));
        for (int k = 0; k < asked.size(); k++) all.set(asked.get(k), new Cotangent(found.get(k), null, g.side()));
        return all;
    }

    /// The arguments of a loop that makes as many steps as one that ended early.
    private static List<Expr> made(List<Expr> in, List<Expr> out) {
        var args = new ArrayList<>(in);
        args.set(0, out.getLast());
        return args;
    }

    private static List<Expr> of(Scan scan, List<Expr> in, Map<Integer, Expr> gs, List<Integer> lasts, List<Integer> wanted) {
        if (wanted.isEmpty() || gs.isEmpty()) return List.of();
        var args = new ArrayList<>(in);
        args.addAll(gs.values());
        return Expr.all(new LoopGradient(scan, List.copyOf(gs.keySet()), lasts, wanted), args);
    }

    private List<Expr> args(List<Expr> in) { return in.subList(0, scan.spec().arguments()); }

    private Map<Integer, Expr> cotangents(List<? extends @Nullable Expr> in) {
        var gs = new TreeMap<Integer, Expr>();
        for (int k = 0; k < given.size(); k++)
            if (in.get(scan.spec().arguments() + k) instanceof Expr g) gs.put(given.get(k), g);
        return gs;
    }

    @Override public List<TensorType> infer(List<Expr> in) {
        return wanted.stream().map(i -> in.get(i).type().with(in.get(i).type().dtype().floating())).toList();
    }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        return wanted.stream().<List<@Nullable Expr>>map(i -> new ArrayList<>(in.get(i).lengths())).toList();
    }

    @Override public List<NDArray> eval(List<NDArray> in) {
        var variables = in.stream().map(x -> Variable.variable("x", TensorType.of(x.dtype(), x.shape().dims()))).toList();
        var values = new IdentityHashMap<Expr, NDArray>();
        for (int i = 0; i < in.size(); i++) values.put(variables.get(i), in.get(i));
        return Graph.eval(swept(variables), values);
    }

    /// The loop that is gone through again, and the one back.
    private List<Expr> swept(List<Expr> in) {
        var args = args(in);
        var all = new ArrayList<@Nullable Cotangent>(Collections.nCopies(scan.spec().results(), null));
        var ends = new TreeMap<Integer, Expr>();
        cotangents(in).forEach((r, g) -> {
            all.set(r, new Cotangent(g, null, null));
            if (lasts.contains(r)) ends.put(r, g);
        });
        var found = new ScanPull(scan, args, Expr.all(scan, args), new Cotangent.OneSide(all, null), wanted::contains, ends).pull();
        return wanted.stream().map(i -> {
            var own = found.get(i);
            return own == null ? LoopBuilder.zeros(args.get(i).type().dtype(), args.get(i).lengths()) : own.value();
        }).toList();
    }

    @Override public Optional<List<Expr>> expand(List<Expr> in) { return Optional.of(swept(in)); }
    @Override public boolean isTransparent() { return true; }

    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        var dgs = cotangents(dx);
        var curved = curved(in, dx.subList(0, scan.spec().arguments()), dgs);
        var along = of(scan, args(in), dgs, lasts.stream().filter(dgs::containsKey).toList(), wanted);
        var all = new ArrayList<@Nullable Expr>();
        for (int k = 0; k < wanted.size(); k++) {
            var straight = along.isEmpty() ? null : along.get(k);
            var bent = curved.get(wanted.get(k));
            all.add(straight == null ? bent : bent == null ? straight : Add.add(straight, bent));
        }
        return all;
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate asked) {
        var along = new ArrayList<@Nullable Expr>(Collections.nCopies(scan.spec().arguments(), null));
        for (int k = 0; k < wanted.size(); k++) along.set(wanted.get(k), g.get(k));
        var all = new ArrayList<@Nullable Expr>(curved(in, along, new TreeMap<>()));
        for (int i = 0; i < all.size(); i++) if (!asked.test(i)) all.set(i, null);
        var args = args(in);
        var pushed = scan.pushAll(args, Expr.all(scan, args), along);
        for (int r : given) {
            var dy = asked.test(all.size()) ? pushed.get(r) : null;
            all.add(dy == null || !lasts.contains(r) ? dy
                : last(r, dy, args.get(scan.spec().initial(r)), along.get(scan.spec().initial(r))));
        }
        return all;
    }

    private Expr last(int k, Expr rows, Expr initial, @Nullable Expr along) {
        var start = along != null ? along : LoopBuilder.zeros(initial.type().dtype(), initial.lengths());
        return Rows.last(rows, scan.spec().stacked(k) ? Slice.element(start, -1) : start, false);
    }

    /// Per argument of the loop the gradient of `gᵀ (J(a) along)`: back through the loop's tangent.
    ///
    /// @param dgs what else comes to results, which goes the same way back where the tangent's loop carries these; the rest is left
    private List<@Nullable Expr> curved(List<Expr> in, List<@Nullable Expr> along, Map<Integer, Expr> dgs) {
        var all = new ArrayList<@Nullable Expr>(Collections.nCopies(scan.spec().arguments(), null));
        if (along.stream().allMatch(dx -> dx == null)) return all;
        var outside = new IdentityHashMap<Expr, Expr>();
        var own = new ArrayList<>(List.of(in.getFirst()));
        for (var arg : args(in).subList(1, all.size())) own.add(stand(arg, outside));
        var tangents = new ArrayList<@Nullable Expr>();
        for (var dx : along) tangents.add(dx == null ? null : stand(dx, outside));
        var floats = IntStream.range(1, own.size()).filter(i -> own.get(i).type().dtype().isFloating()).boxed().toList();
        var back = backThrough(scan.pushAll(own, Expr.all(scan, own), tangents), own, cotangents(in), dgs,
            floats.stream().map(own::get).toList());
        for (int k = 0; k < back.size(); k++)
            if (back.get(k) instanceof Expr e) all.set(floats.get(k), Graph.replace(List.of(e), outside).getFirst());
        return all;
    }

    /// What comes from tangents of results back to `xs`, which the loop that makes them has for arguments.
    private List<@Nullable Expr> backThrough(List<@Nullable Expr> pushed, List<Expr> own, Map<Integer, Expr> gs, Map<Integer, Expr> dgs,
            List<Expr> xs) {
        var all = new TreeMap<Integer, Expr>();
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
        return found.isEmpty() ? List.of() : Pull.pull(asked.stream().map(node::arg).toList(), found, xs);
    }

    private static Expr stand(Expr e, Map<Expr, Expr> outside) {
        var param = Variable.variable(e.name() == null ? "a" : e.name(), e.type());
        outside.put(param, e);
        return param;
    }

    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        return List.of(k == 1 ? jets.pushed(node, k) : jets.through(node, k, () -> swept(node.args())));
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("a loop's derivatives are joint: pushAll and pullAll");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) { return i > 0; }
    @Override public String name() { return "loopGradient"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}
