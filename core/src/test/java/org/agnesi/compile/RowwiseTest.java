package org.agnesi.compile;

import static org.agnesi.Tensors.abs;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.min;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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

/// What users write row by row is one program, whatever the formula; what it gives is what the ops give.
class RowwiseTest {
    private static final Axes ROW = Axes.over(1), KEPT = Axes.over(1).keep();
    private final Expr x = dmatrix("x");
    private final Expr y = dmatrix("y");

    private void isOneProgram(Expr z) {
        var schedule = Schedule.of(List.of(x, y), Pipeline.of(Strictness.STRICT).lower(List.of(z)));
        assertThat(schedule.tasks()).as(schedule.toString()).filteredOn(task -> !(task instanceof Task.Verify)).hasSize(1)
            .hasOnlyElementsOfType(Task.Run.class);
        for (int columns : new int[] {1, 7, 33}) {
            var shape = Shape.of(5, columns);
            var a = NDArray.generateDoubles(DType.FLOAT64, shape, i -> Math.sin(i + 1) * 3);
            var b = NDArray.generateDoubles(DType.FLOAT64, shape, i -> Math.cos(i));
            var expected = Graph.eval(List.of(z), Map.of(x, a, y, b)).getFirst();
            assertThat(new Plan(schedule, Backend.SIMD).call(List.of(a, b)).getFirst().allClose(expected, 1e-12, 1e-12)).isTrue();
        }
    }

    @Test void logSumExp() { isOneProgram(add(max(x, ROW), log(sum(exp(sub(x, max(x, KEPT))), ROW)))); }

    @Test void softmin() {
        var e = exp(sub(min(x, KEPT), x));
        isOneProgram(div(e, sum(e, KEPT)));
    }

    @Test void rowsOfLengthOne() { isOneProgram(div(x, sqrt(sum(sqr(x), KEPT)))); }

    @Test void distancesNormalised() {
        var distances = abs(sub(x, y));
        isOneProgram(div(distances, sum(distances, KEPT)));
    }

    @Test void varianceInOnePass() { isOneProgram(sub(mean(sqr(x), ROW), sqr(mean(x, ROW)))); }
}
