package org.agnesi.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.op.Constant;
import org.agnesi.op.IfElse;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

/// Lengths that must be equal become one: where `x + y` is computed, `y.length()` is `x.length()`.
///
/// A function checks these facts on entry, so nothing is assumed. A known size is preferred, then the oldest variable.
public record ShapeOf() implements Pass {
    @Override public String name() { return "shapes"; }

    /// The lengths that it makes to look at are nobody's line.
    @Override public List<Expr> run(List<Expr> roots, Trace trace) { return Origin.inherit(null, () -> equated(roots, trace)); }

    private List<Expr> equated(List<Expr> roots, Trace trace) {
        var nodes = Graph.inOrder(roots);
        var wanted = new IdentityHashMap<Expr, Expr>();
        for (var node : nodes) if (node.op() instanceof Length) wanted.put(node.result(0), node.result(0));
        if (wanted.isEmpty()) return roots;
        var equal = new Classes();
        for (var node : computed(roots))
            for (var fact : node.op().facts(node.args())) equal.add(fact);
        var replaced = new IdentityHashMap<Expr, Expr>();
        for (var length : wanted.keySet()) {
            var best = equal.best(length);
            if (best != length) {
                replaced.put(length, best);
                trace.fired(name(), length, best);
            }
        }
        return replaced.isEmpty() ? roots : Graph.replace(roots, replaced);
    }

    /// The nodes that are computed whatever is chosen: what must be equal on one side of an `ifElse` may differ on the other.
    private static Set<Node> computed(List<Expr> roots) {
        var seen = new LinkedHashSet<Node>();
        var work = new ArrayDeque<Node>();
        for (var root : roots) work.add(root.node());
        while (!work.isEmpty()) {
            var node = work.remove();
            if (!seen.add(node)) continue;
            for (var arg : node.op() instanceof IfElse ? node.args().subList(0, 1) : node.args()) work.add(arg.node());
        }
        return seen;
    }

    /// Lengths known to be equal, as a forest: each points towards the best of its class.
    private static final class Classes {
        private final Map<Key, Key> better = new HashMap<>();
        private final Map<Key, Key> leaves = new HashMap<>();

        private record Key(Expr x, int axis) {}

        void add(Fact fact) {
            var a = root(key(fact.a(), fact.axisA()));
            var b = root(key(fact.b(), fact.axisB()));
            if (a.equals(b)) return;
            if (isBetter(a, b)) better.put(b, a);
            else better.put(a, b);
        }

        Expr best(Expr length) {
            var key = key(length.node().arg(0), ((Length) length.node().op()).axis());
            var root = root(key);
            return root.equals(key) ? length : root.x.type().isKnown(root.axis)
                ? Constant.index(root.x.type().dim(root.axis)) : root.x.length(root.axis);
        }

        /// The leaf's dimension that dimension `axis` of `x` is, as far as that is plain; found once for each step.
        private Key key(Expr x, int axis) {
            var path = new ArrayList<Key>();
            var at = new Key(x, axis);
            for (var next = leaves.get(at); ; next = leaves.get(at)) {
                if (next == null) {
                    path.add(at);
                    next = inner(at);
                }
                if (next.equals(at)) break;
                at = next;
            }
            for (var step : path) leaves.put(step, at);
            return at;
        }

        /// The dimension of an input that dimension `key` is; itself where it is a leaf's or computed.
        private static Key inner(Key key) {
            var e = key.x;
            if (e.type().isKnown(key.axis)) return key;
            var shape = e.node().op().outputShapes(e.node().args()).get(e.index());
            var size = shape.size() <= key.axis ? null : shape.get(key.axis);
            return size != null && size.node().op() instanceof Length(var axis) ? new Key(size.node().arg(0), axis) : key;
        }

        private Key root(Key key) {
            var at = key;
            for (var next = better.get(at); next != null; next = better.get(at)) at = next;
            if (at != key) better.put(key, at);
            return at;
        }

        private static boolean isBetter(Key a, Key b) {
            boolean known = a.x.type().isKnown(a.axis);
            return known == b.x.type().isKnown(b.axis) ? a.x.node().number() < b.x.node().number() : known;
        }
    }
}
