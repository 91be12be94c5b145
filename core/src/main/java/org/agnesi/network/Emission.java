package org.agnesi.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.array.DType;
import org.agnesi.derive.Jacobian;
import org.agnesi.network.Factor.Composed;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;
import org.agnesi.network.Factor.Move;
import org.agnesi.network.Factor.Movement;
import org.agnesi.network.Factor.Swept;
import org.agnesi.op.Arange;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.Diagonal;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Gather;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Sum;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Vectorize;

/// The steps that plans are made of: two labelled tensors become one.
final class Emission {
    private Emission() {}

    static Expr repeated(double number, DType dtype, List<Expr> sizes) {
        var c = Constant.of(number, dtype);
        return sizes.isEmpty() ? c : BroadcastTo.broadcastTo(c, sizes);
    }

    static Expr scaled(Expr e, double scale) {
        if (e.type().rank() == 0 && e.node().op() instanceof Constant(var value, var _))
            return Constant.of(scale * value.toDouble(), e.type().dtype());
        return scale == 1 ? e : scale == -1 ? Neg.neg(e) : Mul.mul(Constant.of(scale, e.type().dtype()), e);
    }

    /// `t` with its axes in this order.
    static Expr ordered(Dense t, List<Integer> order) {
        return t.labels().equals(order) ? t.value()
            : DimShuffle.dimshuffle(t.value(), order.stream().mapToInt(t.labels()::indexOf).toArray());
    }

    /// `t` with each label once: repeated ones become a diagonal.
    static Dense diagonals(Dense t) {
        for (int axis = 0; axis < t.labels().size(); axis++) {
            int label = t.labels().get(axis), again = t.labels().lastIndexOf(label);
            if (again == axis) continue;
            var rest = new ArrayList<>(t.labels());
            rest.remove(again);
            rest.remove(axis);
            rest.add(label);
            return diagonals(new Dense(Diagonal.diagonal(t.value(), 0, axis, again), rest));
        }
        return t;
    }

    /// `t` summed over labels that nobody needs.
    static Dense summed(Dense t, Set<Integer> needed) {
        int[] gone = t.labels().stream().filter(l -> !needed.contains(l)).mapToInt(t.labels()::indexOf).toArray();
        return gone.length == 0 ? t : new Dense(Sum.sum(t.value(), Axes.over(gone)), t.labels().stream().filter(needed::contains).toList());
    }

    /// `t` along `out`, repeated along the labels it lacks.
    static Expr along(Dense t, List<Integer> out, Labels labels) {
        if (t.labels().equals(out)) return t.value();
        var order = out.stream().map(t.labels()::indexOf).toList();
        var turned = order.size() == t.labels().size() && !order.contains(-1) ? Contract.turned(t.value().node(), order) : null;
        if (turned != null) return turned;
        var shuffled = DimShuffle.dimshuffle(t.value(), out.stream().mapToInt(t.labels()::indexOf).toArray());   // −1 makes a new axis
        boolean repeats = out.stream().anyMatch(l -> !t.labels().contains(l) && !labels.isOne(l));
        return repeats ? BroadcastTo.broadcastTo(shuffled, sizes(t, out, labels)) : shuffled;
    }

    private static List<Expr> sizes(Dense t, List<Integer> out, Labels labels) {
        return out.stream().map(l -> t.labels().contains(l) ? t.value().length(t.labels().indexOf(l)) : labels.size(l)).toList();
    }

    /// The product of two tensors, summed over labels that nobody needs.
    static Dense product(Dense a, Dense b, Set<Integer> needed, Labels labels) {
        if (isOnes(b.value()) && a.labels().containsAll(b.labels())) return summed(a, needed);
        if (isOnes(a.value()) && b.labels().containsAll(a.labels())) return summed(b, needed);
        boolean within = a.labels().containsAll(b.labels()), contains = b.labels().containsAll(a.labels());
        var both = new HashSet<>(a.labels());
        both.addAll(b.labels());
        boolean sums = !needed.containsAll(both);
        if (within || contains) {
            boolean pairwise = within && contains && a.labels().size() > 1;
            if (!sums || pairwise) return summed(elementwise(within ? a : b, within ? b : a, within, labels), needed);
        }
        var left = summed(a, union(needed, b.labels()));
        var right = summed(b, union(needed, a.labels()));
        var out = new ArrayList<Integer>();
        for (int label : Factor.joined(left.labels(), right.labels())) if (needed.contains(label) && !out.contains(label)) out.add(label);
        return new Dense(Contract.contract(left.value(), left.labels(), right.value(), right.labels(), out), out);
    }

