package org.agnesi.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.network.Factor.Delta;
import org.agnesi.network.Factor.Dense;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.jspecify.annotations.Nullable;

/// What the terms of a sum have made on their way, which costs nothing in the terms after them.
final class Made {
    /// Factors multiplied, and summed over what is not kept: labels are numbered as they come, so that what is alike is equal.
    record Shape(List<Factor> factors, Set<Integer> kept) {}

    /// The last step to it, from a part of the factors: a bit for each, in the shape's order.
    record Step(Order.How how, int part) {}

    private final Map<Shape, Step> steps;
    private final List<Chunks> chunks;
    private final List<Expr> values;

    private final Map<Expr, Expr> bound;   // what a body's params stand for

    private Made(Map<Shape, Step> steps, List<Chunks> chunks, List<Expr> values, Map<Expr, Expr> bound) {
        this.steps = new HashMap<>(steps);
        this.chunks = new ArrayList<>(chunks);
        this.values = values;
        this.bound = bound;
    }

    static Made nothing() { return nothing(Map.of()); }
    static Made nothing(Map<Expr, Expr> bound) { return new Made(Map.of(), List.of(), new ArrayList<>(), bound); }

    /// What is made of a body's params as it is outside, made of what they stand for.
    Expr outside(Expr e) { return bound.isEmpty() ? e : Graph.replace(List.of(e), bound).getFirst(); }

    @Nullable Step step(Shape shape) { return steps.get(shape); }
    List<Chunks> chunks() { return chunks; }

    /// This and what an order makes.
    Made with(Order order) {
        var more = new Made(steps, chunks, values, bound);
        order.steps(more.steps);
        return more;
    }

    /// This and what a loop over chunks makes.
    Made with(Chunks loop) {
        var more = with(loop.order());
        more.chunks.add(loop);
        return more;
    }

    /// The shape of a product of these factors, each [#alike]; where positions are only said to be equal, labels keep their
    /// names, for their sizes.
    Shape shape(List<Factor> factors, Set<Integer> kept) {
        boolean named = factors.stream().anyMatch(Delta.class::isInstance);
        var names = new HashMap<Integer, Integer>();
        var own = new ArrayList<Factor>();
        for (var f : factors) own.add(f.renamed(l -> named ? l : names.computeIfAbsent(l, _ -> names.size())));
        var seen = new HashSet<Integer>();
        for (int l : kept) seen.add(names.getOrDefault(l, l));
        return new Shape(List.copyOf(own), seen);
    }

    /// The factor, with the first value that was made as its own is.
    Factor alike(Factor f) { return f instanceof Dense(var value, var labels) ? new Dense(alike(value), labels) : f; }

    private Expr alike(Expr value) {
        for (var other : values) if (other.type().equals(value.type()) && Labels.same(value, other, Together.DEEPEST)) return other;
        values.add(value);
        return value;
    }
}
