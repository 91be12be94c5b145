package org.agnesi.derive;

import static org.agnesi.Agnesi.dense;
import static org.agnesi.Agnesi.fixedPoint;
import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.matrixFree;
import static org.agnesi.Agnesi.maxSteps;
import static org.agnesi.Agnesi.minimize;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.pp;
import static org.agnesi.Agnesi.root;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.tolerance;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.cos;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.fscalar;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.solve;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.zeros;
import static org.agnesi.Tensors.zerosLike;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.ConvergenceError;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.error.NotDifferentiableError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unknowns that equations define. [org.agnesi.op.EveryOpTest] holds their derivatives against differences; here they are held
/// against closed forms.
class ImplicitTest {
    private final Expr a = dscalar("a");
    private final Expr b = dvector("b");
    private final Expr A = dmatrix("A");
    private final Expr squareRoot = root(x -> sqr(x).minus(a), 1.0);

    private static double value(Compiled f, Object... in) { return f.call(in).toDouble(); }

    // values

    @Test void aRootSolvesItsEquation() { assertThat(value(function(a, squareRoot), 2)).isCloseTo(Math.sqrt(2), within(1e-15)); }

    @Test void aRootIsFoundFromWhereTheSlopeIsZero() {
        assertThat(value(function(a, root(x -> sqr(x).minus(a), 0.0)), 2)).isCloseTo(Math.sqrt(2), within(1e-15));
    }

    @Test void newtonsStepsCannotLeaveWhatEnclosesARoot() {
        var f = function(a, root(x -> org.agnesi.Tensors.atan(x.minus(a)), 5.0));   // Newton alone runs away from here
        assertThat(value(f, -30)).isCloseTo(-30, within(1e-13));
    }

    @Test void aRootAtZeroIsFound() {
        assertThat(value(function(a, root(x -> exp(x).minus(1).plus(x.times(a)), 3.0)), 0.5)).isCloseTo(0, within(1e-15));
    }

    @Test void aFixedPointIsGivenBack() {
        double x = value(function(a, fixedPoint(y -> cos(y.times(a)), 0.5)), 1);
        assertThat(Math.cos(x)).isCloseTo(x, within(1e-12));
    }

    @Test void aSlowIterationIsExtrapolated() {
        assertThat(value(function(a, fixedPoint(x -> x.times(0.999).plus(a), 0.0, maxSteps(20))), 2)).isCloseTo(2000, within(1e-6));
    }

    @Test void minimaLieInCurvedValleys() {
        var rosenbrock = minimize(x -> sqr(constant(1.0).minus(x.get(0))).plus(sqr(x.get(1).minus(sqr(x.get(0)))).times(a)), b);
        var least = function(inputs(a, b), rosenbrock).call(100, new double[] {-1.2, 1});
        assertThat(least.allClose(NDArray.of(new double[] {1, 1}), 1e-9, 0)).isTrue();
    }

    @Test void whereASearchStartsDoesNotMatter() {
        assertThat(value(function(a, grad(root(x -> sqr(x).minus(2), a), a)), 3)).isZero();
    }

    @Test void anOptionIsSaidOnce() {
        UnaryOperator<Expr> f = x -> sqr(x).minus(2);
        assertThatThrownBy(() -> root(f, 1.0, maxSteps(3), maxSteps(4))).isInstanceOf(ArgumentError.class).hasMessage("""
            a solver takes one option of a kind, but got maxSteps(3) and maxSteps(4)
            Leave one of them out.""");
        assertThatThrownBy(() -> minimize(f, a, dense(), tolerance(1e-3), matrixFree())).isInstanceOf(ArgumentError.class).hasMessage("""
            a solver takes one option of a kind, but got dense() and matrixFree()
            Leave one of them out.""");
        assertThatThrownBy(() -> fixedPoint(f, a, tolerance(0.5), tolerance(0.25))).isInstanceOf(ArgumentError.class).hasMessage("""
            a solver takes one option of a kind, but got tolerance(0.5) and tolerance(0.25)
            Leave one of them out.""");
    }

