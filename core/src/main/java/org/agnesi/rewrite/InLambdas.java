package org.agnesi.rewrite;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Origin;

/// The same passes inside the graphs that ops hold: bodies of loops, branches and calls.
///
/// @param where  these ops, in words
/// @param inside what is done to a body's results
/// @param which  the ops it is done in
public record InLambdas(String where, Pass inside, Predicate<Op> which) implements Pass {
    @Override public String name() { return where + ": " + inside.name(); }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var nodes = Graph.inOrder(roots);
        if (nodes.stream().allMatch(node -> lambdas(node).isEmpty())) return roots;
        var done = new HashMap<Lambda, Lambda>();
        Map<Expr, Expr> rebuilt = new IdentityHashMap<>();
        for (var node : nodes) Origin.inherit(node.origin(), () -> visit(node, rebuilt, done, trace));
        return roots.stream().map(rebuilt::get).toList();
    }

    private boolean visit(Node node, Map<Expr, Expr> rebuilt, Map<Lambda, Lambda> done, Trace trace) {
        var lambdas = lambdas(node);
        var rewritten = lambdas.stream().map(lambda -> done.computeIfAbsent(lambda, l -> body(l, trace))).toList();
        var moved = node.map(rebuilt::get);
        var results = rewritten.equals(lambdas) ? moved.results() : Expr.all(node.op().withLambdas(rewritten), moved.args());
        boolean fits = IntStream.range(0, node.size()).allMatch(i -> results.get(i).type().refines(node.types().get(i)));
        for (int i = 0; i < node.size(); i++) rebuilt.put(node.result(i), fits ? results.get(i) : moved.result(i));
        return true;
    }

    private List<Lambda> lambdas(Node node) { return which.test(node.op()) ? node.op().lambdas() : List.of(); }

    /// A body may hold loops of its own: what is done inside is done inside them too.
    private Lambda body(Lambda lambda, Trace trace) {
        var results = inside.run(run(lambda.results(), trace), trace);
        return results.equals(lambda.results()) ? lambda : new Lambda(lambda.params(), results);
    }
}
