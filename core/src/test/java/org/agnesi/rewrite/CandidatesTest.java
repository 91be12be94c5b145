package org.agnesi.rewrite;

import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.sin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.op.Sin;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final Rewriter rewriter = new Rewriter(RuleSet.GENERAL, Strictness.DEFAULT);
    private final Candidates candidates = rewriter.candidates();

    private List<Expr> run(List<Expr> roots) { return rewriter.run(roots, new Trace(), candidates); }

    @Test void rulesAreTriedOnceWhereNoneApplies() {
        var x = dvector("x");
        var simple = run(List.of(log(exp(sin(x)).plus(x).times(2))));
        int tried = candidates.tried();
        assertThat(run(simple)).isEqualTo(simple);
        assertThat(candidates.tried()).isEqualTo(tried);
    }

    @Test void rulesAreTriedOnWhatIsNew() {
        var x = dvector("x");
        var simple = run(List.of(sin(x)));
        int tried = candidates.tried();
        assertThat(run(List.of(log(exp(simple.getFirst()))))).isEqualTo(simple);
        assertThat(candidates.tried()).isEqualTo(tried + 2);   // exp, where none applies, and log
    }

    @Test void whereARuleWasStoppedItIsTriedAgain() {
        var grows = Rule.rule("grows", Sin.class, (node, _) -> sin(node.arg(0).times(2)));
        var growing = new Rewriter(new RuleSet("growing", List.of(grows)), Strictness.DEFAULT);
        var stopped = new Trace();
        var known = growing.candidates();
        var sofar = growing.run(List.of(sin(dvector("x"))), stopped, known);
        assertThat(stopped.exhausted()).containsKey("grows");
        int tried = known.tried();
        growing.run(sofar, new Trace(), known);
        assertThat(known.tried()).isGreaterThan(tried);
    }
}
