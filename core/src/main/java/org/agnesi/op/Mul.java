package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.jspecify.annotations.Nullable;

/// The elementwise product `a · b`, of more than two in normal form.
public record Mul() implements Nary {
    public static Expr mul(Expr a, Expr b) { return new Mul().apply(a, b); }

    @Override public double eval(double a, double b) { return a * b; }
    @Override public long eval(long a, long b) { return a * b; }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.mul(a, b); }
    @Override public List<Double> powers(List<Expr> in) { return Collections.nCopies(in.size(), 1.0); }
    @Override public Symbol symbol() { return Symbol.infix("*", Symbol.PRODUCT); }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var partials = new ArrayList<Partial>(in.size());
        for (int i = 0; i < in.size(); i++) {
            int skipped = i;
            partials.add(Partial.symmetric(g -> timesOthers(in, skipped, g)));
        }
        return partials;
    }

    /// Leibniz' rule.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        if (k == 1) return List.of(jets.pushed(node, k));
        if (node.args().size() != 2)
            return List.of(jets.through(node, k, () -> List.of(node.args().stream().reduce(Mul::mul).orElseThrow())));
        return List.of(Collections.singletonList(jets.product(k, 0, node.arg(0), node.arg(1), Mul::mul)));
    }

    /// `g` times every operand but one, in their order.
    private static Expr timesOthers(List<Expr> in, int skipped, Expr g) {
        var product = g;
        for (int i = 0; i < in.size(); i++) if (i != skipped) product = mul(product, in.get(i));
        return product;
    }


    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) {
        return y.type().dtype().isFloating() && (in.size() == 2 && in.get(0) == in.get(1) || in.stream().allMatch(of));
    }
}
