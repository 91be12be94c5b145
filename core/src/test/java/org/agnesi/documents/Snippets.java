package org.agnesi.documents;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/// Statements out of documents: each text is compiled as a method of its own, in a file `Calibration.java`, at the lines it has in the text.
///
/// Two ends of a line show the value of its expression: `// → value`, white space counting as one blank, and `// ↓`, which
/// gives it to the next block.
final class Snippets {
    private static final String HEAD = """
        package document%d; import module java.base; import org.agnesi.*; import org.agnesi.array.*; import org.agnesi.derive.*; \
        import org.agnesi.error.*; import org.agnesi.symbolic.*; import org.agnesi.compile.*; import org.agnesi.emit.*; \
        import org.agnesi.rewrite.*; import static org.agnesi.Agnesi.*; import static org.agnesi.Tensors.*; \
        public class Calibration { private static void show(Object o) { shown.add(String.valueOf(o)); } \
        public static final List<String> shown = new ArrayList<>(); public static void run() throws Throwable {""";

    private static final Pattern SHOWS = Pattern.compile("^(\\s*)(.*);(\\s*// )(→ .*|↓)$", Pattern.MULTILINE);

    private final Path folder;
    private final List<String> texts = new ArrayList<>();

    Snippets(Path folder) { this.folder = folder; }

    /// What a text becomes with its true values, and what goes below it.
    record Result(String text, List<String> below) {}

    static boolean showsBelow(String text) { return text.contains("// ↓\n"); }

    /// The number of a text to be compiled.
    int add(String text) {
        texts.add(text);
        return texts.size() - 1;
    }

    /// Compiles all texts at once. Returns what javac says, which should be nothing.
    String compile() throws IOException {
        var args = new ArrayList<>(List.of("-d", folder.resolve("classes").toString(), "-cp", Java.PATH, "-Xlint:all", "-proc:none"));
        for (int i = 0; i < texts.size(); i++) {
            var file = Files.createDirectories(folder.resolve("document" + i)).resolve("Calibration.java");
            Files.writeString(file, HEAD.formatted(i) + SHOWS.matcher(texts.get(i)).replaceAll("$1show($2);") + "}}\n");
            args.add(file.toString());
        }
        var said = new StringWriter();
        var print = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(print, print, args.toArray(String[]::new));
        return said.toString();
    }

    /// Runs a text. Throws what it throws.
    Result run(int number) throws Throwable {
        try (var loader = new URLClassLoader(new URL[] {folder.resolve("classes").toUri().toURL()}, Snippets.class.getClassLoader())) {
            var type = loader.loadClass("document" + number + ".Calibration");
            type.getMethod("run").invoke(null);
            return filled(texts.get(number), ((List<?>) type.getField("shown").get(null)).iterator());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Result filled(String text, Iterator<?> shown) {
        var below = new ArrayList<String>();
        var filled = SHOWS.matcher(text).replaceAll(line -> {
            var value = (String) shown.next();
            if (line.group(4).equals("↓")) below.add(value.stripTrailing() + "\n");
            else value = "→ " + value.replaceAll("\\s+", " ");
            return Matcher.quoteReplacement(line.group(1) + line.group(2) + ";" + line.group(3) + (line.group(4).equals("↓") ? "↓" : value));
        });
        return new Result(filled, below);
    }
}
