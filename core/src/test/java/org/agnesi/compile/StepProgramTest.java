package org.agnesi.compile;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.lvector;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.agnesi.Agnesi;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.emit.Emitter;
import org.agnesi.error.IndexError;
import org.agnesi.error.ShapeError;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class StepProgramTest {
    private final Expr W = dmatrix("W");
    private final Expr x = dmatrix("x");
    private final Expr v = dvector("v");
    private final Expr h0 = dvector("h0");

    private static Schedule of(List<Expr> in, List<Expr> out) { return Schedule.of(in, Pipeline.of(Strictness.STRICT).lower(out)); }

    private static List<NDArray> run(Schedule schedule, Backend backend, NDArray... in) { return new Plan(schedule, backend).call(List.of(in)); }

    private static NDArray numbers(int... dims) {
        var shape = Shape.of(dims);
        var data = new double[shape.size()];
        for (int i = 0; i < data.length; i++) data[i] = Math.sin(i + 1);
        return NDArray.wrap(DType.FLOAT64, shape, data);
    }

    /// The outputs for these inputs, which are the same bits on every backend.
    private static List<NDArray> same(Schedule schedule, NDArray... in) {
        var points = run(schedule, Backend.POINTS, in);
        for (var backend : Backend.ALL) for (int call = 0; call < 2; call++)
            assertThat(run(schedule, backend, in)).as(backend.toString()).isEqualTo(points);
        return points;
    }

    /// Those of the definition.
    private static void agrees(List<Expr> in, List<Expr> out, NDArray... arrays) {
        var schedule = of(in, out);
        assertThat(schedule.tasks()).anyMatch(task -> task instanceof Task.Repeat repeat && repeat.loop() != null);
        var expected = Agnesi.function().inputs(in).outputs(out).mode(Mode.REFERENCE).compile().callAll((Object[]) arrays);
        var computed = same(schedule, arrays);
        for (int k = 0; k < out.size(); k++) {
            assertThat(computed.get(k).shape()).isEqualTo(expected.get(k).shape());
            for (int i = 0; i < computed.get(k).size(); i++)
                assertThat(computed.get(k).doubleAt(i)).isCloseTo(expected.get(k).doubleAt(i), offset(1e-12));
        }
    }

    @Test void theBodyIsWrittenIntoTheLoop() {
        var loop = scan(x, h0, (row, h) -> tanh(add(h, row)));
        assertThat(of(List.of(x, h0), List.of(loop)).programs().getLast()).hasToString("""
            kernel(length: int64[], x: float64[?, ?], h0: float64[?]) -> (scan: float64[?, ?]):
                scratch h02: float64[h0.shape[0]]
                for i < h0.shape[0]:
                    h02[i] = h0[i]
                for j < length[0]:
                    t0 = j * x.shape[1]
                    for k < h0.shape[0]:
                        scan[t0 + k] = tanh(h02[k] + x[t0 + k])
                    for l < x.shape[1]:
                        h02[l] = scan[t0 + l]
            """);
    }

    @Test void aMatrixTimesAStateGoesAlongTheColumns() {
        var loop = scan(x, h0, (row, h) -> add(dot(h, W), row));
        assertThat(of(List.of(W, x, h0), List.of(loop)).programs().getLast().toString()).contains("""
                    for k < W.shape[1]:
                        dot[k] = 0.0
                    for l < h0.shape[0] // 8:
                        t1 = h02[l * 8]
            """, """
                        for m < W.shape[1]:
                            dot[m] = fma(t15, W[t16 + m], fma(t13, W[t14 + m], fma(t11, W[t12 + m], fma(t9, W[t10 + m], fma(t7, W[t8 + m], \
            fma(t5, W[t6 + m], fma(t3, W[t4 + m], fma(t1, W[t2 + m], dot[m]))))))))
            """);
    }

    @Test void manyTermsAreMultipliedInBlocks() {
        var loop = scan(x, h0, (row, h) -> add(dot(h, W), row));
        agrees(List.of(W, x, h0), List.of(loop), numbers(300, 300), numbers(2, 300), numbers(300));
    }

    @Test void agreesWithTheDefinition() {
        var loop = scan(x, h0, (row, h) -> tanh(add(dot(W, h), row)));
        var cost = sum(loop.get(-1));
        for (int n : List.of(1, 3, 11, 16)) for (int steps : List.of(1, 2, 17)) {
            agrees(List.of(W, x, h0), List.of(loop), numbers(n, n), numbers(steps, n), numbers(n));
            agrees(List.of(W, x, h0), List.of(cost, grad(cost, W), grad(cost, x), grad(cost, h0)),
                numbers(n, n), numbers(steps, n), numbers(n));
        }
    }

    @Test void seesNeighboursAndSeveralEarlierStates() {
        var loop = scan();
        var f = loop.state(x, 2);
        f.next(f.previous(1).minus(f.previous(2).times(loop.over(W, 1))).plus(loop.over(W, -1)));
        var all = loop.collect(f.previous(1).times(2));
        agrees(List.of(W, x), List.of(f.all(), all.all()), numbers(7, 3), numbers(2, 3));
        agrees(List.of(W, x), List.of(grad(sum(f.all().pow(2)), W)), numbers(7, 3), numbers(2, 3));
    }

    @Test void stopsEarly() {
        var loop = scan().steps(100);
        var s = loop.state(v);
        s.next(s.previous().times(2));
        loop.until(max(s.previous()).gt(20));
        agrees(List.of(v), List.of(s.all(), s.last(), loop.steps()), numbers(5));
        agrees(List.of(v), List.of(grad(sum(s.last()), v)), numbers(5));
    }

    @Test void keepsConstantsOfTheBody() {
        var table = constant(new double[] {1, 2, 3, 5});
        agrees(List.of(v, h0), List.of(scan(v, h0, (e, h) -> cumsum(table.times(h)).plus(e))), numbers(3), numbers(4));
    }

    @Test void makesNoStepWhereThereIsNone() {
        var loop = scan(x, h0, (row, h) -> tanh(add(dot(W, h), row)));
        agrees(List.of(W, x, h0), List.of(loop), numbers(3, 3), numbers(0, 3), numbers(3));
    }

    @Test void saysWhatAStepWouldSay() {
        var i = lvector("i");
        var outside = of(List.of(v, i), List.of(scan(i, k -> v.get(k))));
        assertThat(same(outside, numbers(3), NDArray.of(new long[] {2, 0, -1})).getFirst().shape()).isEqualTo(Shape.of(3));
        assertThatThrownBy(() -> run(outside, Backend.SCALAR, numbers(3), NDArray.of(new long[] {2, 3})))
            .isInstanceOf(IndexError.class).hasMessageStartingWith("a position from -3 to 2 is needed along axis 0 of v, but got 3");
        var grows = of(List.of(v), List.of(scan(arange(3), v, (_, s) -> concatenate(List.of(s, v), 0))));
        assertThatThrownBy(() -> run(grows, Backend.SCALAR, numbers(2)))
            .isInstanceOf(ShapeError.class).hasMessageStartingWith("scan needs a state of one shape at every step");
    }

    @Test void aBodyTooLongForOneMethodIsSeveral() {
        var loop = scan(x, h0, (row, h) -> {
            var all = h;
            for (int k = 0; k < 25; k++) all = tanh(cumsum(all).times(0.01 * k).plus(sin(all.times(row))));
            return all;
        });
        var program = of(List.of(x, h0), List.of(loop)).programs().getLast();
        assertThat(Emitter.emit(program, false)).isNotNull();
        agrees(List.of(x, h0), List.of(loop), numbers(3, 9), numbers(9));
    }
}
