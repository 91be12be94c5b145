package org.agnesi.rewrite;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.abs;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.check;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.erf;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.print;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.rewrite.Rule.rule;
import static org.agnesi.rewrite.Wild.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.compile.Pipeline;
import org.agnesi.error.Place;
import org.agnesi.error.RuleError;
import org.agnesi.op.Constant;
import org.agnesi.op.Length;
import org.agnesi.op.Sin;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Origin;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.junit.jupiter.api.Test;

class RewriterTest {
    private static final Expr x = any("x");
    private final Expr a = dvector("a"), b = dvector("b");

    private static Pipeline.Rewritten rewritten(Expr... roots) { return Pipeline.of(Strictness.DEFAULT).rewrite(List.of(roots)); }

    private static Expr one(Expr root) { return rewritten(root).roots().getFirst(); }

    private static Rewriter only(Rule... rules) { return new Rewriter(new RuleSet("test", List.of(rules)), Strictness.DEFAULT); }

    // the walk

    @Test void whatARuleMakesIsLookedAtAgain() { assertThat(one(log(exp(log(exp(neg(neg(a)))))))).isSameAs(a); }

    @Test void rootsKeepTheirOrder() { assertThat(rewritten(mul(b, 1), a, b).roots()).containsExactly(b, a, b); }

    @Test void aGraphWithNothingToDoIsItself() {
        var y = sin(a);
        assertThat(one(y)).isSameAs(y);
    }

    @Test void aLongChainDoesNotOverflow() {
        var y = dscalar("s");
        for (int i = 0; i < 200_000; i++) y = i % 4 == 0 ? mul(y, 1) : sin(y);
        assertThat(Graph.inOrder(only(rule("mul-one", Notation.mul(x, 1)).to(x)).run(List.of(y), new Trace()))).hasSize(150_001);
    }

    @Test void rulesThatUndoEachOtherEnd() {
        var there = rule("there", Notation.sub(x, any("y"))).to(Notation.add(x, neg(any("y"))));
        var back = rule("back", Notation.add(x, neg(any("y")))).to(Notation.sub(x, any("y")));
        var y = sub(a, b);
        assertThat(only(there, back).run(List.of(y), new Trace())).hasSize(1);
    }

    @Test void aRuleThatGrowsTheGraphIsStoppedByTheNodesItMakes() {
        var longer = x;
        for (int i = 0; i < 20; i++) longer = neg(longer);
        var grow = rule("grow", sin(x)).to(sin(longer));
        var one = rule("mul-one", Notation.mul(x, 1)).to(x);
        var trace = new Trace();
        var roots = only(grow, one).run(List.of(mul(sin(a), 1)), trace);
        assertThat(Graph.inOrder(roots)).hasSizeBetween(250, 300);
        assertThat(new Explanation(roots, roots, List.of(grow, one), Strictness.DEFAULT, trace)).asString()
            .startsWith("grow ×14\n").contains("mul-one\n    ")
            .endsWith("grow was stopped: it had made as many nodes as one rule may in a graph of this size, 296");
    }

    @Test void aStoppedRuleSaysWhyItDidNotFireAgain() {
        var grow = rule("grow", sin(x)).to(sin(sin(x)));
        var trace = new Trace();
        only(grow).run(List.of(sin(a)), trace);
        assertThat(new Explanation(List.of(a), List.of(a), List.of(grow), Strictness.DEFAULT, trace).whyNot("grow"))
            .isEqualTo("grow was stopped: it had made as many nodes as one rule may in a graph of this size, 232");
    }

    @Test void aReplacementThatContainsWhatItReplacesNamesItsRule() {
        var twice = rule("twice", Sin.class, (node, _) -> mul(2, node.result(0)));
        assertThatThrownBy(() -> only(twice).run(List.of(exp(sin(a))), new Trace())).isInstanceOf(RuleError.class).hasMessage("""
            rule "twice" turns sin(a)
            into 2 * sin(a), which contains it; what stands in its place must do without it.
            Make it of the inputs of what it replaces.""");
        var itself = rule("itself", Sin.class, (node, _) -> node.result(0));
        assertThat(only(itself).run(List.of(sin(a)), new Trace())).hasSize(1);
    }

    @Test void aNewNodeHasTheLineOfTheOld() {
        var line = new Origin(new Place("Calibration.java", 42), "");
        var y = Origin.inherit(line, () -> log(add(1, a)));
        assertThat(one(y).node().origin()).isEqualTo(line);
    }

