package org.agnesi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReplTest {
    private static String run(String script) throws Exception {
        var out = new ByteArrayOutputStream();
        int code = Repl.run(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(code).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test void threeLinesSayWhatToTry() throws Exception {
        assertThat(run("/exit\n")).startsWith("""
            Agnesi's names are imported. Try:
                var x = dscalar("x"); var y = x.pow(2); pp(grad(y, x))
                function(x, grad(y, x)).call(4)               // /exit leaves, Tab completes
            """).doesNotContain("Error");
    }

    @Test void whatTheHintSaysToTryWorks() throws Exception {
        var tries = run("/exit\n").lines().skip(1).limit(2).collect(Collectors.joining("\n", "", "\n"));
        assertThat(run(tries)).contains("==> 8.0\n").doesNotContain("Error");
    }

    @Test void agnesisNamesAreImported() throws Exception {
        var printed = run("""
            var x = dscalar("x");
            var y = x.pow(2);
            pp(grad(y, x))
            function(x, grad(y, x)).call(4)
            NDArray.of(new double[] {1, 2})
            """);
        assertThat(printed)
            .contains("((fill((x ** TensorConstant{2}), TensorConstant{1.0}) * TensorConstant{2}) * (x ** (TensorConstant{2} - TensorConstant{1})))")
            .contains("==> 8.0\n").contains("==> [1. 2.]\n").doesNotContain("Error");
    }

    @Test void mistakesAreTold() throws Exception {
        assertThat(run("grad(dvector(\"v\"), dscalar(\"x\"))\n")).contains("grad needs a scalar cost, but got v of type float64[?]");
    }
}
