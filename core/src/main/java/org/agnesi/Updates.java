package org.agnesi;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Shared;
import org.agnesi.symbolic.Updating;

/// Every update of a function: those it was given, those of the loops it runs, and the default ones of the rest.
final class Updates {
    private final Map<Shared, Expr> all;
    private final Map<Shared, Node> loops = new IdentityHashMap<>();

    private Updates(Map<Shared, Expr> given) { this.all = new LinkedHashMap<>(given); }

    /// `given`, and what the graph of outputs and updates adds to it.
    static Map<Shared, Expr> of(List<Expr> outputs, Map<Shared, Expr> given) {
        var updates = new Updates(given);
        int before;
        do {
            before = updates.all.size();
            updates.look(outputs);
        } while (updates.all.size() > before);
        return updates.all;
    }

    private void look(List<Expr> outputs) {
        var roots = new ArrayList<>(outputs);
        roots.addAll(all.values());
        var order = Graph.inOrder(roots);
        for (var node : order)
            if (node.op() instanceof Updating loop) loop.updates(node).forEach((shared, next) -> update(shared, node, next));
        for (var shared : shareds(roots)) {
            var next = shared.defaultUpdate();
            if (next != null) all.computeIfAbsent(shared, _ -> fit(shared, next));
        }
    }

    private void update(Shared shared, Node loop, Expr next) {
        var known = loops.putIfAbsent(shared, loop);
        boolean same = known == null ? !all.containsKey(shared) : known.op().equals(loop.op()) && known.args().equals(loop.args());
        if (!same) throw new ArgumentError("""
            a function updates a shared variable once, but %s is updated twice, once by a loop
            Say in one place what it becomes.""".formatted(shared));
        if (known == null) all.put(shared, fit(shared, next));
    }

    /// The shared variables that `results` depend on.
    static Set<Shared> shareds(List<Expr> results) {
        var found = new LinkedHashSet<Shared>();
        for (var node : Graph.inOrder(results)) if (node.size() == 1 && node.result(0) instanceof Shared shared) found.add(shared);
        return found;
    }

    /// `next` as a value that `shared` can hold, or an error.
    static Expr fit(Shared shared, Expr next) {
        var cast = Recipe.widen(next, shared.type().dtype());
        if (cast != null && cast.type().rank() == shared.type().rank()) return cast;
        throw new TypeError("""
            the update of %s needs type %s, but got %s of type %s
            Cast or reshape it.""".formatted(shared, shared.type(), next, next.type()));
    }
}
