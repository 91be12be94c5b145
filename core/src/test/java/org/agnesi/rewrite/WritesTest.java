package org.agnesi.rewrite;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.zerosLike;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.compile.Pipeline;
import org.agnesi.op.Add;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

class WritesTest {
    private final Expr x = dvector("x", 4);
    private final Expr v = dscalar("v");
    private final Expr i = lscalar("i");

    private static Expr rewritten(Expr e) { return Pipeline.of(Strictness.DEFAULT).rewrite(List.of(e)).roots().getFirst(); }

    private static List<String> ops(Expr e) { return Graph.inOrder(List.of(rewritten(e))).stream().map(node -> node.op().name()).toList(); }

    // reads

    @Test void whatWasWrittenIsReadBack() {
        assertThat(rewritten(x.at(1).set(v).get(1))).isSameAs(v);
        assertThat(rewritten(x.at(i).set(v).get(i))).isSameAs(v);
        assertThat(ops(x.at(new int[] {2, 0}).set(v).get(new int[] {2, 0}))).doesNotContain("scatter", "gather");
    }

    @Test void otherElementsAreAsBefore() {
        assertThat(rewritten(x.at(1).set(v).get(2))).hasToString("x[2]");
        assertThat(rewritten(x.at(range(0, 2)).set(v).get(from(2)))).hasToString("x[2:]");
        assertThat(ops(x.at(new int[] {2, 0}).set(v).get(new int[] {1, 3}))).contains("gather").doesNotContain("scatter");
    }

    @Test void elementsThatMayBeTheSameAreReadAfterTheWrite() {
        assertThat(ops(x.at(i).set(v).get(1))).contains("putSlice");
        assertThat(ops(x.at(1).set(v).get(i))).contains("putSlice");
        assertThat(ops(x.at(range(0, 3)).set(v).get(from(2)))).contains("putSlice");
        assertThat(ops(x.at(new int[] {2, 0}).set(v).get(new int[] {0, 1}))).contains("scatter");
        assertThat(ops(x.at(new int[] {2, 2}).add(v).get(new int[] {2, 2}))).contains("scatter");
    }

    @Test void aWriteThatMayBeOutsideStays() {
        var unsized = dvector("u");
        assertThat(ops(unsized.at(1).set(v).get(2))).contains("putSlice");
    }

    @Test void aRowOfAnIdentityIsOneHot() {
        assertThat(ops(eye(4).get(2))).doesNotContain("eye", "slice");
        assertThat(ops(eye(i).get(2))).contains("eye");
        assertThat(ops(eye(4).get(i))).contains("eye");
        assertThat(ops(eye(4).get(range(0, 2)))).contains("eye");
    }

    // sums

    @Test void aSumWithAWriteIntoZerosWritesIntoTheSum() {
        assertThat(rewritten(add(x, zerosLike(x).at(1).set(v)))).hasToString("x.at[1].add(v)");
        assertThat(ops(add(x, x.at(1).set(v)))).contains("add");
        assertThat(ops(add(x, zerosLike(x).at(new int[] {1, 1}).set(v)))).contains("add");
    }

    @Test void theGradientOfManyReadsAddsNoVectors() {
        Expr y = sin(x.get(0));
        for (int k = 1; k < 4; k++) y = y.plus(sin(x.get(k)).times(k));
        var g = rewritten(grad(y, x));
        assertThat(Graph.inOrder(List.of(g)).stream().filter(node -> node.op() instanceof Add && node.types().getFirst().rank() > 0)).isEmpty();
        var at = new double[] {0.1, 0.2, 0.3, 0.4};
        var slopes = function(x, grad(y, x)).call((Object) at).toDoubleArray();
        for (int k = 0; k < 4; k++) assertThat(slopes[k]).isEqualTo(Math.cos(at[k]) * Math.max(1, k));
    }
}
