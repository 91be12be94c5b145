package org.agnesi.documents;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/// Statements out of documents, each text compiled as a method of its own, in a file of this name, at the lines it has in the text.
///
/// A line `expression;   // → value` shows a value, which [#run] compares; white space counts as one blank.
final class Snippets {
    /// The file that messages name.
    private static final String FILE = "Calibration";

    private static final String HEAD = """
        package document%d; import module java.base; import org.agnesi.*; import org.agnesi.array.*; import org.agnesi.derive.*; \
        import org.agnesi.error.*; import org.agnesi.symbolic.*; import static org.agnesi.Agnesi.*; import static org.agnesi.Tensors.*; \
        public class Calibration { private static void show(Object o) { shown.add(String.valueOf(o)); } \
        public static final List<String> shown = new ArrayList<>(); public static void run() throws Throwable { """;

    private static final Pattern SHOWS = Pattern.compile("^(\\s*)(.*);\\s*// → (.*)$", Pattern.MULTILINE);

    private final Path folder;
    private final List<String> texts = new ArrayList<>();

    Snippets(Path folder) { this.folder = folder; }

    /// The number of a text to be compiled.
    int add(String text) {
        texts.add(text);
        return texts.size() - 1;
    }

    /// Compiles all texts at once; what javac says, which should be nothing.
    String compile() throws Exception {
        var args = new ArrayList<>(List.of("-d", folder.resolve("classes").toString(), "-cp", Java.PATH, "-Xlint:all", "-proc:none", "-g"));
        for (int i = 0; i < texts.size(); i++) {
            var file = Files.createDirectories(folder.resolve("document" + i)).resolve(FILE + ".java");
            Files.writeString(file, HEAD.formatted(i) + SHOWS.matcher(texts.get(i)).replaceAll("$1show($2);") + "}}\n");
            args.add(file.toString());
        }
        var said = new StringWriter();
        var print = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(print, print, args.toArray(String[]::new));
        return said.toString();
    }

    /// Runs a text; returns it with the values that it showed. Throws what it throws.
    String run(int number) throws Throwable {
        try (var loader = new URLClassLoader(new URL[] {folder.resolve("classes").toUri().toURL()}, Snippets.class.getClassLoader())) {
            var type = loader.loadClass("document" + number + "." + FILE);
            type.getMethod("run").invoke(null);
            var shown = ((List<?>) type.getField("shown").get(null)).iterator();
            return SHOWS.matcher(texts.get(number)).replaceAll(match -> {
                var line = match.group();
                var value = String.valueOf(shown.next()).replaceAll("\\s+", " ");
                return java.util.regex.Matcher.quoteReplacement(line.substring(0, line.lastIndexOf("// → ")) + "// → " + value);
            });
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
