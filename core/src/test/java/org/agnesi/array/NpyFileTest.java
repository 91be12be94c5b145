package org.agnesi.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.agnesi.error.FileError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The files in `npy/` come from NumPy itself: `numpy_files.py` beside them writes them.
class NpyFileTest {
    private static final String VECTOR = "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }";

    @TempDir
    Path folder;

    private static byte[] bytes(String name) throws IOException {
        try (var in = NpyFileTest.class.getResourceAsStream("npy/" + name + ".npy")) {
            return in.readAllBytes();
        }
    }

    private NDArray numpys(String name) throws IOException { return read(bytes(name)); }

    private NDArray read(byte[] bytes) throws IOException { return NpyFile.read(Files.write(folder.resolve("data.npy"), bytes)); }

    private static byte[] file(int version, String header, int elementBytes) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0, (byte) header.length(), 0});
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[elementBytes]);
        return out.toByteArray();
    }

    private void refuses(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(FileError.class).hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryDtype(DType dtype) throws IOException {
        assertThat(numpys(dtype.toString())).isEqualTo(NDArray.of(new int[][] {{0, 1, 2}, {-3, 100, 5}}).cast(dtype));
    }

    @Test
    void readsASingleNumber() throws IOException {
        assertThat(numpys("scalar")).isEqualTo(NDArray.of(8.0));
    }

    @Test
    void readsSpecialValuesBitForBit() throws IOException {
        assertThat(numpys("vector"))
                .isEqualTo(NDArray.of(new double[] {0.1, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE}));
    }

    @Test
    void readsAnArrayWithoutElements() throws IOException {
        assertThat(numpys("empty")).isEqualTo(NDArray.zeros(DType.INT32, 0, 3));
    }

    @Test
    void readsFortranOrder() throws IOException {
        assertThat(numpys("fortran")).isEqualTo(NDArray.generateLongs(DType.INT16, Shape.of(2, 3, 4), i -> i));
    }

    @Test
    void readsBigEndian() throws IOException {
        assertThat(numpys("big-endian")).isEqualTo(NDArray.of(new double[][] {{0.1, -2}, {3, 1e300}}));
    }

    @Test
    void readsBigEndianInFortranOrder() throws IOException {
        assertThat(numpys("big-endian-fortran")).isEqualTo(NDArray.of(new int[][] {{1, 2, 3}, {4, 5, 6}}));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void readsLaterVersions(int version) throws IOException {
        assertThat(numpys("version-" + version)).isEqualTo(NDArray.of(new double[] {1.5, 2.5}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bool", "int8", "uint8", "int16", "int32", "int64", "float32", "float64", "scalar", "vector", "empty"})
    void writesTheBytesThatNumPyWrites(String name) throws IOException {
        var copy = folder.resolve("copy.npy");
        NpyFile.write(copy, numpys(name));
        assertThat(copy).hasBinaryContent(bytes(name));
    }

    @ParameterizedTest
    @EnumSource
    void readsBackMoreThanAChunk(DType dtype) throws IOException {
        var array = NDArray.generateLongs(DType.INT64, Shape.of(7, 50_001), i -> i * 31L % 127).cast(dtype);
        NpyFile.write(folder.resolve("big.npy"), array);
        assertThat(NpyFile.read(folder.resolve("big.npy"))).isEqualTo(array);
    }

    @Test
    void writingReplacesALongerFile() throws IOException {
        var path = Files.write(folder.resolve("data.npy"), new byte[10_000]);
        NpyFile.write(path, NDArray.of(1.0));
        assertThat(NpyFile.read(path)).isEqualTo(NDArray.of(1.0));
    }

    @Test
    void aMissingFileIsNoFileError() {
        assertThatThrownBy(() -> NpyFile.read(folder.resolve("none.npy"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aMissingFileIsNamedWithItsFolder() {
        var path = folder.resolve("none.npy");
        assertThatThrownBy(() -> NpyFile.read(path)).isInstanceOf(NoSuchFileException.class).hasMessage("""
                %s: NpyFile.read needs a file that exists, but there is none of this name
                Look for it: the name means %1$s.""", path);
        assertThatThrownBy(() -> CsvFile.read(path)).isInstanceOf(NoSuchFileException.class).hasMessage("""
                %s: CsvFile.read needs a file that exists, but there is none of this name
                Look for it: the name means %1$s.""", path);
    }

    @Test
    void elementsCutShortAreCounted() throws IOException {
        refuses(Arrays.copyOf(bytes("vector"), 128 + 39), """
                float64 of shape (5,) needs 40 bytes of elements in data.npy, but 39 follow the header
                The file is cut short: save it again.""");
    }

    @Test
    void aHeaderThatClaimsTooLittleIsNotBelieved() throws IOException {
        refuses(file(1, VECTOR, 32), """
                float64 of shape (3,) needs 24 bytes of elements in data.npy, but 32 follow the header
                The file is longer than its header says: save it again.""");
    }

    @Test
    void aHeaderThatClaimsGigabytesAllocatesNothing() throws IOException {
        refuses(file(1, VECTOR.replace("3,", "2000000000,"), 24), """
                float64 of shape (2000000000,) needs 16000000000 bytes of elements in data.npy, but 24 follow the header
                The file is cut short: save it again.""");
    }

    @Test
    void aHeaderThatClaimsMoreThanAnArrayHoldsIsRefused() throws IOException {
        refuses(file(1, VECTOR.replace("3,", "65536, 65536"), 24), """
                at most 2147483647 elements are needed in data.npy, but its shape is (65536, 65536)
                Save it in smaller parts.""");
        refuses(file(1, VECTOR.replace("3,", "99999999999,"), 24), """
                at most 2147483647 elements are needed in data.npy, but its shape is (99999999999,)
                Save it in smaller parts.""");
    }

    @Test
    void aHeaderCutShortIsNoHeader() throws IOException {
        refuses(Arrays.copyOf(bytes("vector"), 30), """
                an .npy file is needed, but data.npy ends after 20 of 118 bytes of a part that it needs
                The file is cut short: save it again.""");
        refuses(new byte[0], """
                an .npy file is needed, but data.npy ends after 0 of 8 bytes of a part that it needs
                The file is cut short: save it again.""");
    }

    @Test
    void pythonObjectsAreRefused() throws IOException {
        refuses(bytes("objects"), """
                numbers or booleans are needed in data.npy, but it holds Python objects ('|O')
                Convert them in Python before saving: numpy.save(file, x.astype("float64")).""");
    }

    @Test
    void otherDtypesAreRefusedByName() throws IOException {
        refuses(bytes("complex"), """
                bool, int8, uint8, int16, int32, int64, float32 or float64 is needed in data.npy, but its dtype is '<c16'
                Convert it in Python before saving: numpy.save(file, x.astype("float64")).""");
        refuses(bytes("structure"), """
                bool, int8, uint8, int16, int32, int64, float32 or float64 is needed in data.npy, but its dtype is '[…]'
                Convert it in Python before saving: numpy.save(file, x.astype("float64")).""");
    }

    @Test
    void aZipOfArraysIsNotOneArray() {
        refuses("PK\3\4 and so on".getBytes(StandardCharsets.US_ASCII), """
                an .npy file is needed, but data.npy does not start as one
                Save a single array with numpy.save; an .npz is a zip of several.""");
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        refuses(file(4, VECTOR, 24), """
                version 1, 2 or 3 of the .npy format is needed, but data.npy has version 4
                Save it again with numpy.save.""");
    }

    @Test
    void aHeaderWithoutAShapeIsRefused() throws IOException {
        refuses(file(1, "{'descr': '<f8', 'fortran_order': False}", 24), """
                a header with descr, fortran_order and shape is needed in data.npy, but its shape is missing or unreadable: \
                {'descr': '<f8', 'fortran_order': False}
                Save it again with numpy.save.""");
    }

    @Test
    void aNegativeLengthIsUnreadable() throws IOException {
        refuses(file(1, VECTOR.replace("3,", "-3,"), 24), """
                a header with descr, fortran_order and shape is needed in data.npy, but its shape is missing or unreadable: \
                {'descr': '<f8', 'fortran_order': False, 'shape': (-3,), }
                Save it again with numpy.save.""");
    }

    @Test
    void aHeaderOfGigabytesIsNotRead() {
        refuses(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1}, """
                a header of at most 1048576 bytes is needed, but data.npy says that its own has 4294967295
                Save it again with numpy.save.""");
    }
}
