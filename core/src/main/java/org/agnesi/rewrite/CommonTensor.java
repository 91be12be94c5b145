package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.agnesi.op.Add;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.PutSlice;
import org.agnesi.op.Sub;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Terms that are products with the same tensor: `c·A·p + d·A·q` → `A·(c·p + d·q)`, one product for two.
///
/// The tensor has an axis that `p` and `q` lack, so that their sum costs less than what it saves. What is done to both products
/// alike is done once: `u·(A·p) + u·(A·q)`, `(A·p)[1:] + (A·q)[1:]`.
final class CommonTensor {
    /// So many steps are looked through on the way to a product.
    private static final int DEEPEST = 8;

    private final Predicate<Expr> spare;

    /// @param spare whether an expression is used only here
    private CommonTensor(Predicate<Expr> spare) { this.spare = spare; }

    /// The terms with their coefficients, as few of them as can be.
    ///
    /// @param spare whether an expression is used only here
    static Map<Expr, Double> joined(Map<Expr, Double> terms, Predicate<Expr> spare) {
        var common = new CommonTensor(spare);
        var all = new LinkedHashMap<Expr, Double>();
        terms.forEach((e, c) -> { if (c == 0 || !common.join(e, c, all)) all.merge(e, c, Double::sum); });
        return all;
    }

    private boolean join(Expr e, double c, Map<Expr, Double> all) {
        for (var other : List.copyOf(all.keySet())) {
            double first = all.get(other);
            var sum = first == 0 ? null : sum(other, e, c / first, DEEPEST);
            if (sum == null) continue;
            all.remove(other);
            all.put(sum, first);
            return true;
        }
        return false;
    }

    /// `a + c·b` as one product; null where they have no tensor in common, or others use either.
    private @Nullable Expr sum(Expr a, Expr b, double c, int depth) {
        var within = depth == 0 || !a.type().equals(b.type()) ? null : within(a, b, c, depth);
        if (within != null) return within;
        var m = a.node();
        var n = Contract.like(m, b.node());
        boolean alike = depth > 0 && m.op().equals(n.op()) && a.type().equals(b.type()) && a.type().dtype().isFloating();
        if (!alike || !spare.test(a) || !spare.test(b)) return null;
        if (m.op() instanceof Contract op) return products(op, m, n, c);
        if (m.isProduct()) return multiples(m, n, c, depth);
        boolean moves = m.op().isStructural() && m.op().isMergeable() && m.size() == 1
            && m.args().stream().skip(1).noneMatch(arg -> arg.type().dtype().isFloating());
        return moves && m.args().subList(1, m.args().size()).equals(n.args().subList(1, n.args().size()))
            ? with(m, 0, sum(m.arg(0), n.arg(0), c, depth - 1)) : null;
    }

    /// Where either is a multiple, `2·A·p`, or has something added to a part of it, as in `(A·p).at[1:].add(r) + A·q`.
    private @Nullable Expr within(Expr a, Expr b, double c, int depth) {
        var m = a.node();
        var n = b.node();
        if (isAddedTo(m) && spare.test(a)) return with(m, 0, sum(m.arg(0), b, c, depth - 1));
        if (isAddedTo(n) && spare.test(b)) {
            var added = new ArrayList<>(n.args());
            added.set(1, times(c, n.arg(1)));
            return with(n.with(added), 0, sum(a, n.arg(0), c, depth - 1));
        }
        if (isMultiple(m) && spare.test(a)) return with(m, 1, sum(m.arg(1), b, c / Uniform.valueOf(m.arg(0)), depth - 1));
        return isMultiple(n) && spare.test(b) ? sum(a, n.arg(1), c * Uniform.valueOf(n.arg(0)), depth - 1) : null;
    }

    private static boolean isMultiple(Node node) {
        double factor = node.isProduct() && node.args().size() == 2 ? Uniform.valueOf(node.arg(0)) : Double.NaN;
        return Double.isFinite(factor) && factor != 0;
    }

    private static boolean isAddedTo(Node node) { return node.op() instanceof PutSlice put && put.adds(); }

    private static Expr times(double c, Expr e) { return c == 1 ? e : c == -1 ? Neg.neg(e) : Mul.mul(Constant.of(c, e.type().dtype()), e); }

    private static @Nullable Expr with(Node node, int k, @Nullable Expr arg) {
        if (arg == null) return null;
        var args = new ArrayList<>(node.args());
        args.set(k, arg);
        return node.with(args).result(0);
    }

    /// The same tensor times two of which each has fewer axes than it.
    private static @Nullable Expr products(Contract op, Node m, Node n, double c) {
        for (int k = 0; k < 2; k++) {
            var p = m.arg(k);
            var q = n.arg(k);
            boolean isLess = !new HashSet<>(k == 0 ? op.left() : op.right()).containsAll(k == 0 ? op.right() : op.left());
            if (isLess && m.arg(1 - k) == n.arg(1 - k) && p.type().dtype() == q.type().dtype())
                return with(m, k, c == -1 ? Sub.sub(p, q) : Add.add(p, times(c, q)));
        }
        return null;
    }

    /// Products element by element that differ in one factor.
    private @Nullable Expr multiples(Node m, Node n, double c, int depth) {
        var own = new ArrayList<>(m.args());
        var others = new ArrayList<>(n.args());
        for (var arg : n.args()) if (own.remove(arg)) others.remove(arg);
        return own.size() == 1 && others.size() == 1
            ? with(m, m.args().indexOf(own.getFirst()), sum(own.getFirst(), others.getFirst(), c, depth - 1)) : null;
    }
}
