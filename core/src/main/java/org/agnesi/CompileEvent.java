package org.agnesi;

import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A phase of a function's compilation, for Flight Recorder: `rewrite`, `schedule`, `kernels`.
@Name("org.agnesi.Compile")
@Label("Compilation phase")
@Category("Agnesi")
@Description("A phase of compiling a function: rewrite, schedule or kernels")
@StackTrace(false)
final class CompileEvent extends Event {
    @Label("Function") @Nullable String function;
    @Label("Phase") @Nullable String phase;

    static <T> T phase(String function, String phase, Supplier<T> body) {
        if (!FlightRecorder.isInitialized()) return body.get();
        var event = new CompileEvent();
        event.begin();
        var result = body.get();
        event.function = function;
        event.phase = phase;
        event.commit();
        return result;
    }
}
