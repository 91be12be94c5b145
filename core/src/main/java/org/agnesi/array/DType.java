package org.agnesi.array;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.agnesi.error.TypeError;

/// The type of an array's elements, written in lower case: `float64`.
///
/// | dtype              | Java array              | range                     |
/// |--------------------|-------------------------|---------------------------|
/// | `bool`             | `boolean[]`             | false, true               |
/// | `int8`, `uint8`    | `byte[]`                | −128…127, 0…255           |
/// | `int16`            | `short[]`               | −2¹⁵…2¹⁵ − 1              |
/// | `int32`, `int64`   | `int[]`, `long[]`       | −2³¹…2³¹ − 1, −2⁶³…2⁶³ − 1 |
/// | `float32`, `float64` | `float[]`, `double[]` | IEEE 754                  |
public enum DType {
    BOOL(boolean.class, 1),
    INT8(byte.class, 1),
    UINT8(byte.class, 1),
    INT16(short.class, 2),
    INT32(int.class, 4),
    INT64(long.class, 8),
    FLOAT32(float.class, 4),
    FLOAT64(double.class, 8);

    private final Class<?> carrier;
    private final int bytes;

    DType(Class<?> carrier, int bytes) {
        this.carrier = carrier;
        this.bytes = bytes;
    }

    /// The dtype of this name, such as `"int32"`.
    public static DType of(String name) {
        for (var dtype : values()) if (dtype.toString().equals(name)) return dtype;
        var names = Arrays.stream(values()).map(DType::toString).collect(Collectors.joining(", "));
        throw new TypeError("""
                a dtype's name is needed, but got '%s'
                The dtypes are %s.""".formatted(name, names));
    }

    /// The dtype that holds both, by NumPy's table: `int64` and `float32` give `float64`, `uint8` and `int8` give `int16`.
    public static DType promote(DType a, DType b) {
        if (a == b || b == BOOL) return a;
        if (a == BOOL) return b;
        if (a.isFloating() != b.isFloating()) return a.isFloating() ? a.holding(b) : b.holding(a);
        if (a.bytes == b.bytes) return INT16;   // int8 and uint8, the only two of one kind and width
        return a.bytes > b.bytes ? a : b;
    }

    /// This floating dtype if its fraction holds every value of the integer dtype, else `float64`.
    private DType holding(DType integer) { return integer.bytes <= 2 ? this : FLOAT64; }

    /// The dtype of a quotient, a mean or an exponential: itself when floating, else `float64`.
    public DType floating() { return isFloating() ? this : FLOAT64; }

    /// The size of one element in bytes.
    public int bytes() { return bytes; }

    /// The Java type of one stored element: `byte.class` for both `int8` and `uint8`.
    public Class<?> carrier() { return carrier; }

    public boolean isBool() { return this == BOOL; }

    public boolean isFloating() { return this == FLOAT32 || this == FLOAT64; }

    public boolean isInteger() { return !isBool() && !isFloating(); }

    /// The smallest value of an integer dtype.
    public long minValue() { return integer() == UINT8 ? 0 : -1L << 8 * bytes - 1; }

    /// The largest value of an integer dtype.
    public long maxValue() { return integer() == UINT8 ? 255 : ~(-1L << 8 * bytes - 1); }

    private DType integer() {
        if (isInteger()) return this;
        throw new TypeError("""
                smallest and largest values need an integer dtype, but got %s
                For floats use -Double.MAX_VALUE and Double.MAX_VALUE, or infinity.""".formatted(this));
    }

    @Override public String toString() { return name().toLowerCase(Locale.ROOT); }
}
