package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.agnesi.derive.Jacobian;
import org.agnesi.derive.Pullback;
import org.agnesi.error.ShapeError;
import org.agnesi.network.Network;
import org.agnesi.network.Planner;
import org.agnesi.network.Planner.Effort;
import org.agnesi.network.Planner.Planned;
import org.agnesi.network.Reading;
import org.agnesi.op.Constant;
import org.agnesi.op.IfElse;
import org.agnesi.op.Mul;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.jspecify.annotations.Nullable;

/// What is made of Jacobians is computed without them: products become sweeps, diagonals and traces a few sweeps at a time.
///
/// An expression made of Jacobians by products, sums, slices and the like stays a [Network] until it is one that sweeps
/// compute, whatever way it was written; so `dot(dot(J, K), v)` is two sweeps though its inner product is none. Where its
/// value is needed before that, it is computed as cheaply as can be, in the worst case as it was written.
///
/// The same sums in another order: they hold for real numbers, and zeros of the Jacobian stay exact zeros whatever
/// multiplies them.
///
/// @param simplify   brings a graph to its normal form
/// @param strictness whether sums may be reordered at all
/// @param inBody     whether the roots are those of a derivative's own graph, which may still be multiplied as they are
public record JacobianProducts(Pass simplify, Strictness strictness, boolean inBody) implements Pass {
    private static final String PRODUCT = "jacobian-product";

    @Override public String name() { return "products with jacobians"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var nodes = Graph.inOrder(roots);
        boolean none = nodes.stream().noneMatch(node -> node.op() instanceof Jacobian || node.op() instanceof Pullback);
        if (none) return roots;
        if (!strictness.allows(RuleClass.REAL)) {
            trace.refused(PRODUCT, "it is of class " + RuleClass.REAL + ", which this mode leaves out");
            return roots;
        }
        var run = new Run(nodes, roots, trace, null);
        var planned = run.run();
        if (inBody || run.assuming.isEmpty()) return planned;
        var supposed = new LinkedHashSet<Expr>();
        var equal = new Run(nodes, roots, new Trace(), supposed).run();
        return new EqualSizes(supposed, run.assuming).chosen(equal, planned);
    }

    /// What is computed by sweeps as all that it is made of, and about how many multiplications that takes.
    private record Swept(Reading of, double cost) {}

    /// The pass over one graph.
    private final class Run {
        private final Pass finish = new Passes("steps",
            List.of(simplify, new Rewriter(RuleSet.SPECIALIZE, strictness), new Rewriter(RuleSet.FINISH, strictness)));
        private final List<Node> nodes;
        private final List<Expr> roots;
        private final Trace trace;
        private final Predicate<Node> isReadOnce;
        private final Planner planner;
        private final Map<Expr, Expr> built = new IdentityHashMap<>();       // as written, on what is known by now
        private final Map<Expr, Reading> unmade = new IdentityHashMap<>(); // by what is built: not computed yet
        private final Map<Expr, List<Expr>> choices = new IdentityHashMap<>(); // conditions and sides of which either is one
        private final Map<Expr, Swept> swept = new IdentityHashMap<>();     // by their values: what else they could be
        private final Map<Expr, Expr> forced = new IdentityHashMap<>();
        private final Set<Expr> assuming = Collections.newSetFromMap(new IdentityHashMap<>()); // what is as planned if sizes are equal

        /// @param supposed see [Planner]
        Run(List<Node> nodes, List<Expr> roots, Trace trace, @Nullable Set<Expr> supposed) {
            this.nodes = nodes;
            this.roots = roots;
            this.trace = trace;
            var readers = new IdentityHashMap<Node, Integer>();
            for (var node : nodes) for (var arg : node.args()) readers.merge(arg.node(), 1, Integer::sum);
            for (var root : roots) readers.merge(root.node(), 1, Integer::sum);
            this.isReadOnce = node -> readers.getOrDefault(node, 0) <= 1;
            this.planner = new Planner(isReadOnce, graph -> simplify.run(graph, new Trace()),
                graph -> finish.run(graph, new Trace()), supposed);
        }

        List<Expr> run() {
            for (var node : nodes) {
                var results = Origin.inherit(node.origin(), () -> visit(node));
                for (int k = 0; k < node.size(); k++) built.put(node.result(k), results.get(k));
            }
            return roots.stream().map(built::get).map(root -> inBody ? root : force(root)).toList();
        }

