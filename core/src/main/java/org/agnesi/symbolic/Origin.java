package org.agnesi.symbolic;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The line of the user's program that asked for a node, printed `Calibration.java:42`.
///
/// A walk of the stack costs 3–4 µs, so it is made once per user call. What sweeps, rules and batching
/// build inherits the origin of the node it is built from: see [#inherit].
///
/// @param file the source file's name
/// @param line the line, from 1
/// @param note what stands before the place: empty, or `gradient of`
public record Origin(String file, int line, String note) {

    private static final String LIBRARY = "org.agnesi.";
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final ScopedValue<Origin> INHERITED = ScopedValue.newInstance();
    private static final Origin NOWHERE = new Origin("", 0, "");

    /// Whether user calls record their line; off with `-Dagnesi.origins=false`.
    private static final boolean RECORDED = !"false".equals(System.getProperty("agnesi.origins"));

    /// The origin of a node made now: the inherited one, else the first frame outside the library.
    static @Nullable Origin current() {
        if (INHERITED.isBound()) {
            var origin = INHERITED.get();
            return origin == NOWHERE ? null : origin;
        }
        return RECORDED ? WALKER.walk(frames -> frames
            .filter(frame -> isUsers(frame.getClassName()))
            .findFirst()
            .map(frame -> new Origin(String.valueOf(frame.getFileName()), frame.getLineNumber(), ""))
            .orElse(null)) : null;
    }

    /// The library's own classes are passed over, its tests and examples are users.
    private static boolean isUsers(String className) {
        return !className.startsWith(LIBRARY) || className.endsWith("Test") || className.contains("Test$");
    }

    /// Runs `body` so that every node it makes has `origin`.
    public static <T extends @Nullable Object> T inherit(@Nullable Origin origin, Supplier<T> body) {
        return ScopedValue.where(INHERITED, origin == null ? NOWHERE : origin).call(body::get);
    }

    /// This place, marked as the place that a derivative is of.
    public Origin gradient() { return note.isEmpty() ? new Origin(file, line, "gradient of ") : this; }

    @Override public String toString() { return note + file + ":" + line; }
}
