package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.compile.Task;
import org.agnesi.emit.Simd;
import org.agnesi.emit.Tiles;
import org.agnesi.kernel.Product;

/// One thread's part of a [Multiplication]: pieces of products, block by block.
final class ProductHand implements Crew.Hand {
    /// Panels of `b` for which packing `a` costs more than it saves: where its terms lie together, and where they lie apart.
    private static final int FEW_PANELS = 32, FEW_APART = 2;
    /// Rows of `a` for which packing `b` costs more than it saves, and where its rows lie so that their beginnings meet in the cache:
    /// whole pages apart.
    private static final int FEW_ROWS = 64, FEW_MEETING = 32, PAGE = 4096;
    /// Terms up to which two narrow tiles cost less than one that has to be moved to where it belongs.
    private static final int SHORT = 64;

    private final Multiplication.Call call;
    private final Backend backend;
    private final DType dtype;
    final Operands at;
    private final Object tile;
    private final int panel;
    private Object packedA = Frame.NONE, packedB = Frame.NONE;
    private Object arrayA = Frame.NONE, arrayB = Frame.NONE, arrayC = Frame.NONE;
    private int a0, b0, into0;
    /// The piece: rows and columns from and to.
    private int top, bottom, left, right;
    /// The group of terms: from and to. Where its elements go: into the result, or into an array of their own to be added.
    private int first, last;
    private Object into = Frame.NONE, later = Frame.NONE;
    /// Whether `a` and `b` are read from where they lie; whether the columns are two narrow tiles, of which the second begins within the
    /// first.
    private boolean apartA, apartB, isTwice;
    /// Where a panel of `b` is, and how far apart its rows are.
    private Object panelB = Frame.NONE;
    private int startB, rowB;
    private final Panels rows = new Panels(), columns = new Panels();
    private Places rowsInto, columnsInto;
    private final Places rowsLater = new Places(new int[] {0}), columnsLater = new Places(new int[] {0});

    ProductHand(Task.Multiply task, Backend backend, Multiplication.Call call) {
        this.call = call;
        this.backend = backend;
        dtype = task.node().types().getFirst().dtype();
        at = new Operands(task);
        rowsInto = at.rowsC;
        columnsInto = at.columnsC;
        tile = Array.newInstance(dtype.carrier(), Product.PANEL * Product.ACROSS);
        panel = Tiles.panel(dtype);
    }

    @Override public void begin() {
        var state = Objects.requireNonNull(call.state);
        arrayA = state.array(at.a);
        arrayB = state.array(at.b);
        arrayC = state.array(at.out);
        at.find(state.frame);
        packedA = reserve(packedA, Product.packedA(at.rowsA.count, at.termsA.count));
        packedB = reserve(packedB, Product.packedB(at.rowsA.count, at.columnsB.count, at.termsB.count));
        later = reserve(later, Product.later(at.rowsA.count, at.columnsB.count, at.termsB.count));
    }

    private Object reserve(Object array, int length) {
        return array != Frame.NONE && Array.getLength(array) >= length ? array : Array.newInstance(dtype.carrier(), length);
    }

    @Override public void end() { arrayA = arrayB = arrayC = panelB = into = Frame.NONE; }

    @Override public void work(int from, int to) {
        boolean tiny = at.rowsC.count * at.columnsC.count <= Product.TINY;
        boolean few = at.rowsC.count < Product.FEW && at.columnsB.step == 1 && at.columnsC.step == 1 && at.termsB.step != 0;
        boolean byRows = !few && at.rowsC.count >= at.columnsC.count;
        for (int part = from; part < to; part++) {
            int k = part / call.pieces, piece = part % call.pieces;
            a0 = at.batchA.at[k];
            b0 = at.batchB.at[k];
            top = byRows ? Panels.piece(at.rowsC.count, Product.PANEL, piece, call.pieces) : 0;
            bottom = byRows ? Panels.piece(at.rowsC.count, Product.PANEL, piece + 1, call.pieces) : at.rowsC.count;
            int start = byRows ? 0 : Panels.piece(at.columnsC.count, Product.WIDE, piece, call.pieces);
            int end = byRows ? at.columnsC.count : Panels.piece(at.columnsC.count, Product.WIDE, piece + 1, call.pieces);
            for (left = start; left < end; left = right) {
                right = Math.min(end, left + Product.WIDTH);
                groups(at.batchC.at[k], tiny, few);
            }
        }
    }

    /// The first group of terms, of which there is one even where there are no terms, as the result; what others give is added.
    private void groups(int c0, boolean tiny, boolean few) {
        into(arrayC, c0, at.rowsC, at.columnsC);
        last = 0;
        do {
            first = last;
            last = (int) Math.min(at.termsA.count, (long) first + Product.GROUP);
            if (first > 0) intoLater();
            if (tiny) dots();
            else if (few) rows();
            else blocks();
            if (first > 0) tiles(1, 1, 1, 0).code().scatter(later, right - left, arrayC, c0, at.rowsC.at, top, bottom - top,
                at.columnsC.at, left, right - left, true);
        } while (last < at.termsA.count);
    }

