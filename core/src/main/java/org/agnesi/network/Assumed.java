package org.agnesi.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.network.Factor.Delta;
import org.agnesi.network.Factor.Move;
import org.agnesi.network.Factor.Movement;
import org.agnesi.op.Compare;
import org.agnesi.op.Logical;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// A product in which what is reshaped to as many axes is taken to have their sizes already, which only the call tells.
///
/// @param out  the result's labels, which are others than before: what is learnt of their sizes holds here alone
/// @param when whether it is so
record Assumed(Product product, List<Integer> out, Expr when) {

    /// Null where nothing is to be assumed.
    ///
    /// @param single whether one axis that becomes one is taken to keep its size too, which it does unless there are no elements
    static @Nullable Assumed of(Product product, List<Integer> out, Labels labels, boolean single) {
        Expr when = null;
        var factors = new ArrayList<Factor>();
        for (var f : product.factors()) {
            if (!(f instanceof Move(Movement.Reshaping _, var from, var to)) || from.size() == 1 && !single
                || !mayBeSame(from, to, labels)) {
                factors.add(f);
                continue;
            }
            for (int i = 0; i < from.size(); i++) {
                factors.add(new Delta(from.get(i), to.get(i)));
                if (labels.same(from.get(i), to.get(i))) continue;
                var same = Compare.eq(labels.size(from.get(i)), labels.size(to.get(i)));
                when = when == null ? same : Logical.and(when, same);
            }
        }
        if (when == null) return null;
        Map<Integer, Integer> names = new HashMap<>();
        var renamed = new Product(product.scale(), factors).renamed(label -> names.computeIfAbsent(label, labels::again));
        return new Assumed(renamed, out.stream().map(label -> names.computeIfAbsent(label, labels::again)).toList(), when);
    }

    private static boolean mayBeSame(List<Integer> from, List<Integer> to, Labels labels) {
        return from.size() == to.size()
            && IntStream.range(0, from.size()).allMatch(i -> labels.maySame(from.get(i), to.get(i)));
    }
}
