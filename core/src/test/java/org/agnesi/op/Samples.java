package org.agnesi.op;

import java.util.List;
import java.util.stream.Stream;

/// Every sample of every op: a new op adds a row to the list of its family.
public final class Samples {
    private Samples() {}

    public static Stream<Sample> all() {
        return Stream.of(
            ElementwiseSamples.all(),
            ReductionSamples.all(),
            MovementSamples.all(),
            ProductSamples.all(),
            ConstructionSamples.all(),
            IndexingSamples.all(),
            LinearAlgebraSamples.all(),
            LoopSamples.all(),
            JacobianSamples.all(),
            ImplicitSamples.all()).flatMap(List::stream);
    }
}
