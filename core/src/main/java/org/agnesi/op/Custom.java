package org.agnesi.op;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.agnesi.error.Required;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Symbol;

/// An elementwise function that the user wrote in Java: `y = f(x)`, with `y′ = derivative(x, y)` as a formula.
///
/// @param f must always give the same value for the same argument; it may be called any number of times, by any thread
public record Custom(String label, DoubleUnaryOperator f, BinaryOperator<Expr> slope) implements Unary {
    public static UnaryOperator<Expr> elementwise(String name, DoubleUnaryOperator f, BinaryOperator<Expr> derivative) {
        var op = new Custom(Required.of("elementwise", "a name", name), Required.of("elementwise", "a function", f),
            Required.of("elementwise", "a derivative", derivative));
        return x -> op.apply(x);
    }

    @Override public double eval(double x) { return f.applyAsDouble(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Required.result("elementwise", slope.apply(x, y)); }
    @Override public Scalar code(Scalar x) { throw new UnsupportedOperationException("Java code of the user's"); }
    @Override public Lowering lower(List<Operand> in, List<Operand> out) { return new Lowering.Eval("Java code of the user's"); }
    @Override public String name() { return label; }
    @Override public Symbol symbol() { return Symbol.call(label); }
}
