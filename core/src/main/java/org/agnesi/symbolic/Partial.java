package org.agnesi.symbolic;

import java.util.function.UnaryOperator;

/// The derivative of an op's result with respect to one input: a linear map and its transpose.
///
/// `push` carries a tangent forward (Rop), `pull` carries a cotangent back (Lop). Keeping the two
/// side by side lets one law test every op: `⟨g, push(dx)⟩ = ⟨pull(g), dx⟩`.
public sealed interface Partial {

    /// A linear map `dx ↦ dy` and its transpose `g ↦ x̄`; both only build graphs.
    record Linear(UnaryOperator<Expr> push, UnaryOperator<Expr> pull) implements Partial {}

    /// The derivative is 0 wherever it exists: floor, sign, a cast to integers.
    record Zero() implements Partial {}

    /// The result does not depend on this input's values, at most on its shape: indices, `shape(x)`.
    record Disconnected() implements Partial {}

    /// There is no derivative; asking for it is an error with this reason.
    record Undefined(String reason) implements Partial {}

    static Partial linear(UnaryOperator<Expr> push, UnaryOperator<Expr> pull) { return new Linear(push, pull); }

    /// A linear map that is its own transpose.
    static Partial symmetric(UnaryOperator<Expr> map) { return new Linear(map, map); }

    static Partial zero() { return new Zero(); }

    static Partial disconnected() { return new Disconnected(); }

    static Partial undefined(String reason) { return new Undefined(reason); }
}
