package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.IndexError;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sums down columns go along the rows, with the bits of a fold that goes down.
class ColumnFoldsTest {
    private static final int[] COLUMNS = {0, 1, 15, 16, 17, 40, 127, 128, 129, 300, 1200};
    private static final int[] ROWS = {1, 7, 31, 32, 33, 100};

    private static Schedule schedule(List<Expr> in, List<Expr> out) { return Schedule.of(in, Pipeline.of(Strictness.STRICT).lower(out)); }

    /// The values that are summed, the sums, and a greatest one.
    private static List<Expr> formulas(Expr x, Expr y) {
        var values = mul(tanh(x), y);
        return List.of(values, sum(values, 0), max(mul(x, y), 0), sum(sqr(sub(y, x)), 0));
    }

    private static NDArray random(DType dtype, int... dims) {
        var random = new Random(dims[0] * 1000L + dims[dims.length - 1]);
        return NDArray.generateDoubles(dtype, Shape.of(dims), k -> k % 17 == 3 ? -0.0 : random.nextGaussian() * (k % 41 == 7 ? 1e3 : 1));
    }

    /// Each column's fold by itself.
    private static NDArray byHand(NDArray values, Expr column, Expr total) {
        int rows = values.shape().dim(0), columns = values.shape().dim(1);
        var plan = new Plan(schedule(List.of(column), List.of(total)), Backend.POINTS);
        var totals = NDArray.zeros(values.dtype(), columns);
        for (int i = 0; i < columns; i++) {
            int at = i;
            var one = NDArray.generateDoubles(values.dtype(), Shape.of(rows), k -> values.doubleAt(k * columns + at));
            System.arraycopy(plan.call(List.of(one)).getFirst().data(), 0, totals.data(), i, 1);
        }
        return totals;
    }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void manyColumnsHaveTheBitsOfEach(DType dtype) {
        Expr x = tensor("x", dtype, -1, -1), y = tensor("y", dtype, -1, -1), column = tensor("column", dtype, -1);
        var any = schedule(List.of(x, y), formulas(x, y));
        assertThat(any.toString()).contains("if x.shape[1] >= 16");
        for (var backend : Backend.ALL) {
            var plan = new Plan(any, backend);
            for (int rows : ROWS) for (int columns : COLUMNS) {
                var got = plan.call(List.of(random(dtype, rows, columns), random(dtype, rows, columns)));
                assertThat(got.get(1)).as("%d × %d by %s", rows, columns, backend).isEqualTo(byHand(got.get(0), column, sum(column)));
            }
        }
    }

    /// Of a matrix along its rows, of a vector: with several passes, of which later ones need what earlier ones have stored or summed.
    private static final Map<String, UnaryOperator<Expr>> PASSES = Map.of(
        "softmax", x -> softmax(x, 0),
        "log-sum-exp", x -> logsumexp(x, 0),
        "variance", x -> var(x, 0),
        "standardized", x -> div(sub(x, mean(x, axes(0).keep())), sqrt(add(var(x, axes(0).keep()), 1e-5))),
        "sums of what is scaled by sums", x -> sum(mul(tanh(x), div(x, add(1, sum(sqr(x), axes(0).keep())))), 0));

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void laterPassesSeeWhatEarlierOnesLeave(DType dtype) {
        Expr column = tensor("column", dtype, -1);
        for (int known : new int[] {-1, 129}) PASSES.forEach((name, formula) -> {
            var x = tensor("x", dtype, -1, known);
            var along = schedule(List.of(x), List.of(formula.apply(x)));
            var down = new Plan(schedule(List.of(column), List.of(formula.apply(column))), Backend.POINTS);
            assertThat(along.programs()).hasSize(1);
            for (var backend : Backend.ALL) {
                var plan = new Plan(along, backend);
                for (int rows : ROWS) for (int n : known < 0 ? new int[] {1, 15, 16, 17, 128, 200} : new int[] {known}) {
                    var at = random(dtype, rows, n);
                    List<NDArray> got = columns(plan.call(List.of(at)).getFirst()), columns = columns(at);
                    for (int i = 0; i < n; i++)
                        assertThat(got.get(i)).as("%s of %d × %d by %s", name, rows, n, backend)
                            .isEqualTo(down.call(List.of(columns.get(i))).getFirst());
                }
            }
        });
    }

    /// Sums of one pass go along a row together, however many there are.
    @Test void manyFoldsGoDownTogether() {
        Expr x = dmatrix("x"), column = dvector("column");
        UnaryOperator<Expr> sums = v -> stack(sum(v, 0), sum(sqr(v), 0), sum(tanh(v), 0), max(v, 0), sum(exp(v.neg()), 0), min(v, 0));
        var along = schedule(List.of(x), List.of(sums.apply(x)));
        assertThat(along.toString()).contains("if x.shape[1] >= 16");
        var down = new Plan(schedule(List.of(column), List.of(sums.apply(column))), Backend.POINTS);
        for (var backend : Backend.ALL) for (int n : new int[] {1, 16, 129}) {
            var at = random(DType.FLOAT64, 100, n);
            List<NDArray> got = columns(new Plan(along, backend).call(List.of(at)).getFirst()), columns = columns(at);
            for (int i = 0; i < n; i++) assertThat(got.get(i)).as("%d columns by %s", n, backend).isEqualTo(
                down.call(List.of(columns.get(i))).getFirst());
        }
    }

