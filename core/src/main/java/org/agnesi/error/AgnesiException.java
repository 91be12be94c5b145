package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// A mistake that Agnesi found, and what to do about it: the parent of every exception of this library.
///
/// The message says what was wanted, what came and what to do, and ends with the user's line:
/// `…        at Calibration.java:42`.
public class AgnesiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final String BEFORE_PLACE = "        at ";

    private final transient @Nullable Object place;

    public AgnesiException(String message) { this(message, null, Place.current()); }

    public AgnesiException(String message, Throwable cause) { this(message, cause, Place.current()); }

    /// @param place what the message ends with instead of the line being executed; null for nothing
    protected AgnesiException(String message, @Nullable Throwable cause, @Nullable Object place) {
        super(place == null ? message : message + BEFORE_PLACE + place, cause);
        this.place = place;
    }

    /// The message without the line: for errors that say where inside of something larger this one happened.
    public String reason() {
        var message = String.valueOf(getMessage());
        return place == null ? message : message.substring(0, message.length() - ("        at " + place).length());
    }

    /// The user's line, where one is known.
    public @Nullable Object place() { return place; }

    /// The message without the line, for those who typed no Java.
    public String problem() {
        var message = String.valueOf(getMessage());
        return place == null ? message : message.replace(BEFORE_PLACE + place, "");
    }
}
