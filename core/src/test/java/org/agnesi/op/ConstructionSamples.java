package org.agnesi.op;

import java.util.List;
import org.agnesi.Tensors;
import org.agnesi.array.DType;

/// Samples of arange, eye, oneHot, cast to a shape.
final class ConstructionSamples {
    private ConstructionSamples() {}

    static List<Sample> all() {
        return List.of(
            Sample.binary("fill", Tensors::fill, Input.of(3, 4), Input.of()).and(DType.INT32, DType.BOOL));
    }
}
