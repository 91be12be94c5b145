package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.rule;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.RuleClass.STRUCTURAL;

import java.util.List;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Mul;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Square matrices of which only the diagonal is given: what is done with them needs no more.
final class Diagonals {
    private Diagonals() {}

    static final List<Rule> RULES = List.of(
        rule("product-with-diagonal", Contract.class, Diagonals::product).as(STRUCTURAL),
        rule("sum-of-diagonal",       Sum.class,      Diagonals::sum)    .as(REAL));

    /// `v` of `diag(v)`; null where `e` is no such matrix, or has more rows or columns than that.
    private static @Nullable Expr ofSquare(Expr e) {
        var node = e.node();
        if (!(node.op() instanceof FromDiagonal(int offset)) || offset != 0 || e.type().rank() != 2) return null;
        var v = node.arg(0);
        return Lengths.isLength(node.arg(1), v, 0) && Lengths.isLength(node.arg(2), v, 0) ? v : null;
    }

    /// `dot(diag(v), A)` → `v · A`, row by row.
    private static @Nullable Expr product(Node node, Contract op) {
        for (int i = 0; i < 2; i++) {
            var v = ofSquare(node.arg(i));
            var other = node.arg(1 - i);
            if (v == null || other.type().dtype() != v.type().dtype()) continue;
            var own = i == 0 ? op.left() : op.right();
            var labels = i == 0 ? op.right() : op.left();
            for (int axis = 0; axis < 2; axis++) {
                int summed = own.get(axis), free = own.get(1 - axis);
                boolean turns = summed != free && labels.contains(summed) && !labels.contains(free)
                    && op.out().contains(free) && !op.out().contains(summed);
                var renamed = labels.stream().map(label -> label == summed ? free : label).toList();
                if (!turns || renamed.size() != op.out().size() || !renamed.containsAll(op.out())) continue;
                var turned = DimShuffle.dimshuffle(other, op.out().stream().mapToInt(renamed::indexOf).toArray());
                var along = DimShuffle.dimshuffle(v, op.out().stream().mapToInt(label -> label == free ? 0 : DimShuffle.NEW).toArray());
                return i == 0 ? Mul.mul(along, turned) : Mul.mul(turned, along);
            }
        }
        return null;
    }

    /// `sum(diag(v), 0)` → `v`
    private static @Nullable Expr sum(Node node, Sum sum) {
        var v = ofSquare(node.arg(0));
        return v == null || !v.type().dtype().isFloating() ? null : sum.axes().size() == 2 ? Sum.sum(v) : v;
    }
}
