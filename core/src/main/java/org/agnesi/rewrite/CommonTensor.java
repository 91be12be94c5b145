package org.agnesi.rewrite;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.agnesi.op.Add;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.Mul;
import org.agnesi.op.Sub;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Terms that are products with the same tensor: `c·A·p + d·A·q` → `A·(c·p + d·q)`, one product for two.
///
/// The tensor has an axis that `p` and `q` lack, so that their sum costs less than what it saves.
final class CommonTensor {
    private CommonTensor() {}

    /// A term `c·A·p`, of which `p` is an operand of `product`.
    private record Term(double c, Node product, int operand) {
        Expr own() { return product.arg(operand); }

        /// Whether another differs in that operand alone.
        boolean isLike(Term other) {
            return other.operand == operand && other.product.op().equals(product.op())
                && other.product.arg(1 - operand) == product.arg(1 - operand) && own().type().dtype() == other.own().type().dtype();
        }

        Term plus(Term other) {
            var op = (Contract) product.op();
            var sum = other.c == -c ? Sub.sub(own(), other.own()) : Add.add(own(), times(other.c / c, other.own()));
            var joined = operand == 0 ? Contract.contract(sum, op.left(), product.arg(1), op.right(), op.out())
                : Contract.contract(product.arg(0), op.left(), sum, op.right(), op.out());
            return new Term(c, joined.node(), operand);
        }

        private static Expr times(double c, Expr e) { return c == 1 ? e : Mul.mul(Constant.of(c, e.type().dtype()), e); }
    }

    /// The terms with their coefficients, as few of them as can be.
    ///
    /// @param spare whether an expression is used only here
    static Map<Expr, Double> joined(Map<Expr, Double> terms, Predicate<Expr> spare) {
        var all = new LinkedHashMap<Expr, Double>();
        terms.forEach((e, c) -> {
            if (c == 0 || !spare.test(e) || !join(e, c, all, spare)) all.merge(e, c, Double::sum);
        });
        return all;
    }

    private static boolean join(Expr e, double c, Map<Expr, Double> all, Predicate<Expr> spare) {
        for (int operand = 0; operand < 2; operand++) {
            var term = term(e, c, operand);
            if (term == null) continue;
            for (var other : List.copyOf(all.keySet())) {
                var found = spare.test(other) ? term(other, all.get(other), operand) : null;
                if (found == null || found.c == 0 || !found.isLike(term)) continue;
                all.remove(other);
                all.put(found.plus(term).product.result(0), found.c);
                return true;
            }
        }
        return false;
    }

    private static @Nullable Term term(Expr e, double c, int operand) {
        if (!(e.node().op() instanceof Contract(var left, var right, var _)) || !e.type().dtype().isFloating()) return null;
        var own = operand == 0 ? left : right;
        return new HashSet<>(own).containsAll(operand == 0 ? right : left) ? null : new Term(c, e.node(), operand);
    }
}
