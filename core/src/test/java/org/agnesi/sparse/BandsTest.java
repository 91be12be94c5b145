package org.agnesi.sparse;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessianSparse;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.jacobianSparse;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.cos;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.expandDims;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.Tensors.where;
import static org.agnesi.sparse.Stencils.neighbours;
import static org.agnesi.sparse.Stencils.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Jacobians of elementwise functions and stencils: their entries without a sweep.
class BandsTest {
    private static final Object MIDDLE = range(1, -1);

    private final Expr x = dvector("x");

    private static Expr three(Expr x) {
        return tanh(x.get(upTo(-2)).minus(mul(2, sqr(x.get(MIDDLE)))).plus(x.get(from(2))));
    }

    private static Arguments formula(String name, int rank, int bands, UnaryOperator<Expr> y) { return arguments(name, rank, bands, y); }

    static Stream<Arguments> stencils() {
        return Stream.of(
            formula("elementwise", 1, 1, x -> sin(x)),
            formula("elementwise, of matrices", 2, 1, x -> exp(sin(x))),
            formula("neighbours", 1, 2, x -> neighbours(x)),
            formula("three points", 1, 3, x -> three(x)),
            formula("columns in another order than in the formula", 1, 3, x -> x.get(from(2)).times(x.get(upTo(-2))).div(x.get(MIDDLE))),
            formula("a stencil of a stencil", 1, 3, x -> neighbours(neighbours(x))),
            formula("one column twice", 1, 2, x -> neighbours(x).plus(sin(x.get(from(1)))).minus(x.get(from(1)))),
            formula("pairs", 1, 2, x -> x.get(range(0, -1, 2)).times(cos(x.get(from(1).by(2))))),
            formula("five points", 2, 5, x -> x.get(MIDDLE, MIDDLE).times(x.get(upTo(-2), MIDDLE).plus(x.get(from(2), MIDDLE)))
                .minus(x.get(MIDDLE, upTo(-2)).times(x.get(MIDDLE, from(2))))),
            formula("turned", 2, 1, x -> sqr(x.T())),
            formula("repeated", 1, 2, x -> neighbours(x).plus(constant(NDArray.of(new double[][] {{1}, {2}, {3}})))),
            formula("times what is chosen", 1, 2, x -> where(gt(x.get(from(1)), 0), 2, 3).times(neighbours(x))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stencils")
    void entriesAreOneExpressionPerBand(String name, int rank, int bands, UnaryOperator<Expr> formula) {
        for (var dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
            var x = tensor("x", dtype, IntStream.range(0, rank).map(_ -> -1).toArray());
            var y = formula.apply(x);
            var j = jacobianSparse(y, x);
            assertThat(function(x, j.values()).kernels()).doesNotContain("compression", "sparsityPattern", "gather");
            var all = function(inputs(x), outputs(j.values(), List.of(j.toDense(), j.rowPointers(), j.columns())));
            var dense = function().inputs(x).outputs(jacobian(y, x)).mode(Mode.REFERENCE).compile();
            for (int n : new int[] {0, 1, 2, 3, 4, 9}) {
                var at = random(dtype, IntStream.range(0, rank).map(axis -> n + 2 * axis).toArray());
                var found = all.callAll(at);
                int rows = found.get(2).size() - 1;
                assertThat(found.get(0).size()).as("n = %d", n).isEqualTo(rows * bands);
                assertThat(found.get(0).dtype()).isEqualTo(y.type().dtype());
                for (int k = 1; k < found.get(3).size(); k++) if (k % bands > 0)
                    assertThat(found.get(3).longAt(k)).isGreaterThan(found.get(3).longAt(k - 1));
                double tolerance = dtype == DType.FLOAT64 ? 1e-13 : 1e-5;
                assertThat(found.get(1).allClose(dense.call(at), tolerance, tolerance)).as("n = %d", n).isTrue();
            }
        }
    }

    static Stream<Arguments> others() {
        return Stream.of(
            formula("a row for all", 1, 0, x -> x.times(x.get(0))),
            formula("all pairs", 1, 0, x -> mul(expandDims(x, 1), x)),
            formula("opposite ways", 1, 0, x -> x.times(x.get(all().by(-1)))),
            formula("by index data", 1, 0, x -> where(gt(constant(new long[] {1, 0, 1, 0, 1}), 0), sqr(x), 0)),
            formula("sums", 2, 0, x -> sum(sqr(x), 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void whatIsNoBandIsSwept(String name, int rank, int none, UnaryOperator<Expr> formula) {
        var x = tensor("x", DType.FLOAT64, IntStream.range(0, rank).map(_ -> -1).toArray());
        var j = jacobianSparse(formula.apply(x), x);
        assertThat(function(x, j.values()).kernels()).contains("compression");
        var at = random(IntStream.range(0, rank).map(_ -> 5).toArray());
        var dense = function().inputs(x).outputs(jacobian(formula.apply(x), x)).mode(Mode.REFERENCE).compile().call(at);
        assertThat(function(x, j.toDense()).call(at).allClose(dense, 1e-13, 1e-15)).isTrue();
    }

    // what it costs

    @Test void neighboursAreOneProgramThatOnlyMoves() {
        assertThat(function(x, jacobianSparse(neighbours(x), x).values()).kernels()).endsWith("""
            kernel(x: float64[?]) -> (reshape: float64[?]):
                for i < x.shape[0] - min(1, x.shape[0]):
                    t0 = i * 2
                    reshape[t0] = x[i + 1]
                    reshape[t0 + 1] = x[i]
            """);
    }

    @Test void entriesTakeNoMoreThanTheirMemory() {
        for (int n : new int[] {1_000, 1_000_000}) {
            var two = function(x, jacobianSparse(neighbours(x), x).values()).cost(Shape.of(n));
            assertThat(two.kernels()).isOne();
            assertThat(two.total().bytesWritten()).isEqualTo(8L * 2 * (n - 1));
            assertThat(two.total().flops()).isZero();
            assertThat(two.peakBytes()).isLessThanOrEqualTo(8L * 2 * (n - 1));
            var three = function(x, jacobianSparse(three(x), x).values()).cost(Shape.of(n));
            assertThat(three.kernels()).as("what all bands share is computed once").isEqualTo(2);
            assertThat(three.total().bytesWritten()).isEqualTo(8L * 4 * (n - 2));
        }
    }

    // Hessians, and derivatives of it

    @Test void aDiagonalHessianHasNoSweep() {
        var cost = sum(sin(sqr(x)));
        var h = hessianSparse(cost, x);
        assertThat(function(x, h.values()).kernels()).doesNotContain("compression");
        var at = random(9);
        var dense = function().inputs(x).outputs(jacobian(grad(cost, x), x)).mode(Mode.REFERENCE).compile().call(at);
        assertThat(function(x, h.toDense()).call(at).allClose(dense, 1e-13, 1e-15)).isTrue();
    }

    @Test void entriesHaveDerivatives() {
        var cost = sum(sqr(jacobianSparse(three(x), x).values()));
        var dense = sum(sqr(jacobian(three(x), x)));
        var at = random(9);
        assertThat(function(x, grad(cost, x)).call(at).allClose(function(x, grad(dense, x)).call(at), 1e-12, 1e-13)).isTrue();
    }
}
