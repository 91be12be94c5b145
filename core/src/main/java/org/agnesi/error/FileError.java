package org.agnesi.error;

/// A file does not hold what its format promises: it is cut short, of another kind, or has a cell that is no number.
///
/// A file that is missing or unreadable is a [java.io.IOException] instead.
///
/// ```java
/// NpyFile.read(Path.of("objects.npy"));   // fails: numpy.save(…, array of Python objects)
/// NpyFile.read(Path.of("numbers.npy"));   // works: numpy.save(…, array.astype("float64"))
/// ```
public final class FileError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public FileError(String message) { super(message); }

    public FileError(String message, Throwable cause) { super(message, cause); }
}
