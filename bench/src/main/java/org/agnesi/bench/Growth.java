package org.agnesi.bench;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.exp;

import java.util.Locale;
import org.agnesi.symbolic.Expr;

/// How the times to build, to derive and to compile grow with the number of ops: about linearly, or something is wrong.
public final class Growth {
    private Growth() {}

    public static void main(String[] args) {
        chain(1_000);   // once for nothing, so that the first row is not the JVM's warm-up
        IO.println("   ops   build s  derive s  compile s");
        for (int ops : new int[] {1_000, 10_000, 100_000}) IO.println(chain(ops));
    }

    private static String chain(int ops) {
        var x = dscalar("x");
        long start = System.nanoTime();
        Expr y = x;
        for (int i = 0; i < ops / 4; i++) y = exp(y.times(0.5).plus(x).neg());
        long built = System.nanoTime();
        var dy = grad(y, x);
        long derived = System.nanoTime();
        function(x, dy);
        long compiled = System.nanoTime();
        return String.format(Locale.ROOT, "%6d %9.3f %9.3f %10.3f",
            ops, (built - start) / 1e9, (derived - built) / 1e9, (compiled - derived) / 1e9);
    }
}