    @Test void aLiteralStartGivesWay() {
        var s = fscalar("s");
        var r = root(x -> sqr(x).minus(s), 1.0);
        assertThat(r.type()).isEqualTo(TensorType.scalar(DType.FLOAT32));
        assertThat(value(function(s, grad(r, s)), 4f)).isCloseTo(0.25, within(1e-7));
    }

    @Test void aLiteralStartAloneIsDouble() {
        UnaryOperator<Expr> f = x -> sqr(x).minus(2);
        for (var start : List.<Number>of(1, 1.0)) {
            assertThat(root(f, start).type()).isEqualTo(TensorType.scalar(DType.FLOAT64));
            assertThat(minimize(f, start).type()).isEqualTo(TensorType.scalar(DType.FLOAT64));
            assertThat(fixedPoint(x -> cos(x), start).type()).isEqualTo(TensorType.scalar(DType.FLOAT64));
        }
        assertThat(function(List.of(), root(f, 1)).call().toDouble()).isCloseTo(Math.sqrt(2), within(1e-15));
        assertThat(root(x -> sqr(x).minus(tensor("n", DType.INT8)), 1).type()).isEqualTo(TensorType.scalar(DType.FLOAT64));
    }

    @Test void theReferenceAgrees() {
        var f = outputs(squareRoot, grad(squareRoot, a));
        assertThat(function().inputs(a).outputs(f).mode(Mode.REFERENCE).compile().callAll(3).toString())
            .isEqualTo(function(a, f).callAll(3).toString());
    }

    // derivatives against closed forms

    @Test void derivativesOfASquareRoot() {
        double x = 2;
        var d1 = grad(squareRoot, a);
        var d2 = grad(d1, a);
        assertThat(value(function(a, d1), x)).isCloseTo(0.5 * Math.pow(x, -0.5), within(1e-15));
        assertThat(value(function(a, d2), x)).isCloseTo(-0.25 * Math.pow(x, -1.5), within(1e-15));
        assertThat(value(function(a, grad(d2, a)), x)).isCloseTo(0.375 * Math.pow(x, -2.5), within(1e-15));
        assertThat(value(function(a, rop(rop(squareRoot, a, constant(1.0)), a, constant(1.0))), x))
            .isCloseTo(-0.25 * Math.pow(x, -1.5), within(1e-15));
    }

    @Test void keplersEquation() {
        var e = dscalar("e");
        var E = root(x -> x.minus(e.times(sin(x))).minus(a), a);
        double anomaly = value(function(inputs(a, e), E), 1, 0.3);
        double slope = 1 - 0.3 * Math.cos(anomaly);
        var d = grad(E, List.of(a, e));
        assertThat(anomaly - 0.3 * Math.sin(anomaly)).isCloseTo(1, within(1e-15));
        assertThat(value(function(inputs(a, e), d.get(0)), 1, 0.3)).isCloseTo(1 / slope, within(1e-14));
        assertThat(value(function(inputs(a, e), d.get(1)), 1, 0.3)).isCloseTo(Math.sin(anomaly) / slope, within(1e-14));
        assertThat(value(function(inputs(a, e), grad(d.get(0), a)), 1, 0.3))
            .isCloseTo(-0.3 * Math.sin(anomaly) / Math.pow(slope, 3), within(1e-14));
    }

    @Test void theDerivativesOfAFixedPoint() {
        var p = fixedPoint(x -> cos(x.times(a)), 0.5);
        double x = value(function(a, p), 0.8);
        assertThat(value(function(a, grad(p, a)), 0.8)).isCloseTo(-x * Math.sin(0.8 * x) / (1 + 0.8 * Math.sin(0.8 * x)), within(1e-11));
        DoubleUnaryOperator slope = t -> value(function(a, grad(p, a)), t);
        assertThat(value(function(a, grad(grad(p, a), a)), 0.8))
            .isCloseTo((slope.applyAsDouble(0.8 + 1e-4) - slope.applyAsDouble(0.8 - 1e-4)) / 2e-4, within(1e-6));
    }

