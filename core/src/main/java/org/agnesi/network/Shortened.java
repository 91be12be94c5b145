package org.agnesi.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agnesi.network.Factor.Delta;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;
import org.agnesi.network.Factor.Move;
import org.jspecify.annotations.Nullable;

/// A product of more factors than an [Order] is sought of, with some of them multiplied as they come: where a matrix or a
/// Jacobian meets a vector, nothing is cheaper than their product.
final class Shortened {
    private Shortened() {}

    /// The product, with few factors where it can have few.
    static Product of(Product product, List<Integer> out, Labels labels) {
        var sofar = product;
        while (sofar.factors().size() > Reader.MOST_FACTORS) {
            var next = next(sofar, out, labels);
            if (next == null) return sofar;
            sofar = next;
        }
        return sofar;
    }

    private static @Nullable Product next(Product product, List<Integer> out, Labels labels) {
        for (var f : product.factors()) {
            if (!(f instanceof Dense vector) || vector.labels().size() != 1) continue;
            for (var other : product.factors()) {
                var made = other == f ? null : met(product, out, vector, other, labels);
                if (made == null) continue;
                var rest = new ArrayList<>(product.factors());
                rest.remove(vector);
                rest.set(rest.indexOf(other), made);
                return new Product(product.scale(), rest);
            }
        }
        return null;
    }

    /// What a vector and another factor make, whatever else there is.
    private static @Nullable Dense met(Product product, List<Integer> out, Dense vector, Factor other, Labels labels) {
        int label = vector.labels().getFirst();
        boolean ends = !out.contains(label) && product.uses(label) == 2;
        return switch (other) {
            case Dense d when d.labels().equals(vector.labels()) -> Emission.product(d, vector, Set.of(label), labels);
            case Dense d when ends && d.labels().size() == 2 && new HashSet<>(d.labels()).size() == 2 && d.labels().contains(label) ->
                Emission.product(d, vector, rest(d.labels(), label), labels);
            case Derived j when ends && isOne(j) && j.labels().contains(label) -> Emission.swept(j, vector, j.x().contains(label));
            case Dense _, Derived _, Delta _, Move _ -> null;
        };
    }

    /// Whether it is a matrix, of a vector by another.
    private static boolean isOne(Derived j) { return j.x().size() == 1 && j.y().size() == 1 && !j.x().equals(j.y()); }

    private static Set<Integer> rest(List<Integer> labels, int label) {
        var rest = new HashSet<>(labels);
        rest.remove(label);
        return rest;
    }
}
