package org.agnesi.symbolic;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Expressions in the place of others: in one graph after the other, where what was rebuilt before is not rebuilt again.
///
/// What a replacement stands for must not be in a graph before it is put.
public final class Substitution {
    private final Map<Expr, Expr> done = new IdentityHashMap<>();
    private long oldest = Long.MAX_VALUE;

    public Substitution() {}

    Substitution(Map<Expr, Expr> replacements) { replacements.forEach(this::put); }

    public void put(Expr e, Expr replacement) {
        done.put(e, replacement);
        oldest = Math.min(oldest, e.node().number());
    }

    /// What was put for an expression or made of it; null where it was not met.
    public @Nullable Expr known(Expr e) { return done.get(e); }

    public Expr of(Expr root) { return of(List.of(root)).getFirst(); }

    /// `roots` with each expression that has a replacement replaced, and what depends on it rebuilt.
    public List<Expr> of(List<Expr> roots) {
        for (var node : Graph.inOrder(roots, n -> n.number() >= oldest && !Graph.allReplaced(n, done))) {
            var rebuilt = node.map(arg -> done.getOrDefault(arg, arg));
            for (int i = 0; i < node.size(); i++) done.putIfAbsent(node.result(i), rebuilt.result(i));
        }
        return roots.stream().map(root -> done.getOrDefault(root, root)).toList();
    }
}
