package org.agnesi.network;

import static java.util.stream.Collectors.joining;
import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.ignoreDisconnected;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.oneHot;
import static org.agnesi.Tensors.ones;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.stack;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.trace;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.network.Linear.Inputs;
import org.agnesi.network.Linear.Rule;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random algebra of Jacobians: what is compiled has the value of what was written, costs what sweeps by hand cost, and holds no
/// matrix of J's size; a formula at fault is shown as small as it can be.
class JacobianFuzzTest {
    private static final int FEW = 5, SMALL = 48, LARGE = 96, VECTORS = 32, FORMULAS = 25;

    /// What is done with a matrix, and the same by sweeps, each a way.
    ///
    /// @param passes whether a sweep for each column, or for each row, may be needed
    /// @param twice  whether the matrix is multiplied by itself
    private record Use(String name, boolean passes, boolean twice, BiFunction<Inputs, Linear, Expr> written,
        List<BiFunction<Inputs, Linear, Expr>> sweeps) {
        Use(String name, boolean passes, BiFunction<Inputs, Linear, Expr> written, List<BiFunction<Inputs, Linear, Expr>> sweeps) {
            this(name, passes, false, written, sweeps);
        }
    }

    private static final BiFunction<Inputs, Linear, Expr> FORWARD = (in, m) -> m.forward().apply(in.v());
    private static final BiFunction<Inputs, Linear, Expr> BACKWARD = (in, m) -> m.backward().apply(in.u());
    private static final List<BiFunction<Inputs, Linear, Expr>> BILINEAR = List.of((in, m) -> dot(in.u(), FORWARD.apply(in, m)),
        (in, m) -> dot(BACKWARD.apply(in, m), in.v()));
    private static final List<BiFunction<Inputs, Linear, Expr>> EITHER = List.of(FORWARD, BACKWARD);

    private static Use product(String name, BiFunction<Inputs, Linear, Expr> written, BiFunction<Inputs, Linear, Expr> sweeps) {
        return new Use(name, false, written, List.of(sweeps));
    }

    private static Expr gradient(Inputs in, Expr product) { return grad(sum(mul(in.u(), product)), in.x(), ignoreDisconnected()); }

    private static Expr last(Inputs in) { return oneHot(in.x().length().minus(1), in.x().length()); }

    private static final List<Use> USES = List.of(
        product("M v", (in, m) -> dot(m.matrix(), in.v()), FORWARD),
        product("einsum ij,j->i", (in, m) -> einsum("ij,j->i", m.matrix(), in.v()), FORWARD),
        product("sum(M * v, 1)", (in, m) -> sum(mul(m.matrix(), in.v()), 1), FORWARD),
        product("u M", (in, m) -> dot(in.u(), m.matrix()), BACKWARD),
        product("einsum ij,i->j", (in, m) -> einsum("ij,i->j", m.matrix(), in.u()), BACKWARD),
        product("M[1:] v", (in, m) -> dot(m.matrix().get(from(1)), in.v()), (in, m) -> FORWARD.apply(in, m).get(from(1))),
        product("M[1]", (_, m) -> m.matrix().get(1), (in, m) -> m.backward().apply(oneHot(constant(1), in.x().length()))),
        product("M[:, -1]", (_, m) -> m.matrix().get(all(), -1), (in, m) -> m.forward().apply(last(in))),
        product("sum(M, 0)", (_, m) -> sum(m.matrix(), 0), (in, m) -> m.backward().apply(ones(in.x().length()))),
        new Use("u M v", false, (in, m) -> dot(in.u(), dot(m.matrix(), in.v())), BILINEAR),
        new Use("einsum i,ij,j->", false, (in, m) -> einsum("i,ij,j->", in.u(), m.matrix(), in.v()), BILINEAR),
        new Use("sum(outer(u, v) * M)", false, (in, m) -> sum(mul(outer(in.u(), in.v()), m.matrix())), BILINEAR),
        new Use("flat", false, (in, m) -> dot(m.matrix().reshape(-1), outer(in.u(), in.v()).reshape(-1)), BILINEAR),
        product("gradient of u M v", (in, m) -> gradient(in, dot(m.matrix(), in.v())), (in, m) -> gradient(in, FORWARD.apply(in, m))),
        new Use("trace(M)", true, (_, m) -> trace(m.matrix()), EITHER),
        new Use("diag(M)", true, (_, m) -> diag(m.matrix()), EITHER));

