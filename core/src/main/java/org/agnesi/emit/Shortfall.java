package org.agnesi.emit;

import org.agnesi.kernel.Program;
import org.jspecify.annotations.Nullable;

/// Why a program runs slower than others do.
public enum Shortfall {
    /// The loop evaluator runs it.
    NO_CODE("by the loop evaluator, since its code would have a method of more than 8,000 bytes, which HotSpot does not compile"),
    /// It stays code of numbers.
    NO_VECTORS("without vectors, since with them its code would have a method of more than 8,000 bytes, which HotSpot does not compile");

    private final String reason;

    Shortfall(String reason) { this.reason = reason; }

    /// Null where nothing is missing.
    public static @Nullable Shortfall of(Program program) {
        if (Emitter.listing(program, false) == null) return NO_CODE;
        return Simd.width() > 0 && Emitter.listing(program, true) == null ? NO_VECTORS : null;
    }

    @Override public String toString() { return reason; }
}
