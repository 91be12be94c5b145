package org.agnesi.array;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Prints an array as NumPy's `str` does: lines of 75 columns, and `...` for the middle of more than 1000 elements.
final class ArrayPrinter {
    private static final int LINE_WIDTH = 75;
    private static final int THRESHOLD = 1000;
    private static final int EDGE = 3;

    private final NDArray array;
    private final int[] dims;
    private final int[] strides;
    private final boolean summarize;
    private final IntFunction<String> element;

    private ArrayPrinter(NDArray array) {
        this.array = array;
        this.dims = array.shape().dims();
        this.strides = array.shape().strides();
        this.summarize = array.size() > THRESHOLD;
        this.element = elementFormat();
    }

    static String print(NDArray array) {
        if (array.rank() == 0) return scalar(array);
        return array.size() == 0 ? "[]" : new ArrayPrinter(array).print(0, 0, " ", LINE_WIDTH);
    }

    private static String scalar(NDArray array) {
        if (array.dtype().isBool()) return array.toBoolean() ? "True" : "False";
        return array.dtype().isFloating() ? FloatFormat.scalar(array.dtype(), array.toDouble()) : "" + array.toLong();
    }

    /// Only the elements that are shown decide the common format.
    private IntFunction<String> elementFormat() {
        var dtype = array.dtype();
        if (dtype.isBool()) return i -> array.booleanAt(i) ? " True" : "False";
        var shown = new ArrayList<Integer>();
        if (array.size() > 0) visible(0, 0, shown);
        if (dtype.isFloating()) {
            var format = new FloatFormat(dtype, shown.stream().mapToDouble(array::doubleAt).toArray());
            return i -> format.format(array.doubleAt(i));
        }
        int width = shown.stream().mapToInt(i -> Long.toString(array.longAt(i)).length()).max().orElse(0);
        return i -> padLeft(Long.toString(array.longAt(i)), width);
    }

    private void visible(int axis, int flat, List<Integer> shown) {
        if (axis == dims.length) {
            shown.add(flat);
            return;
        }
        for (int i : positions(axis)) if (i >= 0) visible(axis + 1, flat + i * strides[axis], shown);
    }

    /// The positions shown along an axis, −1 standing for the dots.
    private int[] positions(int axis) {
        int n = dims[axis];
        boolean dots = summarize && n > 2 * EDGE;
        var positions = new int[dots ? 2 * EDGE + 1 : n];
        for (int i = 0; i < positions.length; i++) positions[i] = !dots || i < EDGE ? i : i == EDGE ? -1 : n - positions.length + i;
        return positions;
    }

    private String print(int axis, int flat, String indent, int width) {
        var out = axis == dims.length - 1 ? row(axis, flat, indent, width - 1) : rows(axis, flat, indent, width);
        return "[" + out.substring(indent.length()) + "]";
    }

    private String rows(int axis, int flat, String indent, int width) {
        var parts = new ArrayList<String>();
        for (int i : positions(axis))
            parts.add(indent + (i < 0 ? "..." : print(axis + 1, flat + i * strides[axis], indent + " ", width - 1)));
        return String.join("\n".repeat(dims.length - 1 - axis), parts);
    }

    private String row(int axis, int flat, String indent, int width) {
        var out = new StringBuilder();
        var line = new StringBuilder(indent);
        for (int i : positions(axis)) {
            var word = i < 0 ? "..." : element.apply(flat + i);
            if (line.length() + word.length() > width && line.length() > indent.length()) {
                out.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        line.setLength(line.length() - 1);
        return out.append(line).toString();
    }

    static String padLeft(String text, int width) { return " ".repeat(Math.max(0, width - text.length())) + text; }
}
