package org.agnesi.kernel;

import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.mul;

import java.util.ArrayList;
import java.util.List;

/// `c₀ + c₁ x + c₂ x² + …`, with other coefficients, and fewer, for float32 than for float64.
final class Polynomial {
    private final double[] wide;
    private final double[] narrow;

    private Polynomial(double[] wide, double[] narrow) {
        this.wide = wide;
        this.narrow = narrow;
    }

    static Polynomial wide(double... coefficients) { return new Polynomial(coefficients, coefficients); }

    /// The same with these coefficients in float32.
    Polynomial narrow(double... coefficients) { return new Polynomial(wide, coefficients); }

    /// By Estrin's scheme: pairs, then pairs of pairs in x², x⁴ …, which do not wait for each other.
    Scalar at(Scalar x) {
        List<Scalar> terms = new ArrayList<>();
        for (double coefficient : Format.of(x) == Format.FLOAT64 ? wide : narrow) terms.add(like(x, coefficient));
        for (Scalar power = x; ; power = mul(power, power)) {
            var pairs = new ArrayList<Scalar>();
            for (int k = 0; k < terms.size(); k += 2)
                pairs.add(k + 1 < terms.size() ? fma(terms.get(k + 1), power, terms.get(k)) : terms.get(k));
            terms = pairs;
            if (terms.size() == 1) return terms.getFirst();
        }
    }
}
