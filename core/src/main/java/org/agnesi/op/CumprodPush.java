package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The running products of `x`, differentiated along d₁ … dₖ: `∂/∂t₁ … ∂/∂tₖ Π (xⱼ + Σ tₐ dₐⱼ), j ≤ i`.
public record CumprodPush(int axis) implements ProductDerivative {
    @Override public List<Integer> along() { return List.of(axis); }
    @Override public ProductDerivative along(List<Integer> axes) { return new CumprodPush(axes.getFirst()); }

    @Override public double[] group(double[][] rows) {
        var before = Dual.before(rows);
        return IntStream.rangeClosed(1, rows[0].length).mapToDouble(i -> before[i][before[i].length - 1]).toArray();
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        return IntStream.range(0, in.size()).mapToObj(i -> Partial.linear(
            dx -> apply(ProductDerivative.moved(in, 0, i, dx)),
            g -> new CumprodPull(axis).apply(without(in, i, g)))).toList();
    }

    /// `g, x` and the directions other than argument `i`.
    private static List<Expr> without(List<Expr> in, int i, Expr g) {
        var args = new ArrayList<Expr>(List.of(g));
        for (int k = 0; k < in.size(); k++) if (k == 0 || k != i) args.add(in.get(k));
        return args;
    }
}
