package org.agnesi.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's program, and its length and links; its shell commands are tested by the command line.
class ReadmeTest {
    private static final Path FILE = Document.HOME.resolve("README.md");

    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");

    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w+)[`.]");

    @TempDir
    private Path folder;

    @Test void theProgramPrintsWhatItSays() throws Exception {
        var readme = Document.read(FILE);
        assertThat(readme.isAnswer(1)).isTrue();
        var program = Files.writeString(folder.resolve("Example.java"), readme.block(0).text());
        var printed = Java.run(program);
        var texts = new ArrayList<>(readme.blocks().stream().map(Document.Block::text).toList());
        texts.set(1, printed);
        if (Document.WRITING) readme.write(texts);
        assertThat(readme.block(1).text()).isEqualTo(printed);
    }

    @Test void itIsShort() throws IOException {
        assertThat(Files.readAllLines(FILE)).hasSizeLessThan(120);
    }

    /// In the documents for those who change the code.
    @Test void classesThatAreNamedExist() throws IOException {
        Set<String> classes;
        try (var files = Files.walk(Document.HOME)) {
            classes = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                .map(name -> name.replace(".java", "")).collect(Collectors.toSet());
        }
        for (var document : List.of("ARCHITECTURE.md", "CONTRIBUTING.md"))
            assertThat(CLASS.matcher(Files.readString(Document.HOME.resolve(document))).results().map(match -> match.group(1)))
                .as(document).isNotEmpty().isSubsetOf(classes);
    }

    /// In every document, not only here.
    @Test void linksLeadSomewhere() throws IOException {
        List<Path> documents;
        try (var files = Files.walk(Document.HOME, 3)) {
            documents = files.filter(file -> file.toString().endsWith(".md") && !file.toString().contains("target")).toList();
        }
        assertThat(documents).contains(FILE);
        for (var document : documents)
            for (var link : LINK.matcher(Files.readString(document)).results().map(match -> match.group(1)).toList())
                if (!link.startsWith("http")) assertThat(document.resolveSibling(link.replaceFirst("#.*", ""))).as(document.toString()).exists();
    }
}
