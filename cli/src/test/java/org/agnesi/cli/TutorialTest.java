package org.agnesi.cli;

import static org.agnesi.cli.Shell.prints;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TutorialTest {
    private static List<String> lines = List.of();

    @BeforeAll static void run() { lines = prints("tutorial").lines().toList(); }

    @Test void sectionsComeInTheTutorialsOrder() {
        assertThat(lines.stream().filter(line -> lines.indexOf(line) + 1 < lines.size() && lines.get(lines.indexOf(line) + 1).startsWith("──"))).containsExactly(
            "Gradients", "Gradients with respect to several inputs", "The Jacobian", "The Hessian", "The Jacobian times a vector",
            "The Hessian times a vector", "Final pointers", "The pitfall");
    }

    @Test void theSourceShownIsTheSourceThatRuns() throws IOException {
        try (var in = Objects.requireNonNull(Tutorial.class.getResourceAsStream("TutorialSteps.java"))) {
            var source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(lines.stream().filter(line -> line.startsWith("    ") && line.endsWith(";"))).hasSizeGreaterThan(30)
                .allSatisfy(line -> assertThat(source).contains(line));
        }
    }

    /// The lines of Java that a section is about.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Gradients                                | var gy = grad(y, x);
        Gradients                                | var dlogistic = function(X, grad(s, X));
        Gradients with respect to several inputs | var gs = grad(cost, List.of(a, b));
        The Jacobian                             | var J = scan(arange(y.length()), i -> grad(y.get(i), x));
        The Jacobian                             | function(x, jacobian(y, x)).call(new double[] {4, 4})
        The Hessian                              | var H = scan(arange(gy.length()), i -> grad(gy.get(i), x));
        The Hessian                              | var f = function(x, hessian(cost, x));
        The Jacobian times a vector              | var JV = rop(y, W, V);
        The Jacobian times a vector              | var uJ = lop(y, W, u);
        The Jacobian times a vector              | var product = function(inputs(x, u), dot(jacobian(z, x), u));
        The Hessian times a vector               | var backwards = function(inputs(x, v), grad(sum(mul(gy, v)), x));
        The Hessian times a vector               | var forwards = function(inputs(x, v), rop(gy, x, v));
        The Hessian times a vector               | var written = function(inputs(x, v), dot(hessian(cost, x), v));
        Final pointers                           | var third = grad(grad(grad(x.pow(5), x), x), x);
        Final pointers                           | grad(v.pow(2), v)
        The pitfall                              | scan(y, yi -> grad(yi, x))""")
    void eachSectionShowsItsSourceAndThenAResult(String section, String source) {
        var below = lines.subList(lines.indexOf(section) + 2, lines.size());
        int next = (int) below.stream().takeWhile(line -> !line.startsWith("──")).count();
        assertThat(below.subList(0, next)).contains("    " + source);
        assertThat(below.subList(below.indexOf("    " + source) + 1, next)).anyMatch(line -> line.matches("    [→✗] .+"));
    }

    /// A step's last line and its result.
    @ParameterizedTest
    @ValueSource(strings = {
        """
        pp(gy)
        → ((fill((x ** TensorConstant{2}), TensorConstant{1.0}) * TensorConstant{2}) * (x ** (TensorConstant{2} - TensorConstant{1})))""",
        """
        f.call(4)
        → 8.0""",
        """
        f.call(94.2)
        → 188.4""",
        """
        f.pp()
        → (2.0 * x)""",
        """
        slope.applyAsDouble(94.2)
        → 188.4""",
        """
        dlogistic.call(new double[][] {{0, 1}, {-1, -2}})
        → [[0.25       0.19661193]
           [0.19661193 0.10499359]]""",
        """
        function(inputs(a, b), outputs(cost, gs)).callAll(2, 3)
        → [10.0, 7.0, 2.0]""",
        """
        function(x, J).call(new double[] {4, 4})
        → [[8. 0.]
           [0. 8.]]""",
        """
        function(x, jacobian(y, x)).call(new double[] {4, 4})
        → [[8. 0.]
           [0. 8.]]""",
        """
        function(x, H).call(new double[] {4, 4})
        → [[2. 0.]
           [0. 2.]]""",
        """
        f.call(new double[] {4, 4})
        → [[2. 0.]
           [0. 2.]]""",
        """
        f.pp()
        → (2.0 * eye(x.length(0)))""",
        """
        forward.call(w, v, new double[] {0, 1})
        → [2. 2.]""",
        """
        forward.pp()
        → (x \\dot V)""",
        """
        backward.call(new double[] {2, 2}, new double[] {0, 1})
        → [[0. 0.]
           [2. 2.]]""",
        """
        backward.pp()
        → outer(x, u)""",
        """
        backwards.call(at, direction)
        → [4. 4.]""",
        """
        forwards.call(at, direction)
        → [4. 4.]""",
        """
        written.call(at, direction)
        → [4. 4.]""",
        """
        product.call(new double[] {4, 4}, new double[] {1, 2})
        → [ 8. 16.]""",
        """
        sweep.call(new double[] {4, 4}, new double[] {1, 2})
        → [ 8. 16.]""",
        """
        sweep.pp()
        → (2.0 * u * x)""",
        """
        backwards.pp()
        → (2.0 * v)""",
        """
        forwards.pp()
        → (2.0 * v)""",
        """
        written.pp()
        → (2.0 * v)""",
        """
        function(x, third).pp()
        → (60.0 * sqr(x))""",
        """
        grad(v.pow(2), v)
        ✗ grad needs a scalar cost, but got v ** 2 of type float64[?]
          Sum it first, or ask for jacobian(y, x).""",
        """
        scan(y, yi -> grad(yi, x))
        ✗ grad needs an input that the formula depends on, but e does not depend on x of type float64[?]
          e is an element of a sequence, a new variable that does not depend on x. Iterate over indices: scan(arange(y.length()), i -> grad(y.get(i), x))"""})
    void resultsAreTheTutorials(String step) {
        assertThat(String.join("\n", lines)).contains(step.indent(4).stripTrailing());
    }
}