    @Test void theLeastOfAQuadraticFormIsASolution() {
        for (var option : List.of(dense(), matrixFree())) {
            var least = minimize(x -> dot(x, dot(A, x)).times(0.5).minus(dot(b, x)), zerosLike(b), option);
            agree(least, solve(A.plus(A.T()).times(0.5), b));
        }
    }

    @Test void theRootOfALinearFunctionIsASolution() {
        for (var option : List.of(dense(), matrixFree())) agree(root(x -> dot(A, x).minus(b), zerosLike(b), option), solve(A, b));
    }

    /// Values, gradients and Hessians of both are the same functions of A and b.
    private void agree(Expr implicit, Expr explicit) {
        var at = new Object[] {new double[][] {{3, 0.5, 0}, {1, 4, 0.2}, {0.3, 0, 5}}, new double[] {1, -2, 3}};
        UnaryOperator<Expr> cost = x -> sum(sin(x).plus(x.pow(3)));
        var same = List.of(implicit, explicit, grad(cost.apply(implicit), A), grad(cost.apply(explicit), A), grad(cost.apply(implicit), b),
            grad(cost.apply(explicit), b), hessian(cost.apply(implicit), b), hessian(cost.apply(explicit), b));
        var values = function(inputs(A, b), same).callAll(at);
        for (int k = 0; k < same.size(); k += 2)
            assertThat(values.get(k).allClose(values.get(k + 1), 1e-9, 1e-11)).as("%s and %s", values.get(k), values.get(k + 1)).isTrue();
    }

    @Test void theHyperGradientOfRidgeRegression() {
        var X = dmatrix("X");
        var weights = minimize(w -> sum(sqr(dot(X, w).minus(b))).plus(a.times(sum(sqr(w)))), zeros(2));
        var closed = solve(dot(X.T(), X).plus(eye(2).times(a)), dot(X.T(), b));
        var f = function(inputs(X, b, a), List.of(grad(loss(X, weights), a), grad(loss(X, closed), a), grad(grad(loss(X, weights), a), a),
            grad(grad(loss(X, closed), a), a))).callAll(new double[][] {{1, 2}, {3, 4}, {5, 7}}, new double[] {1, 2, 2}, 0.1);
        assertThat(f.get(0).toDouble()).isCloseTo(f.get(1).toDouble(), within(1e-9));
        assertThat(f.get(2).toDouble()).isCloseTo(f.get(3).toDouble(), within(1e-8));
    }

    private Expr loss(Expr X, Expr w) { return sum(sqr(dot(X, w).minus(b.times(1.5)))); }

    @Test void aRootInsideARoot() {
        var r = root(x -> x.minus(root(y -> exp(y).plus(y).minus(x.times(0.1)).minus(a), 0.0)), 0.0);
        double x = value(function(a, r), 1.5);
        assertThat(Math.exp(x) + x - 0.1 * x).isCloseTo(1.5, within(1e-14));
        assertThat(value(function(a, grad(r, a)), 1.5)).isCloseTo(1 / (Math.exp(x) + 0.9), within(1e-14));
    }

    // in company

    @Test void everyStepOfALoopHasItsRoot() {
        var roots = scan(b, bi -> root(x -> exp(x).plus(x).minus(bi.times(a)), 0.0));
        var f = function(inputs(b, a), outputs(roots, grad(sum(roots), a))).callAll(new double[] {1, 2}, 2);
        var x = f.getFirst().toDoubleArray();
        assertThat(Math.exp(x[1]) + x[1]).isCloseTo(4, within(1e-14));
        assertThat(f.getLast().toDouble()).isCloseTo(1 / (Math.exp(x[0]) + 1) + 2 / (Math.exp(x[1]) + 1), within(1e-14));
    }

