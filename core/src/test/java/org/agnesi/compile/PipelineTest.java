package org.agnesi.compile;

import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.Agnesi;
import org.agnesi.error.RuleError;
import org.agnesi.rewrite.Pass;
import org.agnesi.rewrite.Passes;
import org.agnesi.rewrite.Strictness;
import org.agnesi.rewrite.Trace;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final Expr x = dvector("x");
    private final Pipeline pipeline = Pipeline.of(Strictness.DEFAULT);

    @Test void readsAloud() {
        assertThat(pipeline).hasToString("""
            rewriting
                bodies of loops and branches: go back through loops that store few states
                go back through loops that store few states
                make one of loops whose steps do the same
                go through states that another loop has instead of making them again, once all derivatives are taken
                jacobians of steps
                    move into steps the Jacobians that they multiply vectors by
                    bodies of loops and branches: move into steps the Jacobians that they multiply vectors by
                bodies of loops and branches: the graph
                the graph, and simpler ops in bodies of loops and branches that come to light
                    simplify
                    jacobians, and simplify again what that changed
                        loops over one-hot vectors
                        bodies of derivatives and calls: derivable
                        products with jacobians
                        inline
                    products, and simplify again what that changed
                        products in their cheapest order
                    shapes
                    slices, and simplify again what that changed
                        lift-slices
                    join-writes
                    turned-products
                    specialize
                    finish
                    unfold what is found by loops
            lowering
                bodies of loops and branches: choose by sizes between loops, not in their steps
                choose by sizes between loops, not in their steps
                bodies of loops and branches: go through states that another loop has instead of making them again
                go through states that another loop has instead of making them again
                bodies of loops and branches: keep what steps multiply that others make of their states again
                keep what steps multiply that others make of their states again
                sink into the branches of ifElse what only they use
                expand ops that have no loop of their own
                bodies of loops and branches: leave out what nobody reads
                leave out what nobody reads
                bodies of loops and branches: go through loops again of which a gradient stores few states
                go through loops again of which a gradient stores few states
                bodies of loops and branches: part in loops in steps what is the same at all of these from what is not
                part in loops in steps what is the same at all of these from what is not
                bodies of loops and branches: loops over steps
                loops over steps
                    leave out what nobody reads
                    take what is the same in all rows from one
                    keep what steps multiply that others make of their states again
                    move out what does not wait for a state
                    make one of loops whose steps do the same
                    multiply once what steps multiply and only a sum is wanted of
                    turn matrices that steps multiply by
                    keep only the last of states of which nothing else is read
                bodies of loops and branches: products, and merge again what that changed
                expand ops that have no loop of their own""");
    }

    @Test void rewritesThenLowers() {
        var simpler = pipeline.rewrite(List.of(softmax(log(exp(x))))).roots();
        assertThat(simpler).hasToString("[softmax(x, axis=0)]");
        assertThat(pipeline.lower(simpler).getFirst().node().op().name()).isEqualTo("div");
    }

    @Test void looksIntoTheBodiesOfLoops() {
        var loop = Agnesi.scan(x, 0.5, (e, s) -> e.plus(sum(softmax(log(exp(s)).plus(x)).times(x))));
        var body = pipeline.lower(pipeline.rewrite(List.of(loop)).roots()).getFirst().node().op().lambdas().getFirst();
        assertThat(body.results().toString()).doesNotContain("softmax", "log");
    }

    @Test void theReferenceRewritesNothing() {
        var y = log(exp(softmax(x)));
        assertThat(Pipeline.REFERENCE.lower(Pipeline.REFERENCE.rewrite(List.of(y)).roots())).containsExactly(y);
    }

    // what is checked after each pass

    private List<Expr> broken(UnaryOperator<List<Expr>> pass) {
        return new Passes("test", List.of(Pass.of("harmless", roots -> roots), Pass.of("broken", pass))).run(List.of(exp(x)), new Trace());
    }

    @Test void aPassThatChangesATypeIsNamed() {
        assertThatThrownBy(() -> broken(roots -> List.of(sum(x)))).isInstanceOf(RuleError.class).hasMessage("""
            the pass broken needs to keep types, but exp(x) of type float64[?] became sum(x) of type float64[]
            Cast or broadcast what it makes, or leave the node alone.""");
    }

    @Test void aPassThatLosesARootIsNamed() {
        assertThatThrownBy(() -> broken(roots -> List.of())).isInstanceOf(RuleError.class).hasMessage("""
            the pass broken needs as many roots after as before, but got 0 of 1
            Give one root for each, in their order.""");
    }

    @Test void aPassThatInventsAVariableIsNamed() {
        assertThatThrownBy(() -> broken(roots -> List.of(exp(dvector("y"))))).isInstanceOf(RuleError.class).hasMessage("""
            the pass broken needs to use the variables of its graph only, but [exp(x)] became [exp(y)], with the new variables [y]
            Bind them in a Lambda, or use what the graph has.""");
    }

    @Test void aPassMayRefineAType() {
        var known = dvector("x", 3);
        var unknown = known.reshape(known.length());
        assertThat(new Passes("test", List.of(Pass.of("refine", roots -> List.of(known)))).run(List.of(unknown), new Trace()))
            .containsExactly(known);
    }
}