        private List<Expr> visit(Node node) { return visit(node, node.args().stream().map(built::get).toList()); }

        private boolean isLazy(Expr e) { return unmade.containsKey(e) || choices.containsKey(e); }

        private List<Expr> visit(Node node, List<Expr> given) {
            if (node.op() instanceof IfElse && (isLazy(given.get(1)) || isLazy(given.get(2)))) return List.of(choice(node, given));
            var inside = node.op() instanceof Jacobian ? null : inside(node, given);
            if (inside != null) return inside;
            var args = given.stream().map(e -> choices.containsKey(e) ? force(e) : e).toList();
            if (!(node.op() instanceof Jacobian) && args.stream().noneMatch(unmade::containsKey)) {
                var number = number(node, args);
                return number != null ? List.of(number)
                    : node.op() instanceof Pullback pullback ? pulled(node.with(args), pullback) : together(node.with(args));
            }
            var lazy = node.with(node.op() instanceof Jacobian ? args.stream().map(this::force).toList() : args);
            var reading = planner.reading(lazy, unmade::get);
            if (reading == null || !reading.derives())
                return node.op() instanceof Pullback pullback ? pulled(lazy, pullback)
                    : node.with(args.stream().map(this::force).toList()).results();
            var result = lazy.result(0);
            var planned = planner.plan(reading, result.type().dtype(), Effort.SWEEPS);
            if (planned != null) {
                var value = told(planned, result, () -> node.with(args.stream().map(this::force).toList()).result(0));
                if (planned.when() == null) swept.put(value, new Swept(reading, planned.cost()));
                return List.of(value);
            }
            unmade.put(result, reading);
            return List.of(result);
        }

        /// A number made of a product that is swept already, if another order of the whole takes less, as of `u·M·v`, which has two ends.
        private @Nullable Expr number(Node node, List<Expr> args) {
            var products = IntStream.range(0, args.size()).filter(k -> isReadOnce.test(node.arg(k).node())).mapToObj(args::get)
                .filter(swept::containsKey).toList();
            if (products.isEmpty() || node.size() > 1 || node.types().getFirst().rank() > 0) return null;
            var made = node.with(args);
            var apart = planned(made, e -> products.contains(e) ? planner.whole(e) : null);
            var whole = planned(made, e -> products.contains(e) ? swept.get(e).of : null);
            if (apart == null || whole == null || whole.when() != null) return null;
            double before = apart.cost() + products.stream().mapToDouble(e -> swept.get(e).cost).sum();
            return whole.cost() < before ? told(whole, made.result(0), () -> made.result(0)) : null;
        }

        private @Nullable Planned planned(Node node, Function<Expr, @Nullable Reading> of) {
            var reading = planner.reading(node, of);
            return reading == null ? null : planner.plan(reading, node.types().getFirst().dtype(), Effort.SWEEPS);
        }

        /// One of two that may be multiplied as they are.
        private Expr choice(Node node, List<Expr> sides) {
            var made = node.with(sides).result(0);
            choices.put(made, sides);
            return made;
        }

        /// What is made of a choice is a choice, if either side is a product without its matrix; null where neither is.
        private @Nullable List<Expr> inside(Node node, List<Expr> args) {
            var chosen = args.stream().filter(choices::containsKey).toList();
            if (chosen.size() != 1 || node.size() != 1) return null;
            var sides = choices.get(chosen.getFirst());
            for (int k = 1; k < 3; k++) {
                var there = fitted(node, on(args, chosen.getFirst(), sides.get(k)));
                if (there == null || unmade.containsKey(sides.get(k)) && planner.read(there, this::network) == null) return null;
            }
            var all = new ArrayList<>(List.of(sides.getFirst()));
            for (int k = 1; k < 3; k++) all.addAll(visit(node, on(args, chosen.getFirst(), sides.get(k))));
            var made = IfElse.ifElse(all.get(0), all.get(1), all.get(2));
            if (isLazy(all.get(1)) || isLazy(all.get(2))) choices.put(made, all);
            return List.of(made);
        }

