package org.agnesi.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// Small tensors whose elements tell where they were, and what formulas of them give.
final class Counted {
    private Counted() {}

    /// `0, 1, 2 …` in a shape, as NumPy's `arange(float(n)).reshape(shape)`.
    static Expr counted(int... shape) {
        int size = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        return Constant.constant(NDArray.wrap(IntStream.range(0, size).mapToDouble(i -> i).toArray(), size).reshape(shape));
    }

    /// Whether `e` has this value: anything that an array can be made of.
    static void gives(Expr e, Object expected) { assertThat(Graph.eval(e, Map.of())).isEqualTo(NDArray.from(expected)); }

    /// Whether `e` has these elements in this shape.
    static void gives(Expr e, double[] elements, int... shape) { assertThat(Graph.eval(e, Map.of())).isEqualTo(NDArray.wrap(elements, shape)); }
}
