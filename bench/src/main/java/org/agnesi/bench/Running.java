package org.agnesi.bench;

import java.util.Arrays;

/// Something that computes the same again and again, into arrays of its own.
interface Running {
    void run(int calls);

    /// The sum of the absolute values of what came out, by which sides are compared.
    double checksum();

    /// How it is made ready, with its first call.
    interface Start {
        Running start();
    }

    /// Code that writes into `out`.
    record Loop(Runnable call, double[] out) implements Running {
        @Override public void run(int calls) {
            for (int k = 0; k < calls; k++) call.run();
        }

        @Override public double checksum() { return Arrays.stream(out).map(Math::abs).sum(); }
    }
}
