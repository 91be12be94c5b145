package org.agnesi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.op.Samples;
import org.agnesi.openblas.Here;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Random graphs around products and decompositions give by the library what their ops give.
class FuzzWithLibraryTest {
    private static final int GRAPHS = 8;

    @BeforeAll static void quiet() {
        Here.blas();
        Fuzz.quiet();
    }

    @AfterAll static void loud() { Fuzz.loud(); }

    @Test void randomGraphsGiveWhatTheirOpsGive() {
        var fuzz = new Fuzz(20_261, Setting.named("openblas"), _ -> {});
        var starts = starts();
        for (int k = 0; k < GRAPHS; k++) {
            int before = k;
            fuzz.run(starts.get(k * starts.size() / GRAPHS), () -> fuzz.coverage.graphs() == before);
        }
        assertThat(fuzz.failures).as(fuzz.coverage.toString()).isEmpty();
        assertThat(fuzz.turns.graphs()).as(fuzz.turns.toString()).isGreaterThanOrEqualTo(GRAPHS / 2);
    }

    /// The numbers of graphs that start with something for the library.
    private static List<Integer> starts() {
        var samples = Samples.all().toList();
        return IntStream.range(0, samples.size()).filter(k -> {
            var sample = samples.get(k);
            var roots = sample.formula().apply(sample.variables(sample.dtypes().getFirst(), false));
            return Graph.inOrder(roots).stream().anyMatch(Setting.isForLibrary());
        }).boxed().toList();
    }
}
