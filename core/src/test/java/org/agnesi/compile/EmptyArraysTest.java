package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What is known to have no elements is not read.
class EmptyArraysTest {
    private final Expr x = dmatrix("x", 0, 0);
    private final NDArray none = NDArray.wrap(new double[0], 0, 0);

    @Test void ofAPositionThatIsTheSameAtAllSteps() {
        var there = x.times(x).reshape(0).plus(1).reshape(0, 0);
        assertThat(function(x, there).call(none)).isEqualTo(none);
    }

    @Test void inLoopsOfUnknownLength() {
        var i = tensor("i", DType.INT64, -1);
        assertThat(function(List.of(x, i), x.times(2).reshape(0).get(i)).call(none, new long[0]).size()).isZero();
    }

    @Test void besideASum() {
        var there = x.times(x).reshape(0).plus(1).reshape(0, 0);
        assertThat(function(x, outputs(there, List.of(sum(there)))).callAll(none)).containsExactly(none, NDArray.of(0.0));
    }
}
