package org.agnesi.derive;

import org.agnesi.array.DType;
import org.agnesi.error.ArgumentError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;

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
        checkOnce(options);
        for (var option : options) {
            switch (option) {
                case SolveOption.Tolerance(var relative) -> tolerance = relative;
                case SolveOption.MaxSteps(var count) -> steps = count;
                case SolveOption.Equations equations -> dense = equations == SolveOption.Equations.DENSE;
            }
        }
        return new Solving(tolerance, steps, dense);
    }

    private static void checkOnce(SolveOption... options) {
        for (int i = 0; i < options.length; i++) for (int k = 0; k < i; k++)
            if (options[i].getClass() == options[k].getClass()) throw new ArgumentError("""
                a solver takes an option once, but got %s and %s
                Leave one of them out.""".formatted(text(options[k]), text(options[i])));
    }

    private static String text(SolveOption option) {
        return switch (option) {
            case SolveOption.Tolerance(var relative) -> "tolerance(" + relative + ")";
            case SolveOption.MaxSteps(var count) -> "maxSteps(" + count + ")";
            case SolveOption.Equations.DENSE -> "dense()";
            case SolveOption.Equations.MATRIX_FREE -> "matrixFree()";
        };
    }

    /// The tolerance, or that share of the dtype's digits.
    double tolerance(Expr x, double digits) { return tolerance > 0 ? tolerance : Math.pow(epsilon(x), digits); }

    int steps(int byDefault) { return steps > 0 ? steps : byDefault; }

    /// The distance from 1 to the next number of x's dtype.
    static double epsilon(Expr x) { return x.type().dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0); }
}