    @Test void everyRowOfABatchHasItsRoot() {
        var roots = vectorize(squareRoot, Map.of(a, b));
        var f = function(b, outputs(roots, grad(sum(roots), b))).callAll(new double[] {1, 4, 9});
        assertThat(f.getFirst().allClose(NDArray.of(new double[] {1, 2, 3}), 1e-15, 0)).isTrue();
        assertThat(f.getLast().allClose(NDArray.of(new double[] {1 / 2.0, 1 / 4.0, 1 / 6.0}), 1e-15, 0)).isTrue();
    }

    @Test void theBranchNotTakenIsNotSolved() {
        var y = org.agnesi.Tensors.ifElse(a.gt(0), squareRoot, a);
        assertThat(function(a, outputs(y, grad(y, a))).callAll(-1)).hasToString("[-1.0, 1.0]");
    }

    @Test void rootsAreSaved(@TempDir Path folder) throws IOException {
        var file = folder.resolve("root.json");
        function(a, outputs(squareRoot, grad(squareRoot, a))).save(file);
        assertThat(Compiled.load(file).callAll(4)).hasToString("[2.0, 0.25]");
    }

    @Test void readAsTheyWereWritten() {
        assertThat(pp(root(x -> sqr(x).minus(a), a))).isEqualTo("root(x -> sqr(x) - a, a)");
        assertThat(minimize(x -> sqr(x.minus(a)), a)).hasToString("minimize(x -> sqr(x - a), a)");
    }

    // mistakes

    @Test void aFunctionWithoutRootHasNone() {
        assertThatThrownBy(() -> function(a, root(x -> sqr(x).plus(a), 1.0, maxSteps(9))).call(2))
            .isInstanceOf(ConvergenceError.class).hasMessage("""
            root needs a point where the function is 0, but for sqr(x) + a its size is 2.00 at step 9
            Start nearer to it, allow more with maxSteps(n), or accept less with tolerance(t).""");
    }

    @Test void directionsThatNothingDecidesAreNoRoot() {
        assertThatThrownBy(() -> function(b, root(x -> sqr(x).minus(b), zerosLike(b))).call(new double[] {3, 4})).hasMessage("""
            root needs a point where the function is 0, but for sqr(x) - b its norm is 5.00 at step 1
            Start nearer to it, allow more with maxSteps(n), or accept less with tolerance(t).""");
    }

    @Test void aSingularJacobianOnTheWay() {
        assertThatThrownBy(() -> function(b, root(x -> sqr(x).minus(b), zerosLike(b), dense())).call(new double[] {3, 4})).hasMessage("""
            root needs equations with an invertible Jacobian on the way to the solution, but that of sqr(x) - b is singular at a step
            Start elsewhere, or ask for matrixFree(): it leaves out what the equations do not decide.""");
    }

    @Test void aStartWithoutAValue() {
        assertThatThrownBy(() -> function(a, root(x -> log(x).minus(a), -1.0)).call(1)).hasMessage("""
            root needs a start where the function and its derivatives are finite, but log(x) - a has none at x0
            Start elsewhere.""");
    }

    @Test void aFunctionWithoutLeastValue() {
        assertThatThrownBy(() -> function(b, minimize(x -> sum(x.times(b)), b, maxSteps(5))).call(new double[] {3, 4})).hasMessage("""
            minimize needs a point where the function is least, but for sum(x * b) its gradient's norm is 5.00 at step 5
            Start nearer to it, allow more with maxSteps(n), or accept less with tolerance(t).""");
    }

    @Test void anIterationThatGoesOn() {
        assertThatThrownBy(() -> function(a, fixedPoint(x -> x.plus(a), 1.0, maxSteps(7))).call(2)).hasMessage("""
            fixedPoint needs a point that the function gives back, but for x + a the distance of what it gives is 2.00 at step 7
            Start nearer to it, allow more with maxSteps(n), or accept less with tolerance(t).""");
    }

