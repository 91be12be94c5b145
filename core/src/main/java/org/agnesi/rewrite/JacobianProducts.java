package org.agnesi.rewrite;

import static org.agnesi.rewrite.Rule.rule;
import static org.agnesi.rewrite.RuleClass.REAL;

import java.util.HashSet;
import java.util.List;
import org.agnesi.derive.Jacobian;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Products;
import org.agnesi.op.Sin;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Products with a Jacobian become sweeps, and the matrix is never built; they act before a Jacobian is inlined.
///
/// `dot(H, v)` is one of them: a Hessian is the Jacobian of a gradient. The same sums in another order: they hold for real
/// numbers, and zeros of the Jacobian stay exact zeros whatever multiplies them.
final class JacobianProducts {
    private JacobianProducts() {}

    static final List<Rule> RULES = List.of(
        rule("jacobian-times-vector", Contract.class, JacobianProducts::forward).as(REAL).samples(JacobianProducts::timesVector),
        rule("vector-times-jacobian", Contract.class, JacobianProducts::reverse).as(REAL).samples(JacobianProducts::vectorTimes));

    /// A product whose operand `jacobian` has the axes of y, then those of x.
    private record Product(Jacobian jacobian, List<Expr> args, List<Integer> y, List<Integer> x, Expr vector, List<Integer> labels) {}

    private static @Nullable Product product(Node node, Contract op, int operand) {
        var inner = node.arg(operand).node();
        var vector = node.arg(1 - operand);
        if (!(inner.op() instanceof Jacobian jacobian) || vector.type().dtype() != node.types().getFirst().dtype()) return null;
        var labels = operand == 0 ? op.left() : op.right();
        int rank = labels.size() - inner.arg(0).type().rank();
        return new Product(jacobian, inner.args(), labels.subList(0, rank), labels.subList(rank, labels.size()),
            vector, operand == 0 ? op.right() : op.left());
    }

    /// `dot(jacobian(y, x), v)` → one forward sweep: v has the axes of x, which are summed, and y's stay.
    private static @Nullable Expr forward(Node node, Contract op) {
        for (int operand = 0; operand < 2; operand++) {
            var p = product(node, op, operand);
            if (p != null && isOnly(p.x, p.labels) && isOnly(p.y, op.out()))
                return ordered(p.jacobian.times(p.args, ordered(p.vector, p.labels, p.x)), p.y, op.out());
        }
        return null;
    }

    /// `dot(u, jacobian(y, x))` → one reverse sweep.
    private static @Nullable Expr reverse(Node node, Contract op) {
        for (int operand = 0; operand < 2; operand++) {
            var p = product(node, op, operand);
            if (p != null && isOnly(p.y, p.labels) && isOnly(p.x, op.out()))
                return ordered(p.jacobian.timesFromLeft(p.args, ordered(p.vector, p.labels, p.y)), p.x, op.out());
        }
        return null;
    }

    private static boolean isOnly(List<Integer> labels, List<Integer> other) {
        return labels.size() == other.size() && new HashSet<>(labels).equals(new HashSet<>(other));
    }

    /// `e`, whose axes are `from`, with its axes in the order `to`.
    private static Expr ordered(Expr e, List<Integer> from, List<Integer> to) {
        return from.equals(to) ? e : DimShuffle.dimshuffle(e, to.stream().mapToInt(from::indexOf).toArray());
    }

    // what the rules' test runs them on

    private static List<Expr> timesVector() {
        var x = RuleSamples.variable("x", -1);
        var v = RuleSamples.variable("v", -1);
        var layer = Sin.sin(Products.dot(RuleSamples.variable("A", 2, -1), x));
        return List.of(Products.dot(Jacobian.jacobian(Sin.sin(x), x), v), Products.dot(Jacobian.jacobian(layer, x), v),
            Products.dot(v, DimShuffle.transpose(Jacobian.jacobian(layer, x))), Products.dot(Jacobian.hessian(Sum.sum(Sin.sin(x)), x), v));
    }

    private static List<Expr> vectorTimes() {
        var x = RuleSamples.variable("x", 3);
        var u = RuleSamples.variable("u", 2);
        var layer = Sin.sin(Products.dot(RuleSamples.variable("A", 2, 3), x));
        return List.of(Products.dot(RuleSamples.variable("u", 3), Jacobian.jacobian(Sin.sin(x), x)),
            Products.dot(u, Jacobian.jacobian(layer, x)), Products.dot(DimShuffle.transpose(Jacobian.jacobian(layer, x)), u));
    }
}
