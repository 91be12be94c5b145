package org.agnesi.kernel;

/// A function of two scalars of one dtype; its result has that dtype.
///
/// DIV and ATAN2 take floats; SHL and SHR take integers; AND, OR and XOR take bools (logical) and integers (bitwise);
/// the rest takes any number. [Integers] is the table of what integers do at their edges.
public enum BinaryFunction {
    ADD("+"), SUB("-"), MUL("*"), DIV("/"), POW("**"), MAX("max"), MIN("min"), FLOOR_DIV("//"), REM("%"),
    AND("&"), OR("|"), XOR("^"), SHL("<<"), SHR(">>"), ATAN2("atan2");

    private final String symbol;

    BinaryFunction(String symbol) { this.symbol = symbol; }

    /// How pseudo-code writes it: an infix symbol, or the name of a function.
    public String symbol() { return symbol; }
}
