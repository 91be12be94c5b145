package org.agnesi;

import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;

/// What Flight Recorder is told, where anyone may be recording: else the events' classes are not even loaded, which would start most
/// of it with the first function.
final class Recorded {
    private Recorded() {}

    /// Whether anyone may be recording: one field read, and nothing is allocated where no one is.
    static boolean isPossible() { return FlightRecorder.isInitialized(); }

    /// Does a phase of a function's compilation.
    static <T> T phase(String function, String phase, Supplier<T> body) {
        if (!isPossible()) return body.get();
        var event = new CompileEvent();
        event.begin();
        var result = body.get();
        event.function = function;
        event.phase = phase;
        event.commit();
        return result;
    }

    /// Does a call of a function.
    static <T> T call(String function, Supplier<T> body) {
        var event = new CallEvent();
        event.begin();
        try {
            return body.get();
        } finally {
            event.function = function;
            event.commit();
        }
    }
}
