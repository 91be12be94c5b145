package org.agnesi.symbolic;

import static org.agnesi.Agnesi.debugPrint;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.pp;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.agnesi.array.NDArray;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test void aChainOf100_000OpsBuildsPrintsAndDifferentiates() {
        var x = dscalar("x");
        var y = x;
        for (int i = 0; i < 100_000; i++) y = sin(y);
        assertThat(pp(y)).hasSizeLessThan(100_000);
        var slope = Graph.eval(grad(y, x), Map.of(x, NDArray.of(1e-9))).toDouble();
        assertThat(slope).isBetween(1 - 1e-9, 1.0);
    }

    @Test void aGraphOf1_000_000NodesBuildsPrintsAndDifferentiates() {
        Origin.inherit(null, () -> {
            var x = dscalar("x");
            Expr y = x, z = x;
            for (int i = 0; i < 500_000; i++) {
                var next = add(mul(y, z), x);
                z = y;
                y = next;
            }
            assertThat(Graph.inOrder(List.of(y))).hasSize(1_000_001);
            assertThat(pp(y)).hasSizeLessThan(100_000);
            assertThat(debugPrint(y, true)).hasSizeLessThan(5_000_000);
            assertThat(Graph.inOrder(List.of(grad(y, x))).size()).isGreaterThan(1_000_000);
            return y;
        });
    }
}
