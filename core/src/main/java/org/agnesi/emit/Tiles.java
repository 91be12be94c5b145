package org.agnesi.emit;

import org.agnesi.array.DType;

/// A dtype's tiles: their code, and how large they are.
///
/// @param rows    of a tile
/// @param columns of a tile
/// @param narrow  the columns of a narrow tile
/// @param wide    the columns of a tile of one row
public record Tiles(TileCode code, int rows, int columns, int narrow, int wide) {
    /// Elements that are computed together where nothing is packed.
    public static final int CHAINS = 4;
    /// Columns of a tile of scalars.
    public static final int SCALARS = 4;

    /// A kind of tile, each code of its own: whole ones, narrow ones, both with rows read from where they lie, and
    /// single rows, wide and as narrow as a panel.
    public enum Kind {
        TILE, NARROW, APART, NARROW_APART, ROW, NARROW_ROW;

        /// It, in a set of kinds.
        public int bit() { return 1 << ordinal(); }
    }

    /// The kinds that a product of panels needs, as bits.
    ///
    /// @param columns of the result
    /// @param apart   whether rows may be read from where they lie
    public static int kinds(DType dtype, int columns, boolean apart) {
        int panel = panel(dtype), last = columns % panel;
        boolean narrow = last > 0 && (last <= panel / 2 || columns < panel), whole = columns > panel / 2;
        int kinds = (whole ? Kind.TILE.bit() : 0) | (narrow ? Kind.NARROW.bit() : 0);
        return apart ? kinds | (whole ? Kind.APART.bit() : 0) | (narrow ? Kind.NARROW_APART.bit() : 0) : kinds;
    }

    /// The columns of a panel, of scalars and of vectors alike: those of two vectors.
    public static int panel(DType dtype) { return Simd.width() == 0 ? 16 : 2 * Simd.width() / 8 / dtype.bytes(); }

    /// Tiles of scalars, or of vectors where this JVM has them. There is one class of each, so that HotSpot compiles it once.
    public static Tiles of(DType dtype, boolean simd) {
        boolean wide = dtype == DType.FLOAT64;
        if (!simd || Simd.width() == 0) return wide ? Scalars.DOUBLES : Scalars.FLOATS;
        return wide ? Vectors.DOUBLES : Vectors.FLOATS;
    }

    /// What a tile is added to: that where `adds` is 1, else -0, which changes nothing. No branch, since the first terms of a large product
    /// would have HotSpot compile scalars that only set, and the next ones throw that away.
    static double kept(double element, int adds) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(element) & -(long) adds | Long.MIN_VALUE & ~-(long) adds);
    }

    static float kept(float element, int adds) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(element) & -adds | Integer.MIN_VALUE & ~-adds);
    }

    /// Made when one is first asked for.
    private static final class Scalars {
        static final Tiles DOUBLES = TileEmitter.emit(DType.FLOAT64, 0);
        static final Tiles FLOATS = TileEmitter.emit(DType.FLOAT32, 0);
    }

    /// Made when one is first asked for.
    private static final class Vectors {
        static final Tiles DOUBLES = TileEmitter.emit(DType.FLOAT64, Simd.width());
        static final Tiles FLOATS = TileEmitter.emit(DType.FLOAT32, Simd.width());
    }
}
