package org.agnesi.run;

import static org.agnesi.Tensors.lvector;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agnesi.array.NDArray;
import org.agnesi.op.Add;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryTest {
    /// `x + 1`, counting how often it is evaluated.
    private record Successor(AtomicInteger times) implements Op1 {
        @Override public TensorType infer(Expr x) { return x.type(); }

        @Override public NDArray eval(NDArray x) {
            times.incrementAndGet();
            return NDArray.generateLongs(x.dtype(), x.shape(), i -> x.longAt(i) + 1);
        }

        @Override public List<@Nullable Expr> outputShape(Expr x) { return List.copyOf(x.lengths()); }
        @Override public Partial partial(Expr x, Expr y) { return Partial.zero(); }
        @Override public boolean isRemembered() { return true; }
    }

    private final Successor op = new Successor(new AtomicInteger());
    private final Expr x = lvector("x");
    private final Expr y = Expr.of(op, x);
    private final Plan plan = Plan.of(List.of(x), List.of(y, Add.add(y, y)), Backend.SCALAR);

    private List<NDArray> call(long... at) { return plan.call(List.of(NDArray.of(at))); }

    @Test void equalArgumentsAreEvaluatedOnce() {
        assertThat(call(1, 2)).isEqualTo(List.of(NDArray.of(new long[] {2, 3}), NDArray.of(new long[] {4, 6})));
        assertThat(call(1, 2)).isEqualTo(List.of(NDArray.of(new long[] {2, 3}), NDArray.of(new long[] {4, 6})));
        assertThat(op.times).hasValue(1);
    }

    @Test void otherArgumentsAreEvaluatedAgain() {
        call(1, 2);
        assertThat(call(1, 5).getFirst()).isEqualTo(NDArray.of(new long[] {2, 6}));
        assertThat(call(1).getFirst()).isEqualTo(NDArray.of(new long[] {2}));
        assertThat(op.times).hasValue(3);
    }

    @Test void whatTheCallerDoesToArgumentsAndResultsIsNotRemembered() {
        var at = NDArray.of(new long[] {1, 2});
        plan.call(List.of(at)).getFirst().setLongAt(0, 9);
        assertThat(plan.call(List.of(at)).getFirst()).isEqualTo(NDArray.of(new long[] {2, 3}));
        at.setLongAt(0, 7);
        assertThat(plan.call(List.of(at)).getFirst()).isEqualTo(NDArray.of(new long[] {8, 3}));
    }
}
