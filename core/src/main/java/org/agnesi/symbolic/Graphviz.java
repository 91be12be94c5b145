package org.agnesi.symbolic;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// A graph in Graphviz's language, inputs above results: boxes are ops, ellipses variables and constants, edges carry types.
///
/// What draws it is the user's choice: `dot -Tsvg`. At most [#NODES] nodes, the ones nearest to the inputs.
public final class Graphviz {
    private static final int NODES = 5_000;

    private final StringBuilder out = new StringBuilder("digraph agnesi {\n  node [fontname=\"monospace\"];\n");
    private final Map<Node, Integer> numbers = new IdentityHashMap<>();

    private Graphviz() {}

    public static String of(List<Expr> roots) {
        var drawing = new Graphviz();
        for (var node : Graph.inOrder(roots)) {
            if (drawing.numbers.size() == NODES) break;
            drawing.draw(node);
        }
        for (int i = 0; i < roots.size(); i++) drawing.result(i, roots.get(i));
        return drawing.out.append("}\n").toString();
    }

    private void draw(Node node) {
        numbers.put(node, numbers.size());
        var shape = node.args().isEmpty() ? "ellipse" : "box";
        out.append("  n%d [shape=%s, label=\"%s\"];\n".formatted(numbers.get(node), shape, escaped(DebugPrint.label(node.result(0)))));
        for (var arg : node.args()) edge(arg, "n" + numbers.get(node));
    }

    private void result(int i, Expr root) {
        out.append("  r%d [shape=plaintext, label=\"result %d\"];\n".formatted(i, i));
        if (numbers.containsKey(root.node())) edge(root, "r" + i);
    }

    private void edge(Expr from, String to) {
        out.append("  n%d -> %s [label=\"%s\"];\n".formatted(numbers.get(from.node()), to, from.type()));
    }

    private static String escaped(String text) { return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"); }
}
