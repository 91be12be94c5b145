package org.agnesi.sparse;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.hessianSparse;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.jacobianSparse;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.cos;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.lvector;
import static org.agnesi.Tensors.matmul;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.take;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.tril;
import static org.agnesi.Tensors.where;
import static org.agnesi.sparse.Stencils.differences;
import static org.agnesi.sparse.Stencils.neighbours;
import static org.agnesi.sparse.Stencils.parts;
import static org.agnesi.sparse.Stencils.random;
import static org.agnesi.sparse.Stencils.star;
import static org.agnesi.sparse.Stencils.sweeps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.error.IndexError;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Sparse Jacobians and Hessians: what they hold.
class SparseJacobianTest {
    private final Expr x = dvector("x");

    private static int entries(Expr y, Expr x, NDArray at) { return function(x, jacobianSparse(y, x).values()).call(at).size(); }


    // what it holds

    @Test void entriesComeRowByRow() {
        var out = parts(x, jacobianSparse(neighbours(x), x)).callAll(new double[] {1, 2, 3, 4});
        assertThat(out.get(0)).isEqualTo(NDArray.of(new double[] {2, 1, 3, 2, 4, 3}));
        assertThat(out.get(1)).isEqualTo(NDArray.of(new int[] {0, 1, 1, 2, 2, 3}));
        assertThat(out.get(2)).isEqualTo(NDArray.of(new int[] {0, 2, 4, 6}));
        assertThat(out.get(4)).isEqualTo(NDArray.of(new int[] {0, 0, 1, 1, 2, 2}));
    }

    @Test void anEntryThatIsZeroAtThePointIsStored() {
        var j = jacobianSparse(mul(sqr(x), x), x);
        var out = parts(x, j).callAll(new double[] {0, 1, 0});
        assertThat(out.get(0)).isEqualTo(NDArray.of(new double[] {0, 3, 0}));
        assertThat(out.get(1)).isEqualTo(NDArray.of(new int[] {0, 1, 2}));
    }

    static Stream<Arguments> formulas() {
        return Stream.of(
            formula("elementwise", x -> sin(x), new int[] {7}, 7, 1),
            formula("neighbours", x -> neighbours(x), new int[] {9}, 16, 2),
            formula("every second, backwards", x -> exp(x.get(range(8, 0, -2))), new int[] {9}, 4, 1),
            formula("a five-point star", x -> star(x), new int[] {6, 7}, 20 * 5, 6),
            formula("blocks of a batch", x -> tanh(matmul(x, x)), new int[] {4, 3, 3}, 4 * (9 * 5), 9),
            formula("a sum of rows", x -> sum(sqr(x), 1), new int[] {5, 4}, 20, 1),
            formula("running sums", x -> cumsum(x, 1), new int[] {5, 3}, 5 * 6, 3),
            formula("a triangle", x -> tril(sqr(x)), new int[] {4, 4}, 10, 1),
            formula("pieces", x -> concatenate(sin(x), x.get(from(2))), new int[] {5}, 8, 1),
            formula("a constant matrix with zeros", x -> dot(Band.OF_5, sin(x)), new int[] {5}, 13, 3),
            formula("a row for all", x -> mul(x, x.get(0)), new int[] {4, 3}, 12 + 9, 2),
            formula("a scalar", x -> sum(sin(x)), new int[] {5}, 5, 1),
            formula("everything", x -> sub(x, sum(x)), new int[] {4}, 16, 4));
    }

    /// A constant tridiagonal matrix.
    private static final class Band {
        static final Expr OF_5 = constant(NDArray.generateDoubles(DType.FLOAT64, Shape.of(5, 5),
            k -> Math.abs(k / 5 - k % 5) <= 1 ? 1 + k : 0));
    }

