package org.agnesi.kernel;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.array.DType;

/// A contraction as products of matrices: `c[batch, row, column] = Σ over the terms of a[batch, row, term] · b[batch, term, column]`,
/// each of them any number of labels.
///
/// Its value is defined to the last bit: for each element, terms are taken in C order of their labels, in blocks of [#DEPTH];
/// a block's sum starts at 0 and takes one term after the other by fma; the sums of the blocks of a [#GROUP] of terms are added in
/// order, and so are those of the groups: millions of equal terms round the same way, and would drift in one sum.
///
/// Labels that are known to have size 1 are in none of the four groups.
///
/// @param swapped whether `a` is the second operand, so that the columns are what lies together in the result
public record Product(Lowering.Contract contract, List<Integer> batch, List<Integer> rows, List<Integer> columns, List<Integer> terms,
    boolean swapped) {
    /// Terms in a block, which is part of what the value is.
    public static final int DEPTH = 256;
    /// Terms in a group of blocks, which is part of what the value is.
    public static final int GROUP = 128 * DEPTH;
    /// Rows and columns that are packed at a time.
    public static final int HEIGHT = 96, WIDTH = 1024;
    /// Rows below which `b` is not worth packing.
    public static final int FEW = 4;
    /// Elements of a result below which neither matrix is worth packing.
    public static final int TINY = 16;
    /// The rows of a panel, and what any panel's columns divide: those of a tile, and those of a tile of one row.
    public static final int PANEL = 8, ACROSS = 32, WIDE = 128;
    /// Multiplications that are known to be so few that loops around them can be fused instead.
    private static final long SMALL = 4096;
    /// Multiplications of a row that are not worth packing.
    private static final long SHORT = 64;
    /// Columns below which vectors along them would have unused lanes.
    private static final int NARROW = 4;

    /// @param sizes of the labels, -1 where one is not known
    public static Product of(Lowering.Contract contract, List<Integer> sizes) {
        var labels = Stream.concat(contract.a().stream(), contract.b().stream()).distinct()
            .filter(label -> sizes.get(label) != 1).toList();
        var batch = contract.out().stream().filter(label -> contract.a().contains(label) && contract.b().contains(label)
            && labels.contains(label)).toList();
        var left = contract.out().stream().filter(label -> labels.contains(label) && !contract.b().contains(label)).toList();
        var right = contract.out().stream().filter(label -> labels.contains(label) && !contract.a().contains(label)).toList();
        var inner = contract.out().reversed().stream().filter(labels::contains).findFirst();
        boolean swaps = right.isEmpty() || inner.isPresent() && left.contains(inner.get());
        var terms = (swaps ? contract.a() : contract.b()).stream()
            .filter(label -> labels.contains(label) && !contract.out().contains(label)).toList();
        return new Product(contract, batch, swaps ? right : left, swaps ? left : right, terms, swaps);
    }

    /// The labels of the axes of `a`.
    public List<Integer> a() { return swapped ? contract.b() : contract.a(); }

    /// The labels of the axes of `b`.
    public List<Integer> b() { return swapped ? contract.a() : contract.b(); }

    /// Whether it is worth a task of its own. A dot of vectors is a loop like any other, and so is a matrix times a vector where
    /// the rows lie in one piece.
    public boolean isLarge(List<Integer> sizes) { return !isSmall(sizes) && !isShort(sizes) && hasColumns(); }

    /// Whether a row's elements are known to be so few that packing costs more than it saves.
    private boolean isShort(List<Integer> sizes) {
        return Stream.concat(columns.stream(), terms.stream()).allMatch(label -> sizes.get(label) >= 0)
            && Stream.concat(columns.stream(), terms.stream()).mapToLong(sizes::get).reduce(1, Math::multiplyExact) <= SHORT;
    }

    private static boolean isSmall(List<Integer> sizes) {
        return sizes.stream().allMatch(size -> size >= 0) && sizes.stream().mapToLong(size -> size).reduce(1, Math::multiplyExact) <= SMALL;
    }

    /// Whether it is worth loops of its own where nothing needs packing: vectors along the columns have many lanes.
    public boolean isWide(List<Integer> sizes) {
        return hasColumns() && (sizes.get(columns.getLast()) < 0 || sizes.get(columns.getLast()) >= NARROW);
    }

    /// Whether it would be [#isWide] if the columns of `b` lay together, which now lie apart.
    public boolean isWideTurned(List<Integer> sizes) {
        return !terms.isEmpty() && !columns.isEmpty() && !endsInColumn()
            && (sizes.get(columns.getLast()) < 0 || sizes.get(columns.getLast()) >= NARROW);
    }

    /// Whether it is a matrix times a vector, or a batch of such, where the terms lie together: a loop like any other, but for a library.
    public boolean isMatrixTimesVector(List<Integer> sizes) {
        return !isSmall(sizes) && rows.isEmpty() && !terms.isEmpty() && !columns.isEmpty()
            && a().stream().filter(this::isCounted).toList().equals(joined(List.of(batch, terms)))
            && b().stream().filter(this::isCounted).toList().equals(joined(List.of(batch, columns, terms)))
            && contract.out().stream().filter(this::isCounted).toList().equals(joined(List.of(batch, columns)));
    }

    private boolean isCounted(int label) { return batch.contains(label) || columns.contains(label) || terms.contains(label); }

    private static List<Integer> joined(List<List<Integer>> parts) { return parts.stream().flatMap(List::stream).toList(); }

    private boolean hasColumns() {
        return !terms.isEmpty() && !columns.isEmpty() && (!rows.isEmpty() || endsInColumn());
    }

    /// Whether what lies together in `b` is a column rather than a term.
    private boolean endsInColumn() {
        var inner = b().reversed().stream().filter(label -> terms.contains(label) || columns.contains(label)).findFirst();
        return inner.isPresent() && columns.contains(inner.get());
    }

    /// How many elements of `a` are packed at a time.
    public static int packedA(int m, int k) { return up(Math.min(m, HEIGHT), PANEL) * Math.min(k, DEPTH); }

    /// How many elements of `b` are packed at a time.
    public static int packedB(int m, int n, int k) {
        return Math.max(up(Math.min(n, WIDTH), ACROSS), m < FEW ? WIDE : 0) * Math.min(k, DEPTH);
    }

    /// How many elements of a result are kept apart until they are added.
    public static int later(int m, int n, int k) { return k <= GROUP ? 0 : m * Math.min(n, WIDTH); }

    /// The bytes of all that is kept from call to call: packed blocks and a tile, but not for a library, and the places of rows,
    /// columns and terms.
    public long scratch(DType dtype, List<Integer> sizes) {
        int m = count(rows, sizes), n = count(columns, sizes), k = count(terms, sizes);
        long batch = count(this.batch, sizes);
        long packed = hasColumns() ? packedA(m, k) + packedB(m, n, k) + PANEL * ACROSS + later(m, n, k) : 0;
        return dtype.bytes() * packed + 4 * (3 * batch + 2L * (m + n + (long) k));
    }

    private static int count(List<Integer> labels, List<Integer> sizes) {
        return labels.stream().map(sizes::get).reduce(1, Math::multiplyExact);
    }

    private static int up(int n, int unit) { return (n + unit - 1) / unit * unit; }

    /// As in einsum: `ij,jk->ik`.
    @Override public String toString() {
        return "%s,%s->%s".formatted(letters(contract.a()), letters(contract.b()), letters(contract.out()));
    }

    private static String letters(List<Integer> labels) {
        return labels.stream().map(label -> String.valueOf((char) ('a' + (label + 8) % 26))).reduce("", String::concat);
    }

    /// The size of each label: from the first operand that tells it.
    public static List<Integer> sizes(Lowering.Contract contract, List<Integer> a, List<Integer> b) {
        int count = 1 + Stream.concat(contract.a().stream(), contract.b().stream()).mapToInt(label -> label).max().orElse(-1);
        return IntStream.range(0, count).mapToObj(label -> {
            int inA = contract.a().indexOf(label), inB = contract.b().indexOf(label);
            return inA >= 0 && (inB < 0 || a.get(inA) >= 0) ? a.get(inA) : b.get(inB);
        }).toList();
    }
}
