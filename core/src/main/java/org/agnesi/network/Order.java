package org.agnesi.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.network.Factor.Composed;
import org.agnesi.network.Factor.Delta;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;
import org.agnesi.network.Factor.Move;
import org.agnesi.network.Factor.Swept;
import org.agnesi.network.Made.Shape;
import org.agnesi.network.Made.Step;
import org.agnesi.op.Eye;
import org.agnesi.op.OneHot;
import org.agnesi.symbolic.Expr;

/// The cheapest order to multiply the factors of one product, found over all of them: two tensors at a time.
///
/// A Jacobian is only ever multiplied by a tensor that has all axes of x, or all of y: that is a sweep, batched over the
/// tensor's other axes. A product in which some Jacobian meets no such tensor has no order.
final class Order {
    /// How the tensor of a set of factors comes about.
    enum How { NONE, LEAF, PRODUCT, FORWARD, BACKWARD, SPREAD }

    /// A square reads one tensor instead of two.
    private static final double SQUARE = 0.99;

    /// What a sweep takes more for each one before it: the first ones other terms may have too.
    private static final double LATER = 0.03;

    private final Labels labels;
    private final DType dtype;
    private final Product product;
    private final List<Integer> out;
    private final double[] cost;
    private final double[] batch;
    private final double[] memory;
    private final int[] rest;
    private final int jacobians;   // the set of them
    private final How[] how;
    private final List<Set<Integer>> needed = new ArrayList<>();
    private final Alike alike;
    private final SweepCosts sweeps;

    /// @param product with no label that a Jacobian has alone, see [Normal]
    /// @param made    what costs nothing
    Order(Product product, List<Integer> out, DType dtype, Labels labels, Made made) {
        this.alike = new Alike(product, made);
        this.sweeps = new SweepCosts(alike);
        this.labels = labels;
        this.dtype = dtype;
        this.product = product;
        this.out = out;
        int sets = 1 << product.factors().size();
        cost = new double[sets];
        batch = new double[sets];
        memory = new double[sets];
        rest = new int[sets];
        jacobians = IntStream.range(0, product.factors().size()).filter(i -> product.factors().get(i) instanceof Swept)
            .map(i -> 1 << i).sum();
        how = new How[sets];
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
        Arrays.fill(how, How.NONE);
        for (int set = 0; set < sets; set++) needed.add(needed(set));
        for (int set = 1; set < sets; set++) solve(set);
    }

    private int all() { return cost.length - 1; }

    boolean exists() { return all() == 0 || Double.isFinite(cost[all()]); }

    /// Multiplications, about, with unknown sizes assumed.
    double cost() { return all() == 0 ? 0 : cost[all()]; }

    /// The most vectors that one sweep carries at once.
    double batch() { return all() == 0 ? 1 : batch[all()]; }

    /// Whether one-hot vectors of what is picked are among what is multiplied.
    boolean hasOneHot() { return all() > 0 && exists() && hasOneHot(all()); }

    private boolean hasOneHot(int set) {
        int part = rest[set];
        if (part == 0) return factor(set) instanceof Move(Factor.Movement.Picking _, var _, var _);
        return hasOneHot(part) || how[set] == How.PRODUCT && hasOneHot(set ^ part);
    }

    /// The elements of the largest matrix product on the way to the result.
    double memory() { return all() == 0 ? 0 : parts(all()); }

    /// The same for what a set's tensor is made of; a factor that is met is no tensor itself.
    private double parts(int set) {
        int part = rest[set];
        return part == 0 ? 0 : how[set] == How.PRODUCT ? Math.max(memory[part], memory[set ^ part]) : memory[part];
    }

    /// The labels of a set's tensor: those of its factors that the result or other factors have.
    private Set<Integer> needed(int set) {
        var own = new HashSet<Integer>();
        var others = new HashSet<>(out);
        for (int i = 0; i < product.factors().size(); i++)
            ((set >> i & 1) == 1 ? own : others).addAll(product.factors().get(i).labels());
        own.retainAll(others);
        return own;
    }

    private Factor factor(int set) { return product.factors().get(Integer.numberOfTrailingZeros(set)); }

    private void solve(int set) {
        if (isLeaf(set)) {
            leaf(set, factor(set));
            return;
        }
        var before = alike.before(set, needed.get(set));
        if (before == null) seek(set);
        else make(set, before);
    }

