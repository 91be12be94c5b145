package org.agnesi.fuzz;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;

/// How many graphs held what: ops, dtypes, ranks, and ops that hold graphs themselves.
final class Coverage {
    private final SortedMap<String, Integer> ops = new TreeMap<>();
    private final SortedMap<String, Integer> dtypes = new TreeMap<>();
    private final SortedMap<String, Integer> ranks = new TreeMap<>();
    private final SortedMap<String, Integer> lambdas = new TreeMap<>();
    private int graphs;
    private long nodes;
    private long compared;
    private long elements;

    void add(Specimen specimen) {
        graphs++;
        var all = all(specimen.roots());
        nodes += all.size();
        count(ops, all.stream().map(Coverage::name).toList());
        count(lambdas, all.stream().filter(node -> !lambdas(node).isEmpty()).map(Coverage::name).toList());
        var types = all.stream().flatMap(node -> node.types().stream()).toList();
        count(dtypes, types.stream().map(type -> type.dtype().toString()).toList());
        count(ranks, types.stream().map(type -> "rank " + type.rank()).toList());
    }

    private static void count(Map<String, Integer> counts, List<String> names) { names.stream().distinct().forEach(name -> counts.merge(name, 1, Integer::sum)); }

    private static String name(Node node) { return node.op().getClass().getSimpleName(); }

    /// The nodes of a graph and of the graphs inside it, but variables.
    static List<Node> all(List<Expr> roots) {
        var all = new ArrayList<Node>();
        var work = new ArrayDeque<List<Expr>>(List.of(roots));
        while (!work.isEmpty()) for (var node : Graph.inOrder(work.pop())) {
            if (node.op() instanceof Variable) continue;
            all.add(node);
            for (var lambda : lambdas(node)) work.push(lambda.results());
        }
        return all;
    }

    private static List<Lambda> lambdas(Node node) {
        return Records.values(node.op()).stream().filter(Lambda.class::isInstance).map(Lambda.class::cast).toList();
    }

    /// Counts elements of results that the reference fixes, of so many.
    void compared(long some, long all) {
        compared += some;
        elements += all;
    }

    int graphs() { return graphs; }

    /// The ops that some graph held.
    SortedMap<String, Integer> ops() { return ops; }

    /// Those of some ops that no graph held.
    List<String> without(Collection<String> some) { return some.stream().filter(name -> !ops.containsKey(name)).toList(); }

    SortedMap<String, Integer> lambdas() { return lambdas; }

    SortedMap<String, Integer> dtypes() { return dtypes; }

    @Override public String toString() {
        return "%d graphs of %d nodes, %d of %d elements compared\nops (%d): %s\nholding graphs: %s\ndtypes: %s\nranks: %s\n".formatted(
            graphs, nodes, compared, elements, ops.size(), line(ops), line(lambdas), line(dtypes), line(ranks));
    }

    private static String line(Map<String, Integer> counts) {
        return counts.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.joining(", "));
    }
}
