package org.agnesi.kernel;

/// A function of two scalars of one dtype; its result has that dtype.
///
/// DIV and ATAN2 take floats; SHL, SHR and USHR take integers; AND, OR and XOR take bools (logical) and integers (bitwise);
/// MULTIPLY_HIGH, the upper half of a product of 128 bits, takes int64; the rest takes any number.
/// [Integers] is the table of what integers do at their edges.
public enum BinaryFunction {
    ADD("+"), SUB("-"), MUL("*"), DIV("/"), POW("**"), MAX("max"), MIN("min"), FLOOR_DIV("//"), REM("%"),
    AND("&"), OR("|"), XOR("^"), SHL("<<"), SHR(">>"), USHR(">>>"), MULTIPLY_HIGH("multiplyHigh"), ATAN2("atan2"),
    /// POW of bases that are not normal and positive, and of NaN; only the program of POW uses it.
    POW_FAR("powFar"),
    /// ATAN2 of what is very large or small, of zeros, infinities and NaN; only the program of ATAN2 uses it.
    ATAN2_FAR("atan2Far");

    private final String symbol;

    BinaryFunction(String symbol) { this.symbol = symbol; }

    /// How pseudo-code writes it: an infix symbol, or the name of a function.
    public String symbol() { return symbol; }
}
