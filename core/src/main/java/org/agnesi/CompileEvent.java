package org.agnesi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
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
}
