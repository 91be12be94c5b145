package org.agnesi.op;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.Agnesi;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Pull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Masks go through loops and branches: nothing comes back through what a `where` or an `ifElse` leaves out, at any step.
class SafeLoopsTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    /// The value with and without rewriting.
    private static NDArray at(Expr e, List<Expr> inputs, Object... values) {
        var plain = Agnesi.function().inputs(inputs).outputs(e).mode(Mode.REFERENCE).compile().call(values);
        assertThat(function(inputs, e).call(values)).isEqualTo(plain);
        return plain;
    }

    private static double[] gradAt(UnaryOperator<Expr> f, double... at) {
        var x = dvector("x");
        return at(grad(sum(f.apply(x)), x), List.of(x), (Object) at).toDoubleArray();
    }

    /// The first element decides.
    private static Expr ifFirst(Expr x, Expr y) { return where(gt(x.get(0), 0), y, 0); }

    private static Expr product(Expr xs) { return scan(xs, 1.0, (e, s) -> e.times(s)).get(-1); }

    // what is above a loop

    @Test void aSequenceOfAMap() {
        assertThat(gradAt(x -> ifFirst(x, sum(scan(sqrt(x), e -> sin(e)))), -1, 0, 4)).containsExactly(0, 0, 0);
    }

    @Test void aSequenceOfAFold() {
        assertThat(gradAt(x -> ifFirst(x, product(sqrt(x))), -1, 0, 4)).containsExactly(0, 0, 0);
        assertThat(gradAt(x -> ifFirst(x, product(sqrt(x))), 1, 4, 4)).containsExactly(2, 0.5, 0.5);
    }

    @Test void anInitialState() {
        UnaryOperator<Expr> f = x -> ifFirst(x, scan(constant(new double[] {1, 2}), sqrt(x), (e, s) -> sin(e.times(s))).get(-1).sum());
        assertThat(gradAt(f, -1, 0)).containsExactly(0, 0);
    }

    @Test void aCapture() {
        UnaryOperator<Expr> f = x -> {
            var root = sqrt(x);
            return ifFirst(x, scan(constant(new double[] {1, 2}), 0.0, (e, s) -> s.times(0.5).plus(sum(root).times(e))).get(-1));
        };
        assertThat(gradAt(f, -1, 0)).containsExactly(0, 0);
        assertThat(gradAt(f, 1, 0.25)).containsExactly(1.25, 2.5);
    }

    @Test void severalStates() {
        UnaryOperator<Expr> f = x -> {
            var states = scan(List.of(sqrt(x)), List.of(constant(1.0), constant(2.0)),
                (e, s) -> List.of(s.get(0).times(e.getFirst()), s.get(0).plus(s.get(1))));
            return ifFirst(x, states.get(1).get(-1));
        };
        assertThat(gradAt(f, -1, 0, 4)).containsExactly(0, 0, 0);
        assertThat(gradAt(f, 4, 1, 0)).containsExactly(0.5, 1, 0);
    }

    @Test void aLoopInALoop() {
        var es = constant(new double[] {1, 2});
        UnaryOperator<Expr> f = x -> ifFirst(x, scan(es, 1.0, (e, s) -> s.times(product(sqrt(x).times(e)))).get(-1));
        assertThat(gradAt(f, -1, 0)).containsExactly(0, 0);
        assertThat(gradAt(f, 1, 1)).containsExactly(4, 4);
    }

    @Test void aBackwardsLoopAndItsOwnGradient() {
        UnaryOperator<Expr> f = x -> ifFirst(x, grad(product(sqrt(x)), x).get(1));
        assertThat(gradAt(f, -1, 0, 4)).containsExactly(0, 0, 0);
        assertThat(gradAt(f, 1, 1, 4)).containsExactly(0.5, -0.5, 0.125);
    }

    @Test void aLoopThatStopsEarly() {
        UnaryOperator<Expr> f = x -> {
            var loop = scan();
            var e = loop.over(sqrt(x));
            var s = loop.state(constant(1.0));
            s.next(s.previous(1).times(e));
            loop.until(s.previous(1).gt(100));
            return ifFirst(x, s.last());
        };
        assertThat(gradAt(f, -1, 0, 4)).containsExactly(0, 0, 0);
    }

    @Test void statesThatLookFurtherBack() {
        UnaryOperator<Expr> f = x -> {
            var loop = scan();
            var s = loop.state(sqrt(x), 2);
            s.next(s.previous(1).plus(sin(s.previous(2))));
            loop.steps(3);
            return ifFirst(x, s.last());
        };
        assertThat(gradAt(f, -1, 0)).containsExactly(0, 0);
    }

    @Test void onlyTakenElementsCount() {
        UnaryOperator<Expr> f = x -> where(gt(x, 0), scan(constant(new double[] {1, 2}), sqrt(x), (e, s) -> s.times(e).plus(s)).get(-1), 0);
        assertThat(gradAt(f, 0, 4, -1)).containsExactly(0, 1.5, 0);
    }

    @Test void onlyTheStepsThatCount() {
        UnaryOperator<Expr> f = x -> scan(sqrt(x), 0.0, (e, s) -> s.plus(e)).get(1);
        assertThat(gradAt(x -> where(gt(x.get(0), 0), f.apply(x), 0), 4, 1, 0)).containsExactly(0.25, 0.5, 0);
    }

    // what a step leaves out

    @Test void aStateLeftOutAtTheFirstStep() {
        UnaryOperator<Expr> f = x -> scan(constant(new double[] {0, 1, 1}), sqrt(x), (c, s) -> where(gt(c, 0), s.times(2), 1)).get(-1);
        assertThat(gradAt(f, 0, 4)).containsExactly(0, 0);
    }

    @Test void aStateLeftOutAtALaterStep() {
        UnaryOperator<Expr> f = x -> {
            var states = scan(List.of(x, constant(new double[] {1, 0, 1})), List.of(constant(1.0), constant(0.0)),
                (e, s) -> List.of(sqrt(e.getFirst()), where(gt(e.get(1), 0), s.getFirst(), s.get(1).times(2))));
            return states.get(1).get(-1);
        };
        assertThat(gradAt(f, 0, 4, 0)).containsExactly(0, 0.25, 0);
    }

    @Test void aStateChosenAwayByIfElse() {
        UnaryOperator<Expr> f = x -> scan(constant(new double[] {0, 1}), sqrt(sum(x)),
            (c, s) -> ifElse(gt(c, 0), s.times(2), constant(1.0))).get(-1);
        assertThat(gradAt(f, 0, 0)).containsExactly(0, 0);
    }

    @Test void everythingWhereBothSidesUseTheState() {
        UnaryOperator<Expr> f = x -> scan(constant(new double[] {0, 1}), sqrt(x),
            (c, s) -> where(gt(c, 0), s.times(2), s.times(3))).get(-1);
        assertThat(gradAt(f, 0, 4)).containsExactly(INF, 1.5);
    }

    @Test void secondOrder() {
        var x = dvector("x");
        var y = ifFirst(x, product(sqrt(x)));
        var second = grad(sum(grad(y, x)), x);
        assertThat(at(second, List.of(x), (Object) new double[] {-1, 0, 4}).toDoubleArray()).containsExactly(0, 0, 0);
        assertThat(at(second, List.of(x), (Object) new double[] {1, 1, 4}).toDoubleArray()).containsExactly(0.125, 0.125, 0.21875);
    }

    @Test void aTruncatedLoop() {
        UnaryOperator<Expr> f = x -> {
            var loop = scan();
            var e = loop.over(sqrt(x));
            var s = loop.state(constant(1.0));
            s.next(s.previous(1).times(e));
            loop.truncateGradient(2);
            return ifFirst(x, s.last());
        };
        assertThat(gradAt(f, -1, 0, 4)).containsExactly(0, 0, 0);
        assertThat(gradAt(f, 1, 4, 1)).containsExactly(0, 0.25, 1);
    }

    @Test void loopsWithoutChoicesCarryNoMasks() {
        var x = dvector("x");
        var ops = Graph.inOrder(List.of(grad(product(sqrt(x)), x)));
        assertThat(ops.stream().flatMap(node -> node.types().stream()).map(type -> type.dtype())).doesNotContain(DType.BOOL);
    }

    @Test void masksAreDroppedWhereEverythingMatters() {
        var x = dvector("x");
        var y = scan(x, 1.0, (e, s) -> s.times(where(gt(e, 0), e, 1))).get(-1);
        var loops = Graph.inOrder(List.of(grad(y, x))).stream().filter(node -> node.op() instanceof Scan).toList();
        assertThat(loops.getLast().op()).isInstanceOfSatisfying(Scan.class, scan -> assertThat(scan.spec().states()).isEqualTo(1));
    }

    // branches

    private static Expr gradOfBranch(Expr y, Expr x) {
        return new ArrayList<>(Pull.pull(SinkBranches.sink(List.of(y)), List.of(constant(1.0)), List.of(x))).getFirst();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 4})
    void aWhereInsideABranch(double at) {
        var x = dscalar("x");
        var p = tensor("p", DType.BOOL);
        var root = sqrt(x);
        var y = ifElse(p, where(gt(x, 0), root.times(2), 0), where(gt(x, 1), root.times(3), x));
        assertThat(SinkBranches.sink(List.of(y)).getFirst().node().op()).isInstanceOf(Branch.class);
        for (boolean taken : new boolean[] {true, false}) {
            double expected = taken ? at > 0 ? 1 / Math.sqrt(at) : 0 : at > 1 ? 1.5 / Math.sqrt(at) : 1;
            assertThat(at(gradOfBranch(y, x), List.of(x, p), at, taken).toDouble()).isEqualTo(expected);
            assertThat(at(grad(y, x), List.of(x, p), at, taken).toDouble()).isEqualTo(expected);
        }
    }

    @Test void aBranchBelowAWhere() {
        var x = dscalar("x");
        var p = tensor("p", DType.BOOL);
        var root = sqrt(x);
        var branch = SinkBranches.sink(List.of(ifElse(p, sin(root), root.times(3).plus(1)))).getFirst();
        var y = where(gt(x, 0), branch, 0);
        assertThat(at(grad(y, x), List.of(x, p), 0.0, true).toDouble()).isEqualTo(0);
        assertThat(at(grad(y, x), List.of(x, p), 0.0, false).toDouble()).isEqualTo(0);
        assertThat(at(grad(y, x), List.of(x, p), 4.0, false).toDouble()).isEqualTo(0.75);
    }

    @Test void whatOneSideOfABranchUses() {
        var x = dscalar("x");
        var p = tensor("p", DType.BOOL);
        var root = sqrt(x);
        var y = branchOver(root, p);
        assertThat(at(grad(y, x), List.of(x, p), 0.0, false).toDouble()).isEqualTo(0);
        assertThat(at(grad(y, x), List.of(x, p), 0.0, true).toDouble()).isEqualTo(INF);
    }

    /// `p ? 2·root : 2`, root outside of the branch.
    private static Expr branchOver(Expr root, Expr p) {
        var inside = dscalar("c");
        var then = new Lambda(List.of(inside), List.of(inside.times(2)));
        var otherwise = new Lambda(List.of(inside), List.of(constant(2.0)));
        return Expr.all(new Branch(then, otherwise), List.of(p, root)).getFirst();
    }

    @Test void choicesInsideChoices() {
        var x = dscalar("x");
        var p = tensor("p", DType.BOOL);
        var q = tensor("q", DType.BOOL);
        var root = sqrt(x);
        var y = ifElse(p, ifElse(q, root, log(x)), ifElse(q, x.times(2), root.times(log(x))));
        var expected = new double[] {0.25, 0.25, 2, 0.5 + 0.25 * Math.log(4)};
        for (int i = 0; i < 4; i++)
            assertThat(at(grad(y, x), List.of(x, p, q), 4.0, i < 2, i % 2 == 0).toDouble()).isEqualTo(expected[i]);
        assertThat(at(grad(y, x), List.of(x, p, q), 0.0, false, true).toDouble()).isEqualTo(2);
        assertThat(at(grad(grad(y, x), x), List.of(x, p, q), 0.0, false, true).toDouble()).isEqualTo(0);
    }

    @Test void sidesOfTwoShapes() {
        var a = dvector("a");
        var b = dmatrix("b");
        var p = tensor("p", DType.BOOL);
        var y = sum(ifElse(p, sqrt(a), sqrt(b).reshape(-1)).times(2));
        assertThat(at(grad(y, a), List.of(a, b, p), new double[] {0, 4}, new double[][] {{1, 0, 4}}, false).toDoubleArray())
            .containsExactly(0, 0);
        assertThat(at(grad(y, b), List.of(a, b, p), new double[] {0, 4}, new double[][] {{1, 0, 4}}, false).toDoubleArray())
            .containsExactly(1, INF, 0.5);
        assertThat(at(grad(y, b), List.of(a, b, p), new double[] {0, 4}, new double[][] {{1, 0, 4}}, true).toDoubleArray())
            .containsExactly(0, 0, 0);
    }

    @Test void oneConditionTwice() {
        var x = dscalar("x");
        var p = tensor("p", DType.BOOL);
        var y = ifElse(p, ifElse(p, x.times(3), sqrt(x)), ifElse(p, log(x), x.times(5)));
        assertThat(at(grad(y, x), List.of(x, p), 0.0, true).toDouble()).isEqualTo(3);
        assertThat(at(grad(y, x), List.of(x, p), 0.0, false).toDouble()).isEqualTo(5);
    }

    @Test void aLongChainOfChoices() {
        var x = dscalar("x");
        var y = x;
        for (int i = 0; i < 60; i++) y = ifElse(gt(x, i), y.times(1.01), y.plus(1));
        var slope = grad(y, x);
        assertThat(at(slope, List.of(x), 2.5).toDouble()).isCloseTo(Math.pow(1.01, 3), offset(1e-9));
        var z = x;
        for (int i = 0; i < 40; i++) z = ifElse(gt(x, -i), z.times(2), constant(1.0));
        assertThat(at(grad(z, x), List.of(x), 1.0).toDouble()).isEqualTo(Math.pow(2, 40));
        assertThat(at(grad(z, x), List.of(x), -50.5).toDouble()).isEqualTo(0);
    }
}
