package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The angle of the point (b, a), in −π … π: `atan(a / b)` in the right quadrant.
public record Atan2() implements Binary {
    public static Expr atan2(Expr a, Expr b) { return new Atan2().apply(a, b); }

    @Override public double eval(double a, double b) { return StrictMath.atan2(a, b); }
    @Override public DType compute(List<DType> in) { return new Div().compute(in); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.call(BinaryFunction.ATAN2, a, b); }

    /// `∂y/∂a = b / r²`, `∂y/∂b = −a / r²` with `r² = a² + b²`.
    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(
            Partial.symmetric(g -> Div.div(Mul.mul(g, b), squares(a, b))),
            Partial.symmetric(g -> Neg.neg(Div.div(Mul.mul(g, a), squares(a, b)))));
    }

    private static Expr squares(Expr a, Expr b) { return Add.add(Sqr.sqr(a), Sqr.sqr(b)); }
}
