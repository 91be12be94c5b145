package org.agnesi.network;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Swept;

/// `scale · Π factors`, summed over every label that the result lacks.
record Product(double scale, List<Factor> factors) {
    Product {
        factors = List.copyOf(factors);
    }

    static Product of(Factor factor) { return new Product(1, List.of(factor)); }

    Product times(Product other) { return new Product(scale * other.scale, Factor.joined(factors, other.factors)); }
    Product times(double number) { return new Product(scale * number, factors); }
    Product and(Factor factor) { return new Product(scale, Factor.joined(factors, List.of(factor))); }
    Product renamed(UnaryOperator<Integer> to) { return new Product(scale, factors.stream().map(f -> f.renamed(to)).toList()); }

    /// The number multiplied into a factor that has fewer axes than another: a vector instead of a matrix.
    Product scaledLeast() {
        var least = factors.stream().filter(Dense.class::isInstance).min(Comparator.comparingInt(f -> f.labels().size())).orElse(null);
        if (scale == 1 || !(least instanceof Dense(var value, var labels))
            || factors.stream().allMatch(f -> f.labels().size() <= labels.size())) return this;
        return new Product(1, factors.stream().map(f -> f == least ? new Dense(Emission.scaled(value, scale), labels) : f).toList());
    }

    boolean derives() { return factors.stream().anyMatch(Swept.class::isInstance); }

    /// How many factors have the label.
    long uses(int label) { return factors.stream().filter(f -> f.labels().contains(label)).count(); }

    HashSet<Integer> labels() {
        var all = new HashSet<Integer>();
        factors.forEach(f -> all.addAll(f.labels()));
        return all;
    }
}