    private void seek(int set) {
        for (int part = (set - 1) & set; part > 0; part = (part - 1) & set) {
            int other = set ^ part;
            if (how[part] != How.NONE && how[other] != How.NONE && part > other) multiply(set, part, other);
            if (how[part] != How.NONE && isLeaf(other)) apply(set, part, factor(other));
        }
        if (how[set] != How.NONE) alike.takes(set, rest[set], how[set] == How.PRODUCT, cost[set]);
    }

    /// What there is already, in the way it was made: it is held, whatever it is made of.
    private void make(int set, Step step) {
        if (step.how() == How.PRODUCT) multiply(set, step.part(), set ^ step.part());
        else apply(set, step.part(), factor(set ^ step.part()));
        cost[set] = 0;
        memory[set] = Math.max(memory[set], labels.estimate(needed.get(set)));
    }

    /// All steps to the result, by the shapes that they make.
    void steps(Map<Shape, Step> all) { if (all() > 0) steps(all(), all); }

    private void steps(int set, Map<Shape, Step> all) {
        if (isLeaf(set)) return;
        alike.put(set, how[set], rest[set], all);
        steps(rest[set], all);
        if (how[set] == How.PRODUCT) steps(set ^ rest[set], all);
    }

    private static boolean isLeaf(int set) { return Integer.bitCount(set) == 1; }

    private void offer(int set, How made, int part, double price, double wide) {
        double total = price + labels.estimate(needed.get(set));
        if (total >= cost[set]) return;
        cost[set] = total;
        batch[set] = wide;
        rest[set] = part;
        how[set] = made;
        memory[set] = Math.max(parts(set), isMatrixProduct(set) ? labels.estimate(needed.get(set)) : 0);
    }

    private boolean isMatrixProduct(int set) {
        int part = rest[set];
        if (part == 0) return !(factor(set) instanceof Dense);
        var own = needed.get(set);
        return how[set] != How.PRODUCT || !needed.get(part).containsAll(own) && !needed.get(set ^ part).containsAll(own);
    }

    private void leaf(int set, Factor factor) {
        switch (factor) {
            case Dense _ -> offer(set, How.LEAF, 0, 0, 1);
            case Derived(var _, var y, var x) -> {
                if (x.isEmpty()) offer(set, How.FORWARD, 0, labels.estimate(y), 1);
                else if (y.isEmpty()) offer(set, How.BACKWARD, 0, labels.estimate(x), 1);
            }
            case Composed _ -> { }
            case Delta _ -> offer(set, How.LEAF, 0, 0, 1);
            case Move(var _, var from, var to) -> {
                if (from.size() == 1 && to.size() <= 1) offer(set, How.LEAF, 0, 0, 1);
            }
        }
    }

    private void multiply(int set, int a, int b) {
        var both = new HashSet<>(needed.get(a));
        both.addAll(needed.get(b));
        double read = labels.estimate(both) * (alike.areTwins(a, b) && needed.get(a).equals(needed.get(b)) ? SQUARE : 1);
        offer(set, How.PRODUCT, a, cost[a] + cost[b] - alike.shared(a, b) + read, Math.max(batch[a], batch[b]));
    }

    /// A factor that is no tensor meets one.
    private void apply(int set, int part, Factor factor) {
        var t = needed.get(part);
        switch (factor) {
            case Dense _ -> { }
            case Swept j -> {
                if (meets(set, t, j.x(), j.y())) sweep(set, How.FORWARD, part, batch(t, j.x()), price(part, j, true));
                if (meets(set, t, j.y(), j.x())) sweep(set, How.BACKWARD, part, batch(t, j.y()), price(part, j, false));
            }
            case Delta(int a, int b) -> {
                if (t.contains(a) != t.contains(b) && needed.get(set).contains(a) && needed.get(set).contains(b))
                    offer(set, How.SPREAD, part, cost[part], batch[part]);
            }
            case Move(var movement, var from, var to) -> {
                if (!Collections.disjoint(from, to)) return;   // only positions that are moved to themselves count
                if (sums(set, t, from)) offer(set, How.FORWARD, part, cost[part], batch[part]);
                else if (sums(set, t, to) && (from.size() > 1 || !t.contains(from.getFirst())))
                    offer(set, How.BACKWARD, part, cost[part] + scattered(movement, t, from, to), batch[part]);
            }
        }
    }

    /// What is picked goes back into a tensor of all positions, once for each of the others.
    private double scattered(Factor.Movement movement, Set<Integer> t, List<Integer> from, List<Integer> to) {
        return movement instanceof Factor.Movement.Picking ? labels.estimate(from) * batch(t, to) : 0;
    }