    /// What there is besides, see [LinearKinds].
    private static final List<Use> MORE_USES = Stream.concat(USES.stream(), Stream.of(
        product("M of each", (in, m) -> vectorize(t -> dot(m.matrix(), t)).apply(stack(in.v(), in.u())),
            (in, m) -> stack(FORWARD.apply(in, m), m.forward().apply(in.u()))),
        product("M [v u]", (in, m) -> dot(m.matrix(), stack(in.v(), in.u()).T()),
            (in, m) -> stack(FORWARD.apply(in, m), m.forward().apply(in.u())).T()),
        product("gradient of |M v|²", (in, m) -> grad(sum(dot(m.matrix(), in.v()).sqr()), in.x(), ignoreDisconnected()),
            (in, m) -> grad(sum(FORWARD.apply(in, m).sqr()), in.x(), ignoreDisconnected())),
        product("gradient of u M times v", (in, m) -> grad(sum(mul(dot(in.u(), m.matrix()), in.v())), in.x(), ignoreDisconnected()),
            (in, m) -> gradient(in, FORWARD.apply(in, m))),
        product("rop of M v", (in, m) -> rop(dot(m.matrix(), in.v()), in.x(), in.u()),
            (in, m) -> rop(FORWARD.apply(in, m), in.x(), in.u())),
        product("M.T M v", (in, m) -> dot(dot(m.matrix().T(), m.matrix()), in.v()), (in, m) -> m.backward().apply(FORWARD.apply(in, m))),
        product("M u + v M", (in, m) -> add(dot(m.matrix(), in.u()), dot(in.v(), m.matrix())),
            (in, m) -> add(m.forward().apply(in.u()), m.backward().apply(in.v()))),
        product("a step of CG", (in, m) -> step(in, dot(dot(m.matrix().T(), m.matrix()), in.v())),
            (in, m) -> step(in, m.backward().apply(FORWARD.apply(in, m)))),
        product("loop", (in, m) -> loop(in, t -> dot(m.matrix(), t)), (in, m) -> loop(in, m.forward())),
        new Use("|M|²", true, true, (_, m) -> sum(m.matrix().sqr()),
            List.of((in, m) -> sum(FORWARD.apply(in, m).sqr()), (in, m) -> sum(BACKWARD.apply(in, m).sqr()))),
        new Use("row norms", true, true, (_, m) -> sum(m.matrix().sqr(), 1),
            List.of((in, m) -> add(in.u(), FORWARD.apply(in, m).sqr()), (in, m) -> sum(BACKWARD.apply(in, m).sqr()))),
        new Use("sum(M * W)", true, (in, m) -> sum(mul(m.matrix(), in.w())), BILINEAR))).toList();

    /// Where conjugate gradients are after a step along v, to which the matrix times v is given.
    private static Expr step(Inputs in, Expr moved) {
        return in.u().plus(mul(dot(in.v(), in.v()).div(dot(in.v(), moved).plus(1)), in.v()));
    }

    private static Expr loop(Inputs in, UnaryOperator<Expr> product) {
        return scan(arange(3), in.v(), (_, t) -> tanh(product.apply(t))).get(-1);
    }

    /// What formulas are made of.
    private record Kinds(List<Rule> leaves, List<Rule> inner, List<Use> uses) {
        static final Kinds FIRST = new Kinds(Linear.LEAVES, Linear.INNER, USES);
        static final Kinds ALL = new Kinds(LinearKinds.LEAVES, LinearKinds.INNER, MORE_USES);

        boolean makes(Tree tree) {
            return (leaves.contains(tree.rule) || inner.contains(tree.rule)) && tree.parts.stream().allMatch(this::makes);
        }
    }

    /// A matrix by the rules that make it.
    private record Tree(Rule rule, List<Tree> parts) {
        static Tree random(Kinds kinds, Random random, int depth) {
            var rules = depth == 0 ? kinds.leaves : kinds.inner;
            var rule = rules.get(random.nextInt(rules.size()));
            return new Tree(rule, IntStream.range(0, rule.arity()).mapToObj(_ -> random(kinds, random, depth - 1)).toList());
        }

        Linear build(Inputs in) { return rule.of().apply(in, parts.stream().map(part -> part.build(in)).toList()); }

        /// How many factors there may be, about.
        int size() { return 1 + (rule.name().endsWith("square") ? 2 : 1) * parts.stream().mapToInt(Tree::size).sum(); }

        boolean isLarge() { return LinearKinds.LARGE.contains(rule.name()) || parts.stream().anyMatch(Tree::isLarge); }

        boolean hasJacobian() { return parts.isEmpty() ? !rule.name().equals("W") : parts.stream().anyMatch(Tree::hasJacobian); }

        /// Those with a part in place of what it is part of, or with the first Jacobian in place of a part.
        Stream<Tree> smaller() {
            var leaf = new Tree(Linear.LEAVES.getFirst(), List.of());
            var inside = IntStream.range(0, parts.size()).boxed().flatMap(i -> parts.get(i).smaller().map(part -> with(i, part)));
            return Stream.concat(rule == leaf.rule ? Stream.empty() : Stream.of(leaf), Stream.concat(parts.stream(), inside));
        }

