package org.agnesi.emit;

import org.agnesi.error.IndexError;

/// A check of a program has failed: a position outside its axis, before anyone has said which op that was.
public final class OutsideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int site;
    private final int axis;
    private final long position;
    private final long size;

    public OutsideException(int site, int axis, long position, long size) {
        super(null, null, false, false);
        this.site = site;
        this.axis = axis;
        this.position = position;
        this.size = size;
    }

    /// Which of the program's checks has failed.
    public int site() { return site; }

    /// The error for users; a position that was counted from the end is told as it was given.
    public IndexError error() { return new IndexError(axis, position < 0 ? position - size : position, size); }
}
