package org.agnesi.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.op.Add;
import org.agnesi.op.Cast;
import org.agnesi.op.Constant;
import org.agnesi.op.Extreme;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// The labels of one graph's axes and their sizes.
final class Labels {
    /// What a size that is not known is taken to be, where orders of products are compared.
    static final double ASSUMED = 1000;

    private static final int DEEPEST = 8;

    /// The most formulas that are remembered of one size.
    private static final int MOST_NAMES = 6;

    private final List<List<Expr>> sizes = new ArrayList<>();   // all of one label are equal; a number is first
    private final Map<Integer, Double> atMost = new HashMap<>();

    int fresh(Expr size) { return fresh(List.of(size)); }

    private int fresh(List<Expr> size) {
        sizes.add(size);
        return sizes.size() - 1;
    }

    /// One of an unknown size that is not above `most`.
    int upTo(Expr size, double most) {
        int label = fresh(size);
        atMost.put(label, most);
        return label;
    }

    int again(int label) { return fresh(sizes.get(label)); }
    Expr size(int label) { return sizes.get(label).getFirst(); }
    List<Expr> sizes(List<Integer> labels) { return labels.stream().map(this::size).toList(); }

    /// A product times the size of a label.
    Product times(Product product, int label, DType dtype) {
        var known = size(label).constantLong();
        if (known.isPresent()) return product.times(known.getAsLong());
        return product.and(new Factor.Dense(Cast.cast(size(label), dtype), List.of()));
    }

    /// A product summed over labels: where it has none of one, it is repeated along that, and counts as often as that is long.
    Product counted(Product product, List<Integer> summed, DType dtype) {
        var counted = product;
        for (int label : summed) if (product.uses(label) == 0) counted = times(counted, label, dtype);
        return counted;
    }

    boolean isOne(int label) { return size(label).isConstant(1); }

    /// The same sizes, asked of another.
    void replace(int label, Expr asked, Expr by) { sizes.set(label, Graph.replace(sizes.get(label), Map.of(asked, by))); }

    double estimate(int label) {
        var known = size(label).constantLong();
        return known.isPresent() ? known.getAsLong() : atMost.getOrDefault(label, ASSUMED);
    }

    double estimate(Iterable<Integer> labels) {
        double all = 1;
        for (int label : labels) all *= estimate(label);
        return all;
    }

    /// Two labels are about to be one, whoever multiplies or adds what has them: what is known of the size of either is of both.
    void equal(int a, int b) {
        var both = new ArrayList<>(sizes.get(a));
        for (var size : sizes.get(b))
            if (both.size() < MOST_NAMES && both.stream().noneMatch(other -> same(size, other, DEEPEST))) both.add(size);
        int number = IntStream.range(0, both.size()).filter(i -> both.get(i).constantLong().isPresent()).findFirst().orElse(0);
        Collections.swap(both, 0, number);
        sizes.set(a, List.copyOf(both));
        sizes.set(b, sizes.get(a));
    }

    /// Labels of one network are all computed with it: two that are of one size, as a third tells, are of one size.
    void learn(Collection<Integer> of) {
        var all = List.copyOf(of);
        for (boolean learns = true; learns; ) {
            learns = false;
            for (int i = 0; i < all.size(); i++) for (int j = 0; j < i; j++) {
                int a = all.get(i), b = all.get(j);
                if (sizes.get(a) == sizes.get(b) || !same(a, b)) continue;
                int before = sizes.get(a).size() + sizes.get(b).size();
                equal(a, b);
                learns |= 2 * sizes.get(a).size() > before;
            }
        }
    }

    boolean same(int a, int b) { return sizes.get(a).stream().anyMatch(size -> isOf(b, size)); }

    /// Whether the label surely has this size.
    boolean isOf(int label, Expr size) { return sizes.get(label).stream().anyMatch(own -> same(own, size, DEEPEST)); }

    /// The labels' sizes, in the formulas that are among these where there are some.
    List<Expr> sizes(List<Integer> labels, List<Expr> among) {
        return labels.stream().map(label -> among.stream().filter(size -> isOf(label, size)).findFirst().orElse(size(label))).toList();
    }

    /// Whether nothing says that two sizes differ.
    boolean maySame(int a, int b) {
        var m = size(a).constantLong();
        var n = size(b).constantLong();
        return m.isEmpty() || n.isEmpty() || m.getAsLong() == n.getAsLong();
    }

    /// Whether two sizes, or other values, are surely equal: the same formula of the same lengths.
    static boolean same(Expr a, Expr b, int depth) {
        if (a == b) return true;
        var constant = a.constantLong();
        if (constant.isPresent() || b.constantLong().isPresent()) return constant.equals(b.constantLong());
        if (a.node().op() instanceof Constant(var x, var _) && b.node().op() instanceof Constant(var y, var _)) return x.equals(y);
        var m = a.node();
        var n = b.node();
        if (depth == 0 || !m.op().equals(n.op()) || m.args().size() != n.args().size() || m.args().isEmpty() || a.index() != b.index()
            || !m.op().isMergeable()) return false;
        for (int i = 0; i < m.args().size(); i++) if (!same(m.arg(i), n.arg(i), depth - 1)) return false;
        return true;
    }

    /// Labels for the axes of `e`.
    List<Integer> of(Expr e) {
        var labels = new ArrayList<Integer>();
        for (int axis = 0; axis < e.type().rank(); axis++) labels.add(fresh(Length.traced(e, axis)));
        return List.copyOf(labels);
    }

    static Expr least(Expr a, Expr b) {
        var m = a.constantLong();
        var n = b.constantLong();
        return m.isPresent() && n.isPresent() ? Constant.index(Math.min(m.getAsLong(), n.getAsLong())) : Extreme.minimum(a, b);
    }

    static Expr plus(Expr a, Expr b) {
        var m = a.constantLong();
        var n = b.constantLong();
        return m.isPresent() && n.isPresent() ? Constant.index(m.getAsLong() + n.getAsLong()) : Add.add(a, b);
    }
}
