package org.agnesi.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The index of decisions is complete, and each file has its number and title.
class DecisionsTest {
    private static final Path FOLDER = Document.HOME.resolve("docs/adr");

    @Test void eachIsListedUnderItsTitle() throws IOException {
        var listed = Files.readAllLines(FOLDER.resolve("README.md")).stream().filter(line -> line.matches("\\d+\\. \\[.*")).toList();
        assertThat(listed).containsExactlyElementsOf(files().stream().map(DecisionsTest::entry).toList());
    }

    @Test void noNumberIsUsedTwice() throws IOException {
        assertThat(files().stream().map(file -> file.substring(0, 4))).doesNotHaveDuplicates();
    }

    private static String entry(String file) {
        try (var lines = Files.lines(FOLDER.resolve(file))) {
            int number = Integer.parseInt(file.substring(0, 4));
            var title = lines.findFirst().orElseThrow();
            assertThat(title).startsWith("# " + number + ". ");
            return number + ". [" + title.substring(title.indexOf(". ") + 2) + "](" + file + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*\\.md")).sorted().toList();
        }
    }
}
