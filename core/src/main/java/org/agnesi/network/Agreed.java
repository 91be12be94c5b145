package org.agnesi.network;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.derive.Jacobian;
import org.agnesi.op.IfElse;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// The sizes that must be equal for a Jacobian's formula to make sense: in `tanh(dot(A, x))` A has as many columns as x elements.
///
/// They are its ops' facts, about what it is applied to. What only a side of a choice needs is not among them.
final class Agreed {
    /// The first ops of long formulas are those that meet their inputs.
    private static final int MOST_NODES = 1000;

    private final Labels labels;
    private final Map<Expr, Expr> given = new IdentityHashMap<>();
    private final List<Integer> sizes = new ArrayList<>();   // a label for each that is known to be as large as others

    private Agreed(Node jacobian, Labels labels) {
        this.labels = labels;
        var body = ((Jacobian) jacobian.op()).body();
        for (int i = 0; i < body.params().size(); i++) given.put(body.params().get(i), jacobian.arg(i));
        Graph.inOrder(body.results(), node -> !(node.op() instanceof IfElse)).stream().limit(MOST_NODES).forEach(this::read);
    }

    /// Tells the labels of a Jacobian's axes what its formula says of their sizes.
    static void learn(Node jacobian, List<Integer> axes, Labels labels) {
        if (jacobian.types().getFirst().isStatic()) return;
        var agreed = new Agreed(jacobian, labels);
        for (int axis : axes) for (int size : agreed.sizes) if (labels.same(axis, size)) labels.equal(axis, size);
    }

    private void read(Node node) {
        for (var fact : node.op().facts(node.args())) {
            int a = label(size(fact.a(), fact.axisA()));
            int b = label(size(fact.b(), fact.axisB()));
            if (labels.same(a, b)) continue;
            labels.equal(a, b);
            sizes.remove(Integer.valueOf(b));
        }
    }

    private int label(Expr size) {
        var known = sizes.stream().filter(label -> labels.isOf(label, size)).findFirst();
        if (known.isPresent()) return known.get();
        sizes.add(labels.fresh(size));
        return sizes.getLast();
    }

    private Expr size(Expr e, int axis) {
        var traced = Length.traced(e, axis);
        if (traced.node().op() instanceof Length(var along) && given.get(traced.node().arg(0)) instanceof Expr outside)
            return Length.traced(outside, along);
        return Graph.replace(List.of(traced), given).getFirst();
    }
}
