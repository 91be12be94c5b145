package org.agnesi;

import static org.agnesi.op.Constant.constant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.agnesi.derive.GradOption;
import org.agnesi.derive.Gradient;
import org.agnesi.derive.Jacobian;
import org.agnesi.derive.Operators;
import org.agnesi.derive.SolveOption;
import org.agnesi.derive.Solvers;
import org.agnesi.derive.SparseJacobian;
import org.agnesi.derive.Taylor;
import org.agnesi.error.Required;
import org.agnesi.symbolic.DebugPrint;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.PrettyPrint;
import org.agnesi.symbolic.Shared;

/// What to do with a formula, one line each: derive it, loop over it, compile it, print it. Import it statically, beside [Tensors].
///
/// {@snippet file="Gradient.java" region="gradient"}
public final class Agnesi {
    private Agnesi() {}

    // functions

    /// The function `input ↦ output`, rewritten and compiled.
    public static Compiled function(Expr input, Expr output) { return function(inputs(input), outputs(output)); }
    /// The function of one input with several results: ask [Compiled#callAll].
    public static Compiled function(Expr input, List<? extends Expr> outputs) { return function(inputs(input), outputs); }
    public static Compiled function(List<? extends Expr> inputs, Expr output) { return function(inputs, outputs(output)); }
    public static Compiled function(List<? extends Expr> inputs, List<? extends Expr> outputs) { return function().inputs(inputs).outputs(outputs).compile(); }
    /// A function told part by part: inputs, outputs, updates, givens, mode, name.
    public static FunctionBuilder function() { return new FunctionBuilder(); }

    public static List<Expr> inputs(Expr... inputs)      { return listed(inputs); }
    public static List<Expr> outputs(Expr... outputs)    { return listed(outputs); }
    /// A first output and the rest: a cost and its gradients.
    public static List<Expr> outputs(Expr first, List<? extends Expr> rest) { return listed(first, rest); }

    /// A variable with a value of its own, kept between calls.
    public static Shared shared(String name, Object value) { return Shared.shared(name, value); }

    /// A formula written in Python's notation, about expressions with names: see [Formula].
    public static Expr formula(String text, Expr... named) { return Formula.parse(Required.of("formula", "a text", text), Required.all("formula", "an expression", named)); }

    /// A source of random draws that differ from call to call, repeatable from its seed.
    public static RandomStream randomStream(long seed) { return new RandomStream(seed); }

    // derivatives

    /// `∂cost/∂x` of a scalar cost.
    public static Expr grad(Expr cost, Expr x, GradOption... options) { return Gradient.grad(cost, x, options); }
    /// The gradients with respect to several inputs, in their order.
    public static List<Expr> grad(Expr cost, List<? extends Expr> xs, GradOption... options) { return Gradient.grad(cost, xs, options); }
    /// These expressions count as constants for a gradient.
    public static GradOption considerConstant(Expr... constants) { return GradOption.considerConstant(constants); }
    /// Cotangents known for some expressions, added to what comes from the cost.
    public static GradOption knownGrads(Map<? extends Expr, ? extends Expr> cotangents) { return GradOption.knownGrads(cotangents); }
    /// Zeros for inputs that the cost does not depend on, instead of an error.
    public static GradOption ignoreDisconnected() { return GradOption.ignoreDisconnected(); }
    /// Zeros and a line in the log for inputs that the cost does not depend on.
    public static GradOption warnDisconnected() { return GradOption.warnDisconnected(); }

    /// The R-operator `J·v`: how `f` changes when `x` changes by `v`.
    public static Expr rop(Expr f, Expr x, Expr v) { return Operators.rop(f, x, v); }
    public static Expr rop(Expr f, List<? extends Expr> xs, List<? extends Expr> vs) { return Operators.rop(f, xs, vs); }
    public static List<Expr> rop(List<? extends Expr> fs, Expr x, Expr v) { return Operators.rop(fs, x, v); }
    public static List<Expr> rop(List<? extends Expr> fs, List<? extends Expr> xs, List<? extends Expr> vs) { return Operators.rop(fs, xs, vs); }
    /// The L-operator `uᵀ·J`: the gradient of `⟨u, f⟩`.
    public static Expr lop(Expr f, Expr x, Expr u) { return Operators.lop(f, x, u); }
    public static List<Expr> lop(Expr f, List<? extends Expr> xs, Expr u) { return Operators.lop(f, xs, u); }
    public static Expr lop(List<? extends Expr> fs, Expr x, List<? extends Expr> us) { return Operators.lop(fs, x, us); }
    public static List<Expr> lop(List<? extends Expr> fs, List<? extends Expr> xs, List<? extends Expr> us) { return Operators.lop(fs, xs, us); }

