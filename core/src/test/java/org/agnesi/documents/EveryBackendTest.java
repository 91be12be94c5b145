package org.agnesi.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.Agnesi;
import org.agnesi.Instead;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The tutorial prints the same on each backend, and each example that reads no file on the one whose turn it is.
class EveryBackendTest {
    static final List<String> BACKENDS = Instead.BACKENDS;

    private static final Path EXAMPLES = Document.HOME.resolve("examples");
    private static final Path TUTORIAL = Document.HOME.resolve("core/src/test/resources/surface/compact/Tutorial.java");

    @TempDir static Path folder;

    @BeforeAll static void compile() throws IOException {
        Java.compile(Stream.concat(Stream.of(TUTORIAL), examples().stream()).toList(), folder);
    }

    private static List<Path> examples() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".java") && !readsFiles(file)).sorted().toList();
        }
    }

    private static boolean readsFiles(Path example) {
        try {
            return Files.readString(example).contains("Path.of(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest @FieldSource("BACKENDS") void whatIsPrintedIsTheSame(String backend) throws Exception {
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, EveryBackendTest.class.getClassLoader())) {
            assertThat(printed(loader, TUTORIAL, backend)).isEqualTo(Files.readString(TUTORIAL.resolveSibling("Tutorial.txt")));
            var examples = examples();
            for (int k = BACKENDS.indexOf(backend); k < examples.size(); k += BACKENDS.size()) {
                var expected = EXAMPLES.resolve("expected").resolve(name(examples.get(k)) + ".txt");
                assertThat(printed(loader, examples.get(k), backend)).isEqualTo(Files.readString(expected));
            }
        }
    }

    @ParameterizedTest @FieldSource("BACKENDS") void itIsTheBackendThatRuns(String backend) {
        assertThat(Instead.of(backend, Agnesi::describe)).containsPattern("kernels +" + backend);
    }

    private static String name(Path file) { return file.getFileName().toString().replace(".java", ""); }

    /// What a file's `main` prints.
    private static String printed(ClassLoader loader, Path file, String backend) throws Exception {
        var type = loader.loadClass(name(file));
        var constructor = type.getDeclaredConstructor();
        var main = type.getDeclaredMethod("main");
        constructor.setAccessible(true);
        main.setAccessible(true);
        var out = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Instead.of(backend, () -> main.invoke(constructor.newInstance()));
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