    @Test void anIterationThatRunsAway() {
        assertThatThrownBy(() -> function(a, fixedPoint(x -> x.times(2).plus(a), 1.0)).call(1)).hasMessage("""
            fixedPoint needs a point that the function gives back, but for x * 2 + a the distance of what it gives is 6.70e+153 at step 1000
            Start nearer to it, allow more with maxSteps(n), or accept less with tolerance(t).""");
    }

    @Test void aRootThatItsEquationsDoNotDecideHasNoDerivative() {
        var message = """
            the derivative of a root needs equations that decide every direction of the unknown, but those of %s do not at the solution
            Ask for it elsewhere, or add what makes the solution a single point.""";
        var number = grad(root(x -> sqr(x.minus(a)), a), a);   // found at once, where the slope is 0
        assertThatThrownBy(() -> function(a, number).call(2)).hasMessage(message.formatted("sqr(x - a)"));
        for (var option : List.of(dense(), matrixFree())) {
            var vector = grad(minimize(x -> sqr(sum(x).minus(a)), b, option).get(0), a);
            assertThatThrownBy(() -> function(inputs(a, b), vector).call(2, new double[] {1, 1}))
                .hasMessage(message.formatted("sqr(sum(x) - a)").replace("a root", "a minimize"));
        }
    }

    @Test void shapesThatDoNotFit() {
        assertThatThrownBy(() -> root(x -> sum(x).minus(a), b)).isInstanceOf(TypeError.class).hasMessage("""
            root needs one equation per element of the unknown, but got
              unknown: x of type float64[?]
              function: sum(x) - a of type float64[]
            Start from x0 of the function's shape and dtype, or change what it gives.""");
        assertThatThrownBy(() -> fixedPoint(x -> x.times(b), 1.0)).isInstanceOf(TypeError.class).hasMessage("""
            fixedPoint needs a function that gives what it takes, but got
              unknown: x of type float64[]
              function: x * b of type float64[?]
            Start from x0 of the function's shape and dtype, or change what it gives.""");
        assertThatThrownBy(() -> minimize(x -> sqr(x), b)).isInstanceOf(TypeError.class).hasMessage("""
            minimize needs a function that gives one number, but got sqr(x) of type float64[?]
            Sum it.""");
    }

    @Test void aFunctionOfSomethingElse() {
        assertThatThrownBy(() -> minimize(x -> sqr(a), 1.0)).isInstanceOf(DisconnectedInputError.class).hasMessage("""
            minimize needs a function of its unknown, but sqr(a) does not depend on it
            Use the argument that the function is given.""");
    }

    @Test void anOpWithoutDerivativeInside() {
        assertThatThrownBy(() -> root(x -> Expr.of(new Table(), x).minus(a), 1.0)).isInstanceOf(NotDifferentiableError.class).hasMessage("""
            root needs a function with derivatives, but on the way through table(x) - a
            table has no derivative with respect to x: it is read from a file
            Stop it with zeroGrad or disconnectedGrad where that is meant.""");
    }

    /// An op that says that it has no derivative.
    private record Table() implements Op1 {
        @Override public TensorType infer(Expr x) { return x.type(); }
        @Override public NDArray eval(NDArray x) { return x; }
        @Override public Partial partial(Expr x, Expr y) { return Partial.undefined("it is read from a file"); }
        @Override public List<@Nullable Expr> outputShape(Expr x) { return List.copyOf(x.lengths()); }
    }

    @Test void optionsThatMakeNoSense() {
        assertThatThrownBy(() -> tolerance(0)).isInstanceOf(ArgumentError.class).hasMessage("""
            a tolerance is above 0 and below 1, but got 0.0
            It is relative to the unknown: 1e-8 asks for half of float64's digits before the last step.""");
        assertThatThrownBy(() -> maxSteps(0)).isInstanceOf(ArgumentError.class).hasMessage("""
            a solver needs 1 step or more, but got 0
            Leave maxSteps out for the default.""");
    }
}
