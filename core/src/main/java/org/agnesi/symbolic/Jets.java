package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Derivatives of any order along a curve `x(t)`: for each expression `e` on the way from `x`, `e(0), e′(0), e″(0) …`.
///
/// An op's push is an equation `y′ = P(x, y, x′)`, a graph of ops again, so that the derivative of `y` of order k is that of `P` of
/// order k − 1. Orders are found one after the other and equal nodes are one: what closes under derivatives (`sin′ = cos`,
/// `cos′ = −sin`, `exp′ = exp`) closes here, and an order of an op takes sums of as many products of lower ones. Nothing need be
/// known of an op but its push; one that knows something shorter says it in [Op#jet].
///
/// In `P`, `x′` is a variable, the rate of `x`; its derivatives are those of `x` from the first on. An absent derivative is zero, and
/// so are all that come after it.
///
/// Griewank, Walther, *Evaluating Derivatives* (2008), chapter 13.
public final class Jets {
    private final Set<Expr> xs;
    private final Map<Expr, List<@Nullable Expr>> curves = new IdentityHashMap<>();
    private final Map<Expr, Expr> rates = new IdentityHashMap<>();
    private final Map<Expr, Expr> rated = new IdentityHashMap<>();
    private final Map<Formula, List<@Nullable Expr>> formulas = new HashMap<>();
    private final Map<Node, Boolean> linear = new IdentityHashMap<>();

    /// The nodes that depend on what moves, and up to which order they are known; −1: not even the value.
    private final Map<Node, Integer> orders = new IdentityHashMap<>();

    /// Nodes that do not.
    private final Set<Node> still = identities();

    /// Those that equations brought.
    private final Set<Node> made = identities();

    /// What stands for expressions that are equal to earlier ones.
    private final Map<Expr, Expr> first = new IdentityHashMap<>();

    private final Interner interner = new Interner();
    private final long oldest;

    /// An equation of a node, or what else its op says of it.
    private record Formula(Node node, String name) {}

    private Jets(List<Expr> ys, List<Expr> xs, List<? extends List<? extends @Nullable Expr>> along) {
        this.xs = identities();
        this.xs.addAll(xs);
        this.oldest = xs.stream().mapToLong(x -> x.node().number()).min().orElse(Long.MAX_VALUE);
        for (int i = 0; i < xs.size(); i++) {
            var curve = new ArrayList<@Nullable Expr>(List.of(xs.get(i)));
            for (var dx : along.get(i)) curve.add(dx == null ? null : Tangents.fit(dx, xs.get(i)));
            curves.put(xs.get(i), curve);
        }
        for (var node : new Dependence(xs, ys, List.of()).order()) {
            if (!this.xs.containsAll(node.results())) orders.put(node, -1);
            if (node.results().stream().noneMatch(this.xs::contains)) interner.first(node);
        }
    }

    /// The derivatives of order 1 … `order` of each of `ys` along the curve on which each of `xs` has the derivatives `along`.
    public static List<List<@Nullable Expr>> along(
            List<Expr> ys, List<Expr> xs, List<? extends List<? extends @Nullable Expr>> along, int order) {
        var jets = new Jets(ys, xs, along);
        jets.complete(ys, order);
        return ys.stream().map(y -> jets.along(y, order)).toList();
    }

    /// The derivative of `e` of order `k`, absent where it is zero; of order 0 its value.
    public @Nullable Expr at(Expr e, int k) {
        var moving = rated.get(e);
        if (moving != null) return at(moving, k + 1);
        var curve = curves.get(e);
        if (curve == null) return k == 0 ? e : null;
        return k < curve.size() ? curve.get(k) : null;
    }

    /// The derivatives of `e` of order 1 … `order`.
    public List<@Nullable Expr> along(Expr e, int order) {
        var found = new ArrayList<@Nullable Expr>();
        for (int k = 1; k <= order; k++) found.add(at(e, k));
        return found;
    }

    public Expr value(Expr e) { return Objects.requireNonNull(at(e, 0)); }

    /// Whether `e` has a derivative.
    public boolean moves(Expr e) { return at(e, 1) != null; }

    /// The rate of `e` as a variable of equations, absent where it does not move.
    public @Nullable Expr rate(Expr e) {
        if (!moves(e)) return null;
        return rates.computeIfAbsent(e, _ -> {
            var rate = Tangents.variable("rate", e);
            rated.put(rate, e);
            return rate;
        });
    }

    /// The results' derivatives of order `k` by the op's push: of the args' where that is linear, else by its equation.
    public List<@Nullable Expr> pushed(Node node, int k) {
        if (k > 1 && !isLinear(node)) return by(node, "push", k - 1, () -> equation(node));
        var dx = new ArrayList<@Nullable Expr>();
        for (var arg : node.args()) dx.add(at(arg, k));
        if (dx.stream().allMatch(Objects::isNull)) return Collections.nCopies(node.size(), null);
        return node.op().pushAll(node.args().stream().map(this::value).toList(), node.results().stream().map(this::value).toList(), dx);
    }

    /// The result's derivative of order `k` > 1 by the equation `y′ = rate`, a formula of the node's args, its result and [#rate]s.
    public List<@Nullable Expr> byRate(Node node, int k, Supplier<@Nullable Expr> rate) {
        return by(node, "rate", k - 1, () -> Collections.singletonList(rate.get()));
    }

    /// The results' derivatives of order `k` as those of expressions equal to them and not made of them.
    public List<@Nullable Expr> through(Node node, int k, Supplier<List<Expr>> same) {
        return by(node, "same", k, () -> List.copyOf(same.get()));
    }

