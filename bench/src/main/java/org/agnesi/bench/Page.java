package org.agnesi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/// `docs/benchmarks.md`: sections, each written by the run that measured it.
final class Page {
    static final Path FOLDER = Path.of("docs");

    private static final String HEAD = """
        # Benchmarks

        Each section is written by the run that it names; `bench/run publish` makes them all.

        ![float64, one thread: how many times faster than the fastest other side](benchmarks.svg)
        """;

    private Page() {}

    /// Writes one section, in place of what it was; a new one comes last.
    static void write(String title, String body) throws IOException {
        var file = FOLDER.resolve("benchmarks.md");
        var sections = new LinkedHashMap<String, String>();
        var old = Files.exists(file) ? Files.readString(file).split("(?m)^## ") : new String[0];
        for (int k = 1; k < old.length; k++) {
            int end = old[k].indexOf('\n');
            sections.put(old[k].substring(0, end), old[k].substring(end + 1).strip());
        }
        sections.put(title, body.strip());
        var page = new StringBuilder(HEAD);
        sections.forEach((name, text) -> page.append("\n## ").append(name).append("\n\n").append(text).append('\n'));
        Files.writeString(file, page);
    }

    /// A line of a table.
    static String row(List<String> cells) { return "| " + String.join(" | ", cells) + " |\n"; }
}
