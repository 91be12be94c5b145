package org.agnesi.run;

import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// All backends give the bits of the loop evaluator, and that the values of the ops, at sizes around those of a vector and of
/// a chunk, from any place of an array on, and through views of all kinds.
class SizesTest {
    private static final int[] SIZES = {0, 1, 7, 8, 9, 1023, 4097};
    /// From here on not all offsets: vectors are slow until HotSpot has compiled them.
    private static final int LONG = 1000;
    private static final int OFFSETS = 8;
    private static final double[] VALUES = new Random(5).doubles(3 * 4097, -2, 2).toArray();

    private static final Expr V = dvector("v"), K = lscalar("k"), S = dscalar("s"), X = dmatrix("x"), Y = dmatrix("y"), I = lvector("i");
    private static final List<Expr> INPUTS = List.of(V, K, S, X, Y, I);
    /// What of the vector is read: all from its k-th element on.
    private static final Expr W = V.get(from(K));

    static List<List<Expr>> formulas() {
        var backwards = W.get(range(null, null, -1));
        var singles = cast(W, DType.FLOAT32);
        var wholes = cast(mul(W, 100), DType.INT32);
        return List.of(
            List.of(exp(W), mul(tanh(W), S), W.lt(S)),
            List.of(sum(W), prod(add(1, mul(W, 1e-3))), sum(exp(W)), all(W.lt(9))),
            List.of(exp(backwards), mul(backwards, W), sum(backwards)),
            List.of(exp(W.get(range(null, null, 3))), sum(W.get(range(1, null, 2))), sin(W.get(range(null, null, -2)))),
            List.of(add(X.T(), exp(Y)), sum(mul(X, X), 0), sum(Y, 0), exp(sum(X, 1))),
            List.of(softmax(X, 1), softmax(Y, 1), softmax(Y, 0)),
            List.of(mul(exp(W.get(all(), newAxis())), sum(X, 0)), add(Y, mul(S, W)), X.flatten()),
            List.of(cumsum(W), cumsum(backwards), cumsum(Y, 1)),
            List.of(roll(W, 1, 0), concatenate(W, exp(backwards), W), exp(W.get(I)), W.at(I).add(S)),
            List.of(exp(singles), sum(singles), sqr(singles).minus(singles.div(3))),
            List.of(intDiv(wholes, 7), rem(wholes, 7), sum(wholes), cast(wholes, DType.INT8), abs(wholes).gt(30)),
            List.of(dot(Y, X), dot(W, X), dot(Y, W)),
            List.of(where(W.lt(S), log(abs(W)), cos(W)), clip(W, -0.5, S), sum(where(W.lt(S), W, backwards))));
    }

    /// Large arrays are read from where a line of the cache begins, if they begin where the garbage collector puts such arrays.
    @ParameterizedTest @EnumSource(value = DType.class, names = {"FLOAT64", "FLOAT32"}) void foldsOfLargeArraysHaveTheSameBits(DType dtype) {
        var x = tensor("x", dtype, -1);
        var values = NDArray.wrap(new Random(9).doubles(140_000, -1, 1).toArray(), 140_000).cast(dtype);
        var to = lscalar("to");
        var some = x.get(range(K, to));
        var ys = List.of(sum(some), max(some), sum(mul(some, x.get(range(K.plus(1), to.plus(1))))), prod(add(1, mul(some, 1e-4))));
        var inputs = List.of(x, K, to);
        var oracle = Plan.of(inputs, ys, Backend.POINTS);
        for (var backend : Kernels.BACKENDS) {
            var plan = Plan.of(inputs, ys, backend);
            for (int k : new int[] {0, 1, 6, 7, 14}) for (int size : new int[] {2047, 2048, 2079, 4097, 40_000, 139_000}) {
                var in = List.of(values, NDArray.of((long) k), NDArray.of((long) k + size));
                assertThat(plan.call(in)).as("%s %d %d", backend, k, size).isEqualTo(oracle.call(in));
            }
        }
    }

    @ParameterizedTest @MethodSource("formulas") void bitsAreThoseOfTheLoopEvaluator(List<Expr> ys) {
        var oracle = Plan.of(INPUTS, ys, Backend.POINTS);
        var plans = Kernels.BACKENDS.stream().filter(backend -> backend != Backend.POINTS).map(backend -> Plan.of(INPUTS, ys, backend)).toList();
        for (int n : SIZES) for (int offset = 0; offset <= OFFSETS; offset += n < LONG ? 1 : 3) {
            var in = inputs(n, offset);
            var expected = oracle.call(in);
            if (offset == 3) assertClose(expected, Graph.eval(ys, bound(in)), ys);
            for (var plan : plans) assertThat(plan.call(in)).as("n %d, offset %d\n%s", n, offset, plan.kernels()).isEqualTo(expected);
        }
    }

    /// Wherever a number stands, in the body of vectors or in the tail, its function is the same number.
    @Test void thePlaceDoesNotMatter() {
        var ys = List.of(exp(V), log(V), tanh(V), sin(V), pow(V, S), erf(V), expm1(V), lgamma(V), atan(V), sigmoid(V));
        for (var backend : List.of(Backend.SCALAR, Backend.SIMD)) {
            var plan = Plan.of(List.of(V, S), ys, backend);
            for (double x : new double[] {0.1, 0.7, 3.3, 31.4, 1e-9, 1e5}) for (int n : new int[] {9, 39}) {
                var in = List.of(NDArray.generateDoubles(DType.FLOAT64, Shape.of(n), _ -> x), NDArray.of(1.7));
                for (var y : plan.call(in)) assertThat(y).isEqualTo(NDArray.generateDoubles(DType.FLOAT64, Shape.of(n), _ -> y.doubleAt(0)));
            }
        }
    }

    /// The same numbers for any offset, after others.
    private static List<NDArray> inputs(int n, int offset) {
        var v = NDArray.generateDoubles(DType.FLOAT64, Shape.of(offset + n), i -> i < offset ? 77 : VALUES[i - offset]);
        var i = NDArray.of(IntStream.range(0, n).mapToLong(k -> k * 7L % n).toArray());
        return List.of(v, NDArray.of((long) offset), NDArray.of(0.25), matrix(n, 3), matrix(3, n), i);
    }

    private static NDArray matrix(int m, int n) { return NDArray.generateDoubles(DType.FLOAT64, Shape.of(m, n), i -> VALUES[i]); }

    private static Map<Expr, NDArray> bound(List<NDArray> in) {
        var bound = new IdentityHashMap<Expr, NDArray>();
        for (int k = 0; k < in.size(); k++) bound.put(INPUTS.get(k), in.get(k));
        return bound;
    }

    private static void assertClose(List<NDArray> got, List<NDArray> expected, List<Expr> ys) {
        for (int k = 0; k < ys.size(); k++)
            assertThat(got.get(k).allClose(expected.get(k), ys.get(k).type().dtype() == DType.FLOAT32 ? 1e-5 : 1e-11, 1e-12))
                .as("%s = %s, not %s", ys.get(k), got.get(k), expected.get(k)).isTrue();
    }
}
