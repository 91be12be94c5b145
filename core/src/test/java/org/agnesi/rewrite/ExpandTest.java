package org.agnesi.rewrite;

import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.op.Mean;
import org.agnesi.op.Softmax;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

class ExpandTest {
    @Test void shorthandsBecomeWhatTheyStandFor() {
        var y = mean(softmax(dmatrix("x")));
        var expanded = new Expand(node -> true).run(List.of(y), new Trace());
        assertThat(Graph.inOrder(expanded)).noneMatch(n -> n.op() instanceof Mean || n.op() instanceof Softmax);
    }

    @Test void onlyTheChosenOnesExpand() {
        var y = mean(softmax(dmatrix("x")));
        var expanded = new Expand(node -> node.op() instanceof Mean).run(List.of(y), new Trace());
        assertThat(Graph.inOrder(expanded)).anyMatch(n -> n.op() instanceof Softmax).noneMatch(n -> n.op() instanceof Mean);
    }
}
