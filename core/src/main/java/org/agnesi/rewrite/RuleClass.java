package org.agnesi.rewrite;

/// What a rule keeps of the values it rewrites; a test executes every rule and holds it to this.
///
/// | class       | holds                                                                                  |
/// |-------------|----------------------------------------------------------------------------------------|
/// | EXACT       | every bit                                                                              |
/// | SIGNED_ZERO | every bit but the sign of a zero                                                       |
/// | STRUCTURAL  | zeros that a construction implies are zeros whatever multiplies them                   |
/// | REAL        | the value for real numbers, up to rounding; no NaN and no ∞ where there was none        |
/// | REORDERED   | the same as REAL, but where sums of operands' elements overflow: sum(x / m) → sum(x) / m |
/// | FINITE      | only for finite operands: x·0 → 0                                                      |
public enum RuleClass { EXACT, SIGNED_ZERO, STRUCTURAL, REAL, REORDERED, FINITE }
