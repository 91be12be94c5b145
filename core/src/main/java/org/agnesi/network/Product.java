package org.agnesi.network;

import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.network.Factor.Derived;

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

    boolean derives() { return factors.stream().anyMatch(Derived.class::isInstance); }

    /// How many factors have the label.
    long uses(int label) { return factors.stream().filter(f -> f.labels().contains(label)).count(); }

    HashSet<Integer> labels() {
        var all = new HashSet<Integer>();
        factors.forEach(f -> all.addAll(f.labels()));
        return all;
    }
}
