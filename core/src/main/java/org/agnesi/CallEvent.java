package org.agnesi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/// A call of a compiled function, for Flight Recorder, unless it is quicker than the threshold: 1 ms, and any other the user sets.
@Name("org.agnesi.Call")
@Label("Call")
@Category("Agnesi")
@Description("A call of a compiled function")
@Threshold("1 ms")
final class CallEvent extends Event {
    @Label("Function") @Nullable String function;
}
