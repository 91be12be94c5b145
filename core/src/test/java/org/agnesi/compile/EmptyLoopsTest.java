package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Loops that are known to make no step read nothing.
class EmptyLoopsTest {
    private final Expr x = dmatrix("x", 0, 0);
    private final NDArray none = NDArray.wrap(new double[0], 0, 0);

    @Test void ofAPositionThatIsTheSameAtAllSteps() {
        var there = x.times(x).reshape(0).plus(1).reshape(0, 0);
        assertThat(function(x, there).call(none)).isEqualTo(none);
    }

    @Test void besideASum() {
        var there = x.times(x).reshape(0).plus(1).reshape(0, 0);
        assertThat(function(x, outputs(there, List.of(sum(there)))).callAll(none)).containsExactly(none, NDArray.of(0.0));
    }
}
