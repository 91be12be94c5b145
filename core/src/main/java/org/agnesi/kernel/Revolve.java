package org.agnesi.kernel;

/// The binomial schedule: how a chain of steps is gone through backwards with few stored states and the fewest steps made again.
///
/// ```
/// β(s, r) = (s + r)! / (s! r!)             the longest chain for s stored states, the first among them, and r repetitions
/// t(l, s) = r·l − β(s + 1, r − 1)          the steps made again for a chain of β(s, r − 1) < l ≤ β(s, r)
/// ```
///
/// Griewank and Walther, Algorithm 799: Revolve, ACM Transactions on Mathematical Software 26 (2000). The last step of a chain is
/// not among those counted: its state is there when it is gone back through.
public final class Revolve {
    private Revolve() {}

    /// How many steps are made to go back through `length` steps with the first state and `free` others stored.
    public static long steps(long length, long free) {
        if (length <= 1) return 0;
        if (free >= length - 1) return length - 1;
        long r = repetitions(length, free + 1);
        return Math.subtractExact(Math.multiplyExact(r, length), longest(free + 2, r - 1));
    }

    /// How many steps to make before the next state is stored, of `length` to go back through with `free` places left.
    public static long next(long length, long free) {
        if (free >= length - 1) return 1;
        long s = free + 1;
        long r = repetitions(length, s);
        return Math.max(1, Math.max(longest(s, r - 2), length - longest(s - 1, r)));
    }

    private static long repetitions(long length, long s) {
        if (s == 1) return length - 1;
        long r = 0;
        while (longest(s, r) < length) r++;
        return r;
    }

    /// `β(s, r)`, at most what a long holds.
    private static long longest(long s, long r) {
        if (r < 0) return 0;
        long product = 1;
        for (long k = 1, few = Math.min(s, r), more = Math.max(s, r); k <= few; k++) {
            if (product > Long.MAX_VALUE / (more + k)) return Long.MAX_VALUE;
            product = product * (more + k) / k;
        }
        return product;
    }
}
