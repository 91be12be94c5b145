package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.trace;
import static org.agnesi.Tensors.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Diagonals of Jacobians that need not be square, of sizes that only the call tells: no matrix is made beside the given ones.
class DiagonalTest {
    private final Expr x = dvector("x");
    private final Expr v = dvector("v");
    private final Expr a = dmatrix("A");
    private final Expr layer = tanh(dot(a, x));
    private final Expr j = jacobian(layer, x);

    private static NDArray array(Random random, int... dims) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian() / 4);
    }

    private void holdsVectors(Expr e, int m, int n) { holdsVectors(inputs(x, v, a), e, m, n); }

    private static void holdsVectors(List<Expr> inputs, Expr e, int m, int n) { isRight(inputs, e, 2L * Math.max(m, n), m, n); }

    /// @param most elements that are held at once
    private static void isRight(List<Expr> inputs, Expr e, long most, int m, int n) {
        var random = new Random(m);
        var at = List.of(array(random, n), array(random, n), array(random, m, n));
        var f = function(inputs, e);
        var expected = function().inputs(inputs).outputs(e).mode(Mode.REFERENCE).compile().call(at);
        assertThat(f.call(at).allClose(expected, 1e-10, 1e-12)).as(f.pp()).isTrue();
        assertThat(f.cost(at).largestElements()).as(f.pp()).isLessThanOrEqualTo(most);
    }

    /// Of a flipped identity only what is moved to itself counts; of two reshaped tensors only the diagonal meets.
    @Test void ofWhatIsMoved() {
        for (Expr e : List.of(
            sum(diag(j.plus(eye(3)).get(all().by(-1)))), sum(diag(sqr(j).plus(eye(3).times(2)).get(all().by(-1)))),
            diag(j.times(eye(3)).get(all().by(-1))), trace(sqr(j.reshape(9).plus(1).reshape(3, 3))),
            trace(sqr(j).reshape(9).minus(2).reshape(3, 3).times(a)), sum(sqr(j.reshape(9).plus(1).reshape(3, 3)))))
            isRight(inputs(x, v, a), e, 9, 3, 3);
    }

    @ParameterizedTest(name = "{0} rows, {1} columns")
    @CsvSource({"12, 20", "20, 12", "16, 16"})
    void ofALayer(int m, int n) {
        holdsVectors(diag(j), m, n);
        holdsVectors(trace(j.T()), m, n);
        holdsVectors(trace(mul(3, j)), m, n);
    }

    @ParameterizedTest(name = "{0} rows, {1} columns")
    @CsvSource({"12, 20", "20, 12"})
    void ofAProductsJacobian(int m, int n) { holdsVectors(diag(jacobian(dot(j, mul(v, x)), x)), m, n); }

    @ParameterizedTest(name = "{0} rows, {1} columns")
    @CsvSource({"12, 20", "20, 12"})
    void scaledByADiagonal(int m, int n) {
        holdsVectors(sum(dot(diag(v), j.T()), 0), m, n);
        holdsVectors(sum(dot(j, diag(v)), 1), m, n);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {12, 17})
    void ofALayerThatIsRolled(int n) {
        var in = inputs(dvector("x", n), dvector("v", n), dmatrix("A", n, n));
        var y = tanh(dot(in.get(2), in.get(0)));
        var first = in.get(0).get(upTo(1)).sqr();
        for (var rolled : List.of(concatenate(y.get(from(1)), first), concatenate(first, y.get(upTo(-1)))))
            holdsVectors(in, diag(jacobian(rolled, in.get(0))), n, n);
    }

    /// Columns of the matrix go through the layer, some at a time; its rows would be multiplied twice.
    @ParameterizedTest(name = "known {0}")
    @ValueSource(booleans = {true, false})
    void theNormOfALayerTimesAMatrixIsOneProduct(boolean known) { isOneProduct(known ? 48 : -1, w -> w); }

    /// The columns that a chunk takes are made in it.
    @ParameterizedTest(name = "known {0}")
    @ValueSource(booleans = {true, false})
    void soIsThatOfALayerTimesASumOfWhichNoneIsMade(boolean known) {
        isOneProduct(known ? 48 : -1, w -> w.plus(w.T()));
        isOneProduct(known ? 48 : -1, w -> mul(w.get(0).dimshuffle(0, "x"), w).T());
    }

    private static void isOneProduct(int size, UnaryOperator<Expr> matrix) {
        int n = 48;
        Expr t = dvector("x", size), b = dmatrix("A", size, size), w = dmatrix("W", size, size);
        var norm = sum(dot(jacobian(tanh(dot(b, t)), t), matrix.apply(w)).sqr());
        var random = new Random(n);
        var at = List.of(array(random, n), array(random, n, n), array(random, n, n));
        var f = function(inputs(t, b, w), norm);
        var expected = function().inputs(t, b, w).outputs(norm).mode(Mode.REFERENCE).compile().call(at);
        assertThat(f.call(at).allClose(expected, 1e-10, 1e-12)).as(f.pp()).isTrue();
        assertThat(f.cost(at).flops()).as(f.pp()).isLessThan((long) (1.2 * 2 * n * n * n));
        assertThat(f.cost(at).largestElements()).as(f.pp()).isLessThanOrEqualTo(32L * n);
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {48, 70})
    void ofAProductWithARolledOneAFewColumnsAtATime(int n) {
        var in = inputs(dvector("x", n), dvector("v", n), dmatrix("A", n, n));
        var y = tanh(dot(in.get(2), in.get(0)));
        var rolled = jacobian(concatenate(y.get(from(1)), in.get(0).get(upTo(1)).sqr()), in.get(0));
        var first = jacobian(y, in.get(0));
        var second = jacobian(dot(first.T(), dot(first, in.get(1))), in.get(0));
        isRight(in, diag(dot(second, rolled.T())), 32L * n, n, n);
    }
}
