package org.agnesi.op;

import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// What the product of `x` gains per unit of each factor: `Π xⱼ, j ≠ i`; with directions d₁ … dₖ, its mixed derivative along them.
public record ProdPull(List<Integer> along) implements ProductDerivative {
    @Override public ProductDerivative along(List<Integer> axes) { return new ProdPull(List.copyOf(axes)); }

    @Override public double[] group(double[][] rows) {
        int n = rows[0].length;
        var only = new double[n];
        if (n > 0) only[n - 1] = 1;
        var before = Dual.before(rows);
        var after = Dual.after(only, rows);
        return IntStream.range(0, n).mapToDouble(i -> Dual.last(before[i], after[i])).toArray();
    }

    /// The mixed derivative along all directions but one is symmetric in that one and the result.
    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        return IntStream.range(0, in.size()).mapToObj(i -> Partial.symmetric(g -> apply(ProductDerivative.moved(in, 0, i, g)))).toList();
    }
}
