package org.agnesi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.agnesi.Agnesi;
import org.agnesi.Tensors;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.AgnesiException;
import org.agnesi.op.Sample;
import org.agnesi.op.Samples;
import org.agnesi.op.Variable;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.TensorType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same inputs give the same bits, whatever JVM computes them and wherever they are: 200 graphs and their gradients, by the hash
/// of all results.
class SameBitsTest {
    private static final int GRAPHS = 200;
    private static final long SEED = 77;
    /// Of so many graphs one is called so often that HotSpot's second compiler is done with it: in a JVM where it does nothing but what
    /// is emitted, and that at once.
    private static final int HOT = 4, CALLS = 30;
    private static final String DIRECTIVES = """
        [{match: ["org/agnesi/emit/Emitted*.*"], c2: {BackgroundCompilation: false}}, {match: ["*.*"], c2: {Exclude: true}}]""";
    private static final int OFFSETS = 8;

    private static final List<Sample> SAMPLES = Samples.all().toList();

    @TempDir private Path folder;

    @AfterAll static void loud() { Fuzz.loud(); }

    @Test void inAFreshJvmOnAnyThreadsAndKernels() throws Exception {
        var directives = Files.writeString(folder.resolve("directives.json"), DIRECTIVES);
        var hot = started(CALLS, "-Dagnesi.threads=1", "-Dagnesi.kernels=simd", "--add-modules", "jdk.incubator.vector", "-XX:+UnlockDiagnosticVMOptions",
            "-XX:CompilerDirectivesFile=" + directives, "-XX:CompileCommand=CompileThresholdScaling,org.agnesi.emit.Emitted*::*,0.01", "-XX:-UseOnStackReplacement");
        var plain = started(1, "-Dagnesi.threads=3", "-Dagnesi.kernels=parallel", "-XX:TieredStopAtLevel=1");
        var here = hashes(1);
        assertThat(here).hasSizeGreaterThan(GRAPHS * 9 / 10);
        assertThat(lines(plain)).as("three threads without the vector module, HotSpot's first compiler").isEqualTo(here);
        assertThat(lines(hot)).as("vectors on one thread, hot").isEqualTo(here);
    }

    /// Another JVM that prints hashes.
    private static Process started(int calls, String... options) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Printing.class.getName(), Integer.toString(calls)));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static List<String> lines(Process process) throws Exception {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("graph ")).toList();
    }

    static final class Printing {
        public static void main(String[] arguments) { hashes(Integer.parseInt(arguments[0])).forEach(IO::println); }
    }

    /// A line per graph that has values at its point; some are called so many times, and the last counts.
    private static List<String> hashes(int calls) {
        Fuzz.quiet();
        var lines = new ArrayList<String>();
        for (int k = 0; k < GRAPHS; k++) {
            var specimen = specimen(k);
            var f = Agnesi.function().inputs(specimen.inputs()).outputs(specimen.roots().toArray(Expr[]::new)).compile();
            var found = List.<NDArray>of();
            for (int call = 0; call < (k % HOT == 0 ? calls : 1); call++) found = found(() -> f.callAll(specimen.at()));
            if (!found.isEmpty()) lines.add("graph %d: %s".formatted(k, hash(found)));
        }
        return lines;
    }

    private static Specimen specimen(int k) { return new Growth(new Random(SEED + k), SAMPLES).specimen(SAMPLES.get(k * SAMPLES.size() / GRAPHS), 6); }

    private static List<NDArray> found(Supplier<List<NDArray>> call) {
        try {
            return call.get();
        } catch (AgnesiException e) {
            return List.of();   // an index outside, or no inverse: the same error in every JVM, or else a line is missing
        }
    }

    /// The inputs as what is left of longer arrays without their first rows.
    @Test void fromAnyOffset() {
        Fuzz.quiet();
        int compared = 0;
        for (int k = 0; k < GRAPHS; k += 2) {
            var there = specimen(k);
            var moved = moved(there, 1 + k / 2 % OFFSETS);
            var expected = found(() -> Plan.of(there.inputs(), there.roots(), Backend.SIMD).call(there.at()));
            var got = found(() -> Plan.of(moved.inputs(), moved.roots(), Backend.SIMD).call(moved.at()));
            assertThat(hash(got)).as("graph %d", k).isEqualTo(hash(expected));
            if (!got.isEmpty() && !moved.inputs().equals(there.inputs())) compared++;
        }
        assertThat(compared).isGreaterThan(GRAPHS * 2 / 5);
    }

    private static Specimen moved(Specimen s, int offset) {
        var inputs = new ArrayList<Expr>();
        var at = new ArrayList<NDArray>();
        var moves = new IdentityHashMap<Expr, Expr>();
        for (int k = 0; k < s.at().size(); k++) {
            var x = s.inputs().get(k);
            boolean stays = x.type().rank() == 0;
            var longer = stays ? x : Variable.variable(x.toString(), longer(x.type(), offset));
            if (!stays) moves.put(x, longer.get(Tensors.from(offset)));
            inputs.add(longer);
            at.add(stays ? s.at().get(k) : longer(s.at().get(k), offset));
        }
        return new Specimen(inputs, at, Graph.replace(s.roots(), moves));
    }

    private static TensorType longer(TensorType type, int offset) {
        var dims = new ArrayList<>(type.dims());
        if (type.isKnown(0)) dims.set(0, offset + type.dim(0));
        return type.withDims(dims);
    }

    /// After rows of ones.
    private static NDArray longer(NDArray x, int offset) {
        int[] dims = x.shape().dims();
        dims[0] += offset;
        var y = NDArray.zeros(x.dtype(), Shape.of(dims));
        int before = y.size() - x.size();
        for (int i = 0; i < y.size(); i++)
            if (x.dtype().isFloating()) y.setDoubleAt(i, i < before ? 1 : x.doubleAt(i - before));
            else y.setLongAt(i, i < before ? 1 : x.longAt(i - before));
        return y;
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
