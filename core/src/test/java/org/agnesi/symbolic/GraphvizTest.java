package org.agnesi.symbolic;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Tensors.dscalar;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraphvizTest {
    @Test void drawsOpsVariablesAndTypes() {
        var x = dscalar("x");
        assertThat(function(x, grad(x.pow(2), x)).graphviz()).isEqualTo("""
            digraph agnesi {
              node [fontname="monospace"];
              n0 [shape=ellipse, label="2.0"];
              n1 [shape=ellipse, label="x"];
              n2 [shape=box, label="mul"];
              n0 -> n2 [label="float64[]"];
              n1 -> n2 [label="float64[]"];
              r0 [shape=plaintext, label="result 0"];
              n2 -> r0 [label="float64[]"];
            }
            """);
    }

    @Test void isBoundedForAnyGraph() {
        var x = dscalar("x");
        var y = x;
        for (int i = 0; i < 20_000; i++) y = y.exp();
        assertThat(Graphviz.of(List.of(y)).lines().count()).isLessThan(11_000);
    }
}
