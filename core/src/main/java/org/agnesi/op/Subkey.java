package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// A new random key from a key and a number: `subkey(k, i)` and `subkey(k, j)` have nothing to do with each other, nor with `k`'s draws.
public record Subkey() implements Binary {
    public static Expr subkey(Expr key, Expr i) {
        Required.arguments("subkey", key, i);
        return new Subkey().apply(key(key), Cast.cast(i, DType.INT64));
    }

    /// `n` keys from one, as the last axis.
    public static Expr split(Expr key, Object n) {
        return subkey(DimShuffle.expandDims(key, Required.of("split", "a key", key).type().rank()), Arange.arange(Sizes.size("split", n)));
    }

    /// An integer as a key: an int64 number whose bits are the generator's key.
    public static Expr key(Expr seed) {
        if (Required.of("key", "a seed", seed).type().dtype().isInteger()) return Cast.cast(seed, DType.INT64);
        throw new TypeError("""
            a random key is an integer, but got %s of type %s
            Make one with key(seed), more with split(key, n).""".formatted(seed, seed.type()));
    }

    @Override public double eval(double key, double i) { throw new UnsupportedOperationException("a key is an integer"); }
    @Override public long eval(long key, long i) { return Philox.subkey(key, i); }
    @Override public List<Partial> partials(Expr key, Expr i, Expr y) { return List.of(Partial.disconnected(), Partial.disconnected()); }
    @Override public Scalar code(Scalar key, Scalar i) { return Philox.subkey(key, i); }
}
