package org.agnesi.save;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.FileError;
import org.jspecify.annotations.Nullable;

/// Arrays as JSON: few elements as numbers, more as base64 of their bytes, little-endian.
final class ArrayText {
    private static final int FEW = 16;

    private ArrayText() {}

    static Map<String, @Nullable Object> write(NDArray a) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("dtype", a.dtype().toString());
        members.put("shape", Arrays.stream(a.shape().dims()).mapToObj(dim -> (Object) (long) dim).toList());
        if (a.size() <= FEW && isPlain(a)) members.put("values", values(a));
        else members.put("data", Base64.getEncoder().encodeToString(bytes(a)));
        return members;
    }

    /// Whether numbers say all: JSON has neither NaN nor ∞.
    private static boolean isPlain(NDArray a) {
        for (int i = 0; i < a.size(); i++) if (a.dtype().isFloating() && !Double.isFinite(a.doubleAt(i))) return false;
        return true;
    }

    private static List<Object> values(NDArray a) {
        var values = new ArrayList<Object>(a.size());
        for (int i = 0; i < a.size(); i++) values.add(a.dtype().isFloating() ? (Object) a.doubleAt(i) : (Object) a.longAt(i));
        return values;
    }

    private static byte[] bytes(NDArray a) {
        var bytes = ByteBuffer.allocate(a.size() * a.dtype().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < a.size(); i++) put(a, i, bytes);
        return bytes.array();
    }

    private static void put(NDArray a, int i, ByteBuffer bytes) {
        switch (a.dtype()) {
            case BOOL, INT8, UINT8 -> bytes.put((byte) a.longAt(i));
            case INT16 -> bytes.putShort((short) a.longAt(i));
            case INT32 -> bytes.putInt((int) a.longAt(i));
            case INT64 -> bytes.putLong(a.longAt(i));
            case FLOAT32 -> bytes.putInt(Float.floatToRawIntBits(((float[]) a.data())[i]));
            case FLOAT64 -> bytes.putLong(Double.doubleToRawLongBits(((double[]) a.data())[i]));
        }
    }

    static NDArray read(@Nullable Object json) {
        var members = Members.of("an array", json);
        var dtype = DType.of(members.string("dtype"));
        var shape = Shape.of(members.integers("shape"));
        if (members.has("values")) return numbers(dtype, shape, members.list("values"));
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(members.string("data"));
        } catch (IllegalArgumentException e) {
            throw new FileError("the elements of an array need base64, but got something else: " + e.getMessage(), e);
        }
        check(shape, bytes.length / dtype.bytes(), bytes.length % dtype.bytes() == 0);
        var a = NDArray.zeros(dtype, shape);
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < shape.size(); i++) take(buffer, a, i);
        return a;
    }

    private static NDArray numbers(DType dtype, Shape shape, List<@Nullable Object> values) {
        check(shape, values.size(), true);
        var a = NDArray.zeros(dtype, shape);
        for (int i = 0; i < shape.size(); i++) {
            if (!(values.get(i) instanceof Number value))
                throw new FileError("an array needs numbers, but got " + Json.write(values.get(i)));
            if (dtype.isFloating()) a.setDoubleAt(i, value.doubleValue());
            else a.setLongAt(i, value.longValue());
        }
        return a;
    }

    /// Checked before anything of that size is made.
    private static void check(Shape shape, int elements, boolean whole) {
        if (!whole || elements != shape.size()) throw new FileError("""
            an array of shape %s needs %d elements, but got %d
            Is the file cut short?""".formatted(shape, shape.size(), elements));
    }

    private static void take(ByteBuffer bytes, NDArray a, int i) {
        switch (a.dtype()) {
            case BOOL, INT8, UINT8 -> a.setLongAt(i, bytes.get());
            case INT16 -> a.setLongAt(i, bytes.getShort());
            case INT32 -> a.setLongAt(i, bytes.getInt());
            case INT64 -> a.setLongAt(i, bytes.getLong());
            case FLOAT32 -> ((float[]) a.data())[i] = Float.intBitsToFloat(bytes.getInt());
            case FLOAT64 -> ((double[]) a.data())[i] = Double.longBitsToDouble(bytes.getLong());
        }
    }
}
