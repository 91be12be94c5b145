package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agnesi.array.DType;
import org.agnesi.emit.Simd;
import org.agnesi.emit.Tiles;
import org.agnesi.emit.Tiles.Kind;

/// Tiles of scalars, and of vectors once HotSpot has compiled those: the kinds that products ask for are run on another thread until
/// they are the faster ones, each for itself.
final class TieredTiles {
    /// Operations after which vectors are tried.
    private static final long ENOUGH = 1_000_000;
    private static final long LONGEST = 30_000_000_000L, SLICE = 20_000_000;
    private static final int DEPTH = 24, REPEATS = 4;
    /// Tiles of one term, which HotSpot counts like others, before those that are timed.
    private static final int SHORTS = 64;

    private final DType dtype;
    private final Workers workers;
    private final AtomicLong done = new AtomicLong();
    /// Kinds whose vectors are the faster ones, and those that products have asked for since; as bits.
    private volatile int faster, wanted;
    private volatile boolean settled = Simd.width() == 0;
    /// Whether a warm-up is on its way.
    private final AtomicBoolean trying = new AtomicBoolean();
    /// Nanoseconds of warm-ups.
    private long spent;

    TieredTiles(DType dtype, Workers workers) {
        this.dtype = dtype;
        this.workers = workers;
    }

    Tiles tiles(long flops, int kinds) {
        boolean vectors = kinds != 0 && (faster & kinds) == kinds;   // else there is nothing that vectors do better
        if (kinds != 0 && !vectors && !settled) {
            if ((wanted & kinds) != kinds) wanted |= kinds;   // what another thread overwrites is asked for again
            if (done.addAndGet(flops) >= ENOUGH && trying.compareAndSet(false, true)) workers.inTurns(new WarmUp());
        }
        return Tiles.of(dtype, vectors);
    }

    /// Both kinds of tiles on arrays of its own, some at a time.
    private final class WarmUp implements BooleanSupplier {
        private final Object x = Array.newInstance(dtype.carrier(), 256 * DEPTH), y = Array.newInstance(dtype.carrier(), 1024);
        /// The least a kind of scalar tile has taken: HotSpot may be compiling them anew.
        private final Map<Kind, Double> least = new EnumMap<>(Kind.class);

        /// Whether vectors of all kinds asked for are the faster ones, or time is over.
        @Override public boolean getAsBoolean() {
            long start = System.nanoTime();
            do {
                for (var kind : Kind.values())
                    if ((wanted & ~faster & kind.bit()) != 0 && isFaster(kind)) faster |= kind.bit();
            } while (!isDone() && System.nanoTime() - start < SLICE);
            spent += System.nanoTime() - start;
            settled = spent > LONGEST;
            boolean over = settled || isDone();
            if (over) trying.set(false);
            return over;
        }

        private boolean isDone() { return (wanted & ~faster) == 0; }

        private boolean isFaster(Kind kind) {
            Tiles scalars = Tiles.of(dtype, false), tried = Tiles.of(dtype, true);
            for (int k = 0; k < SHORTS; k++) run(tried, kind, 1, k % 2 == 0);
            double nanos = nanos(tried, kind);
            return nanos < least.merge(kind, nanos(scalars, kind), Math::min);
        }

        /// How long an element takes.
        private double nanos(Tiles tiles, Kind kind) {
            long start = System.nanoTime();
            for (int k = 0; k < REPEATS; k++) run(tiles, kind, DEPTH, k % 2 == 0);
            int elements = switch (kind) {
                case TILE, APART -> tiles.rows() * tiles.columns();
                case NARROW, NARROW_APART -> tiles.rows() * tiles.narrow();
                case ROW -> tiles.wide();
                case NARROW_ROW -> tiles.columns();
            };
            return (double) (System.nanoTime() - start) / elements;
        }

        private void run(Tiles tiles, Kind kind, int depth, boolean adds) {
            int columns = tiles.columns(), narrow = tiles.narrow(), wide = tiles.wide();
            var code = tiles.code();
            switch (kind) {
                case TILE -> code.tile(x, 0, x, 0, columns, depth, y, 0, columns, adds);
                case NARROW -> code.narrow(x, 0, x, 0, narrow, depth, y, 0, narrow, adds);
                case APART -> code.apart(x, 0, x, 0, columns, depth, y, 0, columns, adds, DEPTH, 1);
                case NARROW_APART -> code.narrowApart(x, 0, x, 0, narrow, depth, y, 0, narrow, adds, DEPTH, 1);
                case ROW -> code.row(x, 0, x, 0, wide, depth, y, 0, 0, adds);
                case NARROW_ROW -> code.narrowRow(x, 0, x, 0, columns, depth, y, 0, 0, adds);
            }
        }
    }
}
