package org.agnesi.rewrite;

import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import org.agnesi.symbolic.Expr;

/// When a rule may fire, beyond its pattern: `.when(nonNegative(x))`. A condition that cannot be proven does not hold.
///
/// @param text  how it is written, for explanations
/// @param holds asked at each match
public record Condition(String text, Predicate<Match> holds) {

    /// Every element is ≥ 0 or NaN.
    public static Condition nonNegative(Expr x) { return new Condition(asked("nonNegative", x), m -> Known.nonNegative(m.of(x))); }

    /// No element is infinite or NaN.
    public static Condition finite(Expr x) { return new Condition(asked("finite", x), m -> Known.finite(m.of(x))); }

    /// The tensor has a floating dtype: what holds for it holds through promotion too.
    public static Condition floating(Expr x) {
        return new Condition(asked("floating", x), m -> m.of(x).type().dtype().isFloating());
    }

    /// The tensor is floating or computed with in its own dtype: no promotion happens between it and the result.
    public static Condition unpromoted(Expr x) {
        return new Condition(asked("unpromoted", x), m ->
            m.of(x).type().dtype().isFloating() || m.of(x).type().dtype() == m.root().type().dtype());
    }

    /// The literal's number is as asked.
    public static Condition value(Expr c, String wanted, DoublePredicate holds) {
        return new Condition(c.node().op().name() + " " + wanted, m -> holds.test(Uniform.valueOf(m.of(c))));
    }

    /// A variable by its name: the printer of formulas is not wanted before there is one.
    private static String asked(String what, Expr x) { return what + "(" + x.node().op().name() + ")"; }

    @Override public String toString() { return text; }
}
