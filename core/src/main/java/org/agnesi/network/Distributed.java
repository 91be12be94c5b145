package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.agnesi.op.Add;
import org.agnesi.op.Contract;
import org.agnesi.op.Eye;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Sub;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A product with a sum as a sum of products, where the sum is a matrix of which products make less: `dot(A + λI, v)` → `A·v + λv`.
///
/// @param operand which operand the sum is
public record Distributed(int operand, List<Term> terms) {
    /// Sums inside each other of outer products.
    private static final int DEEPEST = 8;

    /// A term of a sum, added or subtracted.
    private record Term(boolean isPlus, Expr of) {
        Expr multiplied() { return Thin.multiplied(of); }
    }

    /// Null where no operand is such a sum, read once, or the sum of matrices is as good.
    ///
    /// @param reads how often a node is read
    public static @Nullable Distributed of(Node product, ToIntFunction<Node> reads) {
        if (!(product.op() instanceof Contract op) || !Chain.isProduct(product)) return null;
        for (int k = 0; k < 2; k++) {
            var sum = product.arg(k);
            if (!sum.node().isSum() || sum.type().rank() <= op.out().size() || reads.applyAsInt(sum.node()) != 1) continue;
            var terms = terms(sum, 1, reads);
            if (isApart(terms, sum)) return new Distributed(k, terms);
            var all = terms(sum, DEEPEST, reads);
            if (areOuter(all, sum)) return new Distributed(k, all);
        }
        return null;
    }

    /// The terms of a sum, and of sums in it that only it reads.
    private static List<Term> terms(Expr sum, int depth, ToIntFunction<Node> reads) {
        var terms = new ArrayList<Term>();
        var signs = sum.node().signs();
        for (int k = 0; k < signs.size(); k++) {
            var arg = sum.node().arg(k);
            boolean isPlus = signs.get(k) > 0;
            if (depth == 1 || !arg.node().isSum() || reads.applyAsInt(arg.node()) != 1) terms.add(new Term(isPlus, arg));
            else for (var term : terms(arg, depth - 1, reads)) terms.add(new Term(term.isPlus == isPlus, term.of));
        }
        return terms;
    }

    /// Whether there is one matrix in it to multiply at most, or all are outer products, and no number is repeated.
    private static boolean isApart(List<Term> terms, Expr sum) {
        return areOuter(terms, sum) || areLike(terms, sum) && (terms.stream().map(Term::multiplied).distinct().count() == 1
            || terms.stream().filter(term -> !isDiagonal(term.multiplied())).count() <= 1);
    }

    private static boolean areLike(List<Term> terms, Expr sum) {
        return terms.stream().allMatch(term -> term.of.type().equals(sum.type()));
    }

    private static boolean areOuter(List<Term> terms, Expr sum) {
        return areLike(terms, sum) && terms.stream().allMatch(term -> isOuter(term.multiplied()));
    }

    private static boolean isOuter(Expr e) {
        return e.node().op() instanceof Contract op && op.out().size() == op.left().size() + op.right().size();
    }

    private static boolean isDiagonal(Expr e) { return e.node().op() instanceof Eye || e.node().op() instanceof FromDiagonal; }

    /// The product as a sum of products.
    ///
    /// @param now what an expression has become by now
    public Expr apart(Node product, UnaryOperator<Expr> now) {
        var op = (Contract) product.op();
        var other = now.apply(product.arg(1 - operand));
        Expr sum = null;
        for (var term : terms) {
            var of = now.apply(term.of);
            var made = operand == 0 ? Contract.contract(of, op.left(), other, op.right(), op.out())
                : Contract.contract(other, op.left(), of, op.right(), op.out());
            sum = sum == null ? made : term.isPlus ? Add.add(sum, made) : Sub.sub(sum, made);   // the first is added
        }
        return Objects.requireNonNull(sum);
    }
}
