package org.agnesi.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;

/// The labels of one graph's axes and their sizes.
final class Labels {
    /// What a size that is not known is taken to be, where orders of products are compared.
    static final double ASSUMED = 1000;

    private final List<Expr> sizes = new ArrayList<>();
    private final Map<Integer, Double> atMost = new HashMap<>();

    int fresh(Expr size) {
        sizes.add(size);
        return sizes.size() - 1;
    }

    /// One of an unknown size that is not above `most`.
    int upTo(Expr size, double most) {
        int label = fresh(size);
        atMost.put(label, most);
        return label;
    }

    int again(int label) { return fresh(size(label)); }
    Expr size(int label) { return sizes.get(label); }
    List<Expr> sizes(List<Integer> labels) { return labels.stream().map(this::size).toList(); }
    boolean isOne(int label) { return size(label).isConstant(1); }
    double estimate(int label) {
        var known = size(label).constantLong();
        return known.isPresent() ? known.getAsLong() : atMost.getOrDefault(label, ASSUMED);
    }

    double estimate(Iterable<Integer> labels) {
        double all = 1;
        for (int label : labels) all *= estimate(label);
        return all;
    }

    /// Two labels are about to be one: if the size of either is known, so is the other's.
    void equal(int a, int b) {
        if (size(b).constantLong().isPresent()) sizes.set(a, size(b));
        else if (size(a).constantLong().isPresent()) sizes.set(b, size(a));
    }

    boolean same(int a, int b) { return same(size(a), size(b), 8); }

    /// Whether nothing says that two sizes differ.
    boolean maySame(int a, int b) {
        var m = size(a).constantLong();
        var n = size(b).constantLong();
        return m.isEmpty() || n.isEmpty() || m.getAsLong() == n.getAsLong();
    }

    /// Whether two sizes are surely equal: the same formula of the same lengths.
    static boolean same(Expr a, Expr b, int depth) {
        if (a == b) return true;
        var constant = a.constantLong();
        if (constant.isPresent() || b.constantLong().isPresent()) return constant.equals(b.constantLong());
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
}
