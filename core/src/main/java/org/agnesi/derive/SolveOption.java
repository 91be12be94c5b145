package org.agnesi.derive;

import org.agnesi.error.ArgumentError;

/// What a caller of `root`, `minimize` or `fixedPoint` may ask for besides the function and where to start.
public sealed interface SolveOption {

    /// The size of the last step, relative to the unknown, below which it is found.
    record Tolerance(double relative) implements SolveOption {
        public Tolerance {
            if (!(relative > 0 && relative < 1)) throw new ArgumentError("""
                a tolerance is above 0 and below 1, but got %s
                It is relative to the unknown: 1e-8 asks for half of float64's digits before the last step.""".formatted(relative));
        }

        @Override public String toString() { return "tolerance(" + relative + ")"; }
    }

    /// After so many steps it is not found.
    record MaxSteps(int count) implements SolveOption {
        public MaxSteps {
            if (count < 1) throw new ArgumentError("""
                a solver needs 1 step or more, but got %d
                Leave maxSteps out for the default.""".formatted(count));
        }

        @Override public String toString() { return "maxSteps(" + count + ")"; }
    }

    /// How linear equations with the Jacobian are solved: by factors of the matrix, or by products with it alone.
    enum Equations implements SolveOption {
        DENSE, MATRIX_FREE;

        @Override public String toString() { return this == DENSE ? "dense()" : "matrixFree()"; }
    }
}
