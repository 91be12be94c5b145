package org.agnesi;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.agnesi.error.AgnesiException;
import org.junit.jupiter.api.Test;

/// Packages depend only on those named for them: read from the class files, so an import that is not used does not count.
class LayersTest {
    private static final Path CLASSES = Path.of(URI.create(location(AgnesiException.class)));

    /// What each package may use beside itself. The order is the order of the house.
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
        entry("error",    Set.of()),
        entry("array",    Set.of("error")),
        entry("kernel",   Set.of("error", "array")),
        entry("symbolic", Set.of("error", "array", "kernel", "op")),
        entry("op",       Set.of("error", "array", "kernel", "symbolic")),
        entry("sparse",   Set.of("error", "array", "kernel", "symbolic", "op")),
        entry("derive",   Set.of("error", "array", "kernel", "symbolic", "op", "sparse")),
        entry("network",  Set.of("error", "array", "kernel", "symbolic", "op", "derive")),
        entry("rewrite",  Set.of("error", "array", "kernel", "symbolic", "op", "derive", "network")),
        entry("save",     Set.of("error", "array", "symbolic", "op", "derive")),
        entry("compile",  Set.of("error", "array", "kernel", "symbolic", "op", "derive", "rewrite")),
        entry("emit",     Set.of("error", "array", "kernel")),
        entry("run",      Set.of("error", "array", "kernel", "symbolic", "op", "derive", "rewrite", "compile", "emit")),
        entry("",         Set.of("error", "array", "kernel", "symbolic", "op", "derive", "network", "rewrite", "save", "compile", "emit", "run")));

    /// Only these classes of `symbolic` may name an op.
    private static final Set<String> MAY_NAME_OPS = Set.of(
        "Expr",                        // the fluent methods
        "Lambda", "Shared",            // their parameters are variables
        "Pull", "Tangents", "Masks", "Cotangent",   // the sweeps' accumulators: add, zeros, masks below `where`, sides of `ifElse`
        "Batch",                       // repeats along the batch what is not batched
        "Vectorize");                  // runs what has no batch in a loop

    private static final Pattern OUR_CLASS = Pattern.compile("org/agnesi/(?:([a-z]+)/)?[A-Z]\\w*");

    @Test void packagesUseOnlyTheLayersBelow() throws IOException {
        assertThat(uses().filter(use -> !use.allowed()).map(Use::toString).distinct()).isEmpty();
    }

    @Test void everyPackageHasItsPlace() throws IOException {
        assertThat(uses().map(Use::from).distinct()).isSubsetOf(MAY_USE.keySet());
    }

    @Test void onlyAFewClassesOfSymbolicNameOps() throws IOException {
        var naming = uses().filter(use -> use.from().equals("symbolic") && use.to().equals("op"))
            .map(Use::outerClass).collect(toCollection(TreeSet::new));
        assertThat(naming).isSubsetOf(MAY_NAME_OPS);
    }

    @Test void namesInDescriptorsAndSignaturesAreSeen() throws IOException {
        assertThat(uses().map(Use::toString)).contains("array/NDArray uses error");
    }

    private record Use(String from, String className, String to) {
        boolean allowed() {
            return from.equals(to) || MAY_USE.getOrDefault(from, Set.of()).contains(to);
        }

        String outerClass() {
            return className.replaceFirst("\\$.*", "");
        }

        @Override public String toString() {
            return from + "/" + outerClass() + " uses " + (to.isEmpty() ? "org.agnesi" : to);
        }
    }

    private static Stream<Use> uses() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.filter(LayersTest::isOurClass).toList().stream().flatMap(LayersTest::usesOf);
        }
    }

    private static String location(Class<?> ours) {
        return ours.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    private static boolean isOurClass(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".class") && !name.endsWith("-info.class");
    }

    private static Stream<Use> usesOf(Path file) {
        var relative = CLASSES.resolve("org/agnesi").relativize(file);
        var from = relative.getParent() == null ? "" : relative.getParent().toString().replace('\\', '/');
        var className = relative.getFileName().toString().replace(".class", "");
        return targets(file).stream().map(to -> new Use(from, className, to));
    }

    /// The packages a class file names: its class entries, and all descriptors and signatures.
    private static List<String> targets(Path file) {
        try {
            var pool = ClassFile.of().parse(file).constantPool();
            return StreamSupport.stream(pool.spliterator(), false).map(LayersTest::text)
                .flatMap(text -> OUR_CLASS.matcher(text).results())
                .map(match -> match.group(1) == null ? "" : match.group(1)).distinct().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(PoolEntry entry) {
        return switch (entry) {
            case ClassEntry c -> c.asInternalName();
            case Utf8Entry u  -> u.stringValue();
            default           -> "";
        };
    }
}
