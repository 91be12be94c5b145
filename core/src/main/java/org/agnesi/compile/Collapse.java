package org.agnesi.compile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.For;
import org.jspecify.annotations.Nullable;

/// Makes one loop of two neighbours whose indices i, j are only ever used as `i * n + j`: a loop over places in C order.
final class Collapse {
    private final Terms terms;
    private final Map<Scalar, Scalar> replaced = new IdentityHashMap<>();

    Collapse(Terms terms) { this.terms = terms; }

    /// A loop index and how far it runs.
    record Axis(Local index, Scalar extent) {
        /// The loops over axes, the last innermost.
        static Stmt nest(List<Axis> axes, Stmt body) {
            Stmt nested = body;
            for (var axis : axes.reversed()) nested = new For(axis.index(), axis.extent(), nested);
            return nested;
        }
    }

    /// The loops that are left of `axes`, where `roots` are all scalars that may use their indices.
    List<Axis> axes(List<Axis> axes, List<Scalar> roots) {
        var left = new ArrayList<>(axes);
        for (int k = 0; k + 1 < left.size(); ) {
            var place = place(left.get(k), left.get(k + 1), roots.stream().map(this::apply).toList());
            if (place == null) {
                k++;
                continue;
            }
            replaced.put(place, left.get(k).index());
            var n = terms.mul(left.get(k).extent(), left.remove(k + 1).extent());
            left.set(k, new Axis(left.get(k).index(), n));
        }
        return left;
    }

    /// A scalar after all collapses so far.
    Scalar apply(Scalar x) {
        if (replaced.isEmpty()) return x;
        return Scalars.map(x, part -> {
            var term = terms.term(part);
            return replaced.getOrDefault(term, term);
        });
    }

    /// The term `i * n + j` if neither index is used elsewhere.
    private @Nullable Scalar place(Axis outer, Axis inner, List<Scalar> roots) {
        var row = terms.mul(outer.index(), inner.extent());
        var place = terms.add(row, inner.index());
        var parents = new IdentityHashMap<Scalar, Set<Integer>>();
        for (var x : Scalars.inOrder(roots)) for (var part : Scalars.parts(x))
            parents.computeIfAbsent(part, _ -> new TreeSet<>()).add(terms.id(x));
        var own = Set.of(terms.id(place));
        boolean only = own.equals(parents.get(inner.index())) && own.equals(parents.get(row))
            && Set.of(terms.id(row)).equals(parents.get(outer.index()));
        for (var root : roots) only &= terms.id(root) != terms.id(row) && terms.id(root) != terms.id(inner.index())
            && terms.id(root) != terms.id(outer.index());
        return only ? place : null;
    }
}
