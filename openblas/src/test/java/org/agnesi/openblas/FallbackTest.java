package org.agnesi.openblas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agnesi.Agnesi;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other JVMs, started as users start them: what they say, and that they compute, with the library and without.
class FallbackTest {
    private static final String PROGRAM = """
        import module org.agnesi;
        import static org.agnesi.Agnesi.*;
        import static org.agnesi.Tensors.*;

        void main() {
            var a = dmatrix("a");
            IO.println(function(a, inverse(a)).call(new double[][] {{2, 0}, {0, 4}}));
            IO.println(describe());
        }
        """;

    @TempDir private static Path programs;
    @TempDir private Path folder;

    @BeforeAll static void open() throws IOException {
        Here.blas();
        Files.writeString(programs.resolve("Program.java"), PROGRAM);
    }

    @Test void onTheModulePathAllIsFound() throws Exception {
        assertThat(said(all(), List.of())).contains("0.25]]", "blas        OpenBLAS 0.3.31, for ");
    }

    @Test void withoutTheModuleItIsNamed() throws Exception {
        assertThat(said(List.of(jar(Agnesi.class), jar(RealMatrix.class)), List.of())).contains("0.25]]",
            "blas        own; for faster decompositions add org.agnesi:agnesi-openblas");
    }

    @Test void withoutItsFilesTheirJarIsNamed() throws Exception {
        assertThat(said(all().subList(0, 3), List.of("-Dagnesi.cache=" + folder.resolve("empty")))).contains("0.25]]",
            "blas        own; OpenBLAS cannot be used: add org.bytedeco:openblas:0.3.31-1.5.13 with classifier ");
    }

    @Test void whoWantsNoneHasNone() throws Exception {
        assertThat(said(all(), List.of("-Dagnesi.blas=off"))).contains("0.25]]", "blas        own; -Dagnesi.blas=off");
    }

    @Test void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "no folder");
        assertThat(said(all(), List.of("-Dagnesi.cache=" + file))).contains("0.25]]",
            "blas        own; OpenBLAS cannot be used: its files cannot be unpacked into " + file);
    }

    @Test void withoutLeaveForNativeCodeTheFlagIsNamed() throws Exception {
        assertThat(said(all(), List.of("--illegal-native-access=deny"))).contains("0.25]]",
            "blas        own; OpenBLAS cannot be used: it needs --enable-native-access=org.agnesi.openblas");
    }

    @Test void severalMayUnpackAtOnce() throws Exception {
        var options = List.of("-Dagnesi.cache=" + folder.resolve("cache"));
        var started = new ArrayList<Process>();
        for (int k = 0; k < 3; k++) started.add(start(all(), options));
        for (var process : started) assertThat(output(process)).contains("blas        OpenBLAS 0.3.31, for ");
        try (var files = Files.walk(folder.resolve("cache"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2 * Natives.here().files().size());   // each and its stamp
        }
    }

    private String said(List<Path> path, List<String> options) throws Exception { return output(start(path, options)); }

    private Process start(List<Path> path, List<String> options) throws IOException {
        var modules = String.join(File.pathSeparator, path.stream().map(Path::toString).toList());
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-Dagnesi.cache=" + System.getProperty("agnesi.cache", folder.toString()), "-p", modules,
            "--add-modules", path.size() > 2 ? "org.agnesi,org.agnesi.openblas" : "org.agnesi"));
        command.addAll(options);
        command.add(programs.resolve("Program.java").toString());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// The library, what it needs, this module, and the jar with the files.
    private static List<Path> all() throws Exception {
        var files = Objects.requireNonNull(FallbackTest.class.getResource("/org/bytedeco/openblas/" + Natives.here().platform()
            + "/" + Natives.here().files().getLast().name()));
        var natives = files.openConnection() instanceof JarURLConnection connection ? connection.getJarFileURL().toURI() : files.toURI();
        return List.of(jar(Agnesi.class), jar(RealMatrix.class), jar(OpenBlasProvider.class), Path.of(natives));
    }

    private static Path jar(Class<?> type) throws URISyntaxException {
        URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(location);
    }
}
