package org.agnesi.kernel;

/// A comparison of two scalars of one dtype; its result is a bool. With a NaN all but NE are false.
public enum Relation {
    LT("<"), LE("<="), GT(">"), GE(">="), EQ("=="), NE("!=");

    private final String symbol;

    Relation(String symbol) { this.symbol = symbol; }

    public String symbol() { return symbol; }

    /// Whether `a` and `b` are so related.
    public boolean holds(double a, double b) {
        return switch (this) {
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
            case EQ -> a == b;
            case NE -> a != b;
        };
    }

    /// The same for integers, of which a double does not hold all.
    public boolean holds(long a, long b) { return holds((double) Long.compare(a, b), 0.0); }
}
