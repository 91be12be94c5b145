package org.agnesi.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each example, run by `java` as its reader would; `-Dagnesi.write` writes what they print.
class ExamplesTest {
    private static final Path EXAMPLES = Document.HOME.resolve("examples");

    static Stream<String> examples() throws IOException { return names(EXAMPLES, ".java"); }

    @ParameterizedTest
    @MethodSource("examples")
    void anExamplePrintsWhatItSays(String name) throws Exception {
        var printed = Java.run(EXAMPLES.resolve(name + ".java"));
        var expected = EXAMPLES.resolve("expected/" + name + ".txt");
        if (Document.WRITING) Files.writeString(expected, printed);
        assertThat(printed).isEqualTo(Files.readString(expected));
    }

    @Test void nothingElseIsExpected() throws IOException {
        assertThat(names(EXAMPLES.resolve("expected"), ".txt")).containsExactlyElementsOf(examples().toList());
    }

    private static Stream<String> names(Path folder, String extension) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(extension))
                .map(name -> name.replace(extension, "")).sorted().toList().stream();
        }
    }
}
