package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.compile.Task;
import org.agnesi.emit.Tiles;
import org.agnesi.kernel.Product;
import org.jspecify.annotations.Nullable;

/// Multiplies matrices block by block: packs a block of each into panels, then computes tiles of the result from two panels.
///
/// A block of `b` stays in the cache while all of `a` passes, a panel of it while a block of `a` does. Several threads each
/// take some products of the batch, or some rows or columns of one. After a few runs nothing is allocated.
final class Multiplication implements Action {
    /// Operations per ns of a core, roughly: says whether others are worth waking.
    private static final int SPEED = 16;
    /// Pieces of one product per thread: more would pack the other operand more often.
    private static final int PIECES = 2;

    private final Task.Multiply task;
    private final DType dtype;
    private final Backend backend;
    private final Idle<Call> idle = new Idle<>();

    Multiplication(Task.Multiply task, Backend backend) {
        this.task = task;
        this.backend = backend;
        dtype = task.node().types().getFirst().dtype();
    }

    @Override public void run(State state) {
        state.allocate(task.out().getFirst());
        var found = idle.take();
        var call = found != null ? found : new Call();
        call.run(state);
        idle.give(call);
    }

    /// One run: what several threads share.
    private final class Call {
        private final Hand own = new Hand(this);
        private final @Nullable Crew crew;
        @Nullable State state;
        /// Of each product of the batch.
        int pieces = 1;

        Call() {
            var workers = backend.workers();
            crew = workers == null || workers.threads() == 1 ? null : new Crew(workers, () -> new Hand(this));
        }

        void run(State state) {
            this.state = state;
            own.begin();
            pieces = 1;
            int batch = own.at.batchC.count;
            double nanos = 2.0 * batch * own.at.rowsC.count * own.at.columnsC.count * own.at.termsA.count / SPEED;
            if (crew == null || nanos < Objects.requireNonNull(backend.workers()).worth()) {
                own.work(0, batch);
            } else {
                int most = Math.max(own.at.rowsC.count / Product.PANEL, own.at.columnsC.count / Product.WIDE);
                int wanted = PIECES * Objects.requireNonNull(backend.workers()).threads();
                pieces = batch >= wanted ? 1 : Math.clamp(most, 1, wanted);
                crew.run(own, 0, batch * pieces, 1);
            }
            own.end();
            this.state = null;
        }
    }

    /// One thread's part: pieces of products.
    private final class Hand implements Crew.Hand {
        private final Call call;
        private final Operands at = new Operands(task);
        private final Object tile = Array.newInstance(dtype.carrier(), Product.PANEL * Product.ACROSS);
        private final int panel = Tiles.panel(dtype);
        private Object packedA = Frame.NONE;
        private Object packedB = Frame.NONE;
        private Object arrayA = Frame.NONE;
        private Object arrayB = Frame.NONE;
        private Object arrayC = Frame.NONE;
        private int a0;
        private int b0;
        private int c0;
        /// The piece: rows and columns from and to.
        private int top, bottom, left, right;

        Hand(Call call) { this.call = call; }

        @Override public void begin() {
            var state = Objects.requireNonNull(call.state);
            arrayA = state.array(at.a);
            arrayB = state.array(at.b);
            arrayC = state.array(at.out);
            at.find(state.frame);
            packedA = reserve(packedA, Product.packedA(at.rowsA.count, at.termsA.count));
            packedB = reserve(packedB, Product.packedB(at.rowsA.count, at.columnsB.count, at.termsB.count));
        }

        private Object reserve(Object array, int length) {
            return array != Frame.NONE && Array.getLength(array) >= length ? array : Array.newInstance(dtype.carrier(), length);
        }

        @Override public void end() { arrayA = arrayB = arrayC = Frame.NONE; }

        @Override public void work(int from, int to) {
            boolean few = at.rowsC.count < Product.FEW && at.columnsB.step == 1 && at.columnsC.step == 1 && at.termsB.step != 0;
            boolean byRows = !few && at.rowsC.count >= at.columnsC.count;
            for (int part = from; part < to; part++) {
                int k = part / call.pieces, piece = part % call.pieces;
                a0 = at.batchA.at[k];
                b0 = at.batchB.at[k];
                c0 = at.batchC.at[k];
                top = byRows ? cut(at.rowsC.count, Product.PANEL, piece) : 0;
                bottom = byRows ? cut(at.rowsC.count, Product.PANEL, piece + 1) : at.rowsC.count;
                left = byRows ? 0 : cut(at.columnsC.count, Product.WIDE, piece);
                right = byRows ? at.columnsC.count : cut(at.columnsC.count, Product.WIDE, piece + 1);
                if (at.rowsC.count * at.columnsC.count <= Product.TINY) dots();
                else if (few) rows();
                else blocks();
            }
        }

        /// Where a piece begins: after about its share of whole units.
        private int cut(int count, int unit, int piece) {
            int units = (count + unit - 1) / unit;
            return Math.min(count, (int) ((long) units * piece / call.pieces) * unit);
        }

        /// The first of a block's terms, of which there is one block even where there are no terms: it gives zeros.
        private boolean isBlock(int p) { return p < at.termsA.count || p == 0; }

        private int depth(int p) { return Math.min(Product.DEPTH, at.termsA.count - p); }

        private Tiles tiles(int rows, int columns, int depth) { return backend.tiles(dtype, 2L * rows * columns * depth); }

