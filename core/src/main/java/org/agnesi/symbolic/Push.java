package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The forward sweep (Rop): tangents of inputs carried to results, each node between them visited once.
///
/// The tangent of an integer is none; that of an expression absent from the way is absent, not zeros.
public final class Push {
    private Push() {}

    /// Tangents of `ys` given those of `xs`; absent in, absent out where no tangent arrives.
    public static List<@Nullable Expr> push(List<Expr> ys, List<Expr> xs, List<? extends @Nullable Expr> dxs) {
        var tangents = new IdentityHashMap<Expr, Expr>();
        for (int i = 0; i < xs.size(); i++) {
            var dx = dxs.get(i);
            if (dx != null) tangents.put(xs.get(i), Tangents.fit(dx, xs.get(i)));
        }
        for (var node : new Dependence(tangents.keySet(), ys, List.of()).order())
            Origin.inherit(node.origin() == null ? null : node.origin().gradient(), () -> visit(node, tangents));
        var found = new ArrayList<@Nullable Expr>(ys.size());
        for (var y : ys) found.add(tangents.get(y));
        return found;
    }

    private static @Nullable Void visit(Node node, Map<Expr, Expr> tangents) {
        var dx = new ArrayList<@Nullable Expr>(node.args().size());
        for (var arg : node.args()) dx.add(tangents.get(arg));
        var dy = node.op().pushAll(node.args(), node.results(), dx);
        for (int i = 0; i < node.size(); i++) {
            var tangent = dy.get(i);
            if (tangent != null) tangents.putIfAbsent(node.result(i), Tangents.fit(tangent, node.result(i)));
        }
        return null;
    }
}
