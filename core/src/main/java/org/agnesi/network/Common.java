package org.agnesi.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.agnesi.network.Factor.Dense;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// A sum of numbers as one product with a tensor that all terms have: `Σ u·rₜ = u·Σ rₜ`, and sweeps that terms share are one.
///
/// Each term alone may start from either end; that they start from the same one is nothing that it can know.
record Common(Dense tensor, Network rest) {
    private static final int DEEPEST = 4;

    static List<Common> of(Network network, Labels labels) {
        if (!network.out().isEmpty() || network.terms().size() < 2) return List.of();
        var all = new ArrayList<Common>();
        for (var f : network.terms().getFirst().factors())
            if (f instanceof Dense d && isPlain(d) && of(network.fresh(labels), d.value(), labels) instanceof Common common)
                all.add(common);
        return all;
    }

    private static @Nullable Common of(Network network, Expr value, Labels labels) {
        var out = labels.of(value);
        var terms = new ArrayList<Product>();
        for (var term : network.terms()) {
            var own = term.factors().stream()
                .filter(f -> f instanceof Dense d && isPlain(d) && Labels.same(d.value(), value, DEEPEST))
                .min(Comparator.comparingLong(f -> f.labels().stream().mapToLong(term::uses).sum()));   // an end of the chain first
            if (own.isEmpty()) return null;
            var axes = own.get().labels();
            for (int i = 0; i < out.size(); i++) labels.equal(out.get(i), axes.get(i));
            var others = term.factors().stream().filter(f -> f != own.get()).toList();
            terms.add(new Product(term.scale(), others).renamed(label -> axes.contains(label) ? out.get(axes.indexOf(label)) : label));
        }
        return new Common(new Dense(value, out), new Network(terms, out));
    }

    /// What the product with it takes: its elements are read, multiplied and, of all terms, added.
    double cost(Labels labels) { return (1 + rest.terms().size()) * labels.estimate(tensor.labels()); }

    private static boolean isPlain(Dense d) { return !d.labels().isEmpty() && new HashSet<>(d.labels()).size() == d.labels().size(); }
}
