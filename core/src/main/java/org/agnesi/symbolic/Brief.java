package org.agnesi.symbolic;

import java.util.stream.Collectors;

/// An expression in one short line for messages: `x ** 2`, parentheses only where needed, `…` below a small depth.
final class Brief {
    private static final int DEPTH = 4;
    private static final int LONGEST = 120;

    private Brief() {}

    static String of(Expr e) { return cut(text(e, DEPTH, 0)); }

    static String formula(Expr e) { return cut(formula(e, DEPTH, 0)); }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String text(Expr e, int depth, int outer) {
        return e.name() != null ? e.name() : formula(e, depth, outer);
    }

    private static String formula(Expr e, int depth, int outer) {
        var args = e.node().args();
        return switch (e.symbol()) {
            case Symbol.Leaf(var text) -> text;
            case Symbol.Literal(var text) -> text;
            case Symbol.Hidden() -> args.isEmpty() ? "" : text(args.getFirst(), depth, outer);
            case Symbol.Infix(var sign, var precedence) when depth > 0 -> {
                var joined = args.stream().map(a -> text(a, depth - 1, precedence + 1)).collect(Collectors.joining(" " + sign + " "));
                yield precedence < outer ? "(" + joined + ")" : joined;
            }
            case Symbol.Prefix(var sign) when depth > 0 -> sign + text(args.getFirst(), depth - 1, Symbol.NEGATION);
            case Symbol.Template(var template) when depth > 0 -> fill(template, e, depth);
            case Symbol.Call(var name, var parameters) when depth > 0 -> {
                var all = args.stream().map(a -> text(a, depth - 1, 0)).collect(Collectors.toList());
                all.addAll(parameters);
                yield name + all.stream().collect(Collectors.joining(", ", "(", ")")) + which(e);
            }
            case Symbol.Infix _, Symbol.Prefix _, Symbol.Template _, Symbol.Call _ -> "…";
        };
    }

    private static String fill(String template, Expr e, int depth) {
        var args = e.node().args().stream().map(a -> text(a, depth - 1, Symbol.POWER + 1)).toList();
        return PrettyPrint.fill(template, args) + which(e);
    }

    /// `#1` for the second result of an op with several.
    private static String which(Expr e) { return e.node().size() > 1 ? "#" + e.index() : ""; }
}
