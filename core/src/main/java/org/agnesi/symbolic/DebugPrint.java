package org.agnesi.symbolic;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// A graph as a tree of nodes with ids, a shared node shown once and referred to afterwards.
///
/// ```
/// mul [id A]
///  ├─ 2.0 [id B]
///  └─ x [id C]
/// ```
///
/// The graphs inside of loops, branches and calls follow, each under the id of its node. At most [#LINES] lines and [#DEPTH] levels.
public final class DebugPrint {
    private static final int LINES = 5_000;
    private static final int DEPTH = 100;

    private final boolean types;
    private final StringBuilder out = new StringBuilder();
    private final Map<Node, String> ids = new IdentityHashMap<>();
    private final ArrayDeque<Line> todo = new ArrayDeque<>();
    private final ArrayDeque<Node> inner = new ArrayDeque<>();
    private int lines;

    /// An expression still to be printed: what stands before it, and before its own arguments.
    private record Line(Expr e, String prefix, String below, int depth) {}

    private DebugPrint(boolean types) { this.types = types; }

    /// @param types whether each line ends with its expression's type
    public static String of(List<Expr> roots, boolean types) {
        var print = new DebugPrint(types);
        print.trees(roots);
        while (!print.inner.isEmpty()) print.bodies(print.inner.remove());
        return print.out.toString();
    }

    private void bodies(Node node) {
        for (var lambda : node.op().lambdas()) {
            if (lines++ >= LINES) return;
            out.append('\n').append(node.op().name()).append(" [id ").append(ids.get(node)).append("] ")
                .append(lambda.params()).append(" ↦\n");
            trees(lambda.results());
        }
    }

    private void trees(List<Expr> roots) {
        for (var root : roots) {
            todo.push(new Line(root, "", "", 0));
            while (!todo.isEmpty()) print(todo.pop());
        }
    }

    private void print(Line line) {
        if (lines++ >= LINES) {
            if (lines == LINES + 1) out.append("…\n");
            return;
        }
        var node = line.e.node();
        var seen = ids.containsKey(node);
        var id = ids.computeIfAbsent(node, _ -> id(ids.size()));
        out.append(line.prefix).append(label(line.e)).append(" [id ").append(id).append(']');
        if (types) out.append(" <").append(line.e.type()).append('>');
        out.append(seen && !node.args().isEmpty() ? " ···\n" : "\n");
        if (seen) return;
        if (line.depth == DEPTH && !node.args().isEmpty()) {
            out.append(line.below).append(" └─ …\n");
            return;
        }
        if (!node.op().lambdas().isEmpty()) inner.add(node);
        for (int i = node.args().size() - 1; i >= 0; i--) {
            boolean last = i == node.args().size() - 1;
            todo.push(new Line(node.arg(i), line.below + (last ? " └─ " : " ├─ "), line.below + (last ? "    " : " │  "), line.depth + 1));
        }
    }

    static String label(Expr e) {
        var which = e.node().size() > 1 ? "." + e.index() : "";
        return switch (e.symbol()) {
            case Symbol.Leaf(var text) -> text;
            case Symbol.Literal(var text) -> text;
            case Symbol.Call(var name, var parameters) when !parameters.isEmpty() -> name + "{"
                + String.join(", ", parameters) + "}" + which;
            case Symbol.Call _, Symbol.Hidden _, Symbol.Infix _, Symbol.Prefix _, Symbol.Template _ -> e.node().op().name() + which;
        };
    }

    /// A, B, …, Z, AA, AB …
    private static String id(int n) {
        var id = new StringBuilder();
        for (int i = n + 1; i > 0; i = (i - 1) / 26) id.insert(0, (char) ('A' + (i - 1) % 26));
        return id.toString();
    }
}
