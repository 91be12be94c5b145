package org.agnesi.run;

import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What HotSpot would not compile runs all the same, slower, and its kernels say so.
class ShortfallTest {
    private final Expr x = dmatrix("x");

    private Expr softmaxes(int count) {
        var y = x;
        for (int k = 0; k < count; k++) y = softmax(y.plus(x.times(k)), 1);
        return y;
    }

    private String kernels(Expr out, Backend backend) {
        return new Plan(Schedule.of(List.of(x), Pipeline.of(Strictness.STRICT).lower(List.of(out))), backend).kernels();
    }

    private static Backend tiered() { return Backend.tiered(new Workers(1)); }

    @Test void aLongProgramSaysThatItIsNotCompiled() {
        var said = kernels(softmaxes(60), tiered()).lines().filter(line -> line.startsWith("#")).toList();
        assertThat(said).isNotEmpty().allMatch(line -> line.endsWith("""
            : by the loop evaluator, since its code would have a method of more than 8,000 bytes, which HotSpot does not compile"""));
    }

    @Test void othersSayNothing() { assertThat(kernels(softmaxes(3), tiered())).doesNotContain("#"); }

    @Test void theEvaluatorsCompileNothing() { assertThat(kernels(softmaxes(60), Backend.POINTS)).doesNotContain("#"); }
}
