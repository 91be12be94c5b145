package org.agnesi.derive;

import java.util.HashMap;
import org.agnesi.array.DType;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.Required;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// How an unknown is looked for: what a user's options come to.
///
/// @param tolerance the last step's size relative to the unknown; 0 for a default
/// @param steps     how many there are at most; 0 for a default
/// @param dense     whether equations with the Jacobian are solved by its factors
public record Solving(double tolerance, int steps, boolean dense) {
    /// Up to so many elements a matrix costs less than the products of an iteration.
    private static final int SMALL = 64;

    /// The options given; where nothing is said, a matrix is built where the unknown is known to be small.
    static Solving of(TensorType unknown, SolveOption... options) {
        double tolerance = 0;
        int steps = 0;
        boolean dense = unknown.isStatic() && unknown.dims().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b) <= SMALL;
        var kinds = new HashMap<Class<?>, SolveOption>();
        for (var option : Required.all("a solver", "an option", options)) {
            checkOnce(option, kinds.put(option.getClass(), option));
            switch (option) {
                case SolveOption.Tolerance(var relative) -> tolerance = relative;
                case SolveOption.MaxSteps(var count) -> steps = count;
                case SolveOption.Equations equations -> dense = equations == SolveOption.Equations.DENSE;
            }
        }
        return new Solving(tolerance, steps, dense);
    }

    private static void checkOnce(SolveOption option, @Nullable SolveOption before) {
        if (before != null) throw new ArgumentError("""
            a solver takes one option of a kind, but got %s and %s
            Leave one of them out.""".formatted(before, option));
    }

    /// The tolerance, or that share of the dtype's digits.
    double tolerance(Expr x, double digits) { return tolerance > 0 ? tolerance : Math.pow(epsilon(x), digits); }

    int steps(int byDefault) { return steps > 0 ? steps : byDefault; }

    /// The distance from 1 to the next number of x's dtype.
    static double epsilon(Expr x) { return x.type().dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0); }
}
