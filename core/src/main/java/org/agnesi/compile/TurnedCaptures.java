package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Product;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Turns a matrix once that every step of a loop multiplies a vector by, or a matrix that comes of a state, so that its columns lie
/// together: lanes of vectors go along them, and blocks are read where they lie or packed by whole vectors.
///
/// What comes of no state is seeds of a derivative, some at a time because memory for all would be too much: so it would be for a
/// matrix that is turned.
final class TurnedCaptures {
    /// From how many steps on turning takes less than packing blocks that lie apart at each step.
    private static final int MANY = 4;

    private final Set<Expr> recurrent = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ReopenedLoop loop;
    private final boolean many;

    private TurnedCaptures(ReopenedLoop loop) {
        this.loop = loop;
        many = loop.steps().constantLong().orElse(MANY) >= MANY;
        for (int k = 0; k < loop.spec().states(); k++)
            loop.spec().params(loop.spec().initial(k)).stream().mapToObj(loop.body().params()::get).forEach(recurrent::add);
    }

    static List<Expr> of(List<Expr> roots) {
        return LoopPass.each(roots, node -> new TurnedCaptures(new ReopenedLoop(node)).results(node));
    }

    private List<Expr> results(Node node) {
        var rebuilt = new IdentityHashMap<Expr, Expr>();
        for (var inner : Graph.inOrder(loop.body().results())) {
            boolean follows = inner.args().stream().anyMatch(recurrent::contains);
            if (follows) recurrent.addAll(inner.results());
            var moved = inner.map(e -> rebuilt.getOrDefault(e, e));
            var turned = turned(moved, many && follows);
            for (int k = 0; k < inner.size(); k++) rebuilt.put(inner.result(k), turned == null ? moved.result(k) : turned);
        }
        boolean isSame = rebuilt.entrySet().stream().allMatch(e -> e.getKey() == e.getValue());
        return isSame ? node.results() : loop.with(rebuilt);
    }

    private @Nullable Expr turned(Node node, boolean rows) {
        if (!(node.op() instanceof Contract(var left, var right, var out)) || !node.types().getFirst().dtype().isFloating()) return null;
        var contract = new Lowering.Contract(left, right, out);
        var sizes = Product.sizes(contract, node.arg(0).type().dims(), node.arg(1).type().dims());
        var product = Product.of(contract, sizes);
        int wide = product.swapped() ? 0 : 1;
        var matrix = loop.captured().get(node.arg(wide));
        if (matrix == null || !product.isWideTurned(sizes) || !rows && !product.rows().isEmpty()) return null;
        var labels = wide == 0 ? left : right;
        var order = new ArrayList<Integer>();
        for (int label : labels) if (!product.columns().contains(label)) order.add(labels.indexOf(label));
        for (int label : product.columns()) order.add(labels.indexOf(label));
        var turned = DimShuffle.dimshuffle(matrix, order.stream().mapToInt(axis -> axis).toArray());
        var own = order.stream().map(labels::get).toList();
        return wide == 0 ? Contract.contract(turned, own, node.arg(1), right, out) : Contract.contract(node.arg(0), left, turned, own, out);
    }
}
