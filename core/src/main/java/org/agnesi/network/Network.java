package org.agnesi.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.network.Factor.Dense;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// A tensor as a sum of products of factors, not computed yet: what an expression made of Jacobians is.
///
/// @param terms each summed over the labels that `out` lacks, and repeated along those it lacks itself
/// @param out   the label of each axis
public record Network(List<Product> terms, List<Integer> out) {
    public Network {
        terms = List.copyOf(terms);
        out = List.copyOf(out);
    }

    /// A tensor as it is.
    static Network of(Expr e, Labels labels) {
        var own = labels.of(e);
        return new Network(List.of(Product.of(new Dense(e, own))), own);
    }

    /// Whether a Jacobian is among the factors.
    public boolean derives() { return terms.stream().anyMatch(Product::derives); }

    Set<Integer> labels() {
        var all = new HashSet<>(out);
        terms.forEach(term -> all.addAll(term.labels()));
        return all;
    }

    Network renamed(UnaryOperator<Integer> to) {
        return new Network(terms.stream().map(t -> t.renamed(to)).toList(), out.stream().map(to).toList());
    }

    /// The same with labels that nothing else has: each use of a tensor sums over labels of its own.
    Network fresh(Labels labels) {
        Map<Integer, Integer> names = new HashMap<>();
        return renamed(label -> names.computeIfAbsent(label, labels::again));
    }

    /// The same with these labels on its axes.
    Network at(List<Integer> axes, Labels labels) {
        var own = fresh(labels);
        Map<Integer, Integer> names = new HashMap<>();
        IntStream.range(0, axes.size()).forEach(i -> names.put(own.out.get(i), axes.get(i)));
        for (int label : own.out) labels.equal(label, names.get(label));
        return own.renamed(label -> names.getOrDefault(label, label));
    }

    /// What all terms are multiples of, with its sign where that is one; 1 where they have nothing in common.
    public double scale() {
        double first = terms.isEmpty() ? 1 : terms.getFirst().scale();
        boolean same = terms.stream().allMatch(term -> term.scale() == first);
        return first != 0 && same ? first : first != 0 && terms.stream().allMatch(term -> Math.abs(term.scale()) == Math.abs(first))
            ? Math.abs(first) : 1;
    }

    /// The same without its [#scale].
    public Network unscaled() {
        double scale = scale();
        return scale == 1 ? this : map(term -> new Product(term.scale() == scale ? 1 : -1, term.factors()));
    }

    Network map(UnaryOperator<Product> change) { return new Network(terms.stream().map(change).toList(), out); }
    Network to(List<Integer> axes) { return new Network(terms, axes); }

    /// The same summed over the other axes: a term that is repeated along one of them counts as often as that is long.
    ///
    /// @param by what sums them
    Network summedTo(List<Integer> axes, Labels labels, Node by) {
        var gone = out.stream().distinct().filter(label -> !axes.contains(label)).toList();
        return map(term -> labels.counted(term, gone, by.types().getFirst().dtype())).to(axes);
    }

    /// All products of terms; both have their final labels already.
    static Network product(Network a, Network b, List<Integer> out) {
        return new Network(a.terms.stream().flatMap(s -> b.terms.stream().map(s::times)).toList(), out);
    }

    static Network sum(Network a, Network b) {
        return new Network(Stream.concat(a.terms.stream(), b.terms.stream()).toList(), a.out);
    }
}
