package org.agnesi.symbolic;

import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agnesi.array.DType;
import org.agnesi.error.ShapeError;
import org.junit.jupiter.api.Test;

class TensorTypeTest {
    @Test void saysWhichSizesThereAre() {
        assertThatThrownBy(() -> dvector("v", -5)).isInstanceOf(ShapeError.class).hasMessage("""
            a type needs sizes of zero or more, or -1 for one known only at the call, but got -5 in [-5]
            Give every dimension its size.""");
        assertThatThrownBy(() -> tensor("t", DType.INT32, 3, -2)).isInstanceOf(ShapeError.class).hasMessage("""
            a type needs sizes of zero or more, or -1 for one known only at the call, but got -2 in [3, -2]
            Give every dimension its size.""");
    }
}
