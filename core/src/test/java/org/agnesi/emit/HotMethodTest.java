package org.agnesi.emit;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HotSpot's second compiler takes the loops that are emitted: what it refuses runs on the first one's code for ever, which no value shows.
class HotMethodTest {
    /// `2194 2687 4 org.agnesi.emit.Emitted/0x…::loop5 (2786 bytes)`: level 4 is the second compiler.
    private static final Predicate<String> COMPILED = Pattern.compile(
        "^\\s*\\d+\\s+\\d+[\\s!bns]+4\\s+org\\.agnesi\\.emit\\.Emitted/\\S+::loop\\d+ \\(\\d+ bytes\\)$").asPredicate();
    private static final long LONGEST = 60_000_000_000L;

    @ParameterizedTest @ValueSource(strings = {"scalar", "simd"}) void theSecondCompilerTakesALoop(String kernels) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "--add-modules", "jdk.incubator.vector", "-XX:+PrintCompilation", "-Dagnesi.kernels=" + kernels,
            "-cp", System.getProperty("java.class.path"), Calling.class.getName()).redirectErrorStream(true).start();
        try (var said = process.inputReader()) {
            assertThat(said.lines().anyMatch(COMPILED)).isTrue();
        } finally {
            process.destroy();
        }
    }

    static final class Calling {
        public static void main(String[] arguments) {
            var x = dvector("x");
            var f = function(x, outputs(sum(tanh(x)), grad(sum(tanh(x)), x)));
            var in = List.of(NDArray.zeros(DType.FLOAT64, 1000));
            var out = f.callAll(in);
            for (long start = System.nanoTime(); System.nanoTime() - start < LONGEST; ) f.callInto(out, in);
        }
    }
}
