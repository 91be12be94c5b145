package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicLong;
import org.agnesi.array.DType;
import org.agnesi.emit.Simd;
import org.agnesi.emit.Tiles;
import org.jspecify.annotations.Nullable;

/// Tiles of scalars, and of vectors once HotSpot has compiled those: they are run on another thread until they are the faster ones.
final class TieredTiles {
    /// Operations after which vectors are tried.
    private static final long ENOUGH = 1_000_000;
    private static final long LONGEST = 30_000_000_000L;
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
            if (before < ENOUGH && before + flops >= ENOUGH) workers.later(this::warmUp);
        }
        var found = vectors;
        return found != null ? found : Tiles.of(dtype, false);
    }

    private void warmUp() {
        var scalars = Tiles.of(dtype, false);
        var tried = Tiles.of(dtype, true);
        var x = Array.newInstance(dtype.carrier(), 256 * DEPTH);
        var y = Array.newInstance(dtype.carrier(), 1024);
        long start = System.nanoTime();
        while (System.nanoTime() - start < LONGEST) {
            if (nanos(tried, x, y, false) < nanos(scalars, x, y, false) && nanos(tried, x, y, true) < nanos(scalars, x, y, true)) {
                vectors = tried;
                break;
            }
        }
        settled = true;
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
