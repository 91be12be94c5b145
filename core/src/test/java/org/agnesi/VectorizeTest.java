package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dtensor3;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.solve;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class VectorizeTest {
    private final Expr x = dvector("x");
    private final Expr rows = dmatrix("X");
    private final Expr a = dmatrix("A");
    private final List<Expr> inputs = inputs(a, rows);
    private final Object[] at = {new double[][] {{2, 0.2, 0.1}, {0.3, -3, 0.5}, {-0.6, 0.7, 1.8}}, new double[][] {{1, 2, -1}, {0.5, -1, 0.25}}};

    /// The batch equals the loop, and is none.
    private void isTheLoop(UnaryOperator<Expr> f) {
        var batch = function(inputs, vectorize(f.apply(x), Map.of(x, rows)));
        assertThat(batch.call(at).allClose(function(inputs, scan(rows, f)).call(at), 1e-12, 1e-14)).isTrue();
        assertThat(batch.pp()).doesNotContain("scan(");
        assertThat(function(inputs, vectorize(f).apply(rows)).pp()).isEqualTo(batch.pp());
    }

    @Test void softmaxOfEachRow() { isTheLoop(row -> softmax(row)); }
    @Test void aLayer() { isTheLoop(row -> tanh(dot(a, row))); }
    @Test void theGradientOfEachExample() { isTheLoop(row -> grad(sum(tanh(dot(a, row)).pow(2)), a)); }
    @Test void theJacobianAtEachRow() { isTheLoop(row -> jacobian(tanh(dot(a, row)), row)); }
    @Test void aHessianTimesAVectorAtEachRow() { isTheLoop(row -> dot(hessian(sum(tanh(dot(a, row))), row), row)); }

    @Test void aJacobianTimesEachRowIsASweep() {
        var y = tanh(dot(a, x));
        var direction = mul(x, x);
        var written = vectorize(row -> dot(jacobian(dot(jacobian(y, x).T(), direction), x), row)).apply(rows);
        var byHand = vectorize(row -> rop(lop(y, x, direction), x, row)).apply(rows);
        var in = inputs(a, x, rows);
        var values = List.of(NDArray.generateDoubles(DType.FLOAT64, Shape.of(30, 30), k -> Math.sin(k) / 5),
            NDArray.generateDoubles(DType.FLOAT64, Shape.of(30), Math::cos),
            NDArray.generateDoubles(DType.FLOAT64, Shape.of(4, 30), Math::sin));
        costs(in, values, written, byHand);
        var square = jacobian(mul(sin(x), x), x).reshape(-1).reshape(x.length(), x.length());
        costs(in, values, vectorize(row -> dot(square, row)).apply(rows), vectorize(row -> rop(mul(sin(x), x), x, row)).apply(rows));
    }

    private static void costs(List<Expr> in, List<NDArray> values, Expr written, Expr byHand) {
        var f = function(in, written);
        var expected = function(in, byHand);
        assertThat(f.call(values).allClose(expected.call(values), 1e-10, 1e-12)).as(f.pp()).isTrue();
        assertThat((double) f.cost(values).flops()).as(f.pp()).isLessThanOrEqualTo(1.2 * expected.cost(values).flops());
    }

    @Test void aBranchPerRowIsAChoice() {
        UnaryOperator<Expr> f = row -> ifElse(gt(sum(row), 0), mul(row, 2), tanh(row));
        isTheLoop(f);
        assertThat(function(inputs, vectorize(f).apply(rows)).pp()).contains("where(").doesNotContain("ifElse(");
    }
    @Test void aSystemPerRow() { isTheLoop(row -> solve(add(a, outer(row, row)), row)); }

    @Test void aLoopPerRowIsOneLoop() {
        UnaryOperator<Expr> f = row -> scan(row, 0.5, (e, s) -> tanh(add(mul(0.5, s), e)));
        var batch = function(inputs, vectorize(f).apply(rows));
        assertThat(batch.call(at).allClose(function(inputs, scan(rows, f)).call(at), 1e-12, 1e-14)).isTrue();
        assertThat(batch.pp().split("scan\\(")).hasSize(2);
        var loops = batch.cost(Shape.of(3, 3), Shape.of(50, 20)).steps().stream().filter(step -> step.kind() == Cost.Kind.LOOP).toList();
        assertThat(loops).singleElement().satisfies(loop -> assertThat(loop.inside()).allMatch(step -> step.times() == 20));
    }

    @Test void gradientsOfExamplesCostWhatOneGradientOfTheBatchCosts() {
        var each = function(inputs, vectorize(grad(sum(tanh(dot(a, x)).pow(2)), a), Map.of(x, rows)));
        var one = function(inputs, grad(sum(tanh(dot(rows, a.T())).pow(2)), a));
        for (int n : List.of(40, 80)) {
            var shapes = new Object[] {Shape.of(n, n), Shape.of(30, n)};
            assertThat((double) each.cost(shapes).flops()).isLessThanOrEqualTo(1.5 * one.cost(shapes).flops());
        }
    }

    @Test void twoLeadingAxes() {
        var grid = dtensor3("G");
        var f = function(inputs(a, grid), vectorize(tanh(dot(a, x)), Map.of(x, grid)));
        var each = function(inputs(a, grid), scan(grid, plane -> scan(plane, row -> tanh(dot(a, row)))));
        Object[] values = {at[0], NDArray.of(new double[][][] {{{1, 2, 3}, {4, 5, 6}}, {{-1, 0, 1}, {0.5, 0.25, 0}}})};
        assertThat(f.call(values)).isEqualTo(each.call(values));
    }

    @Test void refusesABatchWithoutAnAxis() {
        assertThatThrownBy(() -> vectorize(tanh(x), Map.of(x, dvector("v")))).isInstanceOf(TypeError.class).hasMessage("""
            vectorize needs some leading axes before those of its variable, but got v of type float64[?] for x of type float64[?]
            Stack the values along new axes in front.""");
    }

    @Test void refusesNothing() {
        assertThatThrownBy(() -> vectorize(tanh(x), Map.of())).isInstanceOf(TypeError.class).hasMessage("""
            vectorize needs an input with a batch, but got none
            Map a variable of the formula to an expression with more leading axes.""");
    }

    @Test void refusesWhatIsNoPartOfTheFormula() {
        Expr x = dvector("x"), A = dmatrix("A");
        assertThatThrownBy(() -> vectorize(tanh(x.times(2)), Map.of(x.times(2), A))).isInstanceOf(ArgumentError.class).hasMessage("""
            vectorize needs a variable or a part of the formula, but got x * 2 of type float64[?], which is neither
            Pass the expression that the formula was built from: one written again is another.""");
    }

    @Test void refusesAScalar() {
        UnaryOperator<Expr> f = e -> tanh(e);
        assertThatThrownBy(() -> vectorize(f).apply(dscalar("s"))).isInstanceOf(TypeError.class).hasMessage("""
            vectorize needs a batch of at least one axis, but got the scalar s of type float64[]
            Call the function on it as it is.""");
    }
}