    private static List<NDArray> columns(NDArray a) {
        int n = a.shape().dim(a.rank() - 1), rows = a.size() / n;
        return IntStream.range(0, n).mapToObj(i -> NDArray.generateDoubles(a.dtype(), a.rank() == 1 ? Shape.of() : Shape.of(rows),
            k -> a.doubleAt(k * n + i))).toList();
    }

    /// A product that is summed over the columns of a transposed matrix goes along its rows too.
    @Test void whatLiesAlongTheRowsCounts() {
        Expr x = dmatrix("x"), y = dmatrix("y"), column = dvector("column"), other = dvector("other");
        for (var sums : List.of(einsum("ij,ij->j", x, y), sum(mul(x.T(), y.T()), 1))) {
            var along = schedule(List.of(x, y), List.of(sums));
            assertThat(along.toString()).contains("if x.shape[1] >= 16");
            NDArray a = random(DType.FLOAT64, 50, 40), b = random(DType.FLOAT64, 50, 40);
            var got = columns(new Plan(along, Backend.SIMD).call(List.of(a, b)).getFirst());
            var one = new Plan(schedule(List.of(column, other), List.of(sum(mul(column, other)))), Backend.POINTS);
            for (int i = 0; i < 40; i++) assertThat(got.get(i)).isEqualTo(one.call(List.of(columns(a).get(i), columns(b).get(i))).getFirst());
        }
        assertThat(schedule(List.of(x), List.of(sum(x, 1))).toString()).doesNotContain("if x.shape");
    }

    /// Scratch of a later pass has no room for columns that are read down.
    @Test void fewColumnsTakeNoScratchOfMany() {
        Expr x = dmatrix("x"), y = softmax(x, 0);
        long few = function(x, y).cost(Shape.of(1_000_000, 3)).peakBytes();
        assertThat(few).isLessThan(1_000_000 * 2 * 8);
    }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void knownColumnsHaveTheBitsOfUnknown(DType dtype) {
        Expr x = tensor("x", dtype, -1, -1), y = tensor("y", dtype, -1, -1);
        var reference = new Plan(schedule(List.of(x, y), formulas(x, y)), Backend.POINTS);
        for (int columns : COLUMNS) {
            Expr a = tensor("a", dtype, -1, columns), b = tensor("b", dtype, -1, columns);
            for (var backend : Backend.ALL) {
                var plan = new Plan(schedule(List.of(a, b), formulas(a, b)), backend);
                for (int rows : ROWS) {
                    var at = List.of(random(dtype, rows, columns), random(dtype, rows, columns));
                    assertThat(plan.call(at)).as("%d × %d by %s", rows, columns, backend).isEqualTo(reference.call(at));
                }
            }
        }
    }

    /// Rows of more than one block are added block by block, as everywhere.
    @Test void blocksOfRowsAreAdded() {
        Expr x = dmatrix("x"), column = dvector("column");
        var at = random(DType.FLOAT64, 70_001, 17);
        for (var backend : List.of(Backend.SCALAR, Backend.SIMD)) {
            var got = new Plan(schedule(List.of(x), List.of(sum(x, 0))), backend).call(List.of(at)).getFirst();
            assertThat(got).isEqualTo(byHand(at, column, sum(column)));
            var none = new Plan(schedule(List.of(x), List.of(sum(x, 0))), backend).call(List.of(NDArray.zeros(DType.FLOAT64, 0, 20)));
            assertThat(none.getFirst()).isEqualTo(NDArray.zeros(DType.FLOAT64, 20));
        }
    }

    /// What is stored is read back, not computed twice.
    @Test void aStoredValueIsComputedOnce() {
        Expr x = dmatrix("x"), y = tanh(x);
        assertThat(new Plan(schedule(List.of(x), List.of(y, sum(y, 0))), Backend.SIMD).kernels()).contains("= sum[t").satisfies(
            text -> assertThat(text.split("tanh\\(x", -1)).hasSize(3));   // once for few columns, once for many
    }

    /// A position that the rows do not move is checked before all loops.
    @Test void positionsOfColumnsAreChecked() {
        for (var x : List.of(dmatrix("x", 100, 64), dmatrix("x"))) {
            var columns = lvector("columns");
            var f = function(inputs(x, columns), sum(sqr(x.get(all(), columns)), 0));
            var at = new long[40];
            at[3] = 64;
            assertThatThrownBy(() -> f.call(NDArray.zeros(DType.FLOAT64, 100, 64), at)).isInstanceOf(IndexError.class).hasMessage("""
                a position from -64 to 63 is needed along axis 1 of x, but got 64
                  x: (100, 64)
                Positions count from 0; negative ones count from the end.""");
        }
    }
}
