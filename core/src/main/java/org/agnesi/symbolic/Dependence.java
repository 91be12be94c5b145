package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The nodes between some inputs `xs` and some results `ys`, inputs before users. Nothing else is visited by a sweep.
final class Dependence {
    private final Set<Expr> xs = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Expr> constants = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> between = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Node> order = new ArrayList<>();

    /// @param constants expressions to be taken as not depending on anything, unless they are among `xs`
    Dependence(Collection<Expr> xs, Collection<Expr> ys, Collection<Expr> constants) {
        this.xs.addAll(xs);
        this.constants.addAll(constants);
        long oldest = xs.stream().mapToLong(x -> x.node().number()).min().orElse(Long.MAX_VALUE);
        for (var node : Graph.inOrder(ys, n -> n.number() > oldest))
            if (reachesAny(node.args())) {
                between.add(node);
                order.add(node);
            }
    }

    /// Whether a change of the `xs` changes `e`.
    boolean reaches(Expr e) { return between.contains(e.node()) && !constants.contains(e) || xs.contains(e); }

    private boolean reachesAny(List<Expr> args) {
        for (var arg : args) if (reaches(arg)) return true;
        return false;
    }

    List<Node> order() { return order; }
}
