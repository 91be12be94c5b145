package org.agnesi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agnesi.Agnesi;
import org.agnesi.array.NDArray;
import org.agnesi.error.AgnesiException;
import org.agnesi.op.Samples;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The same inputs give the same bits, whatever JVM computes them: 200 graphs and their gradients, by the hash of all results.
class SameBitsTest {
    private static final int GRAPHS = 200;
    private static final long SEED = 77;

    @AfterAll static void loud() { Fuzz.loud(); }

    @Test void inAFreshJvmOnAnyThreadsAndKernels() throws Exception {
        var vectors = List.of("--add-modules", "jdk.incubator.vector");
        var here = hashes();
        assertThat(here).hasSizeGreaterThan(GRAPHS * 9 / 10);
        assertThat(printed(vectors, "-Dagnesi.threads=1", "-Dagnesi.kernels=simd")).as("vectors, one thread").isEqualTo(here);
        assertThat(printed(vectors, "-Dagnesi.threads=3", "-Dagnesi.kernels=parallel", "-XX:TieredStopAtLevel=1")).as("three threads, HotSpot's first compiler").isEqualTo(here);
        assertThat(printed(List.of(), "-Dagnesi.kernels=scalar")).as("without the vector module").isEqualTo(here);
    }

    /// What another JVM prints, started with these options.
    private static List<String> printed(List<String> modules, String... options) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(modules);
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Printing.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("graph ")).toList();
    }

    static final class Printing {
        public static void main(String[] arguments) { hashes().forEach(IO::println); }
    }

    /// A line per graph that has values at its point.
    private static List<String> hashes() {
        Fuzz.quiet();
        var samples = Samples.all().toList();
        var lines = new ArrayList<String>();
        for (int k = 0; k < GRAPHS; k++) {
            var first = samples.get(k * samples.size() / GRAPHS);
            var specimen = new Growth(new Random(SEED + k), samples).specimen(first, 6);
            var found = found(specimen);
            if (!found.isEmpty()) lines.add("graph %d: %s".formatted(k, hash(found)));
        }
        return lines;
    }

    private static List<NDArray> found(Specimen s) {
        var f = Agnesi.function().inputs(s.inputs()).outputs(s.roots().toArray(Expr[]::new)).compile();
        try {
            return f.callAll(s.at());
        } catch (AgnesiException e) {
            return List.of();   // an index outside, or no inverse: the same error in every JVM, or else a line is missing
        }
    }

    private static int hash(List<NDArray> results) {
        return results.stream().mapToInt(y -> 31 * y.shape().hashCode() + bits(y)).reduce(1, (h, next) -> 31 * h + next);
    }

    /// All NaNs are one.
    private static int bits(NDArray y) {
        long[] elements = new long[y.size()];
        for (int i = 0; i < elements.length; i++)
            elements[i] = y.dtype().isFloating() ? Double.doubleToLongBits(y.doubleAt(i)) : y.longAt(i);
        return Arrays.hashCode(elements);
    }
}
