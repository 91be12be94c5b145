package org.agnesi.network;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;
import org.agnesi.network.Made.Shape;
import org.agnesi.network.Made.Step;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// The steps to each set of a product's factors: what two sets take alike is made once, as is what there is before, see [Made].
final class Alike {
    private final Made made;
    private final List<Factor> factors;
    private final Shape[] shapes;
    private final double[] own;     // what the last step costs, with the tensors that it reads
    private final BitSet[] steps;   // the first sets that have the steps' shapes
    private final Map<Shape, Integer> first = new HashMap<>();

    Alike(Product product, Made made) {
        int sets = 1 << product.factors().size();
        this.made = made;
        factors = product.factors().stream().map(made::alike).toList();
        shapes = new Shape[sets];
        own = new double[sets];
        steps = new BitSet[sets];
        for (int set = 0; set < sets; set++) steps[set] = new BitSet();
    }

    /// How a set of several factors was made before, from which of them; null where it was not.
    @Nullable Step before(int set, Set<Integer> needed) {
        shapes[set] = made.shape(members(set).mapToObj(factors::get).toList(), needed);
        var step = made.step(shapes[set]);
        if (step == null) return null;
        int[] members = members(set).toArray();
        return new Step(step.how(), bits(members.length, i -> (step.part() >> i & 1) == 1, i -> members[i]));
    }

    /// A set's last step is one from a part, or from two.
    void takes(int set, int part, boolean both, double cost) {
        steps[set].or(steps[part]);
        if (both) steps[set].or(steps[set ^ part]);
        own[set] = cost - sum(steps[set]);
        steps[set].set(first.computeIfAbsent(shapes[set], _ -> set));
    }

    /// A set's step by the shape that it makes.
    void put(int set, Order.How how, int part, Map<Shape, Step> all) {
        int[] members = members(set).toArray();
        all.putIfAbsent(shapes[set], new Step(how, bits(members.length, i -> (part >> members[i] & 1) == 1, i -> i)));
    }

    private static int bits(int members, IntPredicate has, IntUnaryOperator bit) {
        return IntStream.range(0, members).filter(has).map(i -> 1 << bit.applyAsInt(i)).sum();
    }

    /// What two sets cost that is made once for both.
    double shared(int a, int b) {
        if (!steps[a].intersects(steps[b])) return 0;
        var both = (BitSet) steps[a].clone();
        both.and(steps[b]);
        return sum(both);
    }

    /// Whether two sets of several factors make tensors that are alike.
    boolean areTwins(int a, int b) { return shapes[a] != null && shapes[a].equals(shapes[b]); }

    /// Whether a factor is the Jacobian's sweep along this vector, or made of it elementwise, as multiples of it and sums with it are.
    boolean isSwept(Derived j, Dense t, boolean forward) {
        if (t.labels().size() != 1 || j.labels().size() != 2) return false;
        var swept = made.outside(Emission.swept(j, t, forward).value());
        return factors.stream().anyMatch(f -> f instanceof Dense(var value, var _) && has(value, swept, Together.DEEPEST));
    }

    private static boolean has(Expr value, Expr swept, int depth) {
        if (Labels.same(value, swept, Together.DEEPEST)) return true;
        return depth > 0 && value.node().op().isPointwise() && value.node().args().stream().anyMatch(arg -> has(arg, swept, depth - 1));
    }

    private IntStream members(int set) { return IntStream.range(0, factors.size()).filter(i -> (set >> i & 1) == 1); }

    private double sum(BitSet of) { return of.stream().mapToDouble(step -> own[step]).sum(); }
}
