package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.stack;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensordot;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sums of a Jacobian and of what is repeated along its axes: a number, a row, a column.
class RepeatedTermsTest {
    private static final Expr A = dmatrix("A"), X = dmatrix("X"), v = dvector("v"), row = dvector("row"), column = dvector("column");
    private static final Expr J = jacobian(dot(A, exp(v)), v);
    private static final List<Expr> INPUTS = List.of(A, X, v, row, column);

    private static NDArray draw(int k, int... dims) {
        return NDArray.wrap(DType.FLOAT64, Shape.of(dims), IntStream.range(0, Shape.of(dims).size()).mapToDouble(i -> Math.sin(i + k)).toArray());
    }

    static Stream<Expr> formulas() {
        var withColumn = J.plus(column.dimshuffle(0, "x"));
        return Stream.of(
            sum(J.plus(2)), sum(J.plus(2), 0), sum(J.minus(row)), sum(J.minus(row), 0), sum(J.minus(row), 1), sum(withColumn), sum(withColumn, 0),
            mean(J.plus(2)), mean(J.plus(row), 0), mean(withColumn, 1),
            sum(concatenate(List.of(X.minus(2), J), 0)), sum(stack(List.of(X.minus(2), J), 2)), sum(X.minus(2).plus(J)),
            dot(J.plus(2), v), dot(column, J.plus(row)), dot(J.plus(2), constant(new double[] {1, 1, 1, 1})), dot(J.plus(2), J.T().plus(3)),
            sum(dot(J.plus(row), J.T().plus(3))), sum(sqr(J.plus(2))), tensordot(J.plus(1), withColumn, 2), sum(J.plus(row).times(X)),
            sum(sqr(jacobian(dot(A.plus(row), v), v))), mean(sqr(jacobian(dot(A.plus(row), v), v)), 0),
            grad(sum(sqr(J.plus(row))), v), sum(hessian(sum(exp(dot(A, v))), v).plus(row).minus(3)));
    }

    @ParameterizedTest @MethodSource("formulas") void whatIsRepeatedCountsAsOftenAsTheAxisIsLong(Expr formula) {
        var at = List.of(draw(0, 3, 4), draw(1, 3, 4), draw(2, 4), draw(3, 4), draw(4, 3));
        var reference = function().inputs(INPUTS).outputs(formula).mode(Mode.REFERENCE).compile().call(at);
        assertThat(function(INPUTS, formula).call(at).allClose(reference, 1e-12, 1e-13)).isTrue();
    }
}
