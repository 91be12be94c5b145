package org.agnesi.emit;

/// The innermost loops of a product of matrices, over arrays of one dtype: how many rows and columns a tile has is in [Tiles].
///
/// Packed, a matrix is panels that are read from front to back: `panel[p · width + i]` is what belongs to the p-th term of row
/// or column i. Where a panel is wider than the matrix it holds anything, which nobody reads.
public interface TileCode {
    /// `c[i][j] = Σ over p of a[p][i] · b[p][j]`, by fma from 0 in the order of p; where `adds`, that is added to what c holds.
    ///
    /// @param bRow from one row of b to the next
    /// @param cRow from one row of c to the next
    void tile(Object a, int a0, Object b, int b0, int bRow, int k, Object c, int c0, int cRow, boolean adds);

    /// The same for fewer columns: those of one vector, or one.
    void narrow(Object a, int a0, Object b, int b0, int bRow, int k, Object c, int c0, int cRow, boolean adds);

    /// As [#tile] from where `a` lies, packed nowhere.
    ///
    /// @param aRow  from one row of a to the next
    /// @param aTerm from one term to the next
    void apart(Object a, int a0, Object b, int b0, int bRow, int k, Object c, int c0, int cRow, boolean adds, int aRow, int aTerm);

    /// As [#narrow] from where `a` lies.
    void narrowApart(Object a, int a0, Object b, int b0, int bRow, int k, Object c, int c0, int cRow, boolean adds, int aRow, int aTerm);

    /// As [#tile] for a single row of `a`, and more columns.
    void row(Object a, int a0, Object b, int b0, int bRow, int k, Object c, int c0, int cRow, boolean adds);

    /// As [#row] for the columns of a whole tile.
    void narrowRow(Object a, int a0, Object b, int b0, int bRow, int k, Object c, int c0, int cRow, boolean adds);

    /// Four elements of a row from where both matrices lie, packed nowhere:
    /// `c[j] = Σ over p of a[a0 + aDeep[p0 + p]] · b[b0 + bWide[first + j] + bDeep[p0 + p]]`, by fma from 0 in the order of p.
    ///
    /// @param last the column that stands for those there are not
    void dots(Object a, int a0, int[] aDeep, Object b, int b0, int[] bWide, int first, int last, int[] bDeep, int p0, int k, Object c);

    /// Packs a panel from elements anywhere: `to[t0 + p · width + i] = from[base + wide[w0 + i] + deep[d0 + p]]` for i < count.
    void gather(Object from, int base, int[] wide, int w0, int count, int[] deep, int d0, int k, Object to, int t0, int width);

    /// Packs a panel from `count` columns that lie together: `to[t0 + p · width + i] = from[base + deep[d0 + p] + i]` for i < count.
    void copy(Object from, int base, int[] deep, int d0, int k, Object to, int t0, int width, int count);

    /// Moves a tile's elements to where they belong: set, or where `adds` added.
    void scatter(Object tile, int width, Object c, int base, int[] rows, int r0, int rn, int[] columns, int c0, int cn, boolean adds);
}
