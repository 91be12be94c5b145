package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.shared;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.error.LoopError;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final double[] ONE_TO_FOUR = {1, 2, 3, 4};

    // forms

    @Test void mapsAStepOverTheElements() {
        var x = dvector("x");
        assertThat(function(x, scan(x, xi -> xi.pow(2))).call(ONE_TO_FOUR)).hasToString("[ 1.  4.  9. 16.]");
    }

    @Test void mapsAStepOverRows() {
        var A = dmatrix("A");
        assertThat(function(A, scan(A, row -> row.sum())).call(new double[][] {{1, 2}, {3, 4}})).hasToString("[3. 7.]");
    }

    @Test void mapsAStepOverSeveralSequences() {
        var x = dvector("x");
        var y = dvector("y");
        var z = scan(List.of(x, y), in -> in.get(0).times(in.get(1)));
        assertThat(function(inputs(x, y), z).call(ONE_TO_FOUR, new double[] {10, 20})).hasToString("[10. 40.]");
    }

    @Test void foldsAndKeepsEveryStep() {
        var x = dvector("x");
        assertThat(function(x, scan(x, 0, (xi, s) -> s.plus(xi))).call(ONE_TO_FOUR)).hasToString("[ 1.  3.  6. 10.]");
    }

    /// Of the three elements that a step reads there may be none, one or two: then there is no step, and nothing depends on them.
    @Test void aSequenceShorterThanItsTapsHasAGradientOfZeros() {
        var x = dvector("x");
        var loop = scan();
        var around = loop.collect(loop.over(x, -1).times(loop.over(x)).times(loop.over(x, 2)));
        for (var mode : List.of(Mode.REFERENCE, Mode.DEFAULT)) {
            var f = function().inputs(x).outputs(grad(sum(around.all().times(around.all())), x)).mode(mode).compile();
            for (int n = 0; n < 4; n++) assertThat(f.call(new double[n]).toDoubleArray()).isEqualTo(new double[n]);
            assertThat(f.call(new double[] {1, 2, 3, 4})).hasToString("[128.  64.   0.  32.]");
        }
    }

    @Test void foldsFromAnExpression() {
        var x = dvector("x");
        var s0 = dscalar("s0");
        assertThat(function(inputs(x, s0), scan(x, s0, (xi, s) -> s.times(xi))).call(ONE_TO_FOUR, 2)).hasToString("[ 2.  4. 12. 48.]");
    }

    @Test void foldsSeveralSequences() {
        var x = dvector("x");
        var y = scan(List.of(x, x), 0.0, (in, s) -> s.plus(in.get(0).times(in.get(1))));
        assertThat(function(x, y).call(ONE_TO_FOUR)).hasToString("[ 1.  5. 14. 30.]");
    }

    @Test void foldsSeveralStatesAndCollectsWhatFollows() {
        var x = dvector("x");
        var all = scan(x, List.of(constant(0.0), constant(1.0)), (xi, s) -> List.of(s.get(0).plus(xi), s.get(1).times(xi), xi.neg()));
        assertThat(function(x, all).callAll(ONE_TO_FOUR).toString())
            .isEqualTo("[[ 1.  3.  6. 10.], [ 1.  2.  6. 24.], [-1. -2. -3. -4.]]");
    }

    @Test void namesTwoAndThreeStates() {
        var x = dvector("x");
        var zero = constant(0.0);
        var two = scan(x, zero, zero, (xi, a, b) -> List.of(b.plus(xi), a));
        var three = scan(x, zero, zero, zero, (xi, a, b, c) -> List.of(xi, a, b));
        assertThat(function(x, two).callAll(ONE_TO_FOUR).toString()).isEqualTo("[[1. 2. 4. 6.], [0. 1. 2. 4.]]");
        assertThat(function(x, three).callAll(ONE_TO_FOUR).toString()).isEqualTo("[[1. 2. 3. 4.], [0. 1. 2. 3.], [0. 0. 1. 2.]]");
    }

    // the builder

    @Test void seesNeighboursOfAnElement() {
        var x = dvector("x");
        var loop = scan();
        var slope = loop.collect(loop.over(x, 1).minus(loop.over(x, -1)));
        assertThat(function(x, slope.all()).call(new double[] {0, 1, 4, 9, 16})).hasToString("[ 4.  8. 12.]");
    }

    @Test void remembersSeveralSteps() {
        var start = dvector("start");
        var loop = scan().steps(5);
        var f = loop.state(start, 2);
        f.next(f.previous(1).plus(f.previous(2)));
        assertThat(function(start, f.all()).call(new double[] {1, 1})).hasToString("[ 2.  3.  5.  8. 13.]");
    }

    @Test void stopsAfterTheStepThatMakesUntilTrue() {
        var x = dscalar("x");
        var loop = scan().steps(100);
        var s = loop.state(x);
        var next = s.previous().times(2);
        s.next(next);
        loop.until(next.gt(20));
        assertThat(function(x, List.of(s.all(), s.last(), loop.steps())).callAll(3).toString()).isEqualTo("[[ 6. 12. 24.], 24.0, 3]");
    }

    @Test void makesNoStepOverNothing() {
        var x = dvector("x");
        var loop = scan();
        var s = loop.state(7.0);
        s.next(s.previous().plus(loop.over(x)));
        var f = function(x, List.of(s.all(), s.last()));
        assertThat(f.callAll(new double[0]).toString()).isEqualTo("[[], 7.0]");
        assertThat(function(x, grad(s.last(), x)).call(new double[0])).hasToString("[]");
    }

    @Test void updatesASharedVariableAfterEachStep() {
        var w = shared("w", 1.0);
        var x = dvector("x");
        var loop = scan();
        var xi = loop.over(x);
        var seen = loop.collect(w.times(xi));
        loop.update(w, w.plus(xi));
        var f = function(x, seen.all());
        assertThat(f.call(ONE_TO_FOUR)).hasToString("[ 1.  4. 12. 28.]");
        assertThat(w.value()).hasToString("11.0");
    }

    // types

    @Test void aLiteralStateTakesTheStepsDtype() {
        var x = tensor("x", DType.FLOAT32, -1);
        assertThat(scan(x, 0, (xi, s) -> s.plus(xi)).type()).hasToString("float32[?]");
        assertThat(scan(x, 0.5, (xi, s) -> s.times(xi)).type()).hasToString("float32[?]");
        assertThat(scan(dvector("y"), 0, (xi, s) -> s.plus(xi)).type()).hasToString("float64[?]");
    }

    @Test void aNarrowStateWidens() {
        var x = dvector("x");
        var s0 = tensor("s0", DType.FLOAT32);
        assertThat(scan(x, s0, (xi, s) -> s.plus(xi)).type()).hasToString("float64[?]");
    }

    @Test void aStateOfAnotherRankIsAnErrorWithBothTypes() {
        var x = dvector("x");
        assertThatThrownBy(() -> scan(x, x, (xi, s) -> s.sum())).isInstanceOf(TypeError.class).hasMessageContaining("""
            scan needs a step that keeps its state's type, but x starts as x of type float64[?] and its step gives sum(x) of type float64[]
            Give an initial value of the step's type; only literals and narrower dtypes widen.""");
    }

    @Test void aScalarIsNoSequence() {
        assertThatThrownBy(() -> scan(dscalar("x"), xi -> xi)).isInstanceOf(TypeError.class).hasMessageContaining("""
            scan needs a sequence of rank 1 or more, but got the scalar x of type float64[]
            Give it a dimension to iterate over, or use it in the step as it is.""");
    }

    // pitfalls

    @Test void theElementOfASequenceDoesNotDependOnWhatTheSequenceDoes() {
        var v = dvector("x");
        var v2 = v.pow(2);
        assertThatThrownBy(() -> scan(v2, yi -> grad(yi, v))).isInstanceOf(DisconnectedInputError.class).hasMessageContaining(
            "is an element of a sequence, a new variable that does not depend on x. "
            + "Iterate over indices: scan(arange(y.length()), i -> grad(y.get(i), x))");
    }

    @Test void aLoopVariableHasNoValueOutsideItsLoop() {
        var x = dvector("x");
        var kept = new Expr[1];
        scan(x, xi -> kept[0] = xi.pow(2));
        assertThatThrownBy(() -> function(x, kept[0].plus(1))).isInstanceOf(LoopError.class)
            .hasMessageContaining("""
            xi exists only inside its loop, but is used outside it by xi ** 2
            Return it from the step, or collect(…) it, and use the loop's result.""");
    }

    @Test void aLoopNeedsSomethingToEndIt() {
        var loop = scan();
        var s = loop.state(1.0);
        s.next(s.previous());
        assertThatThrownBy(s::all).isInstanceOf(LoopError.class).hasMessageContaining("""
            scan needs a sequence or a number of steps, but got neither
            Give it one with over(…) or steps(…).""");
    }

    @Test void aStateNeedsItsNextValue() {
        var x = dvector("x");
        var loop = scan();
        loop.over(x);
        var s = loop.state(1.0);
        assertThatThrownBy(s::all).isInstanceOf(LoopError.class).hasMessageContaining("""
            a loop needs the next value of each state, but s has none
            Say it with next(…).""");
    }

    @Test void aStepIsToldWhichStatesAndElementsItHas() {
        Expr x = dvector("x"), a = dscalar("a"), b = dscalar("b");
        assertThatThrownBy(() -> scan(x, List.of(a, b), (e, s) -> List.of(s.get(0), s.get(2)))).isInstanceOf(LoopError.class).hasMessage("""
            the step of scan has 2 states, of [a, b], but asked for number 2
            They count from 0: give scan one initial value for each that the step needs.""");
        assertThatThrownBy(() -> scan(List.of(x), e -> e.get(1))).isInstanceOf(LoopError.class).hasMessage("""
            the step of scan has 1 element, of [x], but asked for number 1
            They count from 0: give scan one sequence for each that the step needs.""");
        assertThatThrownBy(() -> scan(List.<Expr>of(), e -> e.getFirst())).isInstanceOf(LoopError.class).hasMessage("""
            the step of scan has 0 elements, of [], but asked for number 0
            They count from 0: give scan one sequence for each that the step needs.""");
    }

    @Test void aStateHasOneNextValue() {
        var s = scan().state(dscalar("s"));
        s.next(s.previous().plus(1));
        assertThatThrownBy(() -> s.next(s.previous().times(2))).isInstanceOf(LoopError.class).hasMessage("""
            a step gives the next value of a state once, but s was told to become s + 1, then s * 2
            Say in one expression what it becomes.""");
    }

    @Test void aStateHasItsValuesOfEarlierSteps() {
        var s = scan().state(dvector("s", 3), 3);
        assertThatThrownBy(() -> s.previous(0)).isInstanceOf(LoopError.class).hasMessage("""
            s has values 1 step ago and before, but its value 0 steps ago was asked for
            What it becomes in this step is what next(…) is given.""");
        assertThatThrownBy(() -> s.previous(4)).isInstanceOf(LoopError.class).hasMessage("""
            s remembers 3 steps, but its value 4 steps ago was asked for
            Make it with state(initial, 4), the initial values stacked.""");
    }

    @Test void stepsAreNotNegative() {
        assertThatThrownBy(() -> scan().steps(-3)).isInstanceOf(LoopError.class).hasMessage("""
            a loop needs a number of steps of 0 or more, but got -3
            backwards() goes from the last element to the first.""");
    }

    @Test void aLoopEndsByOneCondition() {
        var loop = scan();
        var s = loop.state(dscalar("s")).previous();
        assertThatThrownBy(() -> loop.until(s)).isInstanceOf(TypeError.class).hasMessage("""
            until needs a condition, but got s of type float64[]
            Compare it with something, as in gt(s, 0).""");
        loop.until(s.gt(3));
        assertThatThrownBy(() -> loop.until(s.lt(0))).isInstanceOf(LoopError.class).hasMessage("""
            a loop ends by one condition, but was told to by gt(s, 3), then by lt(s, 0)
            Join them with or(…) or and(…).""");
    }

    @Test void aFinishedLoopIsFinished() {
        var x = dvector("x");
        var loop = scan();
        loop.collect(loop.over(x)).all();
        assertThatThrownBy(() -> loop.over(x)).isInstanceOf(LoopError.class).hasMessageContaining("""
            a loop is told before its results are asked for, but this one has been finished
            Say everything first; then ask for all() and last().""");
    }

    @Test void noRowsOfALoopHaveTheWidthOfARow() {
        var A = dmatrix("A");
        assertThat(function(A, scan(A, row -> scan(row, x -> x.times(x)))).call(NDArray.zeros(DType.FLOAT64, 0, 33)).shape()).isEqualTo(Shape.of(0, 33));
    }

    @Test void aStateStartsWithAsManyRowsAsItRemembers() {
        var x = dvector("x");
        var s0 = dvector("s0");
        var loop = scan();
        var s = loop.state(s0, 3);
        s.next(s.previous(3).times(loop.over(x)));
        for (var mode : List.of(Mode.DEFAULT, Mode.REFERENCE)) {
            var f = function().inputs(inputs(x, s0)).outputs(s.all()).mode(mode).compile();
            assertThatThrownBy(() -> f.call(ONE_TO_FOUR, new double[] {1, 2})).isInstanceOf(ShapeError.class).hasMessageContaining("""
                scan needs axis 0 of s0 and axis 0 of the steps remembered to be equal, but got
                  s0: (2,)
                  the steps remembered: (3,)
                Pass arrays whose sizes agree, or reshape one of them.""");
        }
    }

    @Test void whatOnlyAnotherResultUsesIsDisconnected() {
        var x = dvector("x");
        var all = scan(x, List.of(constant(0.0), constant(1.0)), (xi, s) -> List.of(s.get(0).plus(xi), s.get(1).times(2)));
        assertThat(function(x, grad(sum(all.get(0)), x)).call(ONE_TO_FOUR)).hasToString("[4. 3. 2. 1.]");
        assertThatThrownBy(() -> grad(sum(all.get(1)), x)).isInstanceOf(DisconnectedInputError.class);
    }

    @Test void whatReachesAResultThroughAnotherStateIsConnected() {
        var x = dvector("x");
        var all = scan(x, List.of(constant(0.0), constant(1.0)), (xi, s) -> List.of(xi, s.get(1).times(s.get(0))));
        assertThat(function(x, grad(all.get(1).get(3), x)).call(ONE_TO_FOUR)).hasToString("[0. 0. 0. 0.]");
        assertThat(function(x, grad(sum(all.get(1)), x)).call(new double[] {2})).hasToString("[0.]");
    }

    // derivatives

    @Test void differentiatesThroughTheSteps() {
        var x = dvector("x");
        var s0 = dscalar("s0");
        var product = scan(x, s0, (xi, s) -> s.times(xi));
        var g = grad(sum(product), List.of(x, s0));
        assertThat(function(inputs(x, s0), g).callAll(new double[] {2, 3}, 5).toString()).isEqualTo("[[20. 10.], 8.0]");
    }

    @Test void hasAHessianThroughTwoScans() {
        var x = dvector("x");
        var cubes = scan(x, xi -> xi.pow(3));
        var total = scan(cubes, 0, (c, s) -> s.plus(c.times(c)));
        var g = grad(sum(total), x);
        // Σₜ Σ_{i ≤ t} xᵢ⁶ has the second derivative 30 (n − i) xᵢ⁴
        assertThat(function(x, rop(g, x, x)).call(new double[] {1, 2})).hasToString("[ 60. 960.]");
    }

    @Test void noNaNComesBackThroughAStepThatDoesNotCount() {
        var x = dvector("x");
        var roots = where(x.gt(0), scan(x, xi -> sqrt(xi)), 0);
        assertThat(function(x, grad(sum(roots), x)).call(new double[] {-1, 0, 4})).hasToString("[0.   0.   0.25]");
    }

    @Test void noNaNComesBackThroughAChoiceInsideAStep() {
        var x = dvector("x");
        var roots = scan(x, xi -> where(xi.gt(0), sqrt(xi), 0));
        assertThat(function(x, grad(sum(roots), x)).call(new double[] {-1, 0, 4})).hasToString("[0.   0.   0.25]");
    }

    @Test void goesBackAFewStepsOnlyWhenTruncated() {
        var x = dvector("x");
        var loop = scan().truncateGradient(2);
        var s = loop.state(1.0);
        s.next(s.previous().times(3).plus(loop.over(x)));
        assertThat(function(x, grad(s.last(), x)).call(ONE_TO_FOUR)).hasToString("[0. 0. 3. 1.]");
    }

    @Test void doesNotDifferentiateWhatOnlyCounts() {
        var x = dvector("x");
        var all = scan(x, List.of(constant(0), constant(0.0)), (xi, s) -> List.of(s.get(0).plus(1), s.get(1).plus(xi.times(s.get(0)))));
        assertThat(function(x, grad(sum(all.get(1)), x)).call(ONE_TO_FOUR)).hasToString("[0. 3. 4. 3.]");
    }

    @Test void equalLoopsAreEqualOps() {
        var x = dvector("x");
        var a = scan(x, xi -> xi.pow(2)).node();
        var b = scan(x, element -> element.pow(2)).node();
        var c = scan(x, element -> element.pow(3)).node();
        assertThat(a.op()).isEqualTo(b.op()).isNotEqualTo(c.op());
        assertThat(outputs(a.arg(0), a.arg(1))).isEqualTo(outputs(b.arg(0), b.arg(1)));
    }
}
