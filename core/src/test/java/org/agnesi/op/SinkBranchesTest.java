package org.agnesi.op;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.check;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agnesi.Mode;
import org.agnesi.array.NDArray;
import org.agnesi.error.CheckError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Pull;
import org.junit.jupiter.api.Test;

class SinkBranchesTest {
    private final Expr x = dscalar("x");
    private final Expr positive = x.gt(0);

    private static Expr never(Expr x) { return check(x, "not this side", constant(false)); }

    private static List<String> ops(List<Expr> roots) { return Graph.inOrder(roots).stream().map(Node::op).map(op -> op.name()).toList(); }

    private static NDArray at(double value, Expr x, List<Expr> roots) { return Graph.eval(roots, Map.of(x, NDArray.of(value))).getFirst(); }

    @Test void onlyTheChosenSideRuns() {
        var y = SinkBranches.sink(List.of(ifElse(positive, exp(x), never(exp(x.neg())))));
        assertThat(at(0, x, SinkBranches.sink(List.of(ifElse(positive, never(x), exp(x)))))).isEqualTo(NDArray.of(1.0));
        assertThatThrownBy(() -> at(-1, x, y)).isInstanceOf(CheckError.class).hasMessageContaining("""
            a check failed: not this side
            Condition 1 of it is false.""");
    }

    @Test void whatBothSidesUseStaysOutside() {
        var shared = exp(x);
        assertThat(ops(SinkBranches.sink(List.of(ifElse(positive, shared.times(2), shared.plus(1)))))).contains("exp", "branch").doesNotContain("mul", "add");
    }

    @Test void whatASideOnlyUsesInAChoiceOfItsOwnIsMadeByEach() {
        var shared = check(exp(x), "not made for all", x.gt(-1));
        var roots = SinkBranches.sink(List.of(ifElse(positive, shared.times(2), ifElse(x.gt(-1), shared.plus(1), x))));
        assertThat(at(0, x, roots)).isEqualTo(NDArray.of(2.0));
        assertThat(at(-2, x, roots)).isEqualTo(NDArray.of(-2.0));
    }

    /// What a derivative goes on with is needed on both sides of each choice, in one of them only as what is chosen there.
    @Test void theDerivativesOfChoicesInARowAreAsLongAsTheRow() {
        var v = dvector("v");
        long[] lines = {5, 10};
        for (int k = 0; k < 2; k++) {
            var y = v;
            for (int i = 0; i < lines[k]; i++) y = ifElse(y.get(0).gt(0), sin(y).times(v), y.minus(2));
            var wanted = List.of(y, grad(sum(y), v), jacobian(y, v));
            var f = function(List.of(v), wanted);
            var expected = function().inputs(v).outputs(wanted).mode(Mode.REFERENCE).compile();
            for (double first : new double[] {0.7, -0.3, 2.5, 9})
                for (int i = 0; i < 3; i++)
                    assertThat(f.callAll(new double[] {first, 0.4}).get(i).allClose(expected.callAll(new double[] {first, 0.4}).get(i), 1e-12, 1e-12)).isTrue();
            lines[k] = f.kernels().lines().count();
        }
        assertThat(lines[1]).isLessThan(3 * lines[0]);
    }

    @Test void whatIsOnlyTurnedIsTurnedOnEachSide() {
        var turned = dmatrix("A").T();
        var roots = SinkBranches.sink(List.of(ifElse(positive, exp(turned), turned.times(2))));
        assertThat(ops(roots)).contains("branch").doesNotContain("dimShuffle");
    }

    @Test void whatARootUsesStaysOutside() {
        var shared = exp(x);
        assertThat(ops(SinkBranches.sink(List.of(shared, ifElse(positive, shared.times(2), x))))).contains("exp").doesNotContain("mul");
    }

    /// Beside it no other value of the loop need be kept.
    @Test void theLastValueOfALoopThatRunsAnywayIsReadOutside() {
        var loop = scan();
        var h = loop.state(x);
        h.next(exp(h.previous()));
        loop.steps(lscalar("n"));
        var roots = SinkBranches.sink(List.of(h.last(), ifElse(positive, exp(h.last()), x)));
        var branch = Graph.inOrder(roots).stream().filter(node -> node.op() instanceof Branch).findFirst().orElseThrow();
        assertThat(branch.args()).doesNotContain(h.all());
        assertThat(ops(SinkBranches.sink(List.of(ifElse(positive, exp(h.last()), x))))).doesNotContain("scan");
    }

