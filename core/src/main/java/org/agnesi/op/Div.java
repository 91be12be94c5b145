package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// The elementwise quotient `a / b`; integers divide as float64.
public record Div() implements Binary {
    public static Expr div(Expr a, Expr b) { return new Div().apply(List.of(a, b)); }

    @Override public double eval(double a, double b) { return a / b; }
    @Override public DType compute(List<DType> in) { return DType.promote(in.get(0), in.get(1)).floating(); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.div(a, b); }
    @Override public Symbol symbol() { return Symbol.infix("/", Symbol.PRODUCT); }

    /// `∂y/∂b = −y/b`, reusing the quotient.
    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(
            Partial.symmetric(g -> div(g, b)),
            Partial.symmetric(g -> Neg.neg(div(Mul.mul(g, y), b))));
    }
}