        private Tree with(int i, Tree part) {
            var changed = new ArrayList<>(parts);
            changed.set(i, part);
            return new Tree(rule, changed);
        }

        @Override public String toString() {
            return parts.isEmpty() ? rule.name() : rule.name() + parts.stream().map(Tree::toString).collect(joining(", ", "(", ")"));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 40, 257, 442, 491, 495, 535})
    void costsWhatSweepsCost(long seed) { check(Kinds.FIRST, seed); }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {
        1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 16, 21, 22, 23, 24, 26, 29, 42, 56, 61, 70, 74, 78, 84, 95, 96, 101, 127, 131, 148, 149, 164,
        172, 177, 181, 182, 208, 209, 235, 244, 249, 254, 260, 283, 293})
    void moreKindsCostWhatSweepsCost(long seed) { check(Kinds.ALL, seed); }

    private static void check(Kinds kinds, long seed) {
        var random = new Random(seed);
        var wrong = new ArrayList<String>();
        for (int k = 0; k < FORMULAS; k++) {
            var tree = Tree.random(kinds, random, random.nextInt(3));
            while (!tree.hasJacobian()) tree = Tree.random(kinds, random, random.nextInt(3));
            var use = kinds.uses.get(random.nextInt(kinds.uses.size()));
            boolean known = random.nextInt(3) == 0;
            if (use.twice && 2 * tree.size() > Reader.MOST_FACTORS) continue;
            if (fault(use, tree, known) != null) wrong.add("seed %d, formula %d: %s".formatted(seed, k, least(use, tree, known)));
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /// The smallest formula that is still at fault.
    private static String least(Use use, Tree tree, boolean known) {
        var smaller = tree.smaller().filter(part -> fault(use, part, known) != null).findFirst();
        return smaller.isPresent() ? least(use, smaller.get(), known) : use.name + " of " + tree + ": " + fault(use, tree, known);
    }

    private static @Nullable String fault(Use use, Tree tree, boolean known) {
        if (!tree.hasJacobian()) return null;
        var formula = new Formula(use, tree, known);
        var few = formula.written(FEW);
        if (!few.call(at(FEW)).allClose(formula.reference().call(at(FEW)), 1e-9, 1e-10)) return "differs";
        var f = known ? formula.written(SMALL) : few;
        double byHand = (use.passes ? SMALL : 1) * (double) formula.sweeps(SMALL).mapToLong(Cost::flops).min().orElseThrow();
        var cost = f.cost(at(SMALL));
        if (cost.flops() > 1.2 * byHand) return "%d flops, by hand %.0f\n%s".formatted(cost.flops(), byHand, f.pp());
        for (int n : List.of(SMALL, LARGE)) {
            var c = n == SMALL ? cost : (known ? formula.written(LARGE) : f).cost(at(LARGE));
            if (c.largestElements() > (long) VECTORS * n && c.largestElements() > formula.held(n))
                return "%s, more than %d vectors\n%s".formatted(c.largest(), VECTORS, f.pp());
        }
        return !use.passes && f.pp().contains("jacobian(") ? "builds one: " + f.pp() : null;
    }

    private static List<NDArray> at(int n) {
        var random = new Random(n);
        var shapes = List.of(Shape.of(n), Shape.of(n), Shape.of(n), Shape.of(n, n), Shape.of(n, n));
        return shapes.stream().map(s -> NDArray.generateDoubles(DType.FLOAT64, s, _ -> random.nextGaussian() / Math.sqrt(n))).toList();
    }

    /// A formula over inputs of sizes that are known, or are not.
    private record Formula(Use use, Tree tree, boolean known) {
        private Inputs inputs(int size) {
            int n = known ? size : -1;
            return new Inputs(dvector("x", n), dvector("u", n), dvector("v", n), dmatrix("A", n, n), dmatrix("W", n, n));
        }

        Compiled written(int size) { return compiled(size, use.written, Mode.DEFAULT); }

        Compiled reference() { return compiled(FEW, use.written, Mode.REFERENCE); }

        Stream<Cost> sweeps(int size) { return use.sweeps.stream().map(way -> compiled(size, way, Mode.DEFAULT).cost(at(size))); }

        /// What the sweeps hold themselves, or those with several vectors at once, where that may be more than some vectors.
        long held(int size) {
            if (USES.contains(use) && Kinds.FIRST.makes(tree)) return 0;
            long largest = sweeps(size).mapToLong(Cost::largestElements).max().orElseThrow();
            return tree.isLarge() ? (long) VECTORS * size * size : (use.passes ? VECTORS : 1) * largest;
        }

        private Compiled compiled(int size, BiFunction<Inputs, Linear, Expr> way, Mode mode) {
            var in = inputs(size);
            return function().inputs(in.list()).outputs(way.apply(in, tree.build(in))).mode(mode).compile();
        }
    }
}
