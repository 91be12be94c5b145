package org.agnesi.compile;

import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.min;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.prod;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.derive.Gradient.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of a known, small number of points are computed across rows, with the bits that rows of any length have.
class RowBlocksTest {
    private static final Axes ROW = Axes.over(-1), KEPT = Axes.over(-1).keep();
    private static final List<List<Integer>> ROWS = Stream.of(0, 1, 8, 63, 130).map(List::of).toList();
    private static final List<List<Integer>> BATCHES = List.of(List.of(3, 70), List.of(0, 70));

    /// From a matrix or more, and as much again.
    private static final Map<String, BinaryOperator<Expr>> FORMULAS = Map.of(
        "softmax", (x, _) -> softmax(x, -1),
        "log-sum-exp", (x, _) -> logsumexp(x, -1),
        "entropy, of two sums", (x, _) -> sub(logsumexp(x, -1), sum(mul(softmax(x, -1), x), ROW)),
        "values that are results too", (x, y) -> add(exp(sub(x, max(x, KEPT))), sum(tanh(mul(x, y)), KEPT)),
        "a product and a least", (x, y) -> mul(prod(tanh(x), ROW), min(exp(y), ROW)),
        "of rows alone, and twice", (x, y) -> log(add(sum(exp(x), ROW), sqrt(sum(exp(y), ROW)))),
        "normalised twice", (x, _) -> {
            var z = div(sub(x, div(sum(tanh(x), KEPT), 3)), add(1, sum(exp(x), KEPT)));
            return div(z, add(1, sum(mul(z, z), KEPT)));
        });

    private static Schedule schedule(BinaryOperator<Expr> formula, DType dtype, int rank, int length) {
        var sizes = new int[rank];
        Arrays.fill(sizes, -1);
        sizes[rank - 1] = length;
        Expr x = tensor("x", dtype, sizes), y = tensor("y", dtype, sizes);
        return Schedule.of(List.of(x, y), Pipeline.of(Strictness.STRICT).lower(List.of(formula.apply(x, y))));
    }

    private static boolean hasBlocks(Schedule schedule) { return schedule.toString().contains("scratch turned"); }

    private static NDArray random(DType dtype, Shape shape) {
        var random = new Random(shape.hashCode());
        return NDArray.generateDoubles(dtype, shape, k -> k % 17 == 3 ? -0.0 : k % 41 == 7 ? 1e3 : random.nextGaussian());
    }

    private static void assertSameBits(BinaryOperator<Expr> formula, DType dtype, int length, List<List<Integer>> all) {
        int rank = all.getFirst().size() + 1;
        Schedule known = schedule(formula, dtype, rank, length), any = schedule(formula, dtype, rank, -1);
        assertThat(hasBlocks(known)).as(known.toString()).isTrue();
        assertThat(hasBlocks(any)).isFalse();
        assertSameBits(known, any, all.stream().map(others -> {
            var shape = Shape.of(Stream.concat(others.stream(), Stream.of(length)).mapToInt(n -> n).toArray());
            return List.of(random(dtype, shape), random(dtype, shape));
        }).toList());
    }

    private static void assertSameBits(Schedule known, Schedule any, List<List<NDArray>> points) {
        var reference = new Plan(any, Backend.POINTS);
        for (var backend : Backend.ALL) {
            var plan = new Plan(known, backend);
            for (var at : points) assertThat(plan.call(at).getFirst()).as("%s by %s", at.getFirst().shape(), backend)
                .isEqualTo(reference.call(at).getFirst());
        }
    }

    @ParameterizedTest @ValueSource(ints = {2, 25, 33, 64}) void rowsHaveTheBitsOfRowsOfAnyLength(int length) {
        for (var formula : FORMULAS.values()) assertSameBits(formula, DType.FLOAT64, length, ROWS);
    }

