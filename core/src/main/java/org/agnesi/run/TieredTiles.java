package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agnesi.array.DType;
import org.agnesi.emit.Simd;
import org.agnesi.emit.Tiles;
import org.jspecify.annotations.Nullable;

/// Tiles of scalars, and of vectors once HotSpot has compiled those: they are run on another thread until they are the faster ones.
final class TieredTiles {
    /// Operations after which vectors are tried.
    private static final long ENOUGH = 1_000_000;
    private static final long LONGEST = 30_000_000_000L, SLICE = 20_000_000;
    private static final int DEPTH = 24, REPEATS = 8;

    private final DType dtype;
    private final Workers workers;
    private final AtomicLong done = new AtomicLong();
    private volatile @Nullable Tiles vectors;
    private volatile boolean settled = Simd.width() == 0;

    TieredTiles(DType dtype, Workers workers) {
        this.dtype = dtype;
        this.workers = workers;
    }

    Tiles tiles(long flops) {
        if (!settled) {
            long before = done.getAndAdd(flops);
            if (before < ENOUGH && before + flops >= ENOUGH) workers.inTurns(new WarmUp());
        }
        var found = vectors;
        return found != null ? found : Tiles.of(dtype, false);
    }

    /// Both kinds of tiles on arrays of its own, some at a time.
    private final class WarmUp implements BooleanSupplier {
        private final Object x = Array.newInstance(dtype.carrier(), 256 * DEPTH), y = Array.newInstance(dtype.carrier(), 1024);
        private long spent;

        /// Whether vectors are the faster ones, or time is over.
        @Override public boolean getAsBoolean() {
            Tiles scalars = Tiles.of(dtype, false), tried = Tiles.of(dtype, true);
            long start = System.nanoTime();
            boolean faster = false;
            while (!faster && System.nanoTime() - start < SLICE) faster = isFaster(tried, scalars, false) && isFaster(tried, scalars, true);
            if (faster) vectors = tried;
            spent += System.nanoTime() - start;
            settled = faster || spent > LONGEST;
            return settled;
        }

        private boolean isFaster(Tiles tried, Tiles scalars, boolean row) { return nanos(tried, x, y, row) < nanos(scalars, x, y, row); }
    }

    /// How long an element takes.
    private static double nanos(Tiles tiles, Object x, Object y, boolean row) {
        long start = System.nanoTime();
        for (int k = 0; k < REPEATS; k++) {
            if (row) tiles.code().row(x, 0, x, 0, tiles.wide(), DEPTH, y, 0, 0, k % 2 == 0);
            else tiles.code().tile(x, 0, x, 0, tiles.columns(), DEPTH, y, 0, tiles.columns(), k % 2 == 0);
        }
        return (double) (System.nanoTime() - start) / (row ? tiles.wide() : tiles.rows() * tiles.columns());
    }
}
