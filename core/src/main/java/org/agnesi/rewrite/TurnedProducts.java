package org.agnesi.rewrite;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agnesi.network.Chain;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

/// Products of the same tensors that differ in the order of their axes are one and its transpose: `dot(A, B)` and `dot(B.T, A.T)`.
///
/// Sweeps with several vectors have these first, where a product with a matrix of vectors has them last. It comes after the rules,
/// for which a transposed product is another product.
///
/// @param strictness whether sums may be added in another order
public record TurnedProducts(Strictness strictness) implements Pass {
    /// A product with its operands and the axes of its result in one order, whichever were written.
    private record Sums(Contract op, Expr a, Expr b) {}

    @Override public String name() { return "turned-products"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        if (!strictness.allows(RuleClass.REAL)) return roots;
        Map<Sums, Expr> first = new HashMap<>();
        Map<Expr, Expr> now = new IdentityHashMap<>();
        for (var node : Graph.inOrder(roots)) {
            var rebuilt = Origin.inherit(node.origin(), () -> node.map(now::get));
            for (int k = 0; k < node.size(); k++) now.put(node.result(k), rebuilt.result(k));
            if (!Chain.isProduct(rebuilt) || !isMatrix((Contract) rebuilt.op())) continue;
            var op = inOrder(rebuilt);
            boolean swaps = op != rebuilt.op();
            var sums = new Sums(new Contract(op.left(), op.right(), op.out().stream().sorted().toList()),
                rebuilt.arg(swaps ? 1 : 0), rebuilt.arg(swaps ? 0 : 1));
            var other = first.putIfAbsent(sums, rebuilt.result(0));
            if (other == null) continue;
            var turned = turned(other, op.out());
            if (!turned.type().refines(node.types().getFirst())) continue;
            trace.fired(name(), node.result(0), turned);
            now.put(node.result(0), turned);
        }
        return roots.stream().map(now::get).toList();
    }

    /// Whether there are sums in it, for more than a row of results.
    private static boolean isMatrix(Contract op) {
        return op.out().size() > 1 && Stream.concat(op.left().stream(), op.right().stream()).anyMatch(label -> !op.out().contains(label));
    }

    /// The product with the operand first that was made first.
    private static Contract inOrder(Node product) {
        var op = (Contract) product.op();
        return product.arg(0).node().number() <= product.arg(1).node().number() ? op : new Contract(op.right(), op.left(), op.out());
    }

    private static Expr turned(Expr product, List<Integer> out) {
        var own = inOrder(product.node()).out();
        return own.equals(out) ? product : DimShuffle.dimshuffle(product, out.stream().mapToInt(own::indexOf).toArray());
    }
}
