package org.agnesi.op;

import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.Tangents;
import org.jspecify.annotations.Nullable;

/// The elementwise quotient `a / b`; integers divide as float64.
public record Div() implements Binary {
    public static Expr div(Expr a, Expr b) { return new Div().apply(a, b); }

    @Override public double eval(double a, double b) { return a / b; }
    @Override public DType compute(List<DType> in) { return DType.promote(in.get(0), in.get(1)).floating(); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.div(a, b); }
    @Override public List<Double> powers(List<Expr> in) { return List.of(1.0, -1.0); }
    @Override public Symbol symbol() { return Symbol.infix("/", Symbol.PRODUCT); }

    /// `∂y/∂b = −y/b`, reusing the quotient.
    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(
            Partial.symmetric(g -> div(g, b)),
            Partial.symmetric(g -> Neg.neg(div(Mul.mul(g, y), b))));
    }

    /// Leibniz' rule for `a = b·y`, solved for the highest derivative of y.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        if (k == 1) return List.of(jets.pushed(node, k));
        var left = Tangents.sub(jets.at(node.arg(0), k), jets.product(k, 1, node.arg(1), node.result(0), Mul::mul));
        return List.of(Collections.singletonList(left == null ? null : div(left, jets.value(node.arg(1)))));
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return in.stream().allMatch(of); }
}
