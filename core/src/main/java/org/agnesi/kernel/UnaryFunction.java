package org.agnesi.kernel;

/// A function of one scalar; its result has its argument's dtype.
///
/// NEG, ABS and SIGN take any number, NOT takes bools (logical) and integers (bitwise), the rest takes floats.
public enum UnaryFunction {
    NEG, ABS, SIGN, NOT,
    FLOOR, CEIL, RINT,
    SQRT, EXP, LOG, EXPM1, LOG1P,
    SIN, COS, TAN, ASIN, ACOS, ATAN,
    SINH, COSH, TANH,
    ERF, ERFC, LGAMMA, DIGAMMA,
    /// The logarithm of what is below the normal numbers; only the program of LOG uses it.
    LOG_TINY,
    /// The functions of angles beyond 2³⁰; only the programs of SIN, COS and TAN use them.
    SIN_FAR, COS_FAR, TAN_FAR,
    /// The functions left of the normal numbers above 0, and at their end, for the programs of LGAMMA and DIGAMMA; they serve everywhere.
    LGAMMA_FAR, DIGAMMA_FAR;

    /// Whether only floats have this function.
    public boolean needsFloat() { return ordinal() >= FLOOR.ordinal(); }

    /// Whether it takes a series or a polynomial: exp and what is like it.
    public boolean isElementary() { return ordinal() >= EXP.ordinal(); }
}
