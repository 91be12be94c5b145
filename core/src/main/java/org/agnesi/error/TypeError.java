package org.agnesi.error;

/// An operand whose element type or number of dimensions does not fit.
public class TypeError extends AgnesiException {
    private static final long serialVersionUID = 1;

    public TypeError(String message) {
        super(message);
    }
}
