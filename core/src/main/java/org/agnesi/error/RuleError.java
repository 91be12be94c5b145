package org.agnesi.error;

/// A rewrite rule, or a pass, is not one: it invents a variable or changes a type.
///
/// ```java
/// rule("log-of-exp", log(exp(x))).to(y);   // fails: nothing says what y is
/// rule("log-of-exp", log(exp(x))).to(x);   // works
/// ```
public final class RuleError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public RuleError(String message) { super(message); }
}
