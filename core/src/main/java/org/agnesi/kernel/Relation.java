package org.agnesi.kernel;

/// A comparison of two scalars of one dtype; its result is a bool. With a NaN all but NE are false.
public enum Relation {
    LT("<"), LE("<="), GT(">"), GE(">="), EQ("=="), NE("!=");

    private final String symbol;

    Relation(String symbol) { this.symbol = symbol; }

    public String symbol() { return symbol; }
}
