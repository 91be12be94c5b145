package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Drawing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    @TempDir Path folder;

    private String written(Compiled f, Object... args) throws IOException {
        var file = folder.resolve("f.html");
        f.html(file, args);
        return Files.readString(file);
    }

    @Test void showsGraphKernelsAndRewrites() throws IOException {
        var x = dvector("x");
        var f = function(x, grad(sum(log(exp(x).plus(1))), x));
        assertThat(written(f)).contains("<svg ", Drawing.escaped(f.kernels()), Drawing.escaped(f.explain()), Drawing.escaped(f.pp()))
            .doesNotContain("Cost of a call");
    }

    @Test void needsNothingElse() throws IOException {
        var x = dvector("x");
        var page = written(function(x, exp(x)));
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "src=", "@import", "<link", "<script", "url(");
    }

    @Test void escapesWhatTheUserNamed() throws IOException {
        var x = dvector("<b>x</b>");
        assertThat(written(function(inputs(x), where(gt(x, 0), x, div(1, x))))).doesNotContain("<b>");
    }

    @Test void tellsTheCostWhereSizesAreKnown() throws IOException {
        var x = dvector("x");
        var y = dvector("y", 50);
        var f = function(x, exp(x));
        var g = function(y, exp(y));
        assertThat(written(f, Shape.of(1000))).contains(Drawing.escaped(f.cost(Shape.of(1000)).toString()));
        assertThat(written(g)).contains(Drawing.escaped(g.cost(Shape.of(50)).toString()));
    }
}