    // merging

    @Test void equalComputationsBecomeOne() {
        var roots = new Merge().run(List.of(sin(add(a, b)), sin(add(b, a))), new Trace());
        assertThat(roots.get(0)).isSameAs(roots.get(1));
    }

    @Test void equalConstantsBecomeOne() {
        var roots = new Merge().run(List.of(mul(a, constant(new double[] {1, 2})), mul(a, constant(new double[] {1, 2}))), new Trace());
        assertThat(roots.get(0)).isSameAs(roots.get(1));
    }

    @Test void twoVariablesOfOneNameStayTwo() {
        var roots = rewritten(sin(dscalar("x")), sin(dscalar("x"))).roots();
        assertThat(roots.get(0)).isNotSameAs(roots.get(1));
    }

    @Test void twoDrawsStayTwo() {
        var first = Expr.of(new Draw(), a);
        var second = Expr.of(new Draw(), a);
        var difference = one(sub(first, second));
        assertThat(Graph.inOrder(List.of(difference)).stream().filter(n -> n.op() instanceof Draw)).hasSize(2);
    }

    @Test void twoPrintsAndTwoChecksStayTwo() {
        var prints = new Merge().run(List.of(print(a, "a"), print(a, "a")), new Trace());
        assertThat(prints.get(0)).isNotSameAs(prints.get(1));
        var positive = all(a.gt(0));
        var checks = new Merge().run(List.of(check(a, "a", positive), check(a, "a", positive)), new Trace());
        assertThat(checks.get(0)).isNotSameAs(checks.get(1));
    }

    @Test void twoEqualScansBecomeOne() {
        var first = scan(a, constant(0.0), (e, sum) -> sum.times(2).plus(e));
        var second = scan(a, constant(0.0), (item, total) -> total.times(2).plus(item));
        var roots = new Merge().run(List.of(first, second), new Trace());
        assertThat(roots.get(0)).isSameAs(roots.get(1));
    }

    @Test void twoScansThatDifferInsideStayTwo() {
        var first = scan(a, constant(0.0), (e, sum) -> sum.times(2).plus(e));
        var second = scan(a, constant(0.0), (e, sum) -> sum.times(3).plus(e));
        var roots = new Merge().run(List.of(first, second), new Trace());
        assertThat(roots.get(0)).isNotSameAs(roots.get(1));
    }

    /// An op whose nodes are not interchangeable, as a random draw.
    private record Draw() implements OpN {
        @Override public TensorType type(List<Expr> in) { return in.getFirst().type(); }
        @Override public NDArray value(List<NDArray> in) { return in.getFirst(); }
        @Override public List<Partial> partials(List<Expr> in, Expr out) { return List.of(Partial.zero()); }
        @Override public List<Expr> outputShape(List<Expr> in) { return in.getFirst().lengths(); }
        @Override public boolean isMergeable() { return false; }
    }

    // folding

    @Test void constantsFold() { assertThat(one(mul(constant(2.0), exp(constant(0.0))))).hasToString("2.0"); }

    @Test void drawsDoNotFold() {
        var draw = Expr.of(new Draw(), constant(new double[] {1, 2}));
        assertThat(one(draw).node().op()).isInstanceOf(Draw.class);
    }

    @Test void upTo4KBFold() {
        assertThat(one(sin(constant(numbers(512)))).node().op()).isInstanceOf(Constant.class);
        var large = sin(constant(numbers(513)));
        assertThat(one(large)).isSameAs(large);
    }

    private static NDArray numbers(int n) {
        return NDArray.generateDoubles(DType.FLOAT64, org.agnesi.array.Shape.of(n), i -> Math.sin(i) * 5);
    }

    /// Against the kernel that computes the same of an argument; not every one of these has the bits of java.lang.Math.
    @Test void foldingChangesNoBit() {
        var x = dvector("x");
        var at = numbers(500);
        for (var f : List.<UnaryOperator<Expr>>of(e -> exp(e), e -> sin(e), e -> erf(e), e -> log(abs(e)), e -> tanh(e))) {
            var folded = function(List.of(), f.apply(constant(at)));
            assertThat(folded.graph().getFirst().node().op()).isInstanceOf(Constant.class);
            assertThat(bits(folded.call())).as(f.apply(x).toString()).isEqualTo(bits(function(x, f.apply(x)).call(at)));
        }
    }

