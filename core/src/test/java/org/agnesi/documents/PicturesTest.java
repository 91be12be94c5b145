package org.agnesi.documents;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agnesi.symbolic.Drawing;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// The guide's pictures of graphs are those of today; `-Dagnesi.write` draws them anew.
class PicturesTest {
    private static final Path GUIDE = Document.HOME.resolve("docs/guide");
    private static final String STYLE = """
        <style>
        svg { background: #fff; font: 13px ui-monospace, Menlo, Consolas, monospace }
        path { fill: none; stroke: #66707c; stroke-opacity: .55 }
        rect { fill: #fff; stroke: #c9d0d8 }
        text { fill: #1b1f24; text-anchor: middle; font-size: 12px }
        .line0 { font-weight: 600 }
        .line1 { fill: #66707c }
        .input rect { fill: #dcebff }
        .constant rect { fill: #f7f0dc }
        .result rect { fill: #dcf3e1 }
        </style>
        """;

    private final Expr a = dmatrix("A");
    private final Expr x = dvector("x");
    private final Expr v = dvector("v");

    @Test void aProductWithAJacobianBeforeAndAfter() throws IOException {
        var product = dot(jacobian(tanh(dot(a, x)), x), v);
        check("product-before.svg", List.of(product));
        check("product-after.svg", function(inputs(a, x, v), product).graph());
    }

    /// Lines of this file say nothing to a reader.
    private static void check(String name, List<Expr> roots) throws IOException {
        var drawn = Drawing.of(roots).replaceAll("PicturesTest\\.java:\\d+", "").replaceFirst(">\n", ">\n" + STYLE);
        if (Document.WRITING) Files.writeString(GUIDE.resolve(name), drawn);
        assertThat(Files.readString(GUIDE.resolve(name))).isEqualTo(drawn);
        assertThat(Files.readString(GUIDE.resolve("7-jacobians.md"))).contains("(" + name + ")");
    }
}