    /// `y` and its derivatives by t up to an order, at t = 0 on the line `x + t·v`: those of order k divided by k! are Taylor's coefficients.
    public static List<Expr> taylor(Expr y, Expr x, Expr v, int order) { return Taylor.taylor(y, x, v, order); }
    public static List<Expr> taylor(UnaryOperator<Expr> f, Expr x, Expr v, int order) { return Taylor.taylor(f, x, v, order); }
    public static List<Expr> taylor(Expr y, List<? extends Expr> xs, List<? extends Expr> vs, int order) { return Taylor.taylor(y, xs, vs, order); }
    /// The same on a curve given by its own derivatives at `x`, from the first on: as many of y.
    public static List<Expr> taylor(Expr y, Expr x, List<? extends Expr> curve) { return Taylor.taylor(y, x, curve); }

    /// `J[i…, j…] = ∂y[i…] / ∂x[j…]`.
    public static Expr jacobian(Expr y, Expr x) { return Jacobian.jacobian(y, x); }
    public static List<Expr> jacobian(Expr y, List<? extends Expr> xs) { return Jacobian.jacobian(y, xs); }
    /// `H[i…, j…] = ∂²cost / ∂x[i…] ∂x[j…]` of a scalar cost.
    public static Expr hessian(Expr cost, Expr x) { return Jacobian.hessian(cost, x); }
    /// All blocks of the Hessian, row by row.
    public static List<List<Expr>> hessian(Expr cost, List<? extends Expr> xs) { return Jacobian.hessian(cost, xs); }

    /// The Jacobian as the entries that can be other than zero, by as few sweeps as its pattern allows.
    public static SparseJacobian jacobianSparse(Expr y, Expr x) { return SparseJacobian.jacobianSparse(y, x); }
    /// The sparse Jacobians with respect to several inputs, in their order.
    public static List<SparseJacobian> jacobianSparse(Expr y, List<? extends Expr> xs) { return SparseJacobian.jacobianSparse(y, xs); }
    /// The Hessian of a scalar cost as the entries that can be other than zero.
    public static SparseJacobian hessianSparse(Expr cost, Expr x) { return SparseJacobian.hessianSparse(cost, x); }

    /// Whether the elements of `x` can change `y`, as far as rewriting shows: no is a proof.
    public static boolean dependsOn(Expr y, Expr x) { return Queries.dependsOn(y, x); }
    /// Whether `y` is of degree one at most in `x`, constants included, as far as rewriting shows: yes is a proof.
    public static boolean isLinear(Expr y, Expr x) { return Queries.isLinear(y, x); }
    /// Whether `y` is of degree two at most in `x`, as far as rewriting shows: yes is a proof.
    public static boolean isQuadratic(Expr y, Expr x) { return Queries.isQuadratic(y, x); }
    /// Which entries of `jacobian(y, x)` can be other than zero: booleans of its shape, by its structure and never by trying points.
    public static Expr sparsity(Expr y, Expr x) { return SparseJacobian.sparsity(y, x); }

    // implicit things

    /// The `x` near `x0` with `f(x) = 0`; its derivatives are those of the equation, whatever the solver did.
    public static Expr root(UnaryOperator<Expr> f, Expr x0, SolveOption... options) { return Solvers.root(f, x0, options); }
    public static Expr root(UnaryOperator<Expr> f, Number x0, SolveOption... options) { return Solvers.root(f, constant(x0), options); }
    /// The `x` near `x0` where the scalar `f(x)` is least.
    public static Expr minimize(UnaryOperator<Expr> f, Expr x0, SolveOption... options) { return Solvers.minimize(f, x0, options); }
    public static Expr minimize(UnaryOperator<Expr> f, Number x0, SolveOption... options) { return Solvers.minimize(f, constant(x0), options); }
    /// The `x` near `x0` with `g(x) = x`.
    public static Expr fixedPoint(UnaryOperator<Expr> g, Expr x0, SolveOption... options) { return Solvers.fixedPoint(g, x0, options); }
    public static Expr fixedPoint(UnaryOperator<Expr> g, Number x0, SolveOption... options) { return Solvers.fixedPoint(g, constant(x0), options); }
    /// A solver's last step is this small at most, relative to the unknown: `1e-8` unless asked, in float64.
    public static SolveOption tolerance(double relative) { return new SolveOption.Tolerance(relative); }
    /// A solver that has not found it after so many steps gives up.
    public static SolveOption maxSteps(int count) { return new SolveOption.MaxSteps(count); }
    /// Linear equations with the Jacobian are solved by its factors: the default where the unknown is known to have 64 elements at most.
    public static SolveOption dense() { return SolveOption.Equations.DENSE; }
    /// Linear equations with the Jacobian are solved by products with it, and it is never built: the default elsewhere.
    public static SolveOption matrixFree() { return SolveOption.Equations.MATRIX_FREE; }

