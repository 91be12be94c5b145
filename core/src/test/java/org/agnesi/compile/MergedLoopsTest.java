package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.op.Scan;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

/// Which loops over steps become one, and which stay apart.
class MergedLoopsTest {
    private static final int N = 20;
    private static final int H = 3;

    private final Expr W = dmatrix("W");
    private final Expr V = dmatrix("V");
    private final Expr x = dmatrix("x");
    private final Expr h0 = dvector("h0");
    private final List<Expr> in = List.of(W, V, x, h0);
    private final List<NDArray> arrays = List.of(numbers(H, H), numbers(H, H), numbers(N, H), numbers(H));

    private static NDArray numbers(int... dims) {
        var shape = Shape.of(dims);
        var data = new double[shape.size()];
        for (int i = 0; i < data.length; i++) data[i] = Math.sin(i + 1) / 2;
        return NDArray.wrap(DType.FLOAT64, shape, data);
    }

    /// How many loops over steps run, once these values are found to be those of the definition.
    private int loops(Expr... out) {
        var f = function(in, List.of(out));
        var computed = f.callAll(arrays.toArray());
        var expected = function().inputs(in).outputs(List.of(out)).mode(Mode.REFERENCE).compile().callAll(arrays.toArray());
        for (int k = 0; k < out.length; k++) {
            assertThat(computed.get(k).shape()).isEqualTo(expected.get(k).shape());
            for (int i = 0; i < computed.get(k).size(); i++)
                assertThat(computed.get(k).doubleAt(i)).isCloseTo(expected.get(k).doubleAt(i), offset(1e-9));
        }
        return scans(List.of(out)).size();
    }

    private static List<Scan> scans(List<Expr> out) {
        var pipeline = Pipeline.of(Strictness.DEFAULT);
        return Graph.inOrder(pipeline.lower(pipeline.rewrite(out).roots())).stream().map(node -> node.op())
            .filter(Scan.class::isInstance).map(Scan.class::cast).toList();
    }

    private Cost cost(Expr... out) { return function(in, List.of(out)).cost(arrays.stream().map(NDArray::shape).toArray()); }

    private Expr net() { return scan(x, h0, (row, h) -> tanh(dot(W, h).plus(row))); }

    @Test void equalLoopsAreOne() { assertThat(loops(net().get(-1), sum(net()))).isEqualTo(1); }

    @Test void aValueAndItsTangentAreOneLoop() {
        var states = net();
        var tangent = rop(states, W, V);
        assertThat(loops(states, tangent)).isEqualTo(1);
        assertThat(cost(states, tangent).flops()).isEqualTo(cost(tangent).flops());
    }

    @Test void aGradientAndItsTangentAreOneLoopEachWay() {
        var cost = sum(net().pow(2));
        var gradient = grad(cost, W);
        var product = rop(gradient, W, V);
        assertThat(loops(cost, gradient, product)).isEqualTo(2);
        assertThat(cost(cost, gradient, product).flops() - cost(product).flops()).isLessThan(cost(cost).flops() / 2);
    }

    @Test void theSameFormulaGivesTheSameKernelsEachTime() {
        var kernels = IntStream.range(0, 8).mapToObj(_ -> new MergedLoopsTest()).map(MergedLoopsTest::kernels).distinct();
        assertThat(kernels).hasSize(1);
    }

    private String kernels() { return function(in, List.of(rop(grad(sum(net().pow(2)), W), W, V))).kernels(); }

    @Test void outputsWrittenAsTwoLoopsAreOne() {
        var more = scan(x, List.of(h0), (row, h) -> List.of(tanh(dot(W, h.getFirst()).plus(row)), sin(dot(W, h.getFirst())))).getLast();
        assertThat(loops(net(), more)).isEqualTo(1);
        assertThat(cost(net(), more).elementary()).isEqualTo(2 * N * H);
    }

    @Test void aStateIsCarriedOnceThatTwoCallTheSame() {
        var both = scan(x, List.of(h0, h0, h0), (row, h) -> {
            var a = tanh(dot(W, h.get(0)).plus(row));
            return List.of(a, tanh(dot(W, h.get(1)).plus(row)), h.get(2).times(a));
        });
        assertThat(loops(both.toArray(Expr[]::new))).isEqualTo(1);
        assertThat(scans(both).getFirst().spec().states()).isEqualTo(2);
        assertThat(cost(both.toArray(Expr[]::new)).elementary()).isEqualTo(N * H);
    }

