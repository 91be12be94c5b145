package org.agnesi.symbolic;

import java.util.List;

/// How an op is written. Printers ask for it and list no ops.
public sealed interface Symbol {

    /// `(a + b)`, also for more than two; `precedence` decides parentheses where the text is for people.
    record Infix(String sign, int precedence) implements Symbol {}

    /// `(-x)`.
    record Prefix(String sign) implements Symbol {}

    /// `name(a, b, axis=0)`: all arguments, then the op's own parameters.
    record Call(String name, List<String> parameters) implements Symbol {}

    /// Any text with `$0`, `$1` … for the arguments, as in `$0[1:$1]`, `|$0|` or `$0.T`.
    record Template(String text) implements Symbol {}

    /// A leaf's own text: a name or a number.
    record Leaf(String text) implements Symbol {}

    /// A constant: its value's text, which the tutorial's form wraps as `TensorConstant{2}`.
    record Literal(String text) implements Symbol {}

    /// Prints as its first argument: broadcasts that the user did not write.
    record Hidden() implements Symbol {}

    int SUM = 10, PRODUCT = 20, NEGATION = 30, POWER = 40, COMPARISON = 5, LOGIC = 3;

    static Symbol infix(String sign, int precedence) { return new Infix(sign, precedence); }
    static Symbol call(String name, String... parameters) { return new Call(name, List.of(parameters)); }
    static Symbol template(String text) { return new Template(text); }
}
