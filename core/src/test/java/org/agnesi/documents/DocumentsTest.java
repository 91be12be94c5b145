package org.agnesi.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.Instead;
import org.agnesi.error.AgnesiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The code in the guide, the list of errors and the architecture, run on each backend; `-Dagnesi.write` writes the values and messages
/// into them.
class DocumentsTest {
    private static final Path DOCS = Document.HOME.resolve("docs");

    @TempDir
    private Path folder;

    static Stream<String> documents() throws IOException {
        try (var guide = Files.list(DOCS.resolve("guide"))) {
            var chapters = guide.map(file -> "guide/" + file.getFileName()).filter(file -> file.endsWith(".md")).sorted().toList();
            return Stream.concat(Stream.of("../ARCHITECTURE.md", "errors.md"), chapters.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyValueIsTrue(String name) throws Throwable {
        var document = Document.read(DOCS.resolve(name));
        var session = new Session(document, folder);
        assertThat(session.compile()).isEmpty();
        var truth = session.truth();
        if (Document.WRITING) document.write(truth);
        for (int i = 0; i < truth.size(); i++) assertThat(document.block(i).text()).as(document.block(i).section()).isEqualTo(truth.get(i));
        for (var thrown : session.thrown()) assertThat(thrown.thrown().getClass().getSimpleName()).isEqualTo(thrown.section());
        for (var backend : Instead.BACKENDS) assertThat(Instead.of(backend, session::truth)).as(backend).isEqualTo(truth);
    }

    @Test void everyErrorHasItsSection() throws IOException {
        List<String> errors;
        try (var files = Files.list(Document.HOME.resolve("core/src/main/java/org/agnesi/error"))) {
            errors = files.map(file -> file.getFileName().toString().replace(".java", "")).filter(DocumentsTest::isError).sorted().toList();
        }
        try (var lines = Files.lines(DOCS.resolve("errors.md"))) {
            assertThat(lines.filter(line -> line.startsWith("## ")).map(line -> line.substring(3))).isEqualTo(errors);
        }
    }

    private static boolean isError(String name) {
        try {
            var type = Class.forName("org.agnesi.error." + name);
            return AgnesiException.class.isAssignableFrom(type) && type != AgnesiException.class;
        } catch (ClassNotFoundException e) {
            return false;   // package-info
        }
    }
}
