package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// A line of the user's program, printed `Calibration.java:42`: the nearest caller that is neither this library nor the JDK.
///
/// @param file the source file's name
/// @param line the line, from 1
public record Place(String file, int line) {
    private static final StackWalker WALKER = StackWalker.getInstance();

    /// The line being executed now; null where only the library or a test runner is on the stack. Costs 3–4 µs.
    public static @Nullable Place current() {
        return WALKER.walk(frames -> frames
            .filter(frame -> !isLibrary(frame.getClassName()))
            .findFirst()
            .filter(frame -> !isTestRunner(frame.getClassName()) && frame.getFileName() != null)
            .map(frame -> new Place(String.valueOf(frame.getFileName()), frame.getLineNumber()))
            .orElse(null));
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("org.agnesi.") || name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    }

    private static boolean isTestRunner(String name) { return name.startsWith("org.junit.") || name.startsWith("org.assertj."); }

    @Override public String toString() { return file + ":" + line; }
}