    private void into(Object array, int base, Places rows, Places columns) {
        into = array;
        into0 = base;
        rowsInto = rows;
        columnsInto = columns;
    }

    private void intoLater() {
        rowsLater.every(right - left, bottom);
        columnsLater.every(1, right);
        into(later, -top * (right - left) - left, rowsLater, columnsLater);
    }

    /// The first of a block's terms, of which there is one block even where there are no terms: it gives zeros.
    private boolean isBlock(int p) { return p < last || p == first; }

    private int depth(int p) { return Math.min(Product.DEPTH, last - p); }

    private Tiles tiles(int rows, int columns, int depth, int kinds) {
        return backend.tiles(dtype, 2L * rows * columns * depth, kinds);
    }

    // few elements: both are read where they are

    private void dots() {
        for (int i = top; i < bottom; i++) for (int j = left; j < right; j += Tiles.CHAINS)
            for (int p = first; isBlock(p); p += Product.DEPTH) dots(i, j, p);
    }

    private void dots(int i, int j, int p) {
        var code = tiles(1, Tiles.CHAINS, depth(p), 0).code();
        code.dots(arrayA, a0 + at.rowsA.at[i], at.termsA.at, arrayB, b0, at.columnsB.at, j, right - 1, at.termsB.at, p, depth(p),
            tile);
        code.scatter(tile, Tiles.CHAINS, into, into0, rowsInto.at, i, 1, columnsInto.at, j, Math.min(Tiles.CHAINS, right - j),
            p > first);
    }

    // few rows: b is read where it is

    private void rows() {
        for (int i = top; i < bottom; i++) for (int j = left; j < right;) j = row(i, j);
    }

    /// The next columns of a row, all terms of them: a last tile begins earlier, so that it is a whole one. Where the next ones begin.
    private int row(int i, int j) {
        int all = right - left;
        boolean wide = right - j > 2 * panel && all >= 4 * panel;   // a tile of one row has four panels
        var tiles = tiles(1, Math.min(all, 4 * panel), last - first, (wide ? Tiles.Kind.ROW : Tiles.Kind.NARROW_ROW).bit());
        int width = wide ? tiles.wide() : tiles.columns();
        int start = Math.max(left, Math.min(j, right - width));
        for (int p = first; isBlock(p); p += Product.DEPTH) {
            boolean direct = at.termsA.step == 1 && depth(p) > 0;
            if (!direct) tiles.code().gather(arrayA, a0, at.rowsA.at, i, 1, at.termsA.at, p, depth(p), packedA, 0, 1);
            row(tiles, wide, direct ? arrayA : packedA, direct ? a0 + at.rowsA.at[i] + at.termsA.at[p] : 0, i, start, width, p);
        }
        return start + width;
    }

    private void row(Tiles tiles, boolean wide, Object a, int from, int i, int j, int width, int p) {
        var code = tiles.code();
        int depth = depth(p), to = into0 + rowsInto.at[i] + j, b = depth == 0 ? 0 : b0 + at.termsB.at[p] + j;
        if (wide) {
            code.row(a, from, arrayB, b, at.termsB.step, depth, into, to, 0, p > first);
        } else if (right - left >= width) {
            code.narrowRow(a, from, arrayB, b, at.termsB.step, depth, into, to, 0, p > first);
        } else {
            code.copy(arrayB, b0 + j, at.termsB.at, p, depth, packedB, 0, width, right - j);
            code.narrowRow(a, from, packedB, 0, width, depth, tile, 0, 0, false);
            code.scatter(tile, width, into, into0, rowsInto.at, i, 1, columnsInto.at, j, right - j, p > first);
        }
    }

    // blocks of both, packed

    private void blocks() {
        int wide = right - left;
        apartA = at.rowsA.step > 0 && at.termsA.step > 0 && wide <= (at.termsA.step == 1 ? FEW_PANELS : FEW_APART) * panel;
        boolean meets = (long) at.termsB.step * dtype.bytes() % PAGE == 0;
        apartB = at.columnsB.step == 1 && at.termsB.step > 0 && bottom - top <= (meets ? FEW_MEETING : FEW_ROWS);
        for (int p = first; isBlock(p); p += Product.DEPTH) {
            boolean overlap = p == first && isInPlace() && Simd.width() > 0;   // whatever tiles: vectors may be ready in the middle
            columns.cut(left, right, panel, panel / 2, overlap);
            rows.cut(top, bottom, Product.PANEL, Product.PANEL, overlap);
            for (int i = top; i < bottom; i += Product.HEIGHT) {
                int end = Math.min(bottom, i + Product.HEIGHT);
                var tiles = tiles(end - i, wide, depth(p), Tiles.kinds(dtype, wide, apartA));
                isTwice = overlap && tiles.narrow() > 1 && panel / 2 < wide && wide < panel && depth(p) <= SHORT;
                if (i == top) packB(tiles, p);
                packA(tiles, i, end, p);
                block(tiles, i, end, p);
            }
        }
    }

