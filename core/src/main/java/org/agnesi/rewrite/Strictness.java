package org.agnesi.rewrite;

import java.util.EnumSet;
import java.util.Set;

/// Which classes of rules may run.
///
/// @param classes          these run wherever they match
/// @param finiteWhereKnown whether FINITE rules run on operands that are known to be finite
public record Strictness(Set<RuleClass> classes, boolean finiteWhereKnown) {

    /// Values keep every bit but the sign of zero.
    public static final Strictness STRICT = new Strictness(EnumSet.of(RuleClass.EXACT, RuleClass.SIGNED_ZERO), false);

    /// Everything that holds for real numbers; FINITE rules only where operands are known to be finite.
    public static final Strictness DEFAULT = new Strictness(EnumSet.complementOf(EnumSet.of(RuleClass.FINITE)), true);

    /// Everything: the user vouches that no operand is infinite or NaN.
    public static final Strictness FINITE = new Strictness(EnumSet.allOf(RuleClass.class), true);

    public Strictness { classes = Set.copyOf(classes); }

    public boolean allows(RuleClass c) { return classes.contains(c); }
}
