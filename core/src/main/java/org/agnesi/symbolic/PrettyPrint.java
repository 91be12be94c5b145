package org.agnesi.symbolic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A graph as one formula, every infix in parentheses: `((2 * x) + 1)`.
///
/// What is used more than once and is not short is bound once: `let a = … in …`. Only the nodes nearest to the results
/// are printed, the rest is `…`, so that the text of any graph is bounded.
public final class PrettyPrint {

    /// How constants are written.
    public enum Style {
        /// `TensorConstant{2}`: as Theano's tutorial prints a graph as it was built.
        TUTORIAL,
        /// `2`: for graphs that are to be read.
        PLAIN
    }

    private static final int NODES = 2_000;
    private static final int SHORT = 24;
    private static final int LONG = 400;

    private final Style style;
    private final Set<Node> near = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Expr, Integer> uses = new IdentityHashMap<>();
    private final Map<Expr, String> texts = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<String> bindings = new ArrayList<>();

    private PrettyPrint(Style style) { this.style = style; }

    /// One expression.
    public static String of(Expr e, Style style) { return of(List.of(e), style); }

    /// Several expressions, shared terms bound once; more than one are listed in brackets.
    public static String of(List<Expr> roots, Style style) { return new PrettyPrint(style).print(roots); }

    /// One expression on one line, with `…` for what would make it long.
    public static String line(Expr e) {
        var text = of(e, Style.PLAIN);
        return text.length() <= LONG && text.indexOf('\n') < 0 ? text : e.formula();
    }

    private String print(List<Expr> roots) {
        findNear(roots);
        for (var node : Graph.inOrder(roots, near::contains))
            for (var result : node.results()) texts.put(result, bound(result, text(result)));
        var formulas = roots.stream().map(texts::get).toList();
        var body = roots.size() == 1 ? formulas.getFirst() : formulas.stream().collect(Collectors.joining(", ", "[", "]"));
        return bindings.isEmpty() ? body : bindings.stream().collect(Collectors.joining("\n    ", "let ", "\nin ")) + body;
    }

    /// Breadth first from the results; counts how often each expression is used by what is printed.
    private void findNear(List<Expr> roots) {
        var queue = new ArrayDeque<Node>();
        for (var root : roots) if (near.add(root.node())) queue.add(root.node());
        while (!queue.isEmpty()) {
            var node = queue.remove();
            if (node.result(0).symbol() instanceof Symbol.Leaf(var name)) taken.add(name);
            for (var arg : shown(node)) {
                uses.merge(arg, 1, Integer::sum);
                if (near.size() < NODES && near.add(arg.node())) queue.add(arg.node());
            }
        }
    }

    /// The arguments that are printed.
    private static List<Expr> shown(Node node) {
        return node.result(0).symbol() instanceof Symbol.Hidden && !node.args().isEmpty() ? node.args().subList(0, 1) : node.args();
    }

    private String text(Expr e) {
        var args = e.node().args().stream().map(a -> texts.getOrDefault(a, "…")).toList();
        var text = switch (e.symbol()) {
            case Symbol.Leaf(var name) -> name;
            case Symbol.Literal(var value) -> style == Style.TUTORIAL ? "TensorConstant{" + value + "}" : value;
            case Symbol.Hidden() -> args.isEmpty() ? "" : args.getFirst();
            case Symbol.Infix(var sign, int _) -> "(" + String.join(" " + sign + " ", args) + ")";
            case Symbol.Prefix(var sign) -> "(" + sign + args.getFirst() + ")";
            case Symbol.Template(var template) -> fill(template, args);
            case Symbol.Call(var name, var parameters) -> {
                var all = new ArrayList<>(args);
                all.addAll(parameters);
                yield name + all.stream().collect(Collectors.joining(", ", "(", ")"));
            }
        };
        return e.node().size() > 1 ? text + "#" + e.index() : text;
    }

    /// Replaces `$0`, `$1` … in one pass, so that an argument's own text is never looked at.
    static String fill(String template, List<String> args) {
        var text = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            int end = i + 1;
            while (template.charAt(i) == '$' && end < template.length() && Character.isDigit(template.charAt(end))) end++;
            if (end == i + 1) {
                text.append(template.charAt(i));
                continue;
            }
            text.append(args.get(Integer.parseInt(template.substring(i + 1, end))));
            i = end - 1;
        }
        return text.toString();
    }

    private String bound(Expr e, String text) {
        boolean shared = uses.getOrDefault(e, 0) > 1 && text.length() > SHORT;
        boolean hidden = e.symbol() instanceof Symbol.Hidden;
        if (hidden || !shared && text.length() <= LONG) return text;
        var name = fresh();
        bindings.add(name + " = " + text);
        return name;
    }

    /// `a` … `z`, `a1` …, none of them a variable's name.
    private String fresh() {
        for (int i = bindings.size(); ; i++) {
            var name = (char) ('a' + i % 26) + (i < 26 ? "" : Integer.toString(i / 26));
            if (taken.add(name)) return name;
        }
    }
}
