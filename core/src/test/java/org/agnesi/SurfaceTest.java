package org.agnesi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipparchus.util.FastMath;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What users write, compiled as they compile it: from outside, every warning an error; and run, its output compared.
class SurfaceTest {
    private static final Path SOURCES = Path.of("src", "test", "resources", "surface");

    @TempDir private Path out;

    @Test void aUsersModuleRuns() throws Exception {
        var module = SOURCES.resolve("module");
        try (var files = Files.walk(module)) {
            assertThat(javac(files.filter(file -> file.toString().endsWith(".java")).toList())).isEmpty();
        }
        assertThat(java(List.of("-p", out + File.pathSeparator + modulePath(Compiled.class, FastMath.class), "-m", "org.example/org.example.Main")))
            .isEqualTo(Files.readString(module.resolve("Main.txt")));
    }

    static Stream<String> compactFiles() throws IOException {
        try (var files = Files.list(SOURCES.resolve("compact"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                .map(name -> name.replace(".java", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("compactFiles")
    void aCompactFileRuns(String name) throws Exception {
        var file = SOURCES.resolve("compact");
        assertThat(javac(List.of(file.resolve(name + ".java")))).isEmpty();
        assertThat(java(List.of("-p", modulePath(Compiled.class, FastMath.class), "--add-modules", "org.agnesi", "-cp", out.toString(), name)))
            .isEqualTo(Files.readString(file.resolve(name + ".txt")));
    }

    /// What javac says; nothing is what it should say.
    private String javac(List<Path> files) {
        var args = new ArrayList<>(List.of("-d", out.toString(), "-p", modulePath(Compiled.class, FastMath.class, NullMarked.class),
            "--add-modules", "org.agnesi", "-Xlint:all", "-Werror", "-proc:none"));
        files.forEach(file -> args.add(file.toString()));
        var said = new StringWriter();
        var print = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(print, print, args.toArray(String[]::new));
        return said.toString();
    }

    private static String java(List<String> args) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8"));
        command.addAll(args);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static String modulePath(Class<?>... ofEach) {
        return Stream.of(ofEach).map(type -> type.getProtectionDomain().getCodeSource().getLocation().toString())
            .map(location -> Path.of(URI.create(location)).toString()).collect(Collectors.joining(File.pathSeparator));
    }
}
