package org.agnesi.emit;

import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.lvector;
import static org.agnesi.Tensors.repeat;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tile;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Storage;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class IndependenceTest {
    private static final Local I = new Local(0, DType.INT64);
    private final Expr x = dmatrix("x");
    private final Expr v = dvector("v");
    private final Expr z = dmatrix("z", -1, 10);
    private final Expr w = dmatrix("w", -1, 300);
    private final Expr i = lvector("i");
    private final Expr u = dvector("u");

    @Test void pointsAndBlocksAreIndependent() {
        assertThat(loops(exp(v))).containsExactly(List.of());
        assertThat(loops(sum(exp(v)))).containsExactly(List.of());
        assertThat(loops(x.T().times(2))).containsExactly(List.of());
        assertThat(loops(v.get(i))).containsExactly(List.of());
    }

    @Test void rowsAreIndependent() {
        assertThat(loops(sum(x, 1))).containsExactly(List.of());
        assertThat(loops(cumsum(x, 1))).containsExactly(List.of());
        assertThat(loops(tile(x, 2, 3))).containsExactly(List.of());
        assertThat(loops(repeat(x, 5, 1))).containsExactly(List.of());
    }

    @Test void aRowOfScratchIsEachThreadsOwn() {
        var y = softmax(x);
        assertThat(loops(sum(y.times(tanh(y)), 1)).getFirst()).hasSize(1);
    }

    @Test void blocksOfRowsAre() { assertThat(loops(softmax(z, 1)).getFirst()).as("the scratch of a block").hasSize(5); }

    @Test void blocksOfColumnsAre() {
        assertThat(loops(sum(x, 0))).as("many, and few").containsExactly(List.of(2, 3, 4), List.of());
        var y = tanh(x);
        assertThat(loops(List.of(y, sum(y, 0)))).as("what is stored at all rows of a column").containsExactly(List.of(3, 4, 5), List.of());
        assertThat(loops(sum(w, 0))).containsExactly(List.of(2, 3, 4));
    }

    /// `row * n + (i * 4 + k)` is of a column that no other i has only where `i * 4 + k < n`.
    @Test void columnsThatEndInTheNextRowAreNot() {
        Scalar n = Scalar.constant(10L), start = Scalar.mul(I, Scalar.constant(4L));
        var k = new Local(1, DType.INT64);
        var row = new Local(2, DType.INT64);
        var place = Scalar.add(Scalar.mul(row, n), Scalar.add(start, k));
        for (boolean ends : List.of(false, true)) {
            Scalar width = ends ? Scalar.min(Scalar.constant(4L), Scalar.sub(n, start)) : Scalar.constant(4L);
            var loop = new For(I, Scalar.constant(3L), new For(row, Scalar.constant(5L), new For(k, width,
                new Store(0, place, Scalar.exp(new Load(0, DType.FLOAT64, place))))));
            var found = Independence.of(loop, new Program(List.of(Storage.output("y", DType.FLOAT64, 1)), loop));
            assertThat(found == null).isEqualTo(!ends);
        }
    }

    @Test void whatRunsOnFromIndexToIndexIsNot() { assertThat(loops(cumsum(v))).containsOnlyNulls(); }

    @Test void updatesAtPlacesThatDataSaysAreNot() {
        assertThat(loops(v.at(i).add(u))).as("the copy, the updates").containsExactly(List.of(), null);
        assertThat(loops(v.at(i).set(u))).containsExactly(List.of(), null);
    }

    @Test void partsOfAnArrayAreNotTakenForAllOfIt() {
        assertThat(loops(concatenate(List.of(x, x), 1))).as("rows of two blocks side by side: nobody can tell").containsOnlyNulls();
    }

    @Test void aNeighbourThatWasWrittenBeforeIsSeen() {
        var before = new Load(0, DType.FLOAT64, Scalar.sub(I, Scalar.constant(1L)));
        var loop = new For(I, Scalar.constant(9L), new Store(0, I, before));
        assertThat(Independence.of(loop, new Program(List.of(Storage.output("y", DType.FLOAT64, 1)), loop))).isNull();
    }

    @Test void aStateThatIsReadBeforeItIsWrittenIsNotAScratch() {
        var at = Scalar.constant(0L);
        var state = new Load(1, DType.FLOAT64, at);
        var loop = new For(I, Scalar.constant(9L), Stmt.seq(new Store(0, I, state), new Store(1, at, Scalar.exp(state))));
        var buffers = List.of(Storage.output("y", DType.FLOAT64, 1), Storage.scratch("h", DType.FLOAT64, Scalar.constant(1L)));
        assertThat(Independence.of(loop, new Program(buffers, loop))).isNull();
    }

    /// For each outermost loop the scratch of its own, or null where its indices depend on each other.
    private List<List<Integer>> loops(Expr y) { return loops(List.of(y)); }

    private List<List<Integer>> loops(List<Expr> y) {
        var inputs = List.of(x, v, i, u, z, w);
        var found = new ArrayList<List<Integer>>();
        for (var program : Plan.of(inputs, y, Backend.POINTS).schedule().programs()) for (var stmt : steps(program.body()))
            if (stmt instanceof For || stmt instanceof Fold) {
                var own = Independence.of(stmt, program);
                found.add(own == null ? null : List.copyOf(own));
            }
        return found;
    }

    private static List<Stmt> steps(Stmt body) {
        return switch (body) {
            case Seq(var steps) -> steps.stream().flatMap(step -> steps(step).stream()).toList();
            case If(_, var then, var otherwise) -> Stream.of(then, otherwise).flatMap(side -> steps(side).stream()).toList();
            case Stmt one -> List.of(one);
        };
    }
}