    /// A number or [#repeated], of ones.
    private static boolean isOnes(Expr e) { return (e.node().op() instanceof BroadcastTo ? e.node().arg(0) : e).isConstant(1); }

    private static Dense elementwise(Dense large, Dense small, boolean largeFirst, Labels labels) {
        var repeated = along(small, large.labels(), labels);
        return new Dense(largeFirst ? Mul.mul(large.value(), repeated) : Mul.mul(repeated, large.value()), large.labels());
    }

    private static Set<Integer> union(Set<Integer> a, List<Integer> b) {
        var all = new HashSet<>(a);
        all.addAll(b);
        return all;
    }

    /// A sweep along `t`, which has the axes of x (forward) or of y (reverse), and others that are a batch.
    static Dense swept(Swept j, Dense t, boolean forward) {
        var own = forward ? j.x() : j.y();
        var batch = t.labels().stream().filter(l -> !own.contains(l)).toList();
        var value = along(j, forward, ordered(t, Factor.joined(batch, own)), batch.size());
        return new Dense(value, Factor.joined(batch, forward ? j.y() : j.x()));
    }

    private static Expr along(Swept j, boolean forward, Expr t, int batch) {
        if (batch == 0) return along(j, forward, t);
        var one = Variable.variable("v", t.type().withDims(t.type().dims().subList(1, t.type().rank())));
        return Vectorize.batch(List.of(along(j, forward, one, batch - 1)), Map.of(one, t), t.length(0)).getFirst();
    }

    private static Expr along(Swept swept, boolean forward, Expr t) {
        return switch (swept) {
            case Derived(var jacobian, var _, var _) -> {
                var op = (Jacobian) jacobian.op();
                yield forward ? op.times(jacobian.args(), t) : op.timesFromLeft(jacobian.args(), t);
            }
            case Composed(var product, var _, var _) -> product.along(t, forward);
        };
    }

    static Dense moved(Move m, Dense t, boolean forward) {
        if (forward && m.movement() instanceof Movement.Picking pick) return picked(m, pick, t);
        if (!forward && m.to().isEmpty() && !t.labels().isEmpty()) return beside(m, t);
        var own = forward ? m.from() : m.to();
        var rest = t.labels().stream().filter(l -> !own.contains(l)).toList();
        var first = ordered(t, Factor.joined(own, rest));
        return new Dense(forward ? m.movement().forward(first) : m.movement().backward(first),
            Factor.joined(forward ? m.to() : m.from(), rest));
    }

    /// What stands at one position among zeros, as the product with a one-hot vector that it is: other products may come before it.
    private static Dense beside(Move m, Dense t) {
        var oneHot = m.movement().backward(repeated(1, t.value().type().dtype(), List.of()));
        var out = Factor.joined(m.from(), t.labels());
        return new Dense(Contract.contract(oneHot, m.from(), t.value(), t.labels(), out), out);
    }

    /// `t[positions]` along the label's own axis, or `t[k, positions[k], …]` where the tensor has the label that is picked for.
    private static Dense picked(Move m, Movement.Picking pick, Dense t) {
        int axis = t.labels().indexOf(m.from().getFirst());
        if (!t.labels().contains(m.to().getFirst())) {
            var along = new ArrayList<>(t.labels());
            along.set(axis, m.to().getFirst());
            return new Dense(Gather.take(t.value(), pick.within(), axis), along);
        }
        var both = Factor.joined(m.to(), m.from());
        var rest = t.labels().stream().filter(l -> !both.contains(l)).toList();
        var first = ordered(t, Factor.joined(both, rest));
        var picked = Expr.of(new Gather(List.of(0, 1), 0), List.of(first, Arange.arange(first.length(0)), pick.within()));
        return new Dense(picked, Factor.joined(m.to(), rest));
    }

    /// `t[…, a]` as the diagonal of `[…, a, b]`.
    static Dense spread(Dense t, int a, int b) {
        var rest = t.labels().stream().filter(l -> l != a).toList();
        return new Dense(FromDiagonal.fromDiagonal(ordered(t, Factor.joined(rest, List.of(a))), 0), Factor.joined(rest, List.of(a, b)));
    }
}
