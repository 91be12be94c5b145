package org.agnesi.op;

import java.util.List;

/// Samples of dimshuffle, reshape, broadcastTo, flip.
final class MovementSamples {
    private MovementSamples() {}

    static List<Sample> all() { return List.of(); }
}
