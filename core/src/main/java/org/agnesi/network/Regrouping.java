package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.op.Mul;
import org.agnesi.symbolic.Expr;

/// What a reshape does to axes that stand together: `(8, 6, 10, 6)` becomes `(48, 60)` by two reshapes, each of two axes.
///
/// @param from so many axes
/// @param to   become so many
record Regrouping(int from, int to) {
    private static final int DEEPEST = 8;

    /// The least groups of axes that have as many elements before and after, as far as the sizes tell.
    static List<Regrouping> of(List<Expr> from, List<Expr> to) {
        var groups = new ArrayList<Regrouping>();
        int i = 0, j = 0;
        while (i < from.size() && j < to.size()) {
            int a = i + 1, b = j + 1;
            while (!isSame(from.subList(i, a), to.subList(j, b))) {
                boolean isLess = factors(from.subList(i, a)) < factors(to.subList(j, b));
                if (a == from.size() && b == to.size()) return whole(from, to, i, j, groups);
                if (b == to.size() || isLess && a < from.size()) a++;
                else b++;
            }
            groups.add(new Regrouping(a - i, b - j));
            i = a;
            j = b;
        }
        return i == from.size() && j == to.size() ? groups : whole(from, to, i, j, groups);
    }

    /// What is left as one group; where that is nothing on one side, it is part of all.
    private static List<Regrouping> whole(List<Expr> from, List<Expr> to, int i, int j, List<Regrouping> groups) {
        if (i == from.size() || j == to.size()) return List.of(new Regrouping(from.size(), to.size()));
        groups.add(new Regrouping(from.size() - i, to.size() - j));
        return groups;
    }

    /// More where there is more: the product of what is known, or else how many are multiplied.
    private static double factors(List<Expr> sizes) {
        var all = flat(sizes);
        boolean known = all.stream().allMatch(size -> size.constantLong().isPresent());
        return known ? constant(all) : all.size();
    }

    private static double constant(List<Expr> sizes) {
        return sizes.stream().mapToDouble(size -> size.constantLong().orElse(1)).reduce(1, (a, b) -> a * b);
    }

    /// Whether two products surely have the same factors, and none is zero.
    private static boolean isSame(List<Expr> a, List<Expr> b) {
        var left = flat(a);
        var right = flat(b);
        if (constant(left) != constant(right) || constant(left) == 0) return false;
        left.removeIf(size -> size.constantLong().isPresent());
        right.removeIf(size -> size.constantLong().isPresent());
        for (var size : left) {
            var same = right.stream().filter(other -> Labels.same(size, other, DEEPEST)).findFirst();
            if (same.isEmpty()) return false;
            right.remove(same.get());
        }
        return right.isEmpty();
    }

    /// What sizes are products of.
    static List<Expr> flat(List<Expr> sizes) {
        var all = new ArrayList<Expr>();
        for (var size : sizes) {
            if (size.node().op() instanceof Mul) all.addAll(flat(size.node().args()));
            else all.add(size);
        }
        return all;
    }
}