        // few elements: both are read where they are

        private void dots() {
            for (int i = 0; i < at.rowsC.count; i++) for (int j = 0; j < at.columnsC.count; j += Tiles.CHAINS)
                for (int p = 0; isBlock(p); p += Product.DEPTH) dots(i, j, p);
        }

        private void dots(int i, int j, int p) {
            int columns = at.columnsC.count;
            var code = tiles(1, Tiles.CHAINS, depth(p)).code();
            code.dots(arrayA, a0 + at.rowsA.at[i], at.termsA.at, arrayB, b0, at.columnsB.at, j, columns - 1, at.termsB.at, p, depth(p),
                tile);
            code.scatter(tile, Tiles.CHAINS, arrayC, c0, at.rowsC.at, i, 1, at.columnsC.at, j, Math.min(Tiles.CHAINS, columns - j), p > 0);
        }

        // few rows: b is read where it is

        private void rows() {
            for (int i = 0; i < at.rowsC.count; i++) for (int p = 0; isBlock(p); p += Product.DEPTH) {
                var tiles = tiles(1, right - left, depth(p));
                tiles.code().gather(arrayA, a0, at.rowsA.at, i, 1, at.termsA.at, p, depth(p), packedA, 0, 1);
                for (int j = left; j < right; j += tiles.wide()) row(tiles, i, j, p);
            }
        }

        private void row(Tiles tiles, int i, int j, int p) {
            int count = right - j;
            int depth = depth(p);
            if (count >= tiles.wide()) {
                tiles.code().row(packedA, 0, arrayB, depth == 0 ? 0 : b0 + at.termsB.at[p] + j, at.termsB.step, depth, arrayC,
                    c0 + at.rowsC.at[i] + j, 0, p > 0);
            } else {
                tiles.code().gather(arrayB, b0, at.columnsB.at, j, count, at.termsB.at, p, depth, packedB, 0, tiles.wide());
                tiles.code().row(packedA, 0, packedB, 0, tiles.wide(), depth, tile, 0, 0, false);
                tiles.code().scatter(tile, tiles.wide(), arrayC, c0, at.rowsC.at, i, 1, at.columnsC.at, j, count, p > 0);
            }
        }

        // blocks of both, packed

        private void blocks() {
            for (int j = left; j < right; j += Product.WIDTH) for (int p = 0; isBlock(p); p += Product.DEPTH) {
                int columns = Math.min(Product.WIDTH, right - j);
                for (int i = top; i < bottom; i += Product.HEIGHT) {
                    int rows = Math.min(Product.HEIGHT, bottom - i);
                    var tiles = tiles(rows, columns, depth(p));
                    if (i == top) pack(tiles, arrayB, b0, at.columnsB, j, columns, at.termsB, p, packedB, panel);
                    pack(tiles, arrayA, a0, at.rowsA, i, rows, at.termsA, p, packedA, Product.PANEL);
                    block(tiles, i, rows, j, columns, p);
                }
            }
        }

        private void pack(Tiles tiles, Object from, int base, Places wide, int first, int count, Places deep, int p, Object to, int width) {
            int depth = depth(p);
            var code = tiles.code();
            for (int k = 0; k < count; k += width) {
                int left = Math.min(width, count - k);
                if (wide.step == 1) code.copy(from, base + wide.at[first + k], deep.at, p, depth, to, k * depth, width, left);
                else code.gather(from, base, wide.at, first + k, left, deep.at, p, depth, to, k * depth, width);
            }
        }

        private void block(Tiles tiles, int i, int rows, int j, int columns, int p) {
            boolean inPlace = at.columnsC.step == 1 && at.rowsC.step != 0;
            int depth = depth(p);
            for (int y = 0; y < columns; y += panel) for (int x = 0; x < rows; x += Product.PANEL) {
                int height = Math.min(Product.PANEL, rows - x), width = Math.min(panel, columns - y);
                if (inPlace && height == Product.PANEL && width == panel) {
                    tile(tiles, x * depth, height, y * depth, width, depth, arrayC, c0 + at.rowsC.at[i + x] + j + y, at.rowsC.step, p > 0);
                } else {
                    tile(tiles, x * depth, height, y * depth, width, depth, tile, 0, panel, false);
                    scatter(tiles, i + x, height, j + y, width, p > 0);
                }
            }
        }

        /// Moves a tile's elements to where they belong: whole rows where they lie together.
        private void scatter(Tiles tiles, int row, int height, int column, int width, boolean adds) {
            if (at.columnsC.step != 1 || adds) {
                tiles.code().scatter(tile, panel, arrayC, c0, at.rowsC.at, row, height, at.columnsC.at, column, width, adds);
                return;
            }
            int first = c0 + at.columnsC.at[column];
            for (int i = 0; i < height; i++) System.arraycopy(tile, i * panel, arrayC, first + at.rowsC.at[row + i], width);
        }

        /// A panel times a panel, in one tile or several.
        private void tile(Tiles tiles, int left, int height, int right, int width, int depth, Object c, int at, int row, boolean adds) {
            for (int i = 0; i < height; i += tiles.rows()) for (int j = 0; j < width; j += tiles.columns())
                tiles.code().tile(packedA, left + i, packedB, right + j, panel, depth, c, at + i * row + j, row, adds);
        }
    }
}
