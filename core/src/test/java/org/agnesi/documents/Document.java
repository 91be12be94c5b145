package org.agnesi.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Markdown file as its sections, and these as their fenced blocks.
///
/// @param name     the file's name without `.md`
/// @param sections what stands under each heading, in order; the first one is what stands before any
record Document(String name, List<Section> sections) {
    /// The folder of the repository, seen from where tests run.
    static final Path HOME = Path.of("").toAbsolutePath().getParent();

    /// Whether documents are to be written anew instead of compared: `-Dagnesi.write`.
    static final boolean WRITING = System.getProperty("agnesi.write") != null;

    /// @param title  the heading without its `#`
    /// @param blocks the fenced blocks
    record Section(String title, List<Block> blocks) {
        List<Block> in(String language) { return blocks.stream().filter(block -> block.language.equals(language)).toList(); }
    }

    /// @param language what stands after the opening fence
    /// @param text     the lines between the fences
    record Block(String language, String text) {}

    static Document read(Path file) throws IOException {
        var sections = new ArrayList<Section>();
        var blocks = new ArrayList<Block>();
        var title = "";
        StringBuilder open = null;
        var language = "";
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith("```")) {
                if (open == null) language = line.substring(3).strip();
                else blocks.add(new Block(language, open.toString()));
                open = open == null ? new StringBuilder() : null;
            } else if (open != null) {
                open.append(line).append('\n');
            } else if (line.startsWith("#")) {
                sections.add(new Section(title, List.copyOf(blocks)));
                blocks.clear();
                title = line.replaceFirst("#+ ", "");
            }
        }
        sections.add(new Section(title, List.copyOf(blocks)));
        return new Document(file.getFileName().toString().replace(".md", ""), sections);
    }
}
