package org.agnesi.op;

import java.util.List;

/// Samples of solve, inverse, cholesky, slogdet.
final class LinearAlgebraSamples {
    private LinearAlgebraSamples() {}

    static List<Sample> all() { return List.of(); }
}
