package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.broadcastTo;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.IndexError;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Expr;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Positions and sizes that only a call tells, wrong: fused loops say the same as the ops' own evals.
class PositionsTest {
    private final Expr x = dvector("x"), v = dvector("v");
    private final Expr n = tensor("n", DType.INT64), i = tensor("i", DType.INT64, -1);
    private static final double[] TWO = {1, 2}, THREE = {1, 2, 3};

    private static void fails(Class<? extends AgnesiException> kind, ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(kind).hasMessage(message);
    }

    @Test void aKnownPositionOutside() {
        fails(IndexError.class, () -> function(x, x.get(5)).call(TWO), """
            a position from -2 to 1 is needed along axis 0 of x, but got 5
              x: (2,)
            Positions count from 0; negative ones count from the end.""");
    }

    @Test void aComputedPositionOutside() {
        fails(IndexError.class, () -> function(inputs(x, n), exp(x).get(n)).call(TWO, -3), """
            a position from -2 to 1 is needed along axis 0 of exp(x), but got -3
              exp(x): (2,)
            Positions count from 0; negative ones count from the end.""");
    }

    @Test void oneOfManyPositionsOutside() {
        fails(IndexError.class, () -> function(inputs(x, i), x.at(i).add(1)).call(TWO, new long[] {0, 7}), """
            a position from -2 to 1 is needed along axis 0 of x, but got 7
              x: (2,)
            Positions count from 0; negative ones count from the end.""");
    }

    /// One position for each of no points is none.
    @Test void positionsThatAreRepeatedNoTime() {
        Expr a = dmatrix("A"), rows = tensor("rows", DType.INT64, -1, 1), columns = tensor("columns", DType.INT64, -1, -1);
        var outside = NDArray.wrap(new long[] {5, 5}, 2, 1);
        var none = NDArray.zeros(DType.INT64, 2, 0);
        for (var mode : List.of(Mode.DEFAULT, Mode.REFERENCE))
            for (var y : List.of(a.get(rows, columns), exp(sum(a.get(rows, columns), 1)), a.at(rows, columns).add(1))) {
                var f = function().inputs(List.of(a, rows, columns)).outputs(List.of(y)).mode(mode).compile();
                assertThat(f.call(NDArray.zeros(DType.FLOAT64, 0, 3), outside, none).size()).isEqualTo(y.type().rank() == 1 ? 2 : 0);
                outside(mode, List.of(a, rows, columns), y, NDArray.zeros(DType.FLOAT64, 2, 3), outside, NDArray.zeros(DType.INT64, 2, 1));
            }
    }

    @Test void aPositionOutsideAmongNoColumns() {
        var a = dmatrix("A");
        var no = NDArray.zeros(DType.FLOAT64, 2, 0);
        var all = tensor("all", DType.INT64, -1);
        for (var mode : List.of(Mode.DEFAULT, Mode.REFERENCE)) {
            outside(mode, List.of(a), sum(a.get(5)), no);
            outside(mode, List.of(a), sum(exp(a).get(5)), no);
            outside(mode, List.of(a, n), a.get(n), no, 5);
            outside(mode, List.of(a, n), sum(exp(a.T().get(all(), n))), no, 5);
            outside(mode, List.of(a, i), sum(a.get(i)), no, new long[] {1, 5});
            outside(mode, List.of(a, i), sum(a.get(i), 1), no, new long[] {1, 5});
            outside(mode, List.of(a, i), a.at(i).set(1), no, new long[] {1, 5});
            outside(mode, List.of(a, n), a.at(n).add(1), no, 5);
            outside(mode, List.of(a, n, all), sum(mul(sum(all), a.get(sum(all).plus(n)))), no, 3, new long[] {0, 2});
            outside(mode, List.of(a, i), scan(i, k -> sum(a.get(k))), no, new long[] {1, 5});
        }
    }

    private static void outside(Mode mode, List<Expr> in, Expr y, Object... args) {
        assertThatThrownBy(() -> function().inputs(in).outputs(y).mode(mode).compile().call(args)).isInstanceOf(IndexError.class)
            .hasMessageStartingWith("a position from -2 to 1 is needed along axis ").hasMessageContaining("but got 5\n");
    }

    @Test void aPositionOutsideInALoop() {
        fails(IndexError.class, () -> function(inputs(x, i), scan(i, k -> x.get(k).times(x.get(0)))).call(TWO, new long[] {0, 2}), """
            a position from -2 to 1 is needed along axis 0 of x, but got 2
              x: (2,)
            Positions count from 0; negative ones count from the end.""");
    }

    @Test void valuesThatDoNotFillTheirSlice() {
        fails(ShapeError.class, () -> function(inputs(x, v), x.at(from(1)).set(v)).call(THREE, THREE), """
            putSlice needs axis 0 of v and axis 0 of x[1:] to be equal, but got
              v: (3,)
              x[1:]: (2,)
            Pass arrays whose sizes agree, or reshape one of them.""");
        fails(ShapeError.class, () -> function(inputs(x, v), x.at(range(0, 2)).add(v)).call(THREE, THREE), """
            putSlice needs axis 0 of v and axis 0 of x[0:2] to be equal, but got
              v: (3,)
              x[0:2]: (2,)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void valuesThatDoNotFillTheirPositions() {
        fails(ShapeError.class, () -> function(inputs(x, v, i), x.at(i).set(v)).call(THREE, THREE, new long[] {0, 1}), """
            scatter needs axis 0 of v and axis 0 of x[i] to be equal, but got
              v: (3,)
              x[i]: (2,)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void aReshapeThatLosesElements() {
        fails(ShapeError.class, () -> function(x, x.reshape(2, -1)).call(THREE), """
            reshape needs axis 0 of all of x and axis 0 of all of shape [2, x.length(0) // 2] to be equal, but got
              all of x: (3,)
              all of shape [2, x.length(0) // 2]: (2,)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void aBroadcastOfAnotherLength() {
        fails(ShapeError.class, () -> function(v, broadcastTo(v, 2, 3)).call(TWO), """
            broadcastTo needs axis 0 of v and axis 0 of size 3 to be equal, but got
              v: (2,)
              size 3: (3,)
            Pass arrays whose sizes agree, or reshape one of them.""");
        var m = dmatrix("M");
        fails(ShapeError.class, () -> function(inputs(m, v), m.plus(v)).call(new double[2][3], TWO), """
            broadcastTo needs axis 0 of v and axis 1 of M to be equal, but got
              v: (2,)
              M: (2, 3)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }
}
