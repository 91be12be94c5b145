package org.agnesi.op;

import static org.agnesi.kernel.Scalar.and;
import static org.agnesi.kernel.Scalar.constant;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.shr;
import static org.agnesi.kernel.Scalar.xor;

import java.util.List;
import org.agnesi.kernel.Scalar;

/// Philox4x32-10: four random words of 32 bits from a counter and a key, as a bijection of the counter.
///
/// There is no state: each element of a draw is computed from its position alone, in any order and on any thread.
/// From Salmon, Moraes, Dror, Shaw, *Parallel random numbers: as easy as 1, 2, 3* (SC 2011). Words are kept in longs,
/// whose products of 32-bit words have the right 64 bits whatever their sign.
final class Philox {
    private static final long M0 = 0xD2511F53L, M1 = 0xCD9E8D57L;
    private static final long W0 = 0x9E3779B9L, W1 = 0xBB67AE85L;
    private static final long LOW = 0xFFFFFFFFL;
    private static final int ROUNDS = 10;

    /// The counter's last word: what the words are for, so that keys and draws of one key do not meet.
    static final long DRAW = 0, SUBKEY = 1;

    private Philox() {}

    /// The words at `counter`, in longs.
    static long[] words(long counter, long purpose, long key) {
        return words(new long[] {counter & LOW, counter >>> 32, 0, purpose}, key & LOW, key >>> 32);
    }

    /// The ten rounds themselves.
    static long[] words(long[] counter, long key0, long key1) {
        long a = counter[0], b = counter[1], c = counter[2], d = counter[3];
        for (int round = 0; round < ROUNDS; round++) {
            long p = M0 * a, q = M1 * c;
            a = (q >>> 32) ^ b ^ (key0 + round * W0 & LOW);
            b = q & LOW;
            c = (p >>> 32) ^ d ^ (key1 + round * W1 & LOW);
            d = p & LOW;
        }
        return new long[] {a, b, c, d};
    }

    /// A new key from a key: 64 of the bits at `counter`.
    static long subkey(long key, long counter) {
        var w = words(counter, SUBKEY, key);
        return w[1] << 32 | w[0];
    }

    // the same as code

    static List<Scalar> words(Scalar counter, long purpose, Scalar key) {
        Scalar a = low(counter), b = high(counter), c = constant(0L), d = constant(purpose);
        Scalar key0 = low(key), key1 = high(key);
        for (int round = 0; round < ROUNDS; round++) {
            Scalar p = mul(constant(M0), a), q = mul(constant(M1), c);
            a = xor(xor(high(q), b), low(Scalar.add(key0, constant(round * W0))));
            b = low(q);
            c = xor(xor(high(p), d), low(Scalar.add(key1, constant(round * W1))));
            d = low(p);
        }
        return List.of(a, b, c, d);
    }

    static Scalar subkey(Scalar key, Scalar counter) {
        var w = words(counter, SUBKEY, key);
        return Scalar.or(Scalar.shl(w.get(1), constant(32L)), w.get(0));
    }

    private static Scalar low(Scalar x) { return and(x, constant(LOW)); }

    private static Scalar high(Scalar x) { return and(shr(x, constant(32L)), constant(LOW)); }
}
