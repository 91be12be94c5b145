package org.agnesi;

import java.util.List;
import org.agnesi.error.ArgumentError;
import org.agnesi.rewrite.Strictness;
import org.jspecify.annotations.Nullable;

/// How a function is compiled: what may be rewritten, and what runs it.
///
/// | mode        | rewrites                                                       | runs                 |
/// |-------------|----------------------------------------------------------------|----------------------|
/// | `DEFAULT`   | all that hold for real numbers and invent no NaN and no ∞      | fused loops          |
/// | `STRICT`    | those that keep every bit but the sign of a zero               | fused loops          |
/// | `FINITE`    | also `x·0 → 0`, `x − x → 0`: no operand is ∞ or NaN, you vouch | fused loops          |
/// | `REFERENCE` | none                                                           | each op's own `eval`: slow, obvious, the oracle |
public final class Mode {
    public static final Mode DEFAULT = new Mode("DEFAULT", Strictness.DEFAULT);
    public static final Mode STRICT = new Mode("STRICT", Strictness.STRICT);
    public static final Mode FINITE = new Mode("FINITE", Strictness.FINITE);
    public static final Mode REFERENCE = new Mode("REFERENCE", null);

    private final String name;
    private final @Nullable Strictness strictness;

    private Mode(String name, @Nullable Strictness strictness) {
        this.name = name;
        this.strictness = strictness;
    }

    /// The mode of this name.
    static Mode of(String name) {
        for (var mode : List.of(DEFAULT, STRICT, FINITE, REFERENCE)) if (mode.name.equals(name)) return mode;
        throw new ArgumentError("""
            a mode's name is needed, but got '%s'
            The modes are DEFAULT, STRICT, FINITE and REFERENCE.""".formatted(name));
    }

    /// Which classes of rules run; null for no rewriting at all.
    @Nullable Strictness strictness() { return strictness; }

    @Override public String toString() { return name; }
}
