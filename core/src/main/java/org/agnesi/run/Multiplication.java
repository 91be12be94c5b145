package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.List;
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

    private final Product product;
    private final DType dtype;
    private final Backend backend;
    private final int a;
    private final int b;
    private final int out;
    private final Idle<Call> idle = new Idle<>();

    Multiplication(Task.Multiply task, Backend backend) {
        this.product = task.product();
        this.backend = backend;
        dtype = task.node().types().getFirst().dtype();
        a = task.in().get(product.swapped() ? 1 : 0);
        b = task.in().get(product.swapped() ? 0 : 1);
        out = task.out().getFirst();
    }

    @Override public void run(State state) {
        state.allocate(out);
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
            int batch = own.batchC.count;
            double nanos = 2.0 * batch * own.rowsC.count * own.columnsC.count * own.termsA.count / SPEED;
            if (crew == null || nanos < Objects.requireNonNull(backend.workers()).worth()) {
                own.work(0, batch);
            } else {
                int most = Math.max(own.rowsC.count / Product.PANEL, own.columnsC.count / Product.WIDE);
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
        private final Places batchA = places(product.batch(), product.a());
        private final Places batchB = places(product.batch(), product.b());
        private final Places batchC = places(product.batch(), product.contract().out());
        private final Places rowsA = places(product.rows(), product.a());
        private final Places rowsC = places(product.rows(), product.contract().out());
        private final Places columnsB = places(product.columns(), product.b());
        private final Places columnsC = places(product.columns(), product.contract().out());
        private final Places termsA = places(product.terms(), product.a());
        private final Places termsB = places(product.terms(), product.b());
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

        private static Places places(List<Integer> labels, List<Integer> axes) {
            return new Places(labels.stream().mapToInt(axes::indexOf).toArray());
        }

        @Override public void begin() {
            var state = Objects.requireNonNull(call.state);
            arrayA = state.array(a);
            arrayB = state.array(b);
            arrayC = state.array(out);
            find(state.frame.dims[a], batchA, rowsA, termsA);
            find(state.frame.dims[b], batchB, columnsB, termsB);
            find(state.frame.dims[out], batchC, rowsC, columnsC);
            packedA = reserve(packedA, Product.packedA(rowsA.count, termsA.count));
            packedB = reserve(packedB, Product.packedB(rowsA.count, columnsB.count, termsB.count));
        }

        private static void find(int[] dims, Places batch, Places one, Places other) {
            batch.find(dims);
            one.find(dims);
            other.find(dims);
        }

        private Object reserve(Object array, int length) {
            return array != Frame.NONE && Array.getLength(array) >= length ? array : Array.newInstance(dtype.carrier(), length);
        }

        @Override public void end() { arrayA = arrayB = arrayC = Frame.NONE; }

        @Override public void work(int from, int to) {
            boolean few = rowsC.count < Product.FEW && columnsB.step == 1 && columnsC.step == 1 && termsB.step != 0;
            boolean byRows = !few && rowsC.count >= columnsC.count;
            for (int part = from; part < to; part++) {
                int k = part / call.pieces, piece = part % call.pieces;
                a0 = batchA.at[k];
                b0 = batchB.at[k];
                c0 = batchC.at[k];
                top = byRows ? cut(rowsC.count, Product.PANEL, piece) : 0;
                bottom = byRows ? cut(rowsC.count, Product.PANEL, piece + 1) : rowsC.count;
                left = byRows ? 0 : cut(columnsC.count, Product.WIDE, piece);
                right = byRows ? columnsC.count : cut(columnsC.count, Product.WIDE, piece + 1);
                if (few) rows();
                else blocks();
            }
        }

        /// Where a piece begins: after about its share of whole units.
        private int cut(int count, int unit, int piece) {
            int units = (count + unit - 1) / unit;
            return Math.min(count, (int) ((long) units * piece / call.pieces) * unit);
        }

        /// The first of a block's terms, of which there is one block even where there are no terms: it gives zeros.
        private boolean isBlock(int p) { return p < termsA.count || p == 0; }

        private int depth(int p) { return Math.min(Product.DEPTH, termsA.count - p); }

        private Tiles tiles(int rows, int columns, int depth) { return backend.tiles(dtype, 2L * rows * columns * depth); }

        // few rows: b is read where it is

        private void rows() {
            for (int i = 0; i < rowsC.count; i++) for (int p = 0; isBlock(p); p += Product.DEPTH) {
                var tiles = tiles(1, right - left, depth(p));
                tiles.code().gather(arrayA, a0, rowsA.at, i, 1, termsA.at, p, depth(p), packedA, 0, 1);
                for (int j = left; j < right; j += tiles.wide()) row(tiles, i, j, p);
            }
        }

        private void row(Tiles tiles, int i, int j, int p) {
            int count = right - j;
            int depth = depth(p);
            if (count >= tiles.wide()) {
                tiles.code().row(packedA, 0, arrayB, depth == 0 ? 0 : b0 + termsB.at[p] + j, termsB.step, depth, arrayC,
                    c0 + rowsC.at[i] + j, 0, p > 0);
            } else {
                tiles.code().gather(arrayB, b0, columnsB.at, j, count, termsB.at, p, depth, packedB, 0, tiles.wide());
                tiles.code().row(packedA, 0, packedB, 0, tiles.wide(), depth, tile, 0, 0, false);
                tiles.code().scatter(tile, tiles.wide(), arrayC, c0, rowsC.at, i, 1, columnsC.at, j, count, p > 0);
            }
        }

        // blocks of both, packed

        private void blocks() {
            for (int j = left; j < right; j += Product.WIDTH) for (int p = 0; isBlock(p); p += Product.DEPTH) {
                int columns = Math.min(Product.WIDTH, right - j);
                for (int i = top; i < bottom; i += Product.HEIGHT) {
                    int rows = Math.min(Product.HEIGHT, bottom - i);
                    var tiles = tiles(rows, columns, depth(p));
                    if (i == top) pack(tiles, arrayB, b0, columnsB, j, columns, termsB, p, packedB, panel);
                    pack(tiles, arrayA, a0, rowsA, i, rows, termsA, p, packedA, Product.PANEL);
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
            boolean inPlace = columnsC.step == 1 && rowsC.step != 0;
            int depth = depth(p);
            for (int y = 0; y < columns; y += panel) for (int x = 0; x < rows; x += Product.PANEL) {
                int height = Math.min(Product.PANEL, rows - x), width = Math.min(panel, columns - y);
                if (inPlace && height == Product.PANEL && width == panel) {
                    tile(tiles, x * depth, height, y * depth, width, depth, arrayC, c0 + rowsC.at[i + x] + j + y, rowsC.step, p > 0);
                } else {
                    tile(tiles, x * depth, height, y * depth, width, depth, tile, 0, panel, false);
                    scatter(tiles, i + x, height, j + y, width, p > 0);
                }
            }
        }

        /// Moves a tile's elements to where they belong: whole rows where they lie together.
        private void scatter(Tiles tiles, int row, int height, int column, int width, boolean adds) {
            if (columnsC.step != 1 || adds) {
                tiles.code().scatter(tile, panel, arrayC, c0, rowsC.at, row, height, columnsC.at, column, width, adds);
                return;
            }
            int first = c0 + columnsC.at[column];
            for (int i = 0; i < height; i++) System.arraycopy(tile, i * panel, arrayC, first + rowsC.at[row + i], width);
        }

        /// A panel times a panel, in one tile or several.
        private void tile(Tiles tiles, int left, int height, int right, int width, int depth, Object c, int at, int row, boolean adds) {
            for (int i = 0; i < height; i += tiles.rows()) for (int j = 0; j < width; j += tiles.columns())
                tiles.code().tile(packedA, left + i, packedB, right + j, panel, depth, c, at + i * row + j, row, adds);
        }
    }
}
