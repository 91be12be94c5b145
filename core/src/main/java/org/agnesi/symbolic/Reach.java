package org.agnesi.symbolic;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Which params of a lambda reach which of its results: the connection pattern that loops and calls ask for.
final class Reach {
    private final Map<Expr, BitSet> sources = new IdentityHashMap<>();
    private static final BitSet NONE = new BitSet();

    private Reach() {}

    /// Per result the params that it depends on.
    ///
    /// @param values whether an op's shape and index inputs count as reaching its results (false: only values that a
    ///               derivative could go through)
    static List<BitSet> of(Lambda lambda, boolean values) {
        var reach = new Reach();
        for (int i = 0; i < lambda.params().size(); i++) reach.sources.put(lambda.params().get(i), single(i));
        for (var node : Graph.inOrder(lambda.results(), n -> !reach.sources.containsKey(n.result(0)))) reach.visit(node, values);
        return lambda.results().stream().map(reach::of).toList();
    }

    private void visit(Node node, boolean values) {
        for (var result : node.results()) {
            BitSet found = NONE;
            for (int i = 0; i < node.args().size(); i++) {
                var source = of(node.arg(i));
                if (contains(found, source) || values && !node.op().isConnected(node.args(), node.results(), i, result.index())) continue;
                found = union(found, source);
            }
            sources.put(result, found);
        }
    }

    private BitSet of(Expr e) { return sources.getOrDefault(e, NONE); }

    private static BitSet single(int i) {
        var set = new BitSet();
        set.set(i);
        return set;
    }

    private static boolean contains(BitSet all, BitSet some) {
        if (some.isEmpty() || all == some) return true;
        var rest = (BitSet) some.clone();
        rest.andNot(all);
        return rest.isEmpty();
    }

    /// Never changes its operands, which chains of unary ops share.
    private static BitSet union(BitSet a, BitSet b) {
        if (a.isEmpty()) return b;
        var both = (BitSet) a.clone();
        both.or(b);
        return both;
    }
}
