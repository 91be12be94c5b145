package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.rule;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.RuleClass.STRUCTURAL;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.Cut;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Mul;
import org.agnesi.op.PutSlice;
import org.agnesi.op.Slice;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Products with what is zero but for a slice, or one everywhere: only what counts is multiplied.
///
/// They are what seeds of sweeps make: a column of a matrix is its product with a one among zeros. Only where all sizes are known,
/// since those that must agree are still to be checked.
final class Padding {
    private Padding() {}

    static final List<Rule> RULES = List.of(
        rule("product-with-put",  Contract.class, Padding::contracted).as(STRUCTURAL),
        rule("turned-put",        DimShuffle.class, Padding::turned),
        rule("mul-with-put",      Mul.class,      Padding::multiplied).as(STRUCTURAL),
        rule("product-with-ones", Contract.class, Padding::summed).as(REAL));

    /// `dot(A, zeros.at(i).set(v))` → `dot(A[:, i], v)`: only those columns, where they are few.
    private static @Nullable Expr contracted(Node node, Contract op) {
        for (int i = 0; i < 2; i++) {
            var put = padded(node, i);
            if (put == null) continue;
            var own = i == 0 ? op.left() : op.right();
            var labels = i == 0 ? op.right() : op.left();
            var taken = new ArrayList<>(Collections.nCopies(labels.size(), Cut.ALL));
            var gone = new ArrayList<Integer>();
            boolean summed = true;
            for (int axis = 0; axis < own.size(); axis++) {
                var cut = put.cuts().get(axis);
                if (cut.equals(Cut.ALL)) continue;
                summed &= !op.out().contains(own.get(axis));
                if (summed) taken.set(labels.indexOf(own.get(axis)), cut);
                if (cut.drops()) gone.add(own.get(axis));
            }
            if (!summed || leavesMost(taken, node.arg(1 - i))) continue;
            var v = node.arg(i).node().arg(1);
            var part = Expr.of(new Slice(taken), node.arg(1 - i));
            return i == 0 ? Contract.contract(v, without(own, gone), part, without(labels, gone), op.out())
                : Contract.contract(part, without(labels, gone), v, without(own, gone), op.out());
        }
        return null;
    }

    /// Whether a matrix would be copied but for a little of it, where a loop takes it: the vector is short.
    private static boolean leavesMost(List<Cut> taken, Expr of) {
        return of.type().rank() > 1 && IntStream.range(0, taken.size()).allMatch(axis -> taken.get(axis).equals(Cut.ALL)
            || taken.get(axis) instanceof Cut.Span span && span.leavesMost(of.type().dim(axis), List.of()));
    }

    /// `a * zeros.at(i).set(v)` → `zeros.at(i).set(a[i] * v)`
    private static @Nullable Expr multiplied(Node node, Mul mul) {
        for (int i = 0; i < node.args().size(); i++) {
            var put = padded(node, i);
            if (put == null) continue;
            var inner = node.arg(i).node();
            var factors = new ArrayList<Expr>();
            for (int k = 0; k < node.args().size(); k++)
                factors.add(k == i ? inner.arg(1) : Expr.of(new Slice(put.cuts()), node.arg(k)));
            return Expr.of(put, inner.arg(0), mul.apply(factors));
        }
        return null;
    }

    /// `zeros.at(i).set(v).T` → the same written into zeros that are turned.
    private static @Nullable Expr turned(Node node, DimShuffle op) {
        var put = padded(node, 0);
        var inner = node.arg(0).node();
        if (put == null || op.pattern().size() != put.cuts().size() || op.pattern().contains(DimShuffle.NEW)) return null;
        var left = IntStream.range(0, put.cuts().size()).filter(axis -> !put.cuts().get(axis).drops()).boxed().toList();
        var v = DimShuffle.dimshuffle(inner.arg(1), op.pattern().stream().filter(left::contains).mapToInt(left::indexOf).toArray());
        return Expr.of(new PutSlice(op.pattern().stream().map(put.cuts()::get).toList(), put.adds()),
            DimShuffle.dimshuffle(inner.arg(0), op.pattern().stream().mapToInt(axis -> axis).toArray()), v);
    }

    /// A write into zeros at places that are known, among args of known sizes and one float dtype.
    private static @Nullable PutSlice padded(Node node, int i) {
        var inner = node.arg(i).node();
        var dtype = node.types().getFirst().dtype();
        boolean known = node.args().stream().allMatch(arg -> arg.type().isStatic() && arg.type().dtype() == dtype);
        return known && dtype.isFloating() && inner.op() instanceof PutSlice put
            && put.cuts().stream().noneMatch(cut -> cut.edges().contains(Cut.GIVEN)) && Uniform.valueOf(inner.arg(0)) == 0 ? put : null;
    }

    /// `dot(A, ones)` → `sum(A, axis=1)`
    private static @Nullable Expr summed(Node node, Contract op) {
        for (int i = 0; i < 2; i++) {
            var own = i == 0 ? op.left() : op.right();
            var labels = i == 0 ? op.right() : op.left();
            var other = node.arg(1 - i);
            double c = Uniform.valueOf(node.arg(i));
            boolean known = node.arg(i).type().isStatic() && other.type().isStatic()
                && other.type().dtype() == node.types().getFirst().dtype() && other.type().dtype().isFloating();
            if (!known || !Double.isFinite(c) || own.isEmpty() || !labels.containsAll(own) || !labels.containsAll(op.out())) continue;
            var axes = labels.stream().filter(label -> !op.out().contains(label)).map(labels::indexOf).toList();
            var rest = labels.stream().filter(op.out()::contains).toList();
            var sum = axes.isEmpty() ? other : new Sum(axes).over(other, axes);
            return Mul.mul(Constant.of(c, other.type().dtype()),
                DimShuffle.dimshuffle(sum, op.out().stream().mapToInt(rest::indexOf).toArray()));
        }
        return null;
    }

    private static List<Integer> without(List<Integer> labels, List<Integer> some) {
        return labels.stream().filter(label -> !some.contains(label)).toList();
    }
}
