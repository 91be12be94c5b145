package org.agnesi;

import java.util.List;
import org.agnesi.compile.Pipeline;
import org.agnesi.error.ArgumentError;
import org.agnesi.rewrite.Strictness;

/// How a function is compiled: what may be rewritten, and what runs it.
///
/// | mode        | rewrites                                                       | runs                 |
/// |-------------|----------------------------------------------------------------|----------------------|
/// | `DEFAULT`   | all that hold for real numbers and invent no NaN and no ∞, sums that overflow aside | fused loops |
/// | `STRICT`    | those that keep every bit but the sign of a zero               | fused loops          |
/// | `FINITE`    | also `x·0 → 0`, `x − x → 0`: no operand is ∞ or NaN, you vouch | fused loops          |
/// | `REFERENCE` | none                                                           | each op's own `eval`: slow, obvious, the oracle |
public final class Mode {
    public static final Mode DEFAULT = new Mode("DEFAULT", Pipeline.of(Strictness.DEFAULT));
    public static final Mode STRICT = new Mode("STRICT", Pipeline.of(Strictness.STRICT));
    public static final Mode FINITE = new Mode("FINITE", Pipeline.of(Strictness.FINITE));
    public static final Mode REFERENCE = new Mode("REFERENCE", Pipeline.REFERENCE);

    private final String name;
    private final Pipeline pipeline;

    private Mode(String name, Pipeline pipeline) {
        this.name = name;
        this.pipeline = pipeline;
    }

    /// The mode of this name.
    static Mode of(String name) {
        for (var mode : List.of(DEFAULT, STRICT, FINITE, REFERENCE)) if (mode.name.equals(name)) return mode;
        throw new ArgumentError("""
            a mode's name is needed, but got '%s'
            The modes are DEFAULT, STRICT, FINITE and REFERENCE.""".formatted(name));
    }

    /// The passes that a function's graph goes through.
    Pipeline pipeline() { return pipeline; }

    @Override public String toString() { return name; }
}
