package org.agnesi.symbolic;

import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.lt;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class DrawingTest {
    private final Expr v = dvector("v");

    private static Document drawn(Expr... roots) throws Exception {
        var svg = Drawing.of(List.of(roots)).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static List<Element> elements(Document svg, String tag) {
        var found = svg.getElementsByTagName(tag);
        var all = new ArrayList<Element>();
        for (int k = 0; k < found.getLength(); k++) all.add((Element) found.item(k));
        return all;
    }

    private static double number(Element e, String attribute) { return Double.parseDouble(e.getAttribute(attribute)); }

    @Test void eachNodeIsABoxAndEachArgumentALine() throws Exception {
        var x = exp(v);
        var svg = drawn(x.times(x));
        assertThat(elements(svg, "rect")).hasSize(3);
        assertThat(elements(svg, "path")).hasSize(3);
        assertThat(elements(svg, "g")).extracting(g -> g.getAttribute("class")).containsExactly("input", "op", "result");
        assertThat(elements(svg, "text")).extracting(Element::getTextContent).contains("v", "exp", "mul", "float64[?]");
    }

    @Test void textIsEscaped() throws Exception {
        assertThat(elements(drawn(lt(dvector("a<b&\"c\""), v)), "text")).extracting(Element::getTextContent).contains("a<b&\"c\"");
    }

    @Test void boxesDoNotOverlapAndUsersAreBelow() throws Exception {
        var a = dmatrix("A");
        var h = v;
        for (int k = 0; k < 5; k++) h = tanh(dot(a, h).plus(sin(h).times(exp(v))));
        var boxes = elements(drawn(h), "rect");
        for (var b : boxes) for (var c : boxes) {
            if (b == c || number(b, "y") != number(c, "y")) continue;
            boolean apart = number(b, "x") + number(b, "width") <= number(c, "x") || number(c, "x") + number(c, "width") <= number(b, "x");
            assertThat(apart).isTrue();
        }
        for (var path : elements(drawn(h), "path")) {
            var words = path.getAttribute("d").substring(1).split("[ C]");
            assertThat(Double.parseDouble(words[1])).isLessThan(Double.parseDouble(words[words.length - 1]));
        }
    }

    @Test void largeGraphsAreCutToWhatIsNearTheResults() throws Exception {
        var x = v;
        for (int k = 0; k < 100_000; k++) x = sin(x);
        var svg = drawn(x);
        assertThat(elements(svg, "rect")).hasSize(Drawing.NODES);
        assertThat(elements(svg, "g").getLast().getAttribute("class")).isEqualTo("result");
    }
}