    private static long[] bits(NDArray values) {
        return Arrays.stream(values.toDoubleArray()).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    // shapes

    @Test void theLengthOfAResultIsThatOfItsInput() {
        var n = one(exp(mul(a, 2)).length());
        assertThat(n.node().op()).isInstanceOf(Length.class);
        assertThat(n.node().arg(0)).isSameAs(a);
    }

    @Test void lengthsThatMustBeEqualBecomeOne() {
        var roots = rewritten(add(a, b), a.length(), b.length()).roots();
        assertThat(roots.get(2)).isSameAs(roots.get(1));
    }

    @Test void aKnownLengthIsPreferred() {
        var c = dvector("c", 3);
        assertThat(rewritten(add(a, c), a.length()).roots().get(1)).hasToString("3");
    }

    // bodies

    @Test void theGraphsInsideOpsAreRewritten() {
        var e = dscalar("e");
        var loop = Expr.of(new Holder(new Lambda(List.of(e), List.of(log(exp(e))))), dscalar("s"));
        var body = one(loop).node().op().lambdas().getFirst();
        assertThat(body.results()).containsExactlyElementsOf(body.params());
    }

    private record Holder(Lambda body) implements OpN {
        @Override public TensorType type(List<Expr> in) { return in.getFirst().type(); }
        @Override public NDArray value(List<NDArray> in) { return Graph.eval(body.results().getFirst(), Map.of(body.params().getFirst(), in.getFirst())); }
        @Override public List<Partial> partials(List<Expr> in, Expr out) { return List.of(Partial.zero()); }
        @Override public List<Expr> outputShape(List<Expr> in) { return in.getFirst().lengths(); }
        @Override public List<Lambda> lambdas() { return List.of(body); }
        @Override public org.agnesi.symbolic.Op withLambdas(List<Lambda> lambdas) { return new Holder(lambdas.getFirst()); }
    }

    // strictness

    @Test void strictLeavesWhatRoundsDifferently() {
        assertThat(Pipeline.of(Strictness.STRICT).rewrite(List.of(log(add(1, a)))).roots().getFirst()).hasToString("log(1.0 + a)");
    }

    @Test void timesZeroStaysWhereInfinityMayBe() {
        assertThat(one(mul(a, 0.0))).hasToString("a * 0.0");
        assertThat(Pipeline.of(Strictness.FINITE).rewrite(List.of(mul(a, 0.0))).roots().getFirst()).hasToString("0.0");
    }

    @Test void timesZeroGoesWhereTheOperandIsFinite() {
        var i = tensor("i", DType.INT64, -1);
        assertThat(one(mul(i, 0))).hasToString("0");
    }

    // explanations

    @Test void theExplanationListsWhatFired() {
        var explanation = rewritten(log(add(1, mul(a, 1)))).explanation();
        assertThat(explanation.fired().stream().map(Trace.Fired::name)).contains("mul-one", "log-one-plus");
        assertThat(explanation.toString()).contains("log-one-plus\n    log(1.0 + a) → log1p(a)");
    }

    @Test void theExplanationSaysWhyNot() {
        var e = rewritten(exp(log(a)), add(2, a)).explanation();
        assertThat(e.whyNot("exp-of-log")).isEqualTo("exp-of-log did not fire: at exp(log(a)), nonNegative(x) is not known");
        assertThat(e.whyNot("log-one-plus")).isEqualTo("log-one-plus did not fire: nearest is log(a): wanted 1 + x, got a");
        assertThat(e.whyNot("abs-of-abs")).isEqualTo("abs-of-abs did not fire: there is no Abs in the graph");
        assertThat(e.whyNot("no-such-rule")).startsWith("there is no rule \"no-such-rule\"; there are ");
        var strict = Pipeline.of(Strictness.STRICT).rewrite(List.of(log(add(1, a)))).explanation();
        assertThat(strict.whyNot("log-one-plus")).isEqualTo("log-one-plus is of class REAL, which this mode leaves out");
    }

    // size

    @Test void theSumOfAMatrixAndItsTransposeIsTwice() {
        var A = dmatrix("A");
        assertThat(one(add(sum(A), sum(A.T())))).hasToString("2.0 * sum(A)");
    }
}
