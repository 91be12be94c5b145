package org.agnesi.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Swept;
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
            if (f instanceof Swept j && swept(j, product, out, labels) instanceof Product next) return next;
            if (!(f instanceof Dense vector) || vector.labels().size() != 1) continue;
            for (var other : product.factors()) {
                var made = other == f || !(other instanceof Dense d) ? null : met(product, out, vector, d, labels);
                if (made != null) return with(made, other, List.of(vector), product);
            }
        }
        return null;
    }

    /// With one factor in place of another, and without those that it is made of too.
    private static Product with(Dense made, Factor other, List<Factor> gone, Product product) {
        var rest = new ArrayList<>(product.factors());
        rest.set(rest.indexOf(other), made);
        gone.forEach(rest::remove);
        return new Product(product.scale(), rest);
    }

    /// With a Jacobian met by what has all axes of x, or all of y, and no others: one vector, or one for each axis.
    private static @Nullable Product swept(Swept j, Product product, List<Integer> out, Labels labels) {
        for (var own : List.of(j.x(), j.y())) {
            var others = product.factors().stream().filter(f -> f != j && f.labels().stream().anyMatch(own::contains)).toList();
            if (others.isEmpty() || !isDistinct(j.labels()) || !own.stream().allMatch(l -> ends(l, product, out))
                || !others.stream().allMatch(f -> f instanceof Dense && isDistinct(f.labels()) && own.containsAll(f.labels()))) continue;
            var all = new HashSet<>(own);
            var met = others.stream().map(Dense.class::cast).reduce((a, b) -> Emission.product(a, b, all, labels)).orElseThrow();
            return with(Emission.swept(j, met, own == j.x()), j, others, product);
        }
        return null;
    }

    private static boolean isDistinct(List<Integer> labels) { return new HashSet<>(labels).size() == labels.size(); }

    /// Whether two factors have it, and nothing else does.
    private static boolean ends(int label, Product product, List<Integer> out) { return !out.contains(label) && product.uses(label) == 2; }

    /// What a vector and a matrix make, whatever else there is, or two vectors.
    private static @Nullable Dense met(Product product, List<Integer> out, Dense vector, Dense other, Labels labels) {
        int label = vector.labels().getFirst();
        if (other.labels().equals(vector.labels())) return Emission.product(other, vector, Set.of(label), labels);
        boolean isMatrix = other.labels().size() == 2 && isDistinct(other.labels()) && other.labels().contains(label);
        return isMatrix && ends(label, product, out) ? Emission.product(other, vector, rest(other.labels(), label), labels) : null;
    }

    private static Set<Integer> rest(List<Integer> labels, int label) {
        var rest = new HashSet<>(labels);
        rest.remove(label);
        return rest;
    }
}
