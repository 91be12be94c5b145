package org.agnesi.error;

/// A mistake that Agnesi found, and what to do about it: the parent of every exception of this library.
public class AgnesiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AgnesiException(String message) {
        super(message);
    }

    public AgnesiException(String message, Throwable cause) {
        super(message, cause);
    }
}
