package org.agnesi.symbolic;

import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.mul;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DebugPrintTest {
    @Test void showsASharedNodeOnceAndTypesOnRequest() {
        var x = dscalar("x");
        var y = mul(2, x).exp();
        assertThat(DebugPrint.of(List.of(y.plus(y)), true)).isEqualTo("""
            add [id A] <float64[]>
             ├─ exp [id B] <float64[]>
             │   └─ mul [id C] <float64[]>
             │       ├─ 2 [id D] <int64[]>
             │       └─ x [id E] <float64[]>
             └─ exp [id B] <float64[]> ···
            """);
    }

    @Test void isBoundedForAnyGraph() {
        var x = dscalar("x");
        for (int i = 0; i < 100_000; i++) x = x.exp();
        assertThat(DebugPrint.of(List.of(x), false)).hasLineCount(102).hasSizeLessThan(50_000).endsWith(" └─ …\n");
    }
}
