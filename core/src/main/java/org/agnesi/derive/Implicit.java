package org.agnesi.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.error.NotDifferentiableError;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.op.Cast;
import org.agnesi.op.Neg;
import org.agnesi.op.Scan;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// An unknown that an equation defines: `x` with `F(x, c…) = 0`, found by a solver that stands in its place when it runs.
///
/// By the implicit function theorem `∂F/∂x · dx = −∂F/∂c · dc`, whatever the solver did, and back `c̄ = (∂F/∂c)ᵀ λ` with
/// `(∂F/∂x)ᵀ λ = −g`: one system of linear equations either way, see [Linear]. It is a graph of graphs again, so that it
/// derives to any order. Where the solver started does not matter.
///
/// Args are where to start and what the function captures.
sealed interface Implicit extends OpN permits Root, Minimize, FixedPoint {

    /// What the user wrote, `(x, c…) ↦ f`.
    Lambda f();

    Solving solving();

    /// `F` in terms of f's params.
    Expr residual();

    /// Whether `∂F/∂x` is its own transpose.
    boolean isSymmetric();

    /// The loop that finds it.
    Expr solver(List<Expr> in);

    /// A function of one unknown, closed over what it captures, and a start of the unknown's type.
    record Told(Lambda f, List<Expr> args) {}

    /// `f` as told, with `x0` in the dtype that it works in: a literal gives way to what f captures.
    static Told told(UnaryOperator<Expr> f, Expr x0) {
        Required.of("a solver", "a function", f);
        Required.of("a solver", "a start", x0);
        var x = unknown(x0, x0.type().dtype().floating());
        var y = apply(f, x);
        if (x0.isWeak() && isAny(y, DType.FLOAT32)) {
            var narrow = unknown(x0, DType.FLOAT32);
            var z = apply(f, narrow);
            if (z.type().dtype() == DType.FLOAT32) {
                x = narrow;
                y = z;
            }
        }
        var closure = Lambda.close(List.of(x), List.of(y));
        var args = new ArrayList<Expr>(List.of(Cast.cast(x0, x.type().dtype())));
        args.addAll(closure.captured());
        return new Told(closure.lambda(), args);
    }

    /// Whether anything that `y` is made of has that dtype.
    private static boolean isAny(Expr y, DType dtype) {
        return Graph.inOrder(List.of(y)).stream().flatMap(node -> node.types().stream()).anyMatch(type -> type.dtype() == dtype);
    }

    private static Expr apply(UnaryOperator<Expr> f, Expr x) { return Required.result("a solver", f.apply(x)); }

    private static Expr unknown(Expr x0, DType dtype) { return Variable.variable("x", x0.type().with(dtype)); }

    /// The unknown's dtype and shape again, as far as they are known.
    static void checkShape(String what, String wanted, Expr x, Expr y) {
        boolean fits = x.type().rank() == y.type().rank() && x.type().dtype() == y.type().dtype().floating();
        for (int axis = 0; fits && axis < x.type().rank(); axis++)
            fits = !x.type().isKnown(axis) || !y.type().isKnown(axis) || x.type().dim(axis) == y.type().dim(axis);
        if (!fits) throw new TypeError("""
            %s needs %s, but got
              unknown: x of type %s
              function: %s
            Start from x0 of the function's shape and dtype, or change what it gives.""".formatted(
            what, wanted, x.type(), Described.typed(y)));
    }

    /// The op, refused where its function does not depend on the unknown.
    static Expr needing(Implicit op, List<Expr> args) {
        if (Pull.isConnected(op.f().results(), op.x())) return made(op, args);
        throw new DisconnectedInputError("""
            %s needs a function of its unknown, but %s does not depend on it
            Use the argument that the function is given.""".formatted(op.name(), op.formula(args)));
    }