    // batches

    /// `e` for each element of a batch: variables and what they are there, with more leading axes, the same for all.
    public static Expr vectorize(Expr e, Map<? extends Expr, ? extends Expr> batched) { return Vectorized.vectorize(List.of(Required.argument("vectorize", e)), batched).getFirst(); }
    public static List<Expr> vectorize(List<? extends Expr> es, Map<? extends Expr, ? extends Expr> batched) { return Vectorized.vectorize(es, batched); }
    /// `f` as a function of a batch: of each element along the first axis, without a loop.
    public static UnaryOperator<Expr> vectorize(UnaryOperator<Expr> f) { return Vectorized.vectorize(f); }

    // loops

    /// `step` of each element, stacked along axis 0.
    public static Expr scan(Expr sequence, UnaryOperator<Expr> step) { return Loops.map(sequence, step); }
    /// `step` of the elements of several sequences side by side, as far as the shortest goes.
    public static Expr scan(List<? extends Expr> sequences, Function<List<Expr>, Expr> step) { return Loops.map(sequences, step); }
    /// A fold with all its steps kept: `step` takes an element and the state before.
    public static Expr scan(Expr sequence, Expr initial, BinaryOperator<Expr> step) { return Loops.fold(sequence, initial, step); }
    public static Expr scan(Expr sequence, Number initial, BinaryOperator<Expr> step) { return Loops.fold(sequence, constant(initial), step); }
    public static Expr scan(List<? extends Expr> sequences, Expr initial, BiFunction<List<Expr>, Expr, Expr> step) { return Loops.fold(sequences, initial, step); }
    public static Expr scan(List<? extends Expr> sequences, Number initial, BiFunction<List<Expr>, Expr, Expr> step) { return Loops.fold(sequences, constant(initial), step); }
    /// A fold with several states; results beyond the states are collected.
    public static List<Expr> scan(Expr sequence, List<? extends Expr> initial, BiFunction<Expr, List<Expr>, List<Expr>> step) { return Loops.fold(sequence, initial, step); }
    public static List<Expr> scan(List<? extends Expr> sequences, List<? extends Expr> initial, BiFunction<List<Expr>, List<Expr>, List<Expr>> step) { return Loops.fold(sequences, initial, step); }
    public static List<Expr> scan(Expr sequence, Expr first, Expr second, Step2 step) { return Loops.fold(sequence, step, first, second); }
    public static List<Expr> scan(Expr sequence, Expr first, Expr second, Expr third, Step3 step) { return Loops.fold(sequence, step, first, second, third); }
    /// A loop told part by part: sequences with taps, states with several, until, backwards, updates.
    public static Loop scan() { return new Loop(); }

    // printing

    /// The formula as it was built, every infix in parentheses, constants as `TensorConstant{2}`.
    public static String pp(Expr e)                               { return PrettyPrint.of(Required.argument("pp", e), PrettyPrint.Style.TUTORIAL); }
    /// The graph as a tree, each node once, with an id.
    public static String debugPrint(Expr e)                       { return DebugPrint.of(Required.all("debugPrint", "an expression", e), false); }
    /// The same, with the type of every expression if `types`.
    public static String debugPrint(Expr e, boolean types)        { return DebugPrint.of(Required.all("debugPrint", "an expression", e), types); }

    /// What runs here: the Java, whether kernels use SIMD and how wide, or which flag would help, on how many threads, and which library helps.
    public static String describe()                               { return Machine.here().toString(); }

    private static List<Expr> listed(Expr... all) { return Required.all("function", "an expression", all); }

    private static List<Expr> listed(Expr first, List<? extends Expr> rest) {
        var all = new ArrayList<Expr>();
        all.add(first);
        all.addAll(Required.all("function", "an expression", rest));
        return Required.all("function", "an expression", all);
    }
}
