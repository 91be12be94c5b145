package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// What `Σ gᵢ yᵢ` of the running products y of `x` gains per unit of each factor; with directions, its mixed derivative.
/// Args are g, x, d₁ … dₖ.
public record CumprodPull(int axis) implements ProductDerivative {
    @Override public List<Integer> along() { return List.of(axis); }
    @Override public ProductDerivative along(List<Integer> axes) { return new CumprodPull(axes.getFirst()); }

    @Override public double[] group(double[][] rows) {
        var factors = Arrays.copyOfRange(rows, 1, rows.length);
        var before = Dual.before(factors);
        var after = Dual.after(rows[0], factors);
        return IntStream.range(0, rows[0].length).mapToDouble(i -> Dual.last(before[i], after[i])).toArray();
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var partials = new ArrayList<Partial>();
        partials.add(Partial.linear(dg -> apply(ProductDerivative.with(in, 0, dg)),
            g -> new CumprodPush(axis).apply(ProductDerivative.with(in.subList(1, in.size()), in.size() - 1, g))));
        for (int i = 1; i < in.size(); i++) {
            int changed = i;
            partials.add(Partial.symmetric(g -> apply(ProductDerivative.moved(in, 1, changed, g))));
        }
        return partials;
    }
}
