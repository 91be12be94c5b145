package org.agnesi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agnesi.emit.Simd;
import org.junit.jupiter.api.Test;

class MachineTest {
    @Test void withVectors() {
        assertThat(new Machine("25.0.3+9", "tiered", 512, 2, 2, "OpenBLAS 0.3.31")).hasToString("""
            java        25.0.3+9
            kernels     SIMD, 512 bits wide: 8 numbers of float64 at a time
            threads     2 of 2 processors, for large calls
            blas        OpenBLAS 0.3.31""");
    }

    @Test void withoutVectorsItNamesTheFlag() {
        assertThat(new Machine("25.0.3+9", "tiered", 0, 16, 1, "own; -Dagnesi.blas=off")).hasToString("""
            java        25.0.3+9
            kernels     scalar; for SIMD, with the same bits, start java with --add-modules jdk.incubator.vector
            threads     1 of 16 processors: calls are not split
            blas        own; -Dagnesi.blas=off""");
    }

    @Test void itIsThisMachine() {
        assertThat(Agnesi.describe().lines()).hasSize(4).first().asString().contains(Runtime.version().toString());
        assertThat(Machine.here().processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(Machine.here().bits()).isEqualTo(Simd.width());
    }

    @Test void theFlagThatItNamesHelps() throws Exception {
        assertThat(described(List.of())).contains("kernels     scalar; ");
        assertThat(described(List.of("-Dagnesi.threads=1"))).contains("threads     1 of ");
        assertThat(described(List.of())).contains("blas        own; for faster decompositions add org.agnesi:agnesi-openblas");
        assertThat(described(List.of("-Dagnesi.blas=off"))).contains("blas        own; -Dagnesi.blas=off");
        assertThat(described(List.of("--add-modules", "jdk.incubator.vector"))).contains("kernels     SIMD, ");
    }

    @Test void kernelsMayBeChosen() throws Exception {
        assertThat(described(List.of("-Dagnesi.kernels=blocks"))).contains("kernels     blocks, as -Dagnesi.kernels says\n");
        assertThat(described(List.of("-Dagnesi.kernels=fast"))).contains("""
            -Dagnesi.kernels needs the name of what runs programs, but got 'fast'
            The names are points, blocks, scalar, simd, parallel, tiered.""");
    }

    /// What another JVM says, started with these options.
    private static String described(List<String> options) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Printing.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    static final class Printing {
        public static void main(String[] arguments) { IO.println(Agnesi.describe()); }
    }
}
