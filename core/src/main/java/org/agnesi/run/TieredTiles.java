package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
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
        /// The least a kind of scalar tile has taken: HotSpot may be compiling them anew.
        private final Map<Kind, Double> least = new EnumMap<>(Kind.class);
        private long spent;

        /// Whether vectors are the faster ones, or time is over.
        @Override public boolean getAsBoolean() {
            Tiles scalars = Tiles.of(dtype, false), tried = Tiles.of(dtype, true);
            long start = System.nanoTime();
            boolean faster = false;
            while (!faster && System.nanoTime() - start < SLICE)
                faster = Arrays.stream(Kind.values()).allMatch(kind ->
                    nanos(tried, x, y, kind) < least.merge(kind, nanos(scalars, x, y, kind), Math::min));
            if (faster) vectors = tried;
            spent += System.nanoTime() - start;
            settled = faster || spent > LONGEST;
            return settled;
        }
    }

    /// What tiles there are.
    private enum Kind { TILE, NARROW, APART, NARROW_APART, ROW }

    /// How long an element takes.
    private static double nanos(Tiles tiles, Object x, Object y, Kind kind) {
        long start = System.nanoTime();
        for (int k = 0; k < REPEATS; k++) run(tiles, x, y, kind, k % 2 == 0);
        int elements = switch (kind) {
            case TILE, APART -> tiles.rows() * tiles.columns();
            case NARROW, NARROW_APART -> tiles.rows() * tiles.narrow();
            case ROW -> tiles.wide();
        };
        return (double) (System.nanoTime() - start) / elements;
    }

    private static void run(Tiles tiles, Object x, Object y, Kind kind, boolean adds) {
        int columns = tiles.columns(), narrow = tiles.narrow(), wide = tiles.wide();
        var code = tiles.code();
        switch (kind) {
            case TILE -> code.tile(x, 0, x, 0, columns, DEPTH, y, 0, columns, adds);
            case NARROW -> code.narrow(x, 0, x, 0, narrow, DEPTH, y, 0, narrow, adds);
            case APART -> code.apart(x, 0, x, 0, columns, DEPTH, y, 0, columns, adds, DEPTH, 1);
            case NARROW_APART -> code.narrowApart(x, 0, x, 0, narrow, DEPTH, y, 0, narrow, adds, DEPTH, 1);
            case ROW -> code.row(x, 0, x, 0, wide, DEPTH, y, 0, 0, adds);
        }
    }
}
