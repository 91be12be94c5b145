package org.agnesi.rewrite;

import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.lscalar;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.op.PutSlice;
import org.agnesi.op.Scatter;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Op;
import org.junit.jupiter.api.Test;

class JoinWritesTest {
    private final Expr x = dvector("x");
    private final Expr a = dscalar("a"), b = dscalar("b");

    private static List<Expr> joined(Expr... roots) { return new JoinWrites().run(List.of(roots), new Trace()); }

    private static long count(List<Expr> roots, Class<? extends Op> op) {
        return Graph.inOrder(roots).stream().filter(node -> op.isInstance(node.op())).count();
    }

    private static void stays(Expr... roots) { assertThat(joined(roots)).isEqualTo(List.of(roots)); }

    @Test void manyWritesBecomeOne() {
        var y = x.at(0).add(a).at(-1).add(b).at(0).add(b);
        var roots = joined(y);
        assertThat(count(roots, PutSlice.class)).isZero();
        assertThat(count(roots, Scatter.class)).isOne();
        var at = Map.of(x, NDArray.of(new double[] {0.1, 1, 2}), a, NDArray.of(0.2), b, NDArray.of(1e-16));
        assertThat(Graph.eval(roots.getFirst(), at)).isEqualTo(Graph.eval(y, at));
    }

    @Test void rowsAndColumnsToo() {
        var m = dmatrix("m", 2, 3);
        for (int axis = 0; axis < 2; axis++) {
            var row = dvector("r", 3 - axis);
            var y = axis == 0 ? m.at(1).add(row).at(0).add(row.times(2)) : m.at(all(), 2).add(row)
                .at(all(), 0).add(row.times(3));
            var at = Map.of(m, NDArray.of(new double[][] {{1, 2, 3}, {4, 5, 6}}), row, NDArray.of(IntStream.range(1, 4 - axis).asDoubleStream().toArray()));
            assertThat(count(joined(y), Scatter.class)).isOne();
            assertThat(Graph.eval(joined(y).getFirst(), at)).isEqualTo(Graph.eval(y, at));
        }
    }

    @Test void longChainsAreJoinedInPieces() {
        var y = x;
        for (int i = 0; i < 1000; i++) y = y.at(i % 7).add(a.times(i));
        var roots = joined(y);
        assertThat(count(roots, PutSlice.class)).isZero();
        assertThat(count(roots, Scatter.class)).isEqualTo(16);
        var at = Map.of(x, NDArray.of(new double[7]), a, NDArray.of(0.1));
        assertThat(Graph.eval(roots.getFirst(), at)).isEqualTo(Graph.eval(y, at));
    }

    @Test void valuesThatAreWritesThemselves() {
        var inner = x.at(0).add(a).at(1).add(b);
        var y = x.at(2).add(inner.get(0)).at(1).add(inner.get(1));
        var at = Map.of(x, NDArray.of(new double[] {1, 2, 3}), a, NDArray.of(10.0), b, NDArray.of(20.0));
        assertThat(count(joined(y), Scatter.class)).isEqualTo(2);
        assertThat(Graph.eval(joined(y).getFirst(), at)).isEqualTo(Graph.eval(y, at));
    }

    @Test void whatSomebodyElseReadsStays() {
        var first = x.at(0).add(a);
        stays(first, first.at(1).add(b));
        stays(first.at(1).add(first.get(1)));
    }

    @Test void otherWritesStay() {
        stays(x.at(0).add(a));
        stays(x.at(0).set(a).at(1).set(b));
        stays(x.at(lscalar("i")).add(a).at(1).add(b));
        var m = dmatrix("m");
        stays(m.at(0, 1).add(a).at(1, 1).add(b));
        stays(m.at(0).add(a).at(all(), 1).add(b));
    }

    @Test void theExplanationTellsOfIt() {
        var trace = new Trace();
        new JoinWrites().run(List.of(x.at(0).add(a).at(1).add(b)), trace);
        assertThat(trace.fired()).singleElement().satisfies(f -> assertThat(f.name()).isEqualTo("join-writes"));
    }
}
