package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.op.Variable;
import org.jspecify.annotations.Nullable;

/// A graph closed over its params, `params ↦ results`: what Scan, Call, Jacobian and branches hold.
///
/// Two lambdas are equal when they are the same graph up to the names of their params, so that equal loops merge.
/// Random draws, prints and asserts inside are equal only to themselves.
public final class Lambda {
    private final List<Expr> params;
    private final List<Expr> results;
    private @Nullable List<Step> steps;
    private @Nullable List<BitSet> connections;
    private @Nullable Boolean choice;
    private int hash;

    /// A lambda and the expressions its last params stand for.
    public record Closure(Lambda lambda, List<Expr> captured) {}

    /// One node in canonical numbering: what equality compares.
    private record Step(Object op, List<Integer> args, List<TensorType> types) {}

    /// @param params  variables; the results may depend on nothing else but constants
    /// @param results what the lambda gives
    public Lambda(List<Expr> params, List<Expr> results) {
        this.params = List.copyOf(params);
        this.results = List.copyOf(results);
    }

    public List<Expr> params() { return params; }
    public List<Expr> results() { return results; }
    public List<TensorType> types() { return results.stream().map(Expr::type).toList(); }

    /// Per result the params whose values reach it, through anything but shapes and indices: where a derivative can go.
    ///
    /// Found once: loops within loops ask for it again and again.
    public List<BitSet> connections() {
        var found = connections;
        return found != null ? found : (connections = Reach.of(this, true));
    }

    /// Per result the params that it depends on in any way.
    public List<BitSet> dependences() { return Reach.of(this, false); }

    /// Whether some op inside leaves out what another chooses; found once, as [#connections].
    public boolean hasChoice() {
        var found = choice;
        return found != null ? found : (choice = Graph.inOrder(results).stream().anyMatch(node -> node.op().isChoice()));
    }

    /// The results with `args` in the params' place.
    public List<Expr> apply(List<Expr> args) {
        var replacements = new IdentityHashMap<Expr, Expr>();
        for (int i = 0; i < params.size(); i++) replacements.put(params.get(i), args.get(i));
        return Graph.replace(results, replacements);
    }

    /// Closes `results` over `params`: what they use besides the params becomes further params.
    ///
    /// Constants, and what is made of constants alone (zeros, aranges, eyes), stay inside, where rules see them.
    /// What is older than every param cannot depend on one, so only the body is walked.
    public static Closure close(List<Expr> params, List<Expr> results) {
        var path = new Dependence(params, results, List.of());
        var inside = new Constants();
        Map<Expr, Expr> captured = new IdentityHashMap<>();
        var order = new ArrayList<Expr>();
        for (var node : path.order())
            for (var arg : node.args()) capture(arg, path, inside, captured, order);
        for (var result : results) capture(result, path, inside, captured, order);
        var all = new ArrayList<>(params);
        order.forEach(e -> all.add(captured.get(e)));
        return new Closure(new Lambda(all, Graph.replace(results, captured)), List.copyOf(order));
    }

    private static void capture(Expr e, Dependence path, Constants inside, Map<Expr, Expr> captured, List<Expr> order) {
        if (path.reaches(e) || captured.containsKey(e) || inside.contains(e.node())) return;
        captured.put(e, Variable.variable(e.name() == null ? "c" + order.size() : e.name(), e.type()));
        order.add(e);
    }

    /// Nodes made of constants alone, found once each.
    private static final class Constants {
        private final Map<Node, Boolean> known = new IdentityHashMap<>();

        boolean contains(Node root) {
            for (var node : Graph.inOrder(root.results(), n -> !known.containsKey(n)))
                known.put(node, node.op().isMergeable() && node.args().stream().allMatch(a -> known.get(a.node())));
            return known.get(root);
        }
    }

    private boolean isParam(Node node) { return node.op() instanceof Variable && params.contains(node.result(0)); }

    private List<Step> steps() {
        var found = steps;
        if (found != null) return found;
        var number = new IdentityHashMap<Expr, Integer>();
        for (var param : params) number.put(param, number.size());
        found = new ArrayList<>();
        for (var param : params) found.add(new Step("param", List.of(), List.of(param.type())));
        for (var node : Graph.inOrder(results, n -> !isParam(n))) {
            found.add(new Step(node.op().isMergeable() ? node.op() : node, node.args().stream().map(number::get).toList(), node.types()));
            for (var result : node.results()) number.put(result, number.size());
        }
        found.add(new Step("results", results.stream().map(number::get).toList(), List.of()));
        hash = found.hashCode();
        return steps = found;
    }

    @Override public boolean equals(Object other) {
        return this == other || other instanceof Lambda that && hashCode() == that.hashCode() && steps().equals(that.steps());
    }

    @Override public int hashCode() {
        var _ = steps();
        return hash;
    }

    @Override public String toString() { return params + " ↦ " + results; }
}
