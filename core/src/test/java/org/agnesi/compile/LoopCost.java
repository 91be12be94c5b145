package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;

/// What formulas of loops cost, once they are found to be what they are by definition.
///
/// @param in     what they are of
/// @param shapes of these
record LoopCost(List<Expr> in, Shapes shapes) {
    private static final int STATES = 3;

    /// By the number of steps and of states.
    interface Shapes {
        List<Shape> of(int n, int h);
    }

    /// For `n` steps with `h` states.
    Cost of(int n, int h, Expr... out) {
        var f = function(in, List.of(out));
        var expected = function().inputs(in).outputs(List.of(out)).mode(Mode.REFERENCE).compile();
        for (int rows : new int[] {1, 2, 4, 7}) {
            var args = shapes.of(rows, STATES).stream().map(LoopCost::numbers).toArray();
            var found = f.callAll(args);
            var wanted = expected.callAll(args);
            for (int k = 0; k < out.length; k++)
                assertThat(found.get(k).allClose(wanted.get(k), 1e-9, 1e-10)).as("%d rows, %d", rows, k).isTrue();
        }
        return f.cost(shapes.of(n, h).toArray());
    }

    private static NDArray numbers(Shape shape) {
        var data = new double[shape.size()];
        for (int i = 0; i < data.length; i++) data[i] = Math.sin(i + 1) / 2;
        return NDArray.wrap(DType.FLOAT64, shape, data);
    }
}
