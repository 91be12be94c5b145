package org.agnesi.fuzz;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// A graph and a point: variables, their values, and what is asked for.
record Specimen(List<Expr> inputs, List<NDArray> at, List<Expr> roots) {
    /// The specimen of these roots with the variables that they need.
    static Specimen of(Map<Expr, NDArray> values, List<Expr> roots) {
        Set<Expr> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var node : Graph.inOrder(roots)) if (node.op() instanceof Variable) needed.add(node.result(0));
        var inputs = needed.stream().sorted((a, b) -> Long.compare(a.node().number(), b.node().number())).toList();
        return new Specimen(inputs, inputs.stream().map(values::get).toList(), List.copyOf(roots));
    }

    Map<Expr, NDArray> values() {
        var values = new IdentityHashMap<Expr, NDArray>();
        for (int i = 0; i < inputs.size(); i++) values.put(inputs.get(i), at.get(i));
        return values;
    }

    /// The applications of ops, inputs before users; variables and constants are none.
    List<Node> nodes() { return nodes(roots); }

    static List<Node> nodes(Collection<Expr> roots) { return Graph.inOrder(roots).stream().filter(node -> !node.args().isEmpty()).toList(); }

    /// How large it is: a smaller one explains more.
    int size() { return 1000 * nodes().size() + 10 * roots.size() + IntStream.range(0, at.size()).map(i -> Math.min(at.get(i).size(), 9)).sum(); }
}
