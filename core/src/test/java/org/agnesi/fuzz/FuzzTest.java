package org.agnesi.fuzz;

import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.op.Samples;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FuzzTest {
    /// Each sample starts eleven, which takes two minutes in all.
    private static final int GRAPHS = 11 * (int) Samples.all().count();

    @BeforeAll static void quiet() { Fuzz.quiet(); }

    @AfterAll static void loud() { Fuzz.loud(); }

    @Test void randomGraphsGiveWhatTheirOpsGive() {
        var fuzz = new Fuzz(20_260, Setting.all(), _ -> {});
        fuzz.run(0, () -> fuzz.coverage.graphs() < GRAPHS);
        assertThat(fuzz.failures).as(fuzz.coverage.toString()).isEmpty();
        assertThat(fuzz.coverage.without(sampled())).as(fuzz.coverage.toString()).isEmpty();
        assertThat(fuzz.turns.without(sampled())).as(fuzz.turns.toString()).isEmpty();
        assertThat(fuzz.coverage.lambdas().keySet()).contains("Branch", "Call", "Jacobian", "Pullback", "Pushforward", "Scan");
        assertThat(fuzz.coverage.dtypes().keySet()).hasSize(8);
    }

    /// The ops in the samples, where they are.
    private static TreeSet<String> sampled() {
        var coverage = new Coverage();
        Samples.all().forEach(sample -> coverage.add(new Specimen(List.of(), List.of(), sample.formula().apply(sample.variables(sample.dtypes().getFirst(), false)))));
        return new TreeSet<>(coverage.ops().keySet());
    }

    @Test void aFailureShrinksToWhatFails() {
        var x = dmatrix("x");
        var v = dvector("v");
        var y = sum(exp(cumsum(softmax(x, 1).times(2), 0)).plus(v)).plus(sum(exp(v)));
        var specimen = Specimen.of(values(Map.of(x, NDArray.of(new double[][] {{1.23456, 2}}), v, NDArray.of(new double[] {3, 4}))), List.of(v, y));
        assertThat(Reproducer.of(Shrinking.of(specimen, FuzzTest::cumsums), null)).isEqualTo("""
            import org.agnesi.*;
            import org.agnesi.array.*;
            import org.agnesi.symbolic.*;

            void main() {
                var x0 = org.agnesi.op.Variable.variable("x0", TensorType.of(DType.FLOAT64, 1, 2));
                var t1 = Expr.of(new org.agnesi.op.Cumsum(0), List.of(x0));
                var at = List.of(NDArray.wrap(new double[] {1.0, 1.0}, 1, 2));
                IO.println(Agnesi.function().inputs(List.of(x0)).outputs(List.of(t1)).mode(Mode.REFERENCE).compile().callAll(at));
                IO.println(Agnesi.function().inputs(List.of(x0)).outputs(List.of(t1)).compile().callAll(at));
            }
            """);
    }

    @Test void aReproducerSaysWhatItIsRunUnder() {
        var v = dvector("v");
        var specimen = Specimen.of(values(Map.of(v, NDArray.of(new double[] {1}))), List.of(exp(v)));
        assertThat(Reproducer.of(specimen, Setting.named("parallel").getFirst())).startsWith("""
            // java --add-modules jdk.incubator.vector -Dagnesi.kernels=parallel -Dagnesi.threads=2 -Dagnesi.worth=0 -Dagnesi.blas=off
            import org.agnesi.*;
            """);
    }

    @Test void aSettingIsNamed() {
        assertThatThrownBy(() -> Setting.named("gpu")).isInstanceOf(ArgumentError.class).hasMessageStartingWith("""
            --backend needs the name of one that is here, but got 'gpu'
            The names are points, blocks, scalar, simd, parallel""");
    }

    /// Says that whatever has a cumsum is wrong.
    private static @Nullable Verdict cumsums(Specimen s) {
        return s.nodes().stream().anyMatch(node -> node.op().name().equals("cumsum")) ? new Verdict("cumsum", "") : null;
    }

    private static Map<Expr, NDArray> values(Map<Expr, NDArray> values) { return new IdentityHashMap<>(values); }

    @Test void everyOpIsWrittenAsJava() {
        var units = new ArrayList<JavaFileObject>();
        var coverage = new Coverage();
        Samples.all().forEach(sample -> {
            var specimen = new Growth(new Random(1), List.of(sample)).specimen(sample, 0);
            int before = coverage.ops().size();
            coverage.add(specimen);
            if (coverage.ops().size() > before) units.add(source("R" + units.size(), Reproducer.of(specimen, null)));
        });
        var messages = new DiagnosticCollector<JavaFileObject>();
        var options = List.of("-proc:none", "-implicit:none", "-XDrawDiagnostics", "--class-path", System.getProperty("java.class.path"), "-d", System.getProperty("java.io.tmpdir"));
        ToolProvider.getSystemJavaCompiler().getTask(null, null, messages, options, null, units).call();
        assertThat(messages.getDiagnostics().stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).map(Object::toString)).isEmpty();
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) { return text; }
        };
    }
}
