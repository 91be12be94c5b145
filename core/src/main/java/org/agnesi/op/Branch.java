package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Cotangent;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.agnesi.symbolic.Vectorize;
import org.jspecify.annotations.Nullable;

/// One of two graphs, chosen by a condition at the call: only the chosen one runs. Args are the condition and both graphs' params.
public record Branch(Lambda then, Lambda otherwise) implements Op {

    @Override public List<TensorType> infer(List<Expr> in) {
        return IntStream.range(0, then.results().size()).mapToObj(i -> IfElse.joined(then.results().get(i), otherwise.results().get(i)))
            .toList();
    }

    @Override public List<NDArray> eval(List<NDArray> in) {
        var chosen = in.getFirst().toBoolean() ? then : otherwise;
        var values = new IdentityHashMap<Expr, NDArray>();
        for (int i = 0; i < chosen.params().size(); i++) values.put(chosen.params().get(i), in.get(i + 1));
        return Graph.eval(chosen.results(), values);
    }

    /// Where types tell; what both sides would have to be looked through for is told by [BranchShapes], once.
    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        return infer(in).stream().map(type -> {
            var dims = new ArrayList<@Nullable Expr>();
            for (int dim : type.dims()) dims.add(dim < 0 ? null : Constant.index(dim));
            return (List<@Nullable Expr>) dims;
        }).toList();
    }

    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        return along(in, dx.stream().map(Collections::singletonList).toList(), 1).getFirst();
    }

    /// All orders in one branch.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        var along = node.args().stream().map(arg -> jets.along(arg, most)).toList();
        return along(node.args().stream().map(jets::value).toList(), along, most).subList(k - 1, most);
    }

    /// Per order the results' derivatives, given those of each argument.
    private List<List<@Nullable Expr>> along(List<Expr> in, List<? extends List<? extends @Nullable Expr>> along, int order) {
        var moved = IntStream.range(1, in.size()).filter(i -> along.get(i).getFirst() != null).boxed().toList();
        var curves = moved.stream().map(along::get).toList();
        var present = new ArrayList<Expr>();
        for (var curve : curves) for (var dx : curve) if (dx != null) present.add(dx);
        var all = joint(in, present, side(then, moved, curves, order), side(otherwise, moved, curves, order));
        int results = infer(in).size();
        return IntStream.range(0, order).mapToObj(k -> all.subList(k * results, (k + 1) * results)).toList();
    }

    /// A graph, with tangents or cotangents as further params, its derivatives, and what stands for those it has not.
    private record Side(List<Expr> params, List<@Nullable Expr> results, List<Expr> absent) {}

    private static Side side(Lambda graph, List<Integer> moved, List<? extends List<? extends @Nullable Expr>> curves, int order) {
        var params = new ArrayList<>(graph.params());
        var given = new ArrayList<List<@Nullable Expr>>();
        for (var curve : curves) {
            given.add(new ArrayList<>());
            for (var dx : curve) given.getLast().add(dx == null ? null : Variable.variable("dx", dx.type()));
            for (var dx : given.getLast()) if (dx != null) params.add(dx);
        }
        var along = Jets.along(graph.results(), moved.stream().map(i -> graph.params().get(i - 1)).toList(), given, order);
        var results = new ArrayList<@Nullable Expr>();
        var absent = new ArrayList<Expr>();
        for (int k = 0; k < order; k++) {
            for (var curve : along) results.add(curve.get(k));
            absent.addAll(graph.results().stream().map(IfElse::zeros).toList());
        }
        return new Side(params, results, absent);
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        return Pull.values(pullMasked(in, out, Cotangent.everywhere(g), wanted));
    }

    /// Values and masks of both sides are results of one branch; where a side uses no part of an input, nothing of it matters.
    @Override public List<@Nullable Cotangent> pullMasked(
            List<Expr> in, List<Expr> out, List<@Nullable Cotangent> g, IntPredicate wanted) {
        var shared = Cotangent.onOneSide(out, g);
        var asked = IntStream.range(1, in.size()).filter(wanted).boxed().toList();
        var parts = new ArrayList<Expr>();
        for (var one : shared.all()) parts.addAll(parts(one));
        var found = joint(in, parts, back(then, shared.all(), asked), back(otherwise, shared.all(), asked));
        var all = new ArrayList<@Nullable Cotangent>(Collections.nCopies(in.size(), null));
        for (int i = 0; i < asked.size(); i++) {
            var value = found.get(i);
            if (value != null) all.set(asked.get(i), new Cotangent(value, found.get(asked.size() + i), shared.side()));
        }
        return all;
    }

    @Override public boolean isChoice() { return true; }

    private static List<Expr> parts(@Nullable Cotangent g) {
        if (g == null) return List.of();
        var active = g.active();
        return active == null ? List.of(g.value()) : List.of(g.value(), active);
    }

    /// The cotangents of one side's params, then their masks; the parts of those from outside become further params.
    private static Side back(Lambda graph, List<@Nullable Cotangent> gs, List<Integer> asked) {
        var params = new ArrayList<>(graph.params());
        var inside = new ArrayList<@Nullable Cotangent>();
        for (var g : gs) {
            var own = parts(g).stream().map(e -> Variable.variable("g", e.type())).toList();
            params.addAll(own);
            inside.add(own.isEmpty() ? null : new Cotangent(own.getFirst(), own.size() == 1 ? null : own.getLast(), null));
        }
        var xs = asked.stream().map(i -> graph.params().get(i - 1)).toList();
        var pulled = Pull.pullMasked(graph.results(), inside, xs);
        var results = new ArrayList<@Nullable Expr>(Pull.values(pulled));
        var absent = new ArrayList<>(xs.stream().map(IfElse::zeros).toList());
        for (int i = 0; i < xs.size(); i++) {
            var own = pulled.get(i);
            results.add(own == null ? Fill.fill(xs.get(i), Constant.constant(false)) : own.active());
            absent.add(Fill.fill(xs.get(i), Constant.constant(true)));
        }
        return new Side(params, results, absent);
    }

    /// A branch between the derivatives of both sides, what stands for the absent one where only one has any.
    private static List<@Nullable Expr> joint(List<Expr> in, List<Expr> more, Side a, Side b) {
        var some = IntStream.range(0, a.results.size()).filter(i -> a.results.get(i) != null || b.results.get(i) != null).boxed().toList();
        var all = new ArrayList<@Nullable Expr>(Collections.nCopies(a.results.size(), null));
        if (some.isEmpty()) return all;
        var args = new ArrayList<>(in);
        args.addAll(more);
        var chosen = Expr.all(new Branch(total(a, some), total(b, some)), args);
        for (int i = 0; i < some.size(); i++) all.set(some.get(i), chosen.get(i));
        return all;
    }

    private static Lambda total(Side side, List<Integer> some) {
        return new Lambda(side.params, some.stream().map(i -> {
            var result = side.results.get(i);
            return result != null ? result : side.absent.get(i);
        }).toList());
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("a branch's derivatives are joint: pushAll and pullAll");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return i > 0 && (then.connections().stream().anyMatch(c -> c.get(i - 1))
            || otherwise.connections().stream().anyMatch(c -> c.get(i - 1)));
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i, int r) {
        return i > 0 && (then.connections().get(r).get(i - 1) || otherwise.connections().get(r).get(i - 1));
    }

    /// One condition for all rows stays a branch of batched graphs; one per row computes both and chooses.
    @Override public Optional<List<Expr>> batch(Batch b) {
        var a = rows(then, b);
        var c = rows(otherwise, b);
        if (!b.has(0)) {
            var params = new ArrayList<>(b.in().subList(1, b.in().size()));
            params.add(b.size());
            var own = params.stream().map(e -> Variable.variable("c", e.type())).toList();
            Map<Expr, Expr> inside = new IdentityHashMap<>();
            for (int i = 0; i < own.size(); i++) inside.put(params.get(i), own.get(i));
            var args = new ArrayList<>(List.of(b.in(0)));
            args.addAll(params);
            return Optional.of(Expr.all(new Branch(new Lambda(own, Graph.replace(a, inside)), new Lambda(own, Graph.replace(c, inside))),
                args));
        }
        return Optional.of(IntStream.range(0, a.size())
            .mapToObj(i -> new IfElse().batch(new Batch(List.of(b.in(0), a.get(i), c.get(i)), List.of(true, true, true), b.size()))
                .orElseThrow().getFirst())
            .toList());
    }

    private static List<Expr> rows(Lambda graph, Batch b) {
        var wide = new IdentityHashMap<Expr, Expr>();
        var same = new IdentityHashMap<Expr, Expr>();
        for (int i = 0; i < graph.params().size(); i++) (b.has(i + 1) ? wide : same).put(graph.params().get(i), b.in(i + 1));
        return Graph.replace(Vectorize.batch(graph.results(), wide, b.size()), same);
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) { return new Lowering.Branch(); }
    @Override public List<Lambda> lambdas() { return List.of(then, otherwise); }
    @Override public Branch withLambdas(List<Lambda> lambdas) { return new Branch(lambdas.get(0), lambdas.get(1)); }
    @Override public String name() { return "branch"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}