    @Test void nothingToSinkLeavesTheChoice() {
        assertThat(ops(SinkBranches.sink(List.of(ifElse(positive, x, dscalar("y")))))).contains("ifElse").doesNotContain("branch");
    }

    @Test void resultsOfOneConditionShareABranch() {
        var shared = never(exp(x));
        var roots = SinkBranches.sink(ifElse(positive, List.of(shared.times(2), shared.plus(1)), List.of(x, x.neg())));
        assertThat(ops(roots).stream().filter("branch"::equals)).hasSize(1);
        assertThat(at(-1, x, roots)).isEqualTo(NDArray.of(-1.0));
    }

    @Test void choicesInsideChoicesSinkDeeper() {
        var big = x.gt(10);
        var inner = ifElse(big, never(x.times(3)), exp(x));
        var roots = SinkBranches.sink(List.of(ifElse(positive, inner, never(x.times(2)))));
        assertThat(ops(roots)).contains("branch").doesNotContain("mul", "exp");
        assertThat(at(1, x, roots)).isEqualTo(at(1, x, List.of(exp(x))));
    }

    @Test void aChoiceThatFollowsAnotherOfOneConditionIsABranchOfItsOwn() {
        var first = ifElse(positive, exp(x), x.neg());
        var second = ifElse(positive, first.times(2), first.plus(1));
        assertThat(at(-3, x, SinkBranches.sink(List.of(second)))).isEqualTo(NDArray.of(4.0));
        assertThat(at(0.5, x, SinkBranches.sink(List.of(second)))).isEqualTo(at(0.5, x, List.of(exp(x).times(2))));
    }

    @Test void sinksInsideLoops() {
        var xs = dvector("xs");
        var loop = new OpenLoop();
        var xi = loop.over(xs, 0);
        loop.collect(ifElse(xi.gt(0), exp(xi), never(xi.neg())));
        var roots = SinkBranches.sink(loop.finish().collected());
        assertThat(Graph.eval(roots.getFirst(), Map.of(xs, NDArray.of(new double[] {0.5, 1}))).size()).isEqualTo(2);
    }

    @Test void manyChoicesInARowStayQuick() {
        var y = x;
        for (int i = 0; i < 50; i++) y = ifElse(y.gt(i), y.times(2), exp(y.neg()));
        assertThat(at(1, x, SinkBranches.sink(List.of(y)))).isEqualTo(at(1, x, List.of(y)));
    }

    @Test void noNaNComesBackThroughTheSideNotTaken() {
        var y = ifElse(positive, sqrt(x), x.times(2));
        var gradient = new ArrayList<>(Pull.pull(List.of(y), List.of(constant(1.0)), List.of(x)));
        assertThat(at(-4, x, gradient)).isEqualTo(NDArray.of(2.0));
        assertThat(at(-4, x, SinkBranches.sink(gradient))).isEqualTo(NDArray.of(2.0));
        assertThat(at(4, x, SinkBranches.sink(gradient))).isEqualTo(NDArray.of(0.25));
    }

    @Test void aBranchOnlyDerivesTheChosenSide() {
        var y = SinkBranches.sink(List.of(ifElse(positive, never(x.times(3)), exp(x))));
        var gradient = new ArrayList<>(Pull.pull(y, List.of(constant(1.0)), List.of(x)));
        assertThat(at(0, x, gradient)).isEqualTo(NDArray.of(1.0));
    }

    @Test void aConditionIsOneTruthValue() {
        assertThatThrownBy(() -> ifElse(dvector("c").gt(0), x, x)).isInstanceOf(TypeError.class).hasMessageContaining("""
            ifElse needs one condition, but got gt(c, 0) of type bool[?]
            Use where to choose element by element, or reduce it with any or all.""");
    }

    @Test void theSidesHaveOneRank() {
        assertThatThrownBy(() -> ifElse(positive, x, dvector("v"))).isInstanceOf(TypeError.class).hasMessageContaining("""
            ifElse needs two sides of one dtype and rank, but got
              x of type float64[]
              v of type float64[?]
            Reshape or cast one of them.""");
    }
}
