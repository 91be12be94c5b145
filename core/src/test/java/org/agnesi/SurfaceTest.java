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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What users write, compiled as they compile it: from outside, every warning an error; and run, its output compared.
class SurfaceTest {
    private static final Path SOURCES = Path.of("src", "test", "resources", "surface");

    @TempDir private static Path out;

    @BeforeAll static void compile() throws IOException {
        assertThat(javac("module", sources("module"))).isEmpty();
        assertThat(javac("compact", sources("compact"))).isEmpty();
        var wrapped = new ArrayList<>(List.of(SOURCES.resolve("module", "module-info.java")));
        for (var file : sources("compact")) wrapped.add(inAModule(file));
        assertThat(javac("wrapped", wrapped)).isEmpty();
    }

    /// The same file as a class of a user's package, on the same lines.
    private static Path inAModule(Path compact) throws IOException {
        var name = compact.getFileName().toString();
        var last = "import static org.agnesi.Tensors.*;";
        var text = "package org.example; import module java.base; " + Files.readString(compact)
            .replace(last, last + " public final class " + name.replace(".java", "") + " {") + "}";
        var folder = Files.createDirectories(out.resolve("source", "org", "example"));
        return Files.writeString(folder.resolve(name), text);
    }

    @Test void aUsersModuleRuns() throws Exception {
        var path = out.resolve("module") + File.pathSeparator + modulePath(Compiled.class, FastMath.class);
        assertThat(java(List.of("-p", path, "-m", "org.example/org.example.Main"))).isEqualTo(Files.readString(SOURCES.resolve("module", "Main.txt")));
    }

    static Stream<String> compactFiles() throws IOException {
        return sources("compact").stream().map(file -> file.getFileName().toString().replace(".java", ""));
    }

    @ParameterizedTest
    @MethodSource("compactFiles")
    void aCompactFileRuns(String name) throws Exception {
        var classes = out.resolve("compact").toString();
        assertThat(java(List.of("-p", modulePath(Compiled.class, FastMath.class), "--add-modules", "org.agnesi", "-cp", classes, name)))
            .isEqualTo(Files.readString(SOURCES.resolve("compact", name + ".txt")));
    }

    @ParameterizedTest
    @MethodSource("compactFiles")
    void itRunsInAModuleToo(String name) throws Exception {
        var path = out.resolve("wrapped") + File.pathSeparator + modulePath(Compiled.class, FastMath.class);
        assertThat(java(List.of("-p", path, "-m", "org.example/org.example." + name)))
            .isEqualTo(Files.readString(SOURCES.resolve("compact", name + ".txt")));
    }

    private static List<Path> sources(String folder) throws IOException {
        try (var files = Files.walk(SOURCES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    /// What javac says of these files; nothing is what it should say.
    private static String javac(String folder, List<Path> sources) {
        var args = new ArrayList<>(List.of("-d", out.resolve(folder).toString(), "-p", modulePath(Compiled.class, FastMath.class, NullMarked.class),
            "--add-modules", "org.agnesi", "-Xlint:all", "-Werror", "-proc:none"));
        sources.forEach(file -> args.add(file.toString()));
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
