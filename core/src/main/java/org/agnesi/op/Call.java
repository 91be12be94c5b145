package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
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
import org.agnesi.symbolic.Push;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.agnesi.symbolic.Vectorize;
import org.jspecify.annotations.Nullable;

/// A graph as one op, with a name and, where wanted, a derivative of its own. It is inlined once derivatives are taken.
///
/// @param pull from inputs, results and the results' cotangents to the inputs' cotangents; null for the graph's own
/// @param push from inputs, results and the inputs' tangents to the results' tangents; null for the graph's own, or for
///             the transpose of `pull` where that is given
/// @param again whether the graph's own reverse derivative computes what it needs of the graph again, from the inputs
public record Call(String label, Lambda body, @Nullable Lambda pull, @Nullable Lambda push, boolean again) implements Op {

    /// `f(in)`, shown as `label(…)`.
    public static List<Expr> call(String label, List<? extends Expr> in, UnaryOperator<List<Expr>> f) {
        var params = inputs("call", in);
        var closure = Lambda.close(params, results("call", Required.of("call", "a function", f).apply(params)));
        Required.of("call", "a name", label);
        return Expr.all(new Call(label, closure.lambda(), null, null, false), joined(in, closure.captured()));
    }

    /// `f(in)` of which a gradient keeps only the inputs.
    public static List<Expr> checkpoint(List<? extends Expr> in, UnaryOperator<List<Expr>> f) {
        var params = inputs("checkpoint", in);
        Required.of("checkpoint", "a function", f);
        return again("checkpoint", in, Lambda.close(params, results("checkpoint", f.apply(params))));
    }

    /// The same of one expression.
    public static Expr checkpoint(Expr x, UnaryOperator<Expr> f) {
        Required.of("checkpoint", "a function", f);
        return checkpoint(Required.all("checkpoint", "an expression", x),
            in -> List.of(Required.result("checkpoint", f.apply(in.getFirst())))).getFirst();
    }

    private static List<Expr> again(String label, List<? extends Expr> in, Lambda.Closure closure) {
        return Expr.all(new Call(label, closure.lambda(), null, null, true), joined(in, closure.captured()));
    }

    /// `f(in)` whose reverse derivative is `pull(inputs and results, cotangents)`.
    ///
    /// What only `pull` uses is an argument too, which the body leaves unread.
    public static List<Expr> customGradient(String label, List<? extends Expr> in, UnaryOperator<List<Expr>> f,
                                            BiFunction<List<Expr>, List<Expr>, List<Expr>> pull) {
        var params = inputs("customGradient", in);
        Required.of("customGradient", "a function", f);
        Required.of("customGradient", "a gradient", pull);
        var body = Lambda.close(params, results("customGradient", f.apply(params)));
        var results = variables(body.lambda().results());
        var gs = results.stream().map(y -> Variable.variable("g", y.type().with(y.type().dtype().floating()))).toList();
        var given = joined(body.lambda().params(), results, gs);
        var back = Lambda.close(given, cotangents(label, params, pull.apply(joined(params, results), gs)));
        var own = joined(body.lambda().params(), back.lambda().params().subList(given.size(), back.lambda().params().size()));
        var cotangents = new ArrayList<>(back.lambda().results());
        for (var captured : own.subList(params.size(), own.size())) cotangents.add(IfElse.zeros(captured));
        var call = new Call(label, new Lambda(own, body.lambda().results()), new Lambda(joined(own, results, gs), cotangents), null, false);
        return Expr.all(call, joined(in, body.captured(), back.captured()));
    }

    private static List<Expr> results(String call, @Nullable List<Expr> returned) {
        return Required.all(call, "a result", Required.result(call, returned));
    }

    /// What a user's gradient returned: a cotangent for each input, of its rank.
    private static List<Expr> cotangents(String label, List<Expr> in, @Nullable List<Expr> returned) {
        var all = Required.all("customGradient", "a cotangent", Required.result("customGradient", returned));
        if (all.size() != in.size()) throw new TypeError("""
            the gradient of customGradient("%s") needs a cotangent for each of its inputs %s, but returned %d
            Return zeros for an input that it does not depend on.""".formatted(label, in, all.size()));
        for (int i = 0; i < in.size(); i++) if (all.get(i).type().rank() != in.get(i).type().rank()) throw new TypeError("""
            the gradient of customGradient("%s") needs cotangents of its inputs' shapes, but returned %s of type %s for %s of type %s
            Sum it over the axes that are too many, or broadcast it.""".formatted(label, all.get(i), all.get(i).type(), in.get(i),
            in.get(i).type()));
        return all;
    }

    private static List<Expr> inputs(String call, List<? extends Expr> in) { return variables(Required.all(call, "an input", in)); }

    private static List<Expr> variables(List<? extends Expr> like) {
        var made = new ArrayList<Expr>();
        for (var e : like) made.add(Variable.variable(e.name() == null ? "x" + made.size() : e.name(), e.type()));
        return Collections.unmodifiableList(made);
    }

    @Override public List<TensorType> infer(List<Expr> in) { return body.types(); }

    @Override public List<NDArray> eval(List<NDArray> in) {
        var values = new IdentityHashMap<Expr, NDArray>();
        for (int i = 0; i < in.size(); i++) values.put(body.params().get(i), in.get(i));
        return Graph.eval(body.results(), values);
    }

