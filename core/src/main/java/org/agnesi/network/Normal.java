package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.derive.Jacobian;
import org.agnesi.network.Factor.Composed;
import org.agnesi.network.Factor.Delta;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;
import org.agnesi.network.Factor.Move;
import org.jspecify.annotations.Nullable;

/// A product brought to the form that [Order] takes: positions said to be equal have one label, what is summed alone meets ones.
final class Normal {
    private Normal() {}

    static Product of(Product product, List<Integer> out, DType dtype, Labels labels) {
        var merged = equalized(product, out, dtype, labels);
        for (var moved = Moves.simplified(merged, out, labels); moved != merged; moved = Moves.simplified(merged, out, labels))
            merged = equalized(moved, out, dtype, labels);
        var all = new ArrayList<>(merged.factors());
        for (int label : merged.labels())
            if (merged.uses(label) == 1 && !out.contains(label) && merged.factors().stream().anyMatch(f -> hasOnce(f, label)))
                all.add(new Dense(Emission.repeated(1, dtype, List.of(labels.size(label))), List.of(label)));
        return new Product(merged.scale(), all.stream().map(Normal::ordered).toList());
    }

    /// What is its own transpose has its axes one way.
    private static Factor ordered(Factor f) {
        return f instanceof Derived(var node, var y, var x) && ((Jacobian) node.op()).symmetric() && !x.isEmpty() && x.size() == y.size()
            && x.getFirst() < y.getFirst() ? new Derived(node, x, y) : f;
    }

    /// The product without deltas that can be done without.
    private static Product equalized(Product product, List<Integer> out, DType dtype, Labels labels) {
        var merged = product;
        for (var delta = next(merged, out); delta != null; delta = next(merged, out)) merged = without(delta, merged, out, dtype, labels);
        return merged;
    }

    /// Whether a Jacobian or a movement has the label, on one axis.
    private static boolean hasOnce(Factor f, int label) {
        return switch (f) {
            case Derived _, Composed _, Move _ -> f.labels().stream().filter(l -> l == label).count() == 1;
            case Dense _, Delta _ -> false;
        };
    }

    private static @Nullable Delta next(Product product, List<Integer> out) {
        for (var f : product.factors())
            if (f instanceof Delta delta && (delta.a() == delta.b() || !out.contains(delta.a()) || !out.contains(delta.b()))) return delta;
        return null;
    }

    /// One label for two; a sum over nothing but it counts its terms.
    private static Product without(Delta delta, Product product, List<Integer> out, DType dtype, Labels labels) {
        int gone = out.contains(delta.b()) ? delta.a() : delta.b(), kept = gone == delta.a() ? delta.b() : delta.a();
        var others = new ArrayList<>(product.factors());
        others.remove(delta);
        labels.equal(gone, kept);
        var merged = new Product(product.scale(), others).renamed(label -> label == gone ? kept : label);
        return merged.uses(kept) > 0 || out.contains(kept) ? merged : labels.times(merged, kept, dtype);
    }
}