    private double price(int part, Swept matrix, boolean forward) {
        return switch (matrix) {
            case Derived j -> labels.estimate(j.y()) * labels.estimate(j.x()) * (forward ? 1 : SweepCosts.BACK)
                * (isLeaf(part) && factor(part) instanceof Dense t ? sweeps.known(j, t, forward) : 1);
            case Composed(var product, var _, var _) -> product.cost(forward);
        };
    }

    private void sweep(int set, How direction, int part, double wide, double price) {
        double late = 1 + LATER * Integer.bitCount(part & jacobians);
        offer(set, direction, part, cost[part] + wide * price * late, Math.max(batch[part], wide));
    }

    /// Whether `t` has all axes that are summed, which nobody else needs, and none of those that come out.
    private boolean meets(int set, Set<Integer> t, List<Integer> summed, List<Integer> left) {
        return sums(set, t, summed) && new HashSet<>(left).size() == left.size()
            && left.stream().noneMatch(l -> t.contains(l) || summed.contains(l));
    }

    /// Whether `t` has all of these axes, which nobody else needs.
    private boolean sums(int set, Set<Integer> t, List<Integer> summed) {
        return t.containsAll(summed) && new HashSet<>(summed).size() == summed.size()
            && summed.stream().noneMatch(needed.get(set)::contains);
    }

    private double batch(Set<Integer> t, List<Integer> own) {
        return labels.estimate(t.stream().filter(l -> !own.contains(l)).toList());
    }

    /// The product, along `out`.
    Expr value() {
        var t = all() == 0 ? new Dense(Emission.repeated(1, dtype, List.of()), List.of()) : tensor(all());
        return Emission.along(new Dense(Emission.scaled(t.value(), product.scale()), t.labels()), out, labels);
    }

    private Dense tensor(int set) {
        int part = rest[set];
        return switch (how[set]) {
            case NONE -> throw new IllegalStateException("a product without an order was asked for its value");
            case LEAF -> Emission.summed(Emission.diagonals(leaf(factor(set))), needed.get(set));
            case PRODUCT -> ordered(part, set ^ part, needed.get(set));
            case FORWARD, BACKWARD -> through(factor(part == 0 ? set : set ^ part), part, how[set] == How.FORWARD, needed.get(set));
            case SPREAD -> spread((Delta) factor(set ^ part), tensor(part));
        };
    }

    /// Two vectors made alike are one.
    private Dense ordered(int a, int b, Set<Integer> kept) {
        if (alike.areTwins(a, b) && needed.get(a).equals(needed.get(b)) && needed.get(a).size() <= 1) {
            var twin = tensor(a);
            return Emission.product(twin, twin, kept, labels);
        }
        boolean first = Integer.numberOfTrailingZeros(a) < Integer.numberOfTrailingZeros(b);
        return Emission.product(tensor(first ? a : b), tensor(first ? b : a), kept, labels);
    }

    private Dense through(Factor factor, int part, boolean forward, Set<Integer> kept) {
        var t = part == 0 ? new Dense(Emission.repeated(1, dtype, List.of()), List.of()) : tensor(part);
        var made = factor instanceof Swept j ? Emission.swept(j, t, forward) : Emission.moved((Move) factor, t, forward);
        return Emission.summed(Emission.diagonals(made), kept);
    }

    private static Dense spread(Delta delta, Dense t) {
        return t.labels().contains(delta.a()) ? Emission.spread(t, delta.a(), delta.b()) : Emission.spread(t, delta.b(), delta.a());
    }

    /// A factor as a tensor by itself.
    private Dense leaf(Factor factor) {
        return switch (factor) {
            case Dense dense -> dense;
            case Delta(int a, int b) -> new Dense(Eye.eye(labels.size(a), labels.size(a), 0, dtype), List.of(a, b));
            case Move(Factor.Movement.Picking(var positions, var size), var from, var to) ->
                new Dense(OneHot.oneHot(positions, size, dtype), Factor.joined(to, from));
            case Move move -> new Dense(move.to().isEmpty()
                ? move.movement().backward(Emission.repeated(1, dtype, List.of()))
                : move.movement().backward(Eye.eye(labels.size(move.to().getFirst()), labels.size(move.to().getFirst()), 0, dtype)),
                Factor.joined(move.from(), move.to()));
            case Swept matrix -> throw new IllegalStateException("a matrix that is not built is no tensor: " + matrix);
        };
    }
}
