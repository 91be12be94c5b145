package org.agnesi.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Stmt;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.junit.jupiter.api.Test;

/// Habits that a machine can check, held in every file of the project.
class SourcesTest {
    private static final int WIDEST = 140;
    private static final int LONGEST = 300;
    private static final int LONGEST_METHOD = 30;

    /// Tables of contents: one line per thing, however wide or many.
    private static final Set<String> TABLES = Set.of("Tensors.java", "Agnesi.java");

    /// A method that is a switch before all has a line or two for each kind of scalar or statement, and is read case by case.
    private static final int LONGEST_SWITCH = 60;
    private static final Pattern SWITCH = Pattern.compile("(?m)^ {8}(?:\\S.*)?\\bswitch \\(");

    /// From its indentation to the brace that opens its body, over several lines perhaps.
    private static final Pattern METHOD = Pattern.compile("(?m)^( {4,})(?:@\\w+ )*(?!(?:else|new|return|record|case|throw) )"
        + "[\\w.@<][\\w.@<>?,\\[\\] &]* (\\w+)\\([^;{}]*\\)(?: throws [\\w., ]+)? \\{$");

    /// Whose addresses may be written: no registry, no machine.
    private static final Set<String> HOSTS = Set.of("www.apache.org", "maven.apache.org", "www.w3.org",
        "adoptium.net", "keepachangelog.com", "semver.org");

    private static final Pattern ADDRESS = Pattern.compile("https?://([\\w.-]+)");

    /// Sealed data is matched case by case, so that javac lists every place when a case is added.
    private static final Set<String> CASES = Stream.of(Scalar.class, Lowering.class, Stmt.class, Partial.class, Symbol.class)
        .flatMap(type -> Stream.of(type.getPermittedSubclasses()).map(one -> type.getSimpleName() + "." + one.getSimpleName()))
        .collect(Collectors.toSet());

    private static final Pattern CASE = Pattern.compile("\\bcase ([\\w.]+)[ (]");

    @Test void linesAreNotTooWide() throws IOException {
        assertThat(lines(main(), line -> line.length() > WIDEST).filter(line -> TABLES.stream().noneMatch(line::contains))).isEmpty();
    }

    @Test void filesAreNotTooLong() throws IOException {
        var tooLong = main().filter(file -> read(file).lines().count() > LONGEST).map(file -> file.getFileName().toString());
        assertThat(tooLong).isSubsetOf(TABLES);
    }

    @Test void methodsAreNotTooLong() throws IOException {
        assertThat(main().flatMap(SourcesTest::tooLong)).isEmpty();
    }

    @Test void methodsAreSeen() throws IOException {
        assertThat(main().flatMap(file -> METHOD.matcher(read(file)).results())).hasSizeGreaterThan(800);
    }

    /// `Class.method` of those with too many lines: a body ends with a brace below its method's first letter.
    private static Stream<String> tooLong(Path file) {
        var text = read(file);
        return METHOD.matcher(text).results().filter(method -> {
            int end = text.indexOf("\n" + method.group(1) + "}", method.end());
            int longest = SWITCH.matcher(text).region(method.end(), end).find() ? LONGEST_SWITCH : LONGEST_METHOD;
            return text.substring(method.start(), end).lines().count() + 1 > longest;
        }).map(method -> file.getFileName().toString().replace("java", "") + method.group(2));
    }

    @Test void importsNameOneThingEach() throws IOException {
        assertThat(lines(main(), line -> line.startsWith("import ") && line.endsWith(".*;"))).isEmpty();
    }

    @Test void nothingIsPrinted() throws IOException {
        assertThat(lines(main(), line -> line.contains("System." + "out") || line.contains("System." + "err"))).isEmpty();
    }

    @Test void nothingIsLeftForLater() throws IOException {
        assertThat(lines(java(), line -> line.contains("TO" + "DO") || line.contains("FIX" + "ME") || line.contains("@" + "author")))
            .isEmpty();
    }

    @Test void namesSayWhatAThingIs() throws IOException {
        var vague = Pattern.compile("(Abstract|Base)[A-Z]\\w*|\\w+(Impl|Utils?|Manager|Helper)");
        assertThat(main().map(file -> file.getFileName().toString().replace(".java", "")).filter(vague.asMatchPredicate())).isEmpty();
    }

    @Test void everyPackageSaysWhatItIsFor() throws IOException {
        var packages = main().map(Path::getParent).filter(folder -> !folder.endsWith("java")).distinct();
        assertThat(packages).allSatisfy(folder ->
            assertThat(folder.resolve("package-info.java")).content().startsWith("///").contains("@NullMarked"));
    }

    @Test void switchesOverSealedDataHaveNoDefault() throws IOException {
        assertThat(main().flatMap(file -> hidden(read(file)).map(text -> file.getFileName() + ": " + text))).isEmpty();
    }

    @Test void addressesLeadToNoRegistry() throws IOException {
        assertThat(all().flatMap(file -> ADDRESS.matcher(read(file)).results().map(match -> match.group(1)))
            .filter(host -> !host.endsWith(".example")).distinct()).isSubsetOf(HOSTS);
    }

    @Test void noFileNamesAMachine() throws IOException {
        var words = List.of("/wo" + "rk/", "/ro" + "ot/", "help" + "er-", "/tmp/" + "bash");
        assertThat(lines(all(), line -> words.stream().anyMatch(line::contains))).isEmpty();
    }

    /// The switches of which one case is of a sealed type, named or imported, and another is `default`.
    private static Stream<String> hidden(String text) {
        Predicate<String> isCase = name -> CASES.stream().anyMatch(one -> one.equals(name) || one.endsWith("." + name)
            && text.contains(one + ";"));
        return switches(text).filter(body -> body.contains("default ->")
            && CASE.matcher(body).results().map(match -> match.group(1)).anyMatch(isCase));
    }

    /// The bodies of switches, without those of switches in them.
    private static Stream<String> switches(String text) {
        return Pattern.compile("\\bswitch \\(").matcher(text).results().map(match -> body(text, text.indexOf('{', match.end())));
    }

    private static String body(String text, int open) {
        var own = new StringBuilder();
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == '{') depth++;
            if (depth == 1) own.append(text.charAt(i));
            if (text.charAt(i) == '}' && --depth == 0) break;
        }
        return own.toString();
    }

    private static Stream<Path> main() throws IOException { return java().filter(file -> file.toString().contains("/src/main/java/")); }

    private static Stream<Path> java() throws IOException { return all().filter(file -> file.toString().endsWith(".java")); }

    /// Every file of text in the project.
    private static Stream<Path> all() throws IOException {
        try (var files = Files.walk(Document.HOME)) {
            return files.filter(Files::isRegularFile).filter(SourcesTest::isOurs).toList().stream();
        }
    }

    private static boolean isOurs(Path file) {
        for (var part : Document.HOME.relativize(file)) {
            var name = part.toString();
            if (name.equals("target") || name.startsWith(".")
                && !Set.of(".ci", ".mvn", ".gitignore", ".gitattributes", ".editorconfig").contains(name)) return false;
        }
        return true;
    }

    private static Stream<String> lines(Stream<Path> files, Predicate<String> found) {
        return files.flatMap(file -> read(file).lines().filter(found).map(line -> file.getFileName() + ": " + line));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            return "";   // a picture
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