    @ParameterizedTest @ValueSource(ints = {5, 40}) void alsoOfFloat32AndOfBatches(int length) {
        for (var formula : FORMULAS.values()) {
            assertSameBits(formula, DType.FLOAT32, length, ROWS);
            assertSameBits(formula, DType.FLOAT64, length, BATCHES);
        }
    }

    @Test void gradientsReadTheTotalsOfEarlierPasses() {
        BinaryOperator<Expr> formula = (x, y) -> grad(sum(mul(logsumexp(x, -1), sum(y, ROW))), x);
        for (int length : new int[] {4, 60}) assertSameBits(formula, DType.FLOAT64, length, ROWS);
    }

    /// What lies apart for rows may lie together for columns, or in another order.
    @Test void ofTurnedMatricesAndSharedRows() {
        Expr x = dmatrix("x", 20, -1), w = dvector("w", 20);
        var y = softmax(add(x.T(), w), 1);
        var known = Schedule.of(List.of(x, w), Pipeline.of(Strictness.STRICT).lower(List.of(y)));
        assertThat(hasBlocks(known)).isTrue();
        Expr anyX = dmatrix("x"), anyW = dvector("w");
        var any = Schedule.of(List.of(anyX, anyW), Pipeline.of(Strictness.STRICT).lower(List.of(softmax(add(anyX.T(), anyW), 1))));
        assertSameBits(known, any, Stream.of(0, 1, 8, 130)
            .map(rows -> List.of(random(DType.FLOAT64, Shape.of(20, rows)), random(DType.FLOAT64, Shape.of(20)))).toList());
    }

    /// Elements of a diagonal are read where there are some, though they are first put into a row.
    @Test void elementsThatARowHasOnlyInPlacesAreNotReadOutside() {
        Expr v = dvector("v", 33), p = dvector("p", 35);
        var y = hessian(sum(exp(dot(diag(v, -2), p))), p);
        var at = List.of(random(DType.FLOAT64, Shape.of(33)), NDArray.zeros(DType.FLOAT64, 35));
        var plain = Graph.eval(List.of(y), new IdentityHashMap<>(Map.of(v, at.get(0), p, at.get(1)))).getFirst().toDoubleArray();
        var pipeline = Pipeline.of(Strictness.DEFAULT);
        var schedule = Schedule.of(List.of(v, p), pipeline.lower(pipeline.rewrite(List.of(y)).roots()));
        for (var backend : Backend.ALL)
            assertThat(new Plan(schedule, backend).call(at).getFirst().toDoubleArray()).as(backend.toString()).containsExactly(plain, within(1e-12));
    }

    @Test void rowsWithoutElementsHaveNoneOutsideEither() {
        Expr p = dvector("p", 0), m = dmatrix("m", 0, 0);
        var h = hessian(sum(sin(diag(p, 1))), p);
        var y = lop(h, p, mul(m, h));
        var pipeline = Pipeline.of(Strictness.DEFAULT);
        var schedule = Schedule.of(List.of(p, m), pipeline.lower(pipeline.rewrite(List.of(y)).roots()));
        var at = List.of(NDArray.zeros(DType.FLOAT64, 0), NDArray.zeros(DType.FLOAT64, 0, 0));
        for (var backend : Backend.ALL) assertThat(new Plan(schedule, backend).call(at).getFirst().shape()).isEqualTo(Shape.of(0));
    }

    @Test void longRowsAndWhatIsNoFunctionStayLoopsAlongRows() {
        assertThat(hasBlocks(schedule((x, _) -> softmax(x, -1), DType.FLOAT64, 2, 65))).isFalse();
        assertThat(hasBlocks(schedule((x, _) -> div(x, sqrt(sum(mul(x, x), KEPT))), DType.FLOAT64, 2, 10))).isFalse();
    }

    @Test void scratchIsThatOfOneBlock() {
        var rows = schedule((x, _) -> softmax(x, -1), DType.FLOAT64, 2, 10);
        assertThat(rows.toString()).contains("scratch exp: float64[640]", "scratch turned: float64[640]", "scratch values: float64[640]", "scratch row: float64[64]");
    }
}
