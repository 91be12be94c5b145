package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.rule;
import static org.agnesi.rewrite.RuleClass.FINITE;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.RuleClass.SIGNED_ZERO;
import static org.agnesi.rewrite.RuleClass.STRUCTURAL;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Eye;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Products of tensors: transposes inside and out, identity and zero matrices, signs and numbers in front.
final class Contractions {
    private Contractions() {}

    static final List<Rule> RULES = List.of(
        rule("transposed-product",    DimShuffle.class, Contractions::turned),
        rule("product-of-transposed", Contract.class,   (node, op) -> ofTurned(node, op, true)),
        rule("product-of-turned-terms", Contract.class, (node, op) -> ofTurned(node, op, false)).as(REAL),
        rule("product-with-scalar",   Contract.class,   Contractions::withScalar)      .as(SIGNED_ZERO),
        rule("diagonal-of-ones",      FromDiagonal.class, Contractions::ofOnes),
        rule("product-with-eye",      Contract.class,   Contractions::withEye)         .as(STRUCTURAL),
        rule("product-with-zeros",    Contract.class,   Contractions::withZeros)       .as(STRUCTURAL),
        rule("product-with-repeated", Contract.class,   RepeatedFactor::once)          .as(REAL),
        rule("product-of-neg",        Contract.class,   Contractions::ofNeg)           .as(SIGNED_ZERO),
        rule("product-of-multiple",   Contract.class,   (node, op) -> ofMultiple(node, op, true)).as(REAL),
        rule("sum-of-product",        Sum.class,        Contractions::summed)          .as(REAL),
        rule("product-of-fraction",   Contract.class,   (node, op) -> ofMultiple(node, op, false)).as(FINITE));

    private static Expr contract(Contract op, Expr a, Expr b) { return Contract.contract(a, op.left(), b, op.right(), op.out()); }

    private static List<Integer> labels(Contract op, int operand) { return operand == 0 ? op.left() : op.right(); }

    /// `dot(a, b).T` → the same sums in another order of axes.
    private static @Nullable Expr turned(Node node, DimShuffle shuffle) {
        return isPermutation(shuffle, node.arg(0).type().rank()) ? Contract.turned(node.arg(0).node(), shuffle.pattern()) : null;
    }

    private static boolean isPermutation(DimShuffle shuffle, int rank) {
        return shuffle.pattern().size() == rank && !shuffle.pattern().contains(DimShuffle.NEW);
    }

    /// `dot(a.T, b)` → the labels of a turned back.
    ///
    /// @param exactly only where terms are added in the order that they were added in, which is that of the first operand's labels
    private static @Nullable Expr ofTurned(Node node, Contract op, boolean exactly) {
        for (int i = 0; i < 2; i++) {
            var inner = node.arg(i).node();
            if (!(inner.op() instanceof DimShuffle shuffle) || !isPermutation(shuffle, inner.arg(0).type().rank())) continue;
            var labels = new ArrayList<>(labels(op, i));
            for (int axis = 0; axis < labels.size(); axis++) labels.set(shuffle.pattern().get(axis), labels(op, i).get(axis));
            if (exactly && i == 0 && !terms(labels, op).equals(terms(op.left(), op))) continue;
            return i == 0 ? Contract.contract(inner.arg(0), labels, node.arg(1), op.right(), op.out())
                : Contract.contract(node.arg(0), op.left(), inner.arg(0), labels, op.out());
        }
        return null;
    }

    private static List<Integer> terms(List<Integer> labels, Contract op) {
        return labels.stream().filter(label -> !op.out().contains(label)).toList();
    }

    /// A square matrix with a diagonal of ones is `eye(n)`.
    private static @Nullable Expr ofOnes(Node node, FromDiagonal op) {
        var ones = node.arg(0);
        return op.offset() == 0 && ones.type().rank() == 1 && Uniform.valueOf(ones) == 1 && Lengths.isLength(node.arg(1), ones, 0)
            && Lengths.isLength(node.arg(2), ones, 0) ? Eye.eye(node.arg(1), node.arg(1), 0, ones.type().dtype()) : null;
    }

    /// A product with a scalar that sums nothing is elementwise.
    private static @Nullable Expr withScalar(Node node, Contract op) {
        for (int i = 0; i < 2; i++) {
            var labels = labels(op, 1 - i);
            boolean casts = node.arg(i).type().dtype() != node.arg(1 - i).type().dtype();
            if (!labels(op, i).isEmpty() || labels.size() != op.out().size() || casts) continue;
            var turned = DimShuffle.dimshuffle(node.arg(1 - i), op.out().stream().mapToInt(labels::indexOf).toArray());
            return i == 0 ? Mul.mul(node.arg(0), turned) : Mul.mul(turned, node.arg(1));
        }
        return null;
    }