    @Test void statesThatCrossAreOneWhereTheyStartAlike() {
        var crossing = scan(x, List.of(h0, h0), (row, h) -> List.of(tanh(h.get(1).plus(row)), tanh(h.get(0).plus(row))));
        assertThat(loops(crossing.toArray(Expr[]::new))).isEqualTo(1);
        assertThat(scans(crossing).getFirst().spec().states()).isEqualTo(1);
    }

    @Test void statesThatStartAlikeAndGoOnDifferentlyAreTwo() {
        var two = scan(x, List.of(h0, h0), (row, h) -> List.of(tanh(h.get(0).plus(row)), tanh(h.get(1).minus(row))));
        assertThat(loops(two.toArray(Expr[]::new))).isEqualTo(1);
        assertThat(scans(two).getFirst().spec().states()).isEqualTo(2);
    }

    @Test void elementsAreTheSameWhateverStepTheyAreCountedFrom() {
        var out = new ArrayList<Expr>();
        for (int tap = 0; tap < 2; tap++) {
            var loop = scan();
            var h = loop.state(h0);
            h.next(tanh(h.previous().plus(loop.over(x, tap)).times(loop.over(x, tap - 1))));
            out.add(h.all());
        }
        assertThat(loops(out.toArray(Expr[]::new))).isEqualTo(1);
        assertThat(scans(out).getFirst().spec().states()).isEqualTo(1);
    }

    @Test void loopsWithoutWorkInCommonStayTwo() {
        var other = scan(x, h0, (row, h) -> sin(dot(V, h).plus(row)));
        assertThat(loops(net(), other)).isEqualTo(2);
    }

    @Test void littleWorkInCommonIsNoReason() {
        var a = scan(x, h0, (row, h) -> tanh(dot(W, h).plus(row.times(h0).plus(1))));
        var b = scan(x, h0, (row, h) -> sin(dot(V, h).plus(row.times(h0).plus(1))));
        assertThat(loops(a, b)).isEqualTo(2);
    }

    /// The matrix that is carried beside it is of a higher order than what both do, but one of the loops does nothing else.
    @Test void aLoopIsOneWithAnotherThatDoesAllItDoes() {
        var more = scan(x, List.of(h0, V), (row, h) -> {
            var a = tanh(dot(W, h.get(0)).plus(row));
            return List.of(a, dot(W, h.get(1)).times(a));
        });
        assertThat(loops(net(), more.getLast())).isEqualTo(1);
        assertThat(loops(more.getLast(), net())).isEqualTo(1);
        assertThat(cost(more.getLast(), net()).flops()).isEqualTo(cost(more.getLast()).flops());
    }

    @Test void loopsThatWaitForEachOtherStayTwo() {
        var first = scan(x, h0, (row, h) -> tanh(h.plus(row)));
        var second = scan(x, first.get(-1), (row, h) -> tanh(h.plus(row)));
        assertThat(loops(first, second)).isEqualTo(2);
    }

    @Test void loopsOfOtherLengthsStayTwo() {
        var shorter = scan(x.get(upTo(5)), h0, (row, h) -> tanh(h.plus(row)));
        assertThat(loops(scan(x, h0, (row, h) -> tanh(h.plus(row))), shorter)).isEqualTo(2);
    }

    @Test void loopsThatEndAtTheSameStepAreOne() {
        var out = new ArrayList<Expr>();
        for (int k = 0; k < 2; k++) {
            var loop = scan();
            var h = loop.state(h0);
            h.next(h.previous().plus(exp(loop.over(x))));
            var collected = loop.collect(k == 0 ? h.previous().times(2) : sin(h.previous()));
            loop.until(max(h.previous()).gt(3));
            out.addAll(List.of(h.all(), collected.all(), loop.steps()));
        }
        assertThat(loops(out.toArray(Expr[]::new))).isEqualTo(1);
    }

    @Test void loopsThatEndAtOtherStepsStayTwo() {
        var out = new ArrayList<Expr>();
        for (int k = 0; k < 2; k++) {
            var loop = scan();
            var h = loop.state(h0);
            h.next(h.previous().plus(exp(loop.over(x))));
            loop.until(max(h.previous()).gt(3 + 5 * k));
            out.addAll(List.of(h.all(), loop.steps()));
        }
        assertThat(loops(out.toArray(Expr[]::new))).isEqualTo(2);
    }
}