    /// The derivative of order `k` of a product, `Σ C(k, i) a⁽ⁱ⁾·b⁽ᵏ⁻ⁱ⁾`, without the terms of `i < from`.
    public @Nullable Expr product(int k, int from, Expr a, Expr b, BinaryOperator<Expr> product) {
        Expr sum = null;
        double ways = 1;
        for (int i = 0; i <= k; ways = ways * (k - i) / (i + 1), i++) {
            var da = at(a, i);
            var db = at(b, k - i);
            if (i < from || da == null || db == null) continue;
            sum = Tangents.add(sum, Tangents.times(ways, product.apply(da, db)));
        }
        return sum;
    }

    private List<@Nullable Expr> by(Node node, String name, int k, Supplier<List<@Nullable Expr>> formula) {
        var found = formula(node, name, formula);
        complete(present(found), k);
        var derivatives = new ArrayList<@Nullable Expr>();
        for (var e : found) derivatives.add(e == null ? null : at(e, k));
        return derivatives;
    }

    private List<@Nullable Expr> formula(Node node, String name, Supplier<List<@Nullable Expr>> made) {
        var key = new Formula(node, name);
        var found = formulas.get(key);
        if (found == null) formulas.put(key, found = interned(made.get()));
        return found;
    }

    private List<@Nullable Expr> equation(Node node) {
        var dx = new ArrayList<@Nullable Expr>();
        for (var arg : node.args()) dx.add(rate(arg));
        return dx.stream().allMatch(Objects::isNull) ? Collections.nCopies(node.size(), null)
            : node.op().pushAll(node.args(), node.results(), dx);
    }

    /// Whether nothing moves in the equation of a node but its args' rates, and it is linear in those.
    private boolean isLinear(Node node) {
        var known = linear.get(node);
        if (known != null) return known;
        var equation = present(formula(node, "push", () -> equation(node)));
        boolean straight = node.op().isLinearlyDerived() && node.op().lambdas().stream()
            .noneMatch(held -> Graph.hasOp(held.results(), op -> !op.isLinearlyDerived()));
        Set<Expr> own = identities();
        for (var arg : node.args()) if (moves(arg)) own.add(Objects.requireNonNull(rate(arg)));
        boolean found = straight && equation.stream().allMatch(e -> own.contains(e) || made.contains(e.node()) || !isMoving(e))
            && Graph.inOrder(equation, made::contains).stream().allMatch(part -> IntStream.range(0, part.args().size())
                .allMatch(i -> own.contains(part.arg(i)) || made.contains(part.arg(i).node()) || !reaches(part, i)));
        linear.put(node, found);
        return found;
    }

    /// Whether a change of an arg is one of the results.
    private boolean reaches(Node node, int arg) {
        var e = node.arg(arg);
        return isMoving(e) && e.type().dtype().isFloating() && node.op().isConnected(node.args(), node.results(), arg);
    }

    private boolean isMoving(Expr e) { return xs.contains(e) || rated.containsKey(e) || orders.containsKey(e.node()); }

    /// The same graphs of the first of equal nodes; which of them move.
    private List<@Nullable Expr> interned(List<@Nullable Expr> roots) {
        for (var node : Graph.inOrder(present(roots), n -> !isKnown(n))) settle(node);
        var mapped = new ArrayList<@Nullable Expr>();
        for (var root : roots) mapped.add(root == null ? null : first.getOrDefault(root, root));
        return mapped;
    }

    private boolean isKnown(Node node) {
        return node.number() < oldest || orders.containsKey(node) || still.contains(node) || first.containsKey(node.result(0));
    }

    private void settle(Node node) {
        if (node.results().stream().anyMatch(e -> xs.contains(e) || rated.containsKey(e))) {
            still.add(node);
            return;
        }
        var own = interner.first(node.map(arg -> first.getOrDefault(arg, arg)));
        for (int i = 0; own != node && i < node.size(); i++) first.put(node.result(i), own.result(i));
        if (orders.containsKey(own) || still.contains(own)) return;
        if (own.args().stream().anyMatch(this::isMoving)) {   // even if only by its length: rates have values
            orders.put(own, -1);
            made.add(own);
        } else still.add(own);
    }

    /// Finds the derivatives of `roots` up to order `k`, inputs before users.
    private void complete(Collection<Expr> roots, int k) {
        for (var node : Graph.inOrder(roots, n -> orders.getOrDefault(n, k) < k))
            Origin.inherit(node.origin() == null ? null : node.origin().gradient(), () -> complete(node, k));
    }

    private @Nullable Void complete(Node node, int most) {
        for (int k = orders.getOrDefault(node, most) + 1; k <= most; k = orders.getOrDefault(node, most) + 1) {
            if (k == 0) keep(node, node.with(node.args().stream().map(this::value).toList()).results());
            else for (var derivatives : node.op().jet(this, node, k, most)) keep(node, derivatives);
        }
        return null;
    }

    private void keep(Node node, List<? extends @Nullable Expr> derivatives) {
        int k = orders.merge(node, 1, Integer::sum);
        for (int i = 0; i < node.size(); i++) {
            var y = node.result(i);
            var dy = derivatives.get(i);
            if (!xs.contains(y))
                curves.computeIfAbsent(y, _ -> new ArrayList<>()).add(dy == null || k == 0 ? dy : Tangents.fit(dy, y));
        }
    }

    private static List<Expr> present(List<@Nullable Expr> some) {
        var all = new ArrayList<Expr>();
        for (var e : some) if (e != null) all.add(e);
        return all;
    }

    private static <T> Set<T> identities() { return Collections.newSetFromMap(new IdentityHashMap<>()); }
}