    /// `dot(A, eye)` → `A`
    private static @Nullable Expr withEye(Node node, Contract op) {
        for (int i = 0; i < 2; i++) {
            if (!isSquareEye(node.arg(i))) continue;
            var other = node.arg(1 - i);
            for (int axis = 0; axis < 2; axis++) {
                int summed = labels(op, i).get(axis), free = labels(op, i).get(1 - axis);
                var labels = labels(op, 1 - i);
                if (summed == free || op.out().contains(summed) || !labels.contains(summed) || labels.contains(free)
                    || !op.out().contains(free)) continue;
                var renamed = labels.stream().map(label -> label == summed ? free : label).toList();
                if (!renamed.containsAll(op.out()) || renamed.size() != op.out().size()) continue;
                return DimShuffle.dimshuffle(other, op.out().stream().mapToInt(renamed::indexOf).toArray());
            }
        }
        return null;
    }

    private static boolean isSquareEye(Expr e) {
        if (!(e.node().op() instanceof Eye(var offset, var _)) || offset != 0) return false;
        var rows = e.node().arg(0);
        var columns = e.node().arg(1);
        return rows == columns || rows.constantLong().isPresent() && rows.constantLong().equals(columns.constantLong());
    }

    /// A product with zeros is zero.
    private static @Nullable Expr withZeros(Node node, Contract op) {
        return node.args().stream().anyMatch(arg -> Uniform.valueOf(arg) == 0) ? Constant.constant(0) : null;
    }

    private static @Nullable Expr ofNeg(Node node, Contract op) {
        for (int i = 0; i < 2; i++) {
            var inner = node.arg(i).node();
            if (inner.op() instanceof Neg && node.arg(i).type().dtype().isFloating())
                return Neg.neg(i == 0 ? contract(op, inner.arg(0), node.arg(1)) : contract(op, node.arg(0), inner.arg(0)));
        }
        return null;
    }

    /// `dot(c·a, b)` → `c·dot(a, b)`, on fewer elements; where |c| < 1 what is summed might overflow.
    private static @Nullable Expr ofMultiple(Node node, Contract op, boolean atLeastOne) {
        for (int i = 0; i < 2; i++) {
            var inner = node.arg(i).node();
            if (!(inner.op() instanceof Mul) || inner.args().size() != 2 || node.arg(i).type().dtype() != node.types().getFirst().dtype()
                || !node.arg(i).type().dtype().isFloating()) continue;
            double c = Uniform.valueOf(inner.arg(0));
            if (!Double.isFinite(c) || Math.abs(c) >= 1 != atLeastOne) continue;
            var rest = inner.arg(1);
            return Mul.mul(Constant.of(c, node.types().getFirst().dtype()), i == 0 ? contract(op, rest, node.arg(1))
                : contract(op, node.arg(0), rest));
        }
        return null;
    }

    /// `sum(dot(a, b), 0)` → `dot(sum(a, 0), b)`: along what only one factor has, that one is summed before.
    private static @Nullable Expr summed(Node node, Sum sum) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof Contract(var left, var right, var out)) || !node.arg(0).type().dtype().isFloating()) return null;
        var alone = sum.axes().stream().map(out::get).filter(label -> left.contains(label) != right.contains(label)).toList();
        if (alone.isEmpty()) return null;
        var rest = out.stream().filter(label -> !alone.contains(label)).toList();
        var product = Contract.contract(over(inner.arg(0), left, alone), without(left, alone), over(inner.arg(1), right, alone),
            without(right, alone), rest);
        var axes = sum.axes().stream().map(out::get).filter(label -> !alone.contains(label)).map(rest::indexOf).toList();
        return axes.isEmpty() ? product : sum.over(product, axes);
    }

    private static Expr over(Expr x, List<Integer> labels, List<Integer> summed) {
        var axes = summed.stream().filter(labels::contains).map(labels::indexOf).sorted().toList();
        return axes.isEmpty() ? x : new Sum(axes).over(x, axes);
    }

    private static List<Integer> without(List<Integer> labels, List<Integer> some) {
        return labels.stream().filter(label -> !some.contains(label)).toList();
    }
}
