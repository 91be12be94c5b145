package org.agnesi.op;


/// Numbers `Σ cₛ tₛ` in k infinitesimals t₁ … tₖ, each of square 0, one coefficient per subset s of them.
///
/// `Π (xᵢ + t₁d₁ᵢ + … + tₖdₖᵢ)` in these numbers is a product with its mixed derivatives, exact where factors are 0: no
/// division happens. Time and memory are linear in the number of factors.
final class Dual {
    private Dual() {}

    /// `state · (x + Σ tₐ dₐ)` at factor `i`; `rows` are x, d₁ … dₖ.
    private static double[] times(double[] state, double[][] rows, int i) {
        var next = new double[state.length];
        for (int s = 0; s < state.length; s++) {
            next[s] = state[s] * rows[0][i];
            for (int a = 0; a < rows.length - 1; a++) if ((s >> a & 1) == 1) next[s] += state[s ^ 1 << a] * rows[a + 1][i];
        }
        return next;
    }

    /// The products of the first 0, 1, … n factors.
    static double[][] before(double[][] rows) {
        int n = rows[0].length;
        var products = new double[n + 1][1 << rows.length - 1];
        products[0][0] = 1;
        for (int i = 0; i < n; i++) products[i + 1] = times(products[i], rows, i);
        return products;
    }

    /// At each place `bᵢ = g₍ᵢ₎ + factorᵢ₊₁ · bᵢ₊₁`: what the running products from i on are worth to `g`.
    static double[][] after(double[] g, double[][] rows) {
        int n = g.length;
        var worth = new double[n][1 << rows.length - 1];
        for (int i = n - 1; i >= 0; i--) {
            if (i < n - 1) worth[i] = times(worth[i + 1], rows, i + 1);
            worth[i][0] += g[i];
        }
        return worth;
    }

    /// The coefficient of `t₁ … tₖ` in `a · b`.
    static double last(double[] a, double[] b) {
        double sum = 0;
        for (int s = 0; s < a.length; s++) sum += a[s] * b[a.length - 1 - s];
        return sum;
    }
}
