package org.agnesi.derive;

import java.util.function.UnaryOperator;
import org.agnesi.symbolic.Expr;

/// Unknowns that equations define, as expressions: roots, minima, fixed points. See [Implicit] for their derivatives.
public final class Solvers {
    private Solvers() {}

    /// The `x` near `x0` with `f(x) = 0`, of x0's shape.
    ///
    /// @throws org.agnesi.error.TypeError if f does not give one equation per element of x0
    /// @throws org.agnesi.error.NotDifferentiableError if f has no derivative by x
    public static Expr root(UnaryOperator<Expr> f, Expr x0, SolveOption... options) { return Root.root(f, x0, options); }

    /// The `x` near `x0` where `f(x)` is least.
    ///
    /// @throws org.agnesi.error.TypeError if f does not give one number
    /// @throws org.agnesi.error.NotDifferentiableError if f has no derivative by x
    public static Expr minimize(UnaryOperator<Expr> f, Expr x0, SolveOption... options) { return Minimize.minimize(f, x0, options); }

    /// The `x` near `x0` with `g(x) = x`.
    ///
    /// @throws org.agnesi.error.TypeError if g does not give what it takes
    /// @throws org.agnesi.error.NotDifferentiableError if g has no derivative by x
    public static Expr fixedPoint(UnaryOperator<Expr> g, Expr x0, SolveOption... options) { return FixedPoint.fixedPoint(g, x0, options); }
}
