package org.agnesi.run;

/// Room for the values of one block: what its lets name, and what is between.
final class Registers {
    private final double[][] reals;
    private final long[][] wholes;

    Registers(int count) {
        reals = new double[count][];
        wholes = new long[count][];
    }

    double[] reals(int k) {
        var found = reals[k];
        return found != null ? found : (reals[k] = new double[Block.SIZE]);
    }

    long[] wholes(int k) {
        var found = wholes[k];
        return found != null ? found : (wholes[k] = new long[Block.SIZE]);
    }
}
