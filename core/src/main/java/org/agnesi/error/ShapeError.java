package org.agnesi.error;

/// Dimensions that do not fit each other, or an index outside of them.
public class ShapeError extends AgnesiException {
    private static final long serialVersionUID = 1;

    public ShapeError(String message) {
        super(message);
    }
}