    /// The op, refused where its equation has no derivative by the unknown: neither solver nor derivatives could do without.
    static Expr made(Implicit op, List<Expr> args) {
        op.derivable(args, () -> op.sweep(List.of(0)));
        return Expr.of(op, args);
    }

    default Expr x() { return f().params().getFirst(); }

    default Lambda equation() { return new Lambda(f().params(), List.of(residual())); }

    /// Runs a sweep; an op inside that has no derivative says whose function it is in.
    private <T> T derivable(List<Expr> in, Supplier<T> sweep) {
        try {
            return sweep.get();
        } catch (NotDifferentiableError e) {
            throw e.inside(name(), formula(in));
        }
    }

    /// The user's formula, the unknown called x.
    default String formula(List<Expr> in) {
        return (in.getFirst().isPattern() ? f().results().getFirst() : f().apply(at(x(), in)).getFirst()).formula();
    }

    @Override default TensorType type(List<Expr> in) { return x().type(); }
    @Override default List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.getFirst().lengths()); }

    @Override default NDArray value(List<NDArray> in) {
        return Graph.eval(solver(f().params()), Sweeps.values(f().params(), in));
    }

    @Override default Optional<List<Expr>> expand(List<Expr> in) { return Optional.of(List.of(solver(in))); }

    @Override default List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        var moved = IntStream.range(1, in.size()).filter(i -> dx.get(i) != null).boxed().toList();
        if (moved.isEmpty()) return Collections.singletonList(null);
        var at = at(out.getFirst(), in);
        var tangents = Sweeps.present(moved.stream().map(dx::get).toList());
        derivable(in, () -> sweep(moved));
        var moves = Pushforward.pushforward(equation(), at, moved, tangents);
        return Arrays.asList(linear(in, at).solved(Neg.neg(moves), false));
    }

    @Override default List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        var all = new ArrayList<@Nullable Expr>(Collections.nCopies(in.size(), null));
        var asked = IntStream.range(1, in.size()).filter(i -> wanted.test(i) && isConnected(in, out, i)).boxed().toList();
        if (g.getFirst() == null || asked.isEmpty()) return all;
        derivable(in, () -> sweep(asked));
        var at = at(out.getFirst(), in);
        var lambda = linear(in, at).solved(Neg.neg(Objects.requireNonNull(g.getFirst())), true);
        Sweeps.fill(all, asked, 0, Pullback.pullback(equation(), at, asked, lambda));
        return all;
    }

    /// Sweeps now what is else swept when a function is made, so that errors come where a derivative is asked for.
    private List<@Nullable Expr> sweep(List<Integer> wanted) {
        var y = Derivative.plain(List.of(residual()));
        return Pull.pull(y, List.of(Derivative.seed(y.getFirst())), wanted.stream().map(f().params()::get).toList());
    }

    /// What f takes at `x`.
    static List<Expr> at(Expr x, List<Expr> in) {
        var at = new ArrayList<>(in);
        at.set(0, x);
        return at;
    }

    private Linear linear(List<Expr> in, List<Expr> at) {
        return new Linear(name(), formula(in), equation(), at, isSymmetric(), solving().dense());
    }

    @Override default List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("the derivatives of an unknown are joint: pushAll and pullAll");
    }

    /// Where it starts counts as reaching it, with a derivative of zero.
    @Override default boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return i == 0 || Pull.isConnected(List.of(residual()), f().params().get(i));
    }

    /// One after the other: each has its own number of steps.
    @Override default Optional<List<Expr>> batch(Batch b) {
        return Optional.of(Scan.overBatch(Expr.of(this, f().params()).node(), b));
    }

    @Override default List<Lambda> lambdas() { return List.of(f()); }
    @Override default Symbol symbol() { return Symbol.call(name()); }

    /// `root(x -> x**2 - a, x0)`.
    @Override default Symbol symbol(List<Expr> in) { return Symbol.template(name() + "(x -> " + formula(in).replace("$", "") + ", $0)"); }
}
