package org.agnesi;

/// How a function is compiled: what may be rewritten.
///
/// | mode        | rewrites                                                  | runs         |
/// |-------------|-----------------------------------------------------------|--------------|
/// | `DEFAULT`   | all that hold for real numbers and invent no NaN or ∞     | programs     |
/// | `STRICT`    | those that keep every bit, but for the sign of a zero     | programs     |
/// | `REFERENCE` | none                                                      | each op's own `eval`: slow, obvious, the oracle |
public final class Mode {
    public static final Mode DEFAULT = new Mode("DEFAULT");
    public static final Mode STRICT = new Mode("STRICT");
    public static final Mode REFERENCE = new Mode("REFERENCE");

    private final String name;

    private Mode(String name) { this.name = name; }

    @Override public String toString() { return name; }
}
