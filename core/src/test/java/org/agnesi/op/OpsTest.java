package org.agnesi.op;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.agnesi.Tensors;
import org.agnesi.array.DType;
import org.agnesi.kernel.Lowering;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.junit.jupiter.api.Test;

/// No op is forgotten: each has a sample and a line in `Tensors`, and each answer left at its default has a reason here.
class OpsTest {
    private static final Path CLASSES = Path.of(URI.create(Op.class.getProtectionDomain().getCodeSource().getLocation().toString()));

    private static final Set<String> LEAVES = Set.of("Constant", "Variable");

    /// Ops that no sample holds, and why.
    private static final Map<String, String> WITHOUT_SAMPLE = Map.of(
        "LoopVariable", "a finished loop has none",
        "Replay", "lowering makes it of two loops, with which SaveStatesTest compares it");

    /// Ops that `Tensors` does not name, and why.
    private static final Map<String, String> WITHOUT_FACADE = Map.ofEntries(
        entry("Again", "the gradient of checkpoint makes it"),
        entry("Branch", "ifElse becomes it"),
        entry("BroadcastTo", "operands of other shapes make it"),
        entry("Contract", "dot, matmul, outer, tensordot and einsum make it"),
        entry("CumprodPull", "the gradient of cumprod makes it"),
        entry("CumprodPush", "the derivative of cumprod makes it"),
        entry("FromDiagonal", "diag of a vector makes it"),
        entry("Length", "x.length(axis) and shape(x) make it"),
        entry("LoopGradient", "the gradient of a loop that stores few states makes it"),
        entry("LoopVariable", "scan makes it"),
        entry("ProdPull", "the gradient of prod makes it"),
        entry("ProdPush", "the derivative of prod makes it"),
        entry("PutSlice", "x.at(…) makes it"),
        entry("Replay", "saveEvery and saveWithin of scan make it"),
        entry("Scan", "it is in Agnesi, whose scan makes it"),
        entry("Scatter", "x.at(…) makes it"),
        entry("Slice", "x.get(…) makes it"));

    /// Ops that refuse every batch we try and expand into nothing simpler: they run in a loop over the batch.
    private static final Map<String, String> WITHOUT_BATCH = Map.of(
        "Arange", "rows of different lengths are no tensor",
        "Eye", "rows of different sizes are no tensor",
        "Nonzero", "rows have different numbers of positions");

    /// Ops whose lowering is `Eval` and that expand into nothing simpler: their `eval` runs.
    private static final Map<String, String> WITHOUT_LOWERING = Map.ofEntries(
        entry("Assert", "it throws"),
        entry("CumprodPull", "it carries several numbers both ways along its axis"),
        entry("CumprodPush", "it carries several numbers along its axis"),
        entry("Custom", "it is Java code"),
        entry("Nonzero", "the length of its results depends on values"),
        entry("Print", "it logs"),
        entry("Polygamma", "no scalar program is written for it; only second derivatives of lgamma need it"),
        entry("ProdPull", "it carries several numbers both ways along its axes"),
        entry("ProdPush", "it carries several numbers along its axes"));

    @Test void everyOpHasASample() {
        var sampled = nodes().map(node -> node.op().getClass().getSimpleName()).collect(toCollection(TreeSet::new));
        assertThat(without(ops(), sampled::contains)).isEqualTo(sorted(WITHOUT_SAMPLE.keySet()));
    }

    @Test void everyOpHasItsLineInTensors() throws IOException {
        var pool = ClassFile.of().parse(CLASSES.resolve("org/agnesi/Tensors.class")).constantPool();
        var named = StreamSupport.stream(pool.spliterator(), false)
            .filter(entry -> entry instanceof ClassEntry).map(entry -> ((ClassEntry) entry).asInternalName())
            .filter(name -> name.startsWith("org/agnesi/op/")).map(name -> name.substring("org/agnesi/op/".length()))
            .collect(toCollection(TreeSet::new));
        assertThat(without(ops(), named::contains)).isEqualTo(sorted(WITHOUT_FACADE.keySet()));
    }

    @Test void everyOpBatchesOrSaysWhyNot() { assertThat(never(OpsTest::batches)).isEqualTo(sorted(WITHOUT_BATCH.keySet())); }

    @Test void everyOpIsALoopOrSaysWhyNot() { assertThat(never(OpsTest::lowers)).isEqualTo(sorted(WITHOUT_LOWERING.keySet())); }

    @Test void samplesHaveDifferentLabels() { assertThat(Samples.all().map(Sample::label)).doesNotHaveDuplicates(); }

    /// Ops for which `holds` at none of the nodes that samples make.
    private static TreeSet<String> never(Predicate<Node> holds) {
        var tried = new TreeSet<String>();
        var held = new TreeSet<String>();
        nodes().filter(node -> !LEAVES.contains(node.op().getClass().getSimpleName())).forEach(node -> {
            var name = node.op().getClass().getSimpleName();
            tried.add(name);
            if (!held.contains(name) && holds.test(node)) held.add(name);
        });
        return without(tried, held::contains);
    }

    /// Whether the node has a batch when all its arguments are batched, or one of them is.
    private static boolean batches(Node node) {
        int n = node.args().size();
        return n == 0 || node.op().expand(node.args()).isPresent() || Stream.concat(
            Stream.of(IntStream.range(0, n).mapToObj(i -> true).toList()),
            IntStream.range(0, n).mapToObj(one -> IntStream.range(0, n).mapToObj(i -> i == one).toList()))
            .anyMatch(which -> node.op().batch(batch(node, which)).isPresent());
    }

    private static Batch batch(Node node, List<Boolean> which) {
        var in = IntStream.range(0, which.size()).mapToObj(i -> {
            var arg = node.arg(i);
            return which.get(i) ? Variable.variable("X" + i, arg.type().batched(-1)) : arg;
        }).toList();
        return new Batch(in, which, Constant.index(3));
    }

    private static boolean lowers(Node node) {
        return node.op().expand(node.args()).isPresent() || !(LoweredNodes.lowering(node) instanceof Lowering.Eval);
    }

    private static Stream<Node> nodes() {
        return Samples.all().flatMap(sample -> sample.dtypes().stream().limit(1).flatMap(dtype -> nodes(sample, dtype)));
    }

    private static Stream<Node> nodes(Sample sample, DType dtype) {
        List<Expr> xs = sample.variables(dtype, false);
        return Graph.inOrder(sample.formula().apply(xs)).stream();
    }

    /// The records of this package that are ops.
    private static TreeSet<String> ops() {
        try (var files = Files.list(CLASSES.resolve("org/agnesi/op"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".class") && !name.contains("-"))
                .map(name -> load(name.substring(0, name.length() - ".class".length())))
                .filter(c -> c.isRecord() && Op.class.isAssignableFrom(c)).map(Class::getSimpleName).collect(toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("org.agnesi.op." + name, false, Tensors.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TreeSet<String> without(Collection<String> all, Predicate<String> seen) {
        return all.stream().filter(seen.negate()).collect(toCollection(TreeSet::new));
    }

    private static TreeSet<String> sorted(Collection<String> names) { return new TreeSet<>(names); }
}