    private static Arguments formula(String name, UnaryOperator<Expr> y, int[] shape, int entries, int sweeps) {
        return arguments(name, y, shape, entries, sweeps);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formulas")
    void theDenseJacobianIsFoundByFewSweeps(String name, UnaryOperator<Expr> formula, int[] shape, int entries, int sweeps) {
        var x = tensor("x", DType.FLOAT64, IntStream.of(shape).map(_ -> -1).toArray());
        var y = formula.apply(x);
        var at = random(shape);
        var j = jacobianSparse(y, x);
        var found = function(inputs(x), outputs(j.toDense(), List.of(jacobian(y, x), j.values(), j.sweeps()))).callAll(at);
        assertThat(found.get(0).allClose(differences(y, x, at), 1e-6, 1e-8)).isTrue();
        assertThat(found.get(0).allClose(found.get(1), 1e-13, 1e-15)).isTrue();
        assertThat(found.get(2).size()).isEqualTo(entries);
        assertThat(found.get(3).toLong()).isEqualTo(sweeps);
        var reference = function().inputs(x).outputs(j.toDense()).mode(Mode.REFERENCE).compile().call(at);
        assertThat(reference.allClose(found.get(0), 1e-13, 1e-15)).isTrue();
    }

    @Test void emptyTensorsHaveNoEntries() {
        assertThat(entries(sin(x), x, random(0))).isZero();
        assertThat(sweeps(sin(x), x, random(0))).isZero();
    }

    // index data

    @Test void positionsAreFollowed() {
        var i = lvector("i");
        var k = lvector("k");
        var cameras = dmatrix("cameras");
        var points = dmatrix("points");
        var y = sin(sum(mul(take(cameras, i, 0), take(points, k, 0)), 1));
        var j = jacobianSparse(y, List.of(cameras, points));
        var f = function(inputs(cameras, points, i, k), outputs(j.get(0).columns(), List.of(j.get(1).columns(),
            j.get(0).sweeps(), j.get(1).sweeps(), j.get(0).toDense(), jacobian(y, cameras), j.get(1).toDense(), jacobian(y, points))));
        var out = f.callAll(random(2, 3), random(4, 3), new long[] {0, 1, 1}, new long[] {3, 0, 3});
        assertThat(out.get(0)).isEqualTo(NDArray.of(new int[] {0, 1, 2, 3, 4, 5, 3, 4, 5}));
        assertThat(out.get(1)).isEqualTo(NDArray.of(new int[] {9, 10, 11, 0, 1, 2, 9, 10, 11}));
        assertThat(out.get(2).toLong()).as("in reverse").isEqualTo(2);
        assertThat(out.get(3).toLong()).isEqualTo(2);
        assertThat(out.get(4).allClose(out.get(5), 1e-13, 0)).isTrue();
        assertThat(out.get(6).allClose(out.get(7), 1e-13, 0)).isTrue();
    }

    @Test void otherPositionsAreAnotherPattern() {
        var i = lvector("i");
        var j = jacobianSparse(sin(take(x, i, 0)), x);
        var f = function(inputs(x, i), outputs(j.columns()));
        assertThat(f.call(random(4), new long[] {0, 3})).isEqualTo(NDArray.of(new int[] {0, 3}));
        assertThat(f.call(random(4), new long[] {-2, 1, 1})).isEqualTo(NDArray.of(new int[] {2, 1, 1}));
        assertThat(f.call(random(5), new long[] {-2, 1, 1})).isEqualTo(NDArray.of(new int[] {3, 1, 1}));
    }

    @Test void aPositionOutsideIsAMistakeOfTheGather() {
        var i = lvector("i");
        var f = function(inputs(x, i), jacobianSparse(sin(take(x, i, 0)), x).values());
        assertThatThrownBy(() -> f.call(random(4), new long[] {0, 9})).isInstanceOf(IndexError.class)
            .hasMessageContaining("a position from -4 to 3 is needed along axis 0 of x, but got 9");
    }

    @Test void whatAFloatChoosesMayBeEither() {
        var a = dvector("a");
        var y = where(gt(a, 0), x, x.get(tail()));
        assertThat(function(inputs(x, a), jacobianSparse(y, x).columns()).call(random(3), new double[] {1, -1, 1}))
            .isEqualTo(NDArray.of(new int[] {0, 2, 1, 0, 2}));
    }

    private static Object tail() { return all().by(-1); }

    @Test void bothSidesOfAnIfElseCount() {
        var y = ifElse(gt(x.get(0), 0), sin(x), x.get(tail()));
        assertThat(entries(y, x, random(4))).isEqualTo(8);
    }

    // derivatives of it

    @Test void valuesHaveDerivatives() {
        var j = jacobianSparse(neighbours(x), x);
        var cost = sum(mul(j.values(), j.values()));
        var dense = sum(sqr(jacobian(neighbours(x), x)));
        var at = random(6);
        assertThat(function(x, grad(cost, x)).call(at).allClose(function(x, grad(dense, x)).call(at), 1e-13, 0)).isTrue();
    }

    // Hessians

    private static void sameAsDense(Expr cost, Expr x, NDArray at, int entries, int sweeps) {
        var h = hessianSparse(cost, x);
        var out = function(inputs(x), outputs(h.toDense(), List.of(hessian(cost, x), h.values(), h.sweeps()))).callAll(at);
        assertThat(out.get(0).allClose(out.get(1), 1e-12, 1e-13)).isTrue();
        assertThat(out.get(2).size()).isEqualTo(entries);
        assertThat(out.get(3).toLong()).isEqualTo(sweeps);
    }

    @Test void aChainsHessianIsTridiagonal() { sameAsDense(sum(sin(neighbours(x))), x, random(12), 3 * 12 - 2, 3); }

    @Test void anArrowsHessianTakesTwoSweeps() { sameAsDense(sum(sin(mul(x, x.get(0)))), x, random(50), 50 + 2 * 49, 2); }

    @Test void aBlocksHessianTakesItsSize() {
        sameAsDense(sum(sin(sum(x.reshape(-1, 3), 1))), x, random(12), 4 * 9, 3);
    }

    @Test void aLinearCostHasAnEmptyHessian() { sameAsDense(sum(x), x, random(4), 0, 0); }

    // mistakes

    @Test void aMatrixOfAllEntriesIsTooLarge() {
        var f = function(x, jacobianSparse(sub(x, sum(x)), x).values());
        assertThatThrownBy(() -> f.call(random(50_000))).isInstanceOf(ShapeError.class).hasMessageStartingWith("""
            a sparse Jacobian needs fewer than 2147483640 entries that can be other than zero, but this one has more
            Ask for products with jacobian(y, x), which is never built.""");
    }

    @Test void aFormulaWithoutTheInputIsDisconnected() {
        assertThatThrownBy(() -> jacobianSparse(cos(dvector("z")), x)).isInstanceOf(DisconnectedInputError.class).hasMessageStartingWith("""
            jacobianSparse needs an input that the formula depends on, but cos(z) does not depend on x of type float64[?]
            Ask for the variable the formula was built from, or pass ignoreDisconnected() for zeros.""");
    }

    @Test void aVectorHasNoHessian() {
        assertThatThrownBy(() -> hessianSparse(sin(x), x)).isInstanceOf(TypeError.class).hasMessageStartingWith("""
            hessianSparse needs a scalar cost, but got sin(x) of type float64[?]
            Sum it first, or ask for jacobian(grad(cost, x), x).""");
    }
}
