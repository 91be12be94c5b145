package org.agnesi.emit;

import static org.agnesi.Tensors.lt;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sums over several axes that are no one axis, since a row is the same at all rows.
class FoldRowTest {
    private static final int[] ROWS = {0, 1, 3, 40}, SIZES = {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 47, 64, 65, 100, 1023, 4097};

    private static List<Expr> sums(Expr x, Expr row) {
        Expr rest = sub(x, row), square = sqr(rest);
        return List.of(sum(rest), sum(square), max(rest), sum(tanh(rest)), sum(where(lt(x, row), x, row)), sum(tanh(rest).times(row)));
    }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void rowsThatBeginAnywhereHaveTheBitsOfSinglePoints(DType dtype) {
        Expr x = tensor("x", dtype, -1, -1), row = tensor("row", dtype, -1);
        var plans = Backend.ALL.stream().map(backend -> Plan.of(List.of(x, row), sums(x, row), backend)).toList();
        var reference = Plan.of(List.of(x, row), sums(x, row), Backend.POINTS);
        for (int rows : ROWS) for (int n : SIZES) {
            var random = new Random(n);
            var in = List.of(NDArray.generateDoubles(dtype, Shape.of(rows, n), _ -> random.nextGaussian()),
                NDArray.generateDoubles(dtype, Shape.of(n), _ -> random.nextGaussian()));
            var expected = reference.call(in);
            for (var plan : plans) assertThat(plan.call(in)).as("%d × %d by %s", rows, n, plan).isEqualTo(expected);
        }
    }

    /// Of three axes of which none can be joined to the next.
    @Test void moreLoopsAreRowsToo() {
        Expr x = tensor("x", DType.FLOAT64, -1, -1, -1), row = tensor("row", DType.FLOAT64, -1), side = tensor("side", DType.FLOAT64, -1, 1, -1);
        var sums = List.of(sum(tanh(sub(x, row)).times(side)));
        var random = new Random(3);
        for (int n : new int[] {3, 33, 100}) {
            var in = List.of(NDArray.generateDoubles(DType.FLOAT64, Shape.of(5, 4, n), _ -> random.nextGaussian()),
                NDArray.generateDoubles(DType.FLOAT64, Shape.of(n), _ -> random.nextGaussian()),
                NDArray.generateDoubles(DType.FLOAT64, Shape.of(5, 1, n), _ -> random.nextGaussian()));
            var expected = Plan.of(List.of(x, row, side), sums, Backend.POINTS).call(in);
            for (var backend : Backend.ALL)
                assertThat(Plan.of(List.of(x, row, side), sums, backend).call(in)).as("%d by %s", n, backend).isEqualTo(expected);
        }
    }

    @Test void rowsAreVectors() {
        assumeTrue(Simd.width() > 0, "without vectors there are none");
        Expr x = tensor("x", DType.FLOAT64, -1, -1), row = tensor("row", DType.FLOAT64, -1);
        for (var sum : sums(x, row)) {
            var program = Plan.of(List.of(x, row), List.of(sum), Backend.POINTS).schedule().programs().getFirst();
            assertThat(program.toString()).contains("fold i < x.shape[0], j < x.shape[1]:");
            assertThat(Objects.requireNonNull(Emitter.emit(program, true)).vectors()).isTrue();
        }
    }
}
