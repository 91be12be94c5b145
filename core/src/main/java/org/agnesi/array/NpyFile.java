package org.agnesi.array;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agnesi.error.FileError;
import org.agnesi.error.Required;

/// Arrays in NumPy's `.npy` files: what `numpy.save` writes and `numpy.load` reads.
///
/// Reads versions 1 to 3, either byte order, C and Fortran order; writes the bytes that NumPy writes. The sizes that a
/// header claims are compared with the file's before any element is read.
///
/// ```
/// file ::= \x93NUMPY major minor length header elements      length: 2 bytes in version 1, then 4; little-endian
/// ```
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 20;
    private static final int CHUNK = 1 << 16;   // bytes: a multiple of every element's size

    private NpyFile() {}

    /// The array in a file; a [FileError] if it holds anything else.
    public static NDArray read(Path path) throws IOException {
        try (var in = Files.newByteChannel(Required.file("NpyFile.read", path))) {
            var file = String.valueOf(path.getFileName());
            var header = header(file, in);
            long left = in.size() - in.position();
            if (left != header.dataBytes()) throw new FileError("""
                    %s of shape %s needs %d bytes of elements in %s, but %d follow the header
                    The file is %s: save it again.""".formatted(header.dtype(), header.shape(), header.dataBytes(), file, left,
                    left < header.dataBytes() ? "cut short" : "longer than its header says"));
            return header.fortran() ? fromFortran(elements(file, in, header)) : elements(file, in, header);
        }
    }

    private static NpyHeader header(String file, ReadableByteChannel in) throws IOException {
        var start = next(file, in, MAGIC.length + 2);
        if (!Arrays.equals(start.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) throw new FileError("""
                an .npy file is needed, but %s does not start as one
                Save a single array with numpy.save; an .npz is a zip of several.""".formatted(file));
        int version = start.get(MAGIC.length);
        if (version < 1 || version > 3) throw new FileError("""
                version 1, 2 or 3 of the .npy format is needed, but %s has version %d
                Save it again with numpy.save.""".formatted(file, version));
        int length = version == 1 ? next(file, in, 2).getShort(0) & 0xFFFF : next(file, in, 4).getInt(0);
        if (length < 0 || length > LONGEST_HEADER) throw new FileError("""
                a header of at most %d bytes is needed, but %s says that its own has %d
                Save it again with numpy.save.""".formatted(LONGEST_HEADER, file, Integer.toUnsignedLong(length)));
        return NpyHeader.parse(file, new String(next(file, in, length).array(), StandardCharsets.UTF_8));
    }

    private static ByteBuffer next(String file, ReadableByteChannel in, int n) throws IOException {
        var bytes = ByteBuffer.allocate(n).order(LITTLE_ENDIAN);
        while (bytes.hasRemaining()) if (in.read(bytes) < 0) throw new FileError("""
                an .npy file is needed, but %s ends after %d of %d bytes of a part that it needs
                The file is cut short: save it again.""".formatted(file, bytes.position(), n));
        return bytes.flip();
    }

    private static NDArray elements(String file, SeekableByteChannel in, NpyHeader header) throws IOException {
        var out = NDArray.zeros(header.dtype(), header.fortran() ? reversed(header.shape()) : header.shape());
        int step = CHUNK / out.dtype().bytes();
        for (int at = 0, n; at < out.size(); at += n) {
            n = Math.min(step, out.size() - at);
            var bytes = MemorySegment.ofBuffer(next(file, in, n * out.dtype().bytes()));
            if (out.dtype().isBool()) for (int i = 0; i < n; i++) out.setLongAt(at + i, bytes.get(ValueLayout.JAVA_BYTE, i));
            else MemorySegment.copy(bytes, layout(out.dtype(), header.order()), 0, out.data(), at, n);
        }
        return out;
    }

    /// Fortran order is the C order of the transposed array: the first index moves fastest.
    private static NDArray fromFortran(NDArray transposed) {
        var shape = reversed(transposed.shape());
        var strides = transposed.shape().strides();
        return transposed.take(shape, i -> {
            int source = 0;
            for (int axis = shape.rank() - 1, rest = i; axis >= 0; rest /= shape.dim(axis--))
                source += rest % shape.dim(axis) * strides[shape.rank() - 1 - axis];
            return source;
        });
    }

    private static Shape reversed(Shape shape) {
        var dims = new int[shape.rank()];
        for (int axis = 0; axis < dims.length; axis++) dims[axis] = shape.dim(dims.length - 1 - axis);
        return Shape.of(dims);
    }

    /// Writes an array, replacing what the file held.
    public static void write(Path path, NDArray array) throws IOException {
        var text = new NpyHeader(Required.of("NpyFile.write", "an array", array).dtype(), LITTLE_ENDIAN, false, array.shape()).text();
        int start = MAGIC.length + 4;
        int padding = 64 - (start + text.length() + 1) % 64;   // as NumPy: at least one, so that elements start at a multiple of 64
        var head = ByteBuffer.allocate(start + text.length() + padding + 1).order(LITTLE_ENDIAN);
        head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (head.capacity() - start));
        head.put((text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
        try (var out = Files.newByteChannel(Required.output("NpyFile.write", path), CREATE, TRUNCATE_EXISTING, WRITE)) {
            writeAll(out, head.flip());
            writeElements(out, array);
        }
    }

    private static void writeElements(WritableByteChannel out, NDArray array) throws IOException {
        int step = CHUNK / array.dtype().bytes();
        for (int at = 0, n; at < array.size(); at += n) {
            n = Math.min(step, array.size() - at);
            var bytes = ByteBuffer.allocate(n * array.dtype().bytes());
            if (array.dtype().isBool()) for (int i = 0; i < n; i++) bytes.put(i, (byte) array.longAt(at + i));
            else MemorySegment.copy(array.data(), at, MemorySegment.ofBuffer(bytes), layout(array.dtype(), LITTLE_ENDIAN), 0, n);
            writeAll(out, bytes);
        }
    }

    private static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) out.write(bytes);
    }

    private static ValueLayout layout(DType dtype, ByteOrder order) {
        return switch (dtype) {
            case BOOL, INT8, UINT8 -> ValueLayout.JAVA_BYTE;
            case INT16 -> ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
            case INT32 -> ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
            case INT64 -> ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
            case FLOAT32 -> ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
            case FLOAT64 -> ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order);
        };
    }
}
