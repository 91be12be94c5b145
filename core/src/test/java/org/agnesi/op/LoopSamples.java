package org.agnesi.op;

import java.util.List;

/// Samples of scan, ifElse, call, draws, prints, asserts.
final class LoopSamples {
    private LoopSamples() {}

    static List<Sample> all() { return List.of(); }
}