        /// Null where a side does not go with the other args, which is no error before it is taken.
        private static @Nullable Node fitted(Node node, List<Expr> args) {
            try {
                return node.with(args);
            } catch (ShapeError e) {
                return null;
            }
        }

        private static List<Expr> on(List<Expr> args, Expr chosen, Expr side) {
            return args.stream().map(e -> e == chosen ? side : e).toList();
        }

        private List<Expr> together(Node node) {
            var sum = Planner.together(node);
            if (sum == null) return node.results();
            trace.fired("sum-of-jacobian-products", node.result(0), sum);
            return List.of(sum);
        }

        private Expr assuming(Expr choice) {
            assuming.add(choice);
            return choice;
        }

        private Network network(Expr e) {
            return unmade.get(e) instanceof Reading reading ? reading.network() : planner.atom(e);
        }

        /// @param written what there is else, if only the call tells whether it can be as planned
        private Expr told(Planned planned, Expr before, Supplier<Expr> written) {
            var value = planned.when() == null ? planned.value() : assuming(planned.orElse(written));
            var fitted = Build.refined(value, before);
            trace.fired(planned.name(), before, fitted);
            if (!planned.name().startsWith(PRODUCT)) trace.refused(PRODUCT, before + " meets no vector, so " + planned.name() + " fired");
            return fitted;
        }

        /// The value of an expression, since somebody needs it now.
        private Expr force(Expr e) {
            var known = forced.get(e);
            if (known != null) return known;
            var sides = choices.get(e);
            if (sides != null) {
                forced.put(e, IfElse.ifElse(sides.get(0), force(sides.get(1)), force(sides.get(2))));
                return forced.get(e);
            }
            var reading = unmade.get(e);
            if (reading == null) return e;
            var planned = planner.plan(reading, e.type().dtype(), Effort.ALL);
            var value = planned == null ? asWritten(e) : told(planned, e, () -> e);
            if (planned == null) trace.refused(PRODUCT, "the value of " + e + " is needed, and no product makes it less");
            forced.put(e, value);
            return value;
        }

        private Expr asWritten(Expr e) { return e.node().with(e.node().args().stream().map(this::force).toList()).result(e.index()); }

        /// `∂⟨G, J(x)⟩/∂x`: where G is made of vectors, the derivative of a product with J.
        private List<Expr> pulled(Node node, Pullback op) {
            var args = node.args().stream().map(this::network).toList();
            var jacobian = op.body().results().getFirst().node();
            var plain = node.with(node.args().stream().map(this::force).toList());
            if (!(jacobian.op() instanceof Jacobian)) return plain.results();
            var matrix = planner.read(jacobian, planner::atom);
            if (matrix == null) return plain.results();
            var number = planner.inner(matrix, args.getLast());
            var product = planner.plan(number.unscaled(), node.types().getFirst().dtype(), Effort.SWEEPS, bound(op, node));
            return product == null ? plain.results() : derivative(plain, op, product, number.scale());
        }

        /// The product depends on the params inside and on values outside; these are constants of the derivative.
        private List<Expr> derivative(Node node, Pullback op, Planned product, double scale) {
            var closure = Lambda.close(op.body().params(), List.of(product.value()));
            var in = new ArrayList<>(node.args().subList(0, op.body().params().size()));
            in.addAll(closure.captured());
            in.add(Constant.of(1, product.value().type().dtype()));
            var results = Expr.all(new Pullback(closure.lambda(), op.wrt()), in).stream().map(e -> multiple(scale, e)).toList();
            var all = product.when() == null ? results
                : IfElse.ifElse(inside(product.when(), op, node), results, node.results()).stream().map(this::assuming).toList();
            trace.fired("derivative-of-" + product.name(), node.result(0), all.getFirst());
            return all;
        }

        private static Expr multiple(double scale, Expr e) { return scale == 1 ? e : Mul.mul(Constant.of(scale, e.type().dtype()), e); }

        private static Expr inside(Expr e, Pullback op, Node node) {
            return Graph.replace(List.of(e), bound(op, node)).getFirst();
        }

        private static Map<Expr, Expr> bound(Pullback op, Node node) {
            var bound = new IdentityHashMap<Expr, Expr>();
            for (int i = 0; i < op.body().params().size(); i++) bound.put(op.body().params().get(i), node.arg(i));
            return bound;
        }
    }
}