    private boolean isInPlace() { return columnsInto.step == 1 && rowsInto.step != 0; }

    private void packB(Tiles tiles, int p) {
        for (int j = left; j < right; j += panel) if (!isApartB(j, p))
            pack(tiles, arrayB, b0, at.columnsB, columns.start(j), columns.size(j), at.termsB, p, packedB, j - left, panel);
    }

    /// Whether a panel of `b` is read from where it lies: those that tiles of vectors and of scalars divide, since what is beyond the
    /// others may be beyond the array.
    private boolean isApartB(int j, int p) {
        return apartB && columns.size(j) % Math.max(panel / 2, Tiles.SCALARS) == 0 && depth(p) > 0;
    }

    private void placeB(int j, int p) {
        boolean isApart = isApartB(j, p);
        panelB = isApart ? arrayB : packedB;
        startB = isApart ? b0 + at.columnsB.at[columns.start(j)] + at.termsB.at[p] : (j - left) * depth(p);
        rowB = isApart ? at.termsB.step : panel;
    }

    private void packA(Tiles tiles, int i, int end, int p) {
        for (int k = i; k < end; k += Product.PANEL) if (!apartA || rows.size(k) < Product.PANEL)
            pack(tiles, arrayA, a0, at.rowsA, rows.start(k), rows.size(k), at.termsA, p, packedA, k - i, Product.PANEL);
    }

    private void pack(Tiles tiles, Object from, int base, Places wide, int first, int count, Places deep, int p, Object to, int after,
        int width) {
        int depth = depth(p);
        var code = tiles.code();
        if (wide.step == 1) code.copy(from, base + wide.at[first], deep.at, p, depth, to, after * depth, width, count);
        else code.gather(from, base, wide.at, first, count, deep.at, p, depth, to, after * depth, width);
    }

    private void block(Tiles tiles, int i, int end, int p) {
        for (int j = left; j < right; j += panel) {
            placeB(j, p);
            for (int k = i; k < end; k += Product.PANEL) block(tiles, k, k - i, columns.start(j), columns.size(j), p);
        }
    }

    /// A panel of `a`, which is packed `x` rows after the first, times one of `b`.
    private void block(Tiles tiles, int k, int x, int column, int width, int p) {
        int row = rows.start(k), height = rows.size(k);
        if (isInPlace() && height == Product.PANEL && isWhole(tiles, width)) {
            tile(tiles, row, x, height, width, p, into, into0 + rowsInto.at[row] + column, rowsInto.step, p > first);
        } else {
            tile(tiles, row, x, height, width, p, tile, 0, panel, false);
            scatter(tiles, row, height, column, width, p > first);
        }
    }

    private boolean isWhole(Tiles tiles, int width) {
        int last = width % tiles.columns();
        return last == 0 || last == tiles.narrow() || isTwice;
    }

    /// Moves a tile's elements to where they belong: whole rows where they lie together.
    private void scatter(Tiles tiles, int row, int height, int column, int width, boolean adds) {
        if (columnsInto.step != 1 || adds) {
            tiles.code().scatter(tile, panel, into, into0, rowsInto.at, row, height, columnsInto.at, column, width, adds);
            return;
        }
        int start = into0 + columnsInto.at[column];
        for (int i = 0; i < height; i++) System.arraycopy(tile, i * panel, into, start + rowsInto.at[row + i], width);
    }

    /// A panel times a panel, in one tile or several.
    private void tile(Tiles tiles, int row, int x, int height, int width, int p, Object c, int c0, int cRow, boolean adds) {
        int depth = depth(p), step = isTwice ? width - tiles.narrow() : tiles.columns(), last = isTwice ? step : width - 1;
        boolean isApart = apartA && height == Product.PANEL;
        for (int r = 0; r < height; r += tiles.rows()) for (int j = 0; j <= last; j += step) {
            int b = startB + j, to = c0 + r * cRow + j;
            boolean narrow = isTwice || width - j <= tiles.narrow();
            if (isApart) apart(tiles, narrow, a0 + at.rowsA.at[row + r] + at.termsA.at[p], b, depth, c, to, cRow, adds);
            else if (narrow) tiles.code().narrow(packedA, x * depth + r, panelB, b, rowB, depth, c, to, cRow, adds);
            else tiles.code().tile(packedA, x * depth + r, panelB, b, rowB, depth, c, to, cRow, adds);
        }
    }

    private void apart(Tiles tiles, boolean narrow, int a, int b, int depth, Object c, int to, int row, boolean adds) {
        int aRow = at.rowsA.step, aTerm = at.termsA.step;
        if (narrow) tiles.code().narrowApart(arrayA, a, panelB, b, rowB, depth, c, to, row, adds, aRow, aTerm);
        else tiles.code().apart(arrayA, a, panelB, b, rowB, depth, c, to, row, adds, aRow, aTerm);
    }
}
