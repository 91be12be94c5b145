package org.agnesi.symbolic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Of equal nodes, the first. Two are equal where their ops are and their args are the same expressions.
///
/// Variables, random draws, prints and asserts are equal only to themselves.
public final class Interner {
    private final Map<Key, Node> known = new HashMap<>();

    private record Key(Op op, List<Expr> args) {}

    public Interner() {}

    /// The first node that is equal to this one, itself where there was none.
    public Node first(Node node) {
        if (!node.op().isMergeable()) return node;
        var earlier = known.putIfAbsent(new Key(node.op(), order(node)), node);
        return earlier == null ? node : earlier;
    }

    /// Two args in one order where the op does not mind; of more the order decides the rounding.
    private static List<Expr> order(Node node) {
        var args = node.args();
        if (args.size() != 2 || !node.op().isCommutative()) return args;
        var a = args.get(0);
        var b = args.get(1);
        return before(a, b) ? args : List.of(b, a);
    }

    private static boolean before(Expr a, Expr b) {
        long i = a.node().number(), j = b.node().number();
        return i < j || i == j && a.index() <= b.index();
    }
}
