package org.agnesi.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Markdown file's fenced blocks, in order.
record Document(Path file, List<Block> blocks) {
    /// The folder of the repository, seen from where tests run.
    static final Path HOME = Path.of("").toAbsolutePath().getParent();

    /// Whether documents are to be written anew instead of compared: `-Dagnesi.write`.
    static final boolean WRITING = System.getProperty("agnesi.write") != null;

    private static final String FENCE = "```";

    /// @param part     the heading of the first or second level above it
    /// @param section  the heading above it, without its `#`
    /// @param language what stands after the opening fence
    /// @param text     the lines between the fences
    record Block(String part, String section, String language, String text) {
        boolean isJava() { return language.equals("java"); }
        boolean isText() { return language.equals("text"); }
    }

    static Document read(Path file) throws IOException {
        var blocks = new ArrayList<Block>();
        var part = "";
        var section = "";
        var language = "";
        StringBuilder open = null;
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith(FENCE)) {
                if (open == null) language = line.substring(FENCE.length()).strip();
                else blocks.add(new Block(part, section, language, open.toString()));
                open = open == null ? new StringBuilder() : null;
            } else if (open != null) {
                open.append(line).append('\n');
            } else if (line.startsWith("#")) {
                section = line.replaceFirst("#+ ", "");
                if (!line.startsWith("###")) part = section;
            }
        }
        return new Document(file, blocks);
    }

    Block block(int i) { return blocks.get(i); }

    /// Whether block `i` is text below the same heading: what the block before it says.
    boolean isAnswer(int i) { return i > 0 && i < blocks.size() && block(i).isText() && block(i).section().equals(block(i - 1).section()); }

    /// The same file with other texts between its fences.
    void write(List<String> texts) throws IOException {
        var lines = new ArrayList<String>();
        var next = texts.iterator();
        boolean open = false;
        for (var line : Files.readAllLines(file)) {
            boolean fence = line.startsWith(FENCE);
            if (fence || !open) lines.add(line);
            if (!fence) continue;
            open = !open;
            if (open) next.next().lines().forEach(lines::add);
        }
        Files.write(file, lines);
    }
}
