package org.agnesi.array;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agnesi.error.FileError;
import org.agnesi.error.ShapeError;

/// The header of an `.npy` file: `{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }`.
record NpyHeader(DType dtype, ByteOrder order, boolean fortran, Shape shape) {
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|(\\[))");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,L]*)\\)");   // Python 2 wrote 3L

    static NpyHeader parse(String file, String text) {
        var descr = find(DESCR, "descr", file, text);
        var code = descr.group(1) == null ? "[…]" : descr.group(1);
        return new NpyHeader(
                dtype(file, code),
                code.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                find(FORTRAN, "fortran_order", file, text).group(1).equals("True"),
                shape(file, find(SHAPE, "shape", file, text).group(1)));
    }

    private static Matcher find(Pattern pattern, String key, String file, String text) {
        var matcher = pattern.matcher(text);
        if (matcher.find()) return matcher;
        throw new FileError("""
                a header with descr, fortran_order and shape is needed in %s, but its %s is missing or unreadable: %s
                Save it again with numpy.save.""".formatted(file, key, excerpt(text)));
    }

    private static String excerpt(String text) {
        var line = text.strip().replaceAll("[^ -~]", "?");
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }

    private static DType dtype(String file, String code) {
        return switch (code.isEmpty() ? "" : code.substring(1)) {
            case "b1" -> DType.BOOL;
            case "i1" -> DType.INT8;
            case "u1" -> DType.UINT8;
            case "i2" -> DType.INT16;
            case "i4" -> DType.INT32;
            case "i8" -> DType.INT64;
            case "f4" -> DType.FLOAT32;
            case "f8" -> DType.FLOAT64;
            case "O" -> throw new FileError("""
                    numbers or booleans are needed in %s, but it holds Python objects ('%s')
                    Convert them in Python before saving: numpy.save(file, x.astype("float64")).""".formatted(file, code));
            default -> throw new FileError("""
                    bool, int8, uint8, int16, int32, int64, float32 or float64 is needed in %s, but its dtype is '%s'
                    Convert it in Python before saving: numpy.save(file, x.astype("float64")).""".formatted(file, code));
        };
    }

    private static Shape shape(String file, String text) {
        try {
            return Shape.of(Arrays.stream(text.split(",")).map(s -> s.replace("L", "").strip()).filter(s -> !s.isEmpty())
                    .mapToInt(Integer::parseInt).toArray());
        } catch (NumberFormatException | ShapeError e) {
            throw new FileError("""
                    at most 2147483647 elements are needed in %s, but its shape is (%s)
                    Save it in smaller parts.""".formatted(file, text), e);
        }
    }

    long dataBytes() { return (long) dtype.bytes() * shape.size(); }

    /// The text that NumPy writes, with its room for the first axis to grow, but not yet padded.
    String text() {
        var first = shape.rank() == 0 ? " ".repeat(21) : Integer.toString(shape.dim(0));
        return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(code(), shape) + " ".repeat(21 - first.length());
    }

    private String code() {
        var kind = dtype.isBool() ? "b" : dtype.isFloating() ? "f" : dtype == DType.UINT8 ? "u" : "i";
        return (dtype.bytes() == 1 ? "|" : "<") + kind + dtype.bytes();
    }
}
