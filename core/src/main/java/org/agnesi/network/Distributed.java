package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.agnesi.op.Add;
import org.agnesi.op.Contract;
import org.agnesi.op.Eye;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Sub;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// A product with a sum as a sum of products, where the sum is a matrix of which products make less: `dot(A + λI, v)` → `A·v + λv`.
public final class Distributed {
    private Distributed() {}

    /// Which operand is such a sum, read once; -1 where neither is, or the sum of matrices is as good.
    ///
    /// @param reads how often a node is read
    public static int operand(Node product, ToIntFunction<Node> reads) {
        if (!(product.op() instanceof Contract op) || !Chain.isProduct(product)) return -1;
        for (int k = 0; k < 2; k++) {
            var sum = product.arg(k);
            boolean isSum = (sum.node().op() instanceof Add || sum.node().op() instanceof Sub) && sum.type().rank() > op.out().size();
            if (isSum && reads.applyAsInt(sum.node()) == 1 && isApart(sum.node().args(), sum)) return k;
        }
        return -1;
    }

    /// Whether there is one matrix in it to multiply at most, or all are outer products, and no number is repeated.
    private static boolean isApart(List<Expr> terms, Expr sum) {
        boolean same = terms.stream().allMatch(term -> term.type().equals(sum.type()));
        return same && (terms.stream().allMatch(term -> isOuter(Thin.multiplied(term)))
            || terms.stream().map(Thin::multiplied).distinct().count() == 1
            || terms.stream().filter(term -> !isDiagonal(Thin.multiplied(term))).count() <= 1);
    }

    private static boolean isOuter(Expr e) {
        return e.node().op() instanceof Contract op && op.out().size() == op.left().size() + op.right().size();
    }

    private static boolean isDiagonal(Expr e) { return e.node().op() instanceof Eye || e.node().op() instanceof FromDiagonal; }

    /// The product with the sum that is operand `k`, as a sum of products.
    public static Expr apart(Node product, int k) {
        var op = (Contract) product.op();
        var sum = product.arg(k).node();
        var terms = new ArrayList<Expr>();
        for (var term : sum.args()) terms.add(k == 0 ? Contract.contract(term, op.left(), product.arg(1), op.right(), op.out())
            : Contract.contract(product.arg(0), op.left(), term, op.right(), op.out()));
        return sum.op() instanceof Sub ? Sub.sub(terms.get(0), terms.get(1)) : terms.stream().reduce(Add::add).orElseThrow();
    }
}