    @Override public Optional<List<Expr>> expand(List<Expr> in) { return Optional.of(body.apply(in)); }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        return body.apply(in).stream().<List<@Nullable Expr>>map(y -> new ArrayList<>(y.lengths())).toList();
    }

    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        if (push != null) return List.copyOf(push.apply(joined(in, out, zerosWhereAbsent(in, dx))));
        if (pull != null) return Surrogate.push(this, in, out, dx);
        var moved = IntStream.range(0, in.size()).filter(i -> dx.get(i) != null).boxed().toList();
        var tangents = moved.stream().map(i -> dx.get(i)).toList();
        var pushed = Push.push(body.results(), moved.stream().map(body.params()::get).toList(), tangents);
        return inlined(pushed, in);
    }

    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        return List.of(k == 1 || isSurrogate() ? jets.pushed(node, k) : jets.through(node, k, () -> body.apply(node.args())));
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        if (pull != null) return List.copyOf(pull.apply(joined(in, out, zerosWhereAbsent(out, g))));
        return Pull.values(pullMasked(in, out, Cotangent.everywhere(g), wanted));
    }

    @Override public List<@Nullable Cotangent> pullMasked(
            List<Expr> in, List<Expr> out, List<@Nullable Cotangent> g, IntPredicate wanted) {
        if (pull != null) return Op.super.pullMasked(in, out, g, wanted);
        var shared = Cotangent.onOneSide(out, g);
        var asked = IntStream.range(0, in.size()).filter(wanted).boxed().toList();
        var pulled = Pull.pullMasked(body.results(), shared.all(), asked.stream().map(body.params()::get).toList());
        var masks = new ArrayList<@Nullable Expr>();
        for (var own : pulled) masks.add(own == null ? null : own.active());
        var parts = new ArrayList<@Nullable Expr>();
        for (var own : pulled) parts.add(own == null ? null : own.value());
        parts.addAll(masks);
        var placed = again ? again(parts, in, g) : inlined(parts, in);
        var values = placed.subList(0, masks.size()).iterator();
        var active = placed.subList(masks.size(), placed.size()).iterator();
        var all = new ArrayList<@Nullable Cotangent>(Collections.nCopies(in.size(), null));
        for (int i : asked) {
            var value = values.next();
            var mask = active.next();
            all.set(i, value == null ? null : new Cotangent(value, mask, shared.side()));
        }
        return all;
    }

    /// Derivatives of the body with the arguments in the params' place.
    private List<@Nullable Expr> inlined(List<@Nullable Expr> derivatives, List<Expr> in) {
        var present = new ArrayList<Expr>();
        for (var e : derivatives) if (e != null) present.add(e);
        var replaced = new Lambda(body.params(), present).apply(in).iterator();
        var all = new ArrayList<@Nullable Expr>();
        for (var e : derivatives) all.add(e == null ? null : replaced.next());
        return all;
    }

    /// The same as a call of its own, so that a derivative of the derivative computes it again, too.
    private List<@Nullable Expr> again(List<@Nullable Expr> derivatives, List<Expr> in, List<@Nullable Cotangent> g) {
        var present = new ArrayList<Expr>();
        for (var e : derivatives) if (e != null) present.add(e);
        var asking = new ArrayList<Expr>();
        for (var own : g) if (own != null) asking.add(own.value());
        if (present.isEmpty()) return derivatives;
        var late = in.stream().map(x -> Again.again(x, asking.getFirst())).toList();
        var computed = again(label, late, Lambda.close(body.params(), present)).iterator();
        var all = new ArrayList<@Nullable Expr>();
        for (var e : derivatives) all.add(e == null ? null : computed.next());
        return all;
    }

    private static List<Expr> joined(List<? extends Expr> in, List<Expr> out) {
        var all = new ArrayList<Expr>(in);
        all.addAll(out);
        return all;
    }

    private static List<Expr> joined(List<? extends Expr> in, List<Expr> out, List<Expr> more) { return joined(joined(in, out), more); }

    private static List<Expr> zerosWhereAbsent(List<Expr> like, List<@Nullable Expr> some) {
        var all = new ArrayList<Expr>();
        for (int i = 0; i < like.size(); i++) {
            var e = some.get(i);
            all.add(e != null ? e : IfElse.zeros(like.get(i)));
        }
        return all;
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("a call's derivatives are joint: pushAll and pullAll");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return body.connections().stream().anyMatch(c -> c.get(i));
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i, int r) { return body.connections().get(r).get(i); }

    /// The same call of the batched graphs; all inputs batched, so that each row keeps its own cotangent.
    @Override public Optional<List<Expr>> batch(Batch b) {
        if (pull == null && push == null && !again) return Optional.empty();
        var batched = new Call(label, rows(body, b), pull == null ? null : rows(pull, b), push == null ? null : rows(push, b), again);
        return Optional.of(Expr.all(batched, b.allFull()));
    }

    private static Lambda rows(Lambda graph, Batch b) {
        int rows = Sizes.dim(b.size());
        var wide = new IdentityHashMap<Expr, Expr>();
        var params = graph.params().stream().map(p -> {
            var own = Variable.variable(String.valueOf(p.name()), p.type().batched(rows));
            wide.put(p, own);
            return own;
        }).toList();
        return new Lambda(params, Vectorize.batch(graph.results(), wide, params.getFirst().length()));
    }

    @Override public boolean isSurrogate() { return pull != null || push != null; }

    @Override public List<Lambda> lambdas() {
        var all = new ArrayList<>(List.of(body));
        if (pull != null) all.add(pull);
        if (push != null) all.add(push);
        return all;
    }

    @Override public Call withLambdas(List<Lambda> lambdas) {
        int at = 1;
        return new Call(label, lambdas.getFirst(), pull == null ? null : lambdas.get(at++), push == null ? null : lambdas.get(at), again);
    }

    @Override public String name() { return label; }
    @Override public Symbol symbol() { return Symbol.call(label); }
}
