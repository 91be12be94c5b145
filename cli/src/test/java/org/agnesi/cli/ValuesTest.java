package org.agnesi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agnesi.array.NDArray;
import org.agnesi.array.NpyFile;
import org.agnesi.error.AgnesiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTest {
    @TempDir
    Path folder;

    private static NDArray read(String text) throws IOException { return Values.read(Word.of(text)); }

    @Test void wholeNumbersAreInt64() throws IOException {
        assertThat(read("[[0,1],[-1,-2]]")).isEqualTo(NDArray.of(new long[][] {{0, 1}, {-1, -2}}));
    }

    @Test void oneFractionMakesAllFloat64() throws IOException {
        assertThat(read("[1, 2.5]")).isEqualTo(NDArray.of(new double[] {1, 2.5}));
    }

    @Test void aNumberIsAScalar() throws IOException {
        assertThat(read(" -2e-3 ")).isEqualTo(NDArray.of(-2e-3));
    }

    @Test void numbersArePunctuatedAsPeopleTypeThem() throws IOException {
        assertThat(read("[.5, 1., +2.0, NaN, -Infinity]"))
            .isEqualTo(NDArray.of(new double[] {0.5, 1, 2, Double.NaN, Double.NEGATIVE_INFINITY}));
    }

    @Test void truthValuesAreBool() throws IOException {
        assertThat(read("[true, false]")).isEqualTo(NDArray.of(new boolean[] {true, false}));
    }

    @Test void anNpyFileIsRead() throws IOException {
        var x = NDArray.of(new float[] {1, 2});
        NpyFile.write(folder.resolve("x.npy"), x);
        assertThat(read("@" + folder.resolve("x.npy"))).isEqualTo(x);
    }

    @Test void aCsvFileIsRead() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\n");
        assertThat(read("@" + folder.resolve("x.csv"))).isEqualTo(NDArray.of(new double[][] {{1, 2}}));
    }

    @Test void raggedRowsAreRefused() {
        refuses("[[1, 2], [3]]", """
            rows of one length are needed, but row 1 has length 1 and row 0 has length 2
                [[1, 2], [3]]
                         ^^^
            Pad or cut them to the same length.""");
    }

    @Test void aMissingBracketIsShown() {
        refuses("[1, 2", """
            a JSON number or array is needed, but the end is missing
                [1, 2
                     ^
            Write for example 2, [1, 2.5] or [[0, 1], [-1, -2]].""");
    }

    @Test void aMissingNumberIsShown() {
        refuses("[1,,2]", """
            a JSON number or array is needed, but this is not JSON
                [1,,2]
                   ^
            Write for example 2, [1, 2.5] or [[0, 1], [-1, -2]].""");
    }

    @Test void textIsNoNumber() {
        refuses("[1, \"two\"]", """
            a JSON number or array is needed, but text is no number
                [1, "two"]
                    ^
            Write for example 2, [1, 2.5] or [[0, 1], [-1, -2]].""");
    }

    @Test void aSecondValueIsShown() {
        refuses("[1] [2]", """
            a JSON number or array is needed, but something follows
                [1] [2]
                    ^
            Write for example 2, [1, 2.5] or [[0, 1], [-1, -2]].""");
    }

    @Test void nothingIsNoNumber() {
        refuses("", """
            a JSON number or array is needed, but a number is missing
               \s
                ^
            Write for example 2, [1, 2.5] or [[0, 1], [-1, -2]].""");
    }

    @Test void onlyAWindowOfALongTextIsShown() {
        refuses("[" + "1,".repeat(1000) + "x" + ",1".repeat(1000) + "]", """
            a JSON number or array is needed, but this is not JSON
                … %sx%s …
                %s^
            Write for example 2, [1, 2.5] or [[0, 1], [-1, -2]].""".formatted("1,".repeat(25), ",1".repeat(24) + ",", " ".repeat(52)));
    }

    @Test void theNumberOfAxesIsBounded() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(AgnesiException.class)
            .hasMessageContaining("but it has more than 32 axes");
    }

    @Test void anotherKindOfFileIsRefused() {
        refuses("@x.txt", """
            a value from a file needs @NAME.npy or @NAME.csv, but got @x.txt
                @x.txt
                 ^^^^^
            Save it in one of these formats, or type the numbers as JSON.""");
    }

    @Test void aMissingFileIsNamed() {
        refuses("@nowhere.npy", """
            a readable file is needed, but got nowhere.npy
                @nowhere.npy
                 ^^^^^^^^^^^""");
    }

    @Test void aBadCellIsNamedByLineAndColumn() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\n3,four\n");
        assertThatThrownBy(() -> read("@" + folder.resolve("x.csv"))).hasMessageContainingAll("four", "line 3", "column 2");
    }

    @Test void anNpyFileCutShortIsRefused() throws IOException {
        npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", 16);
        assertThatThrownBy(() -> read("@" + folder.resolve("x.npy"))).hasMessageContaining("cut short");
    }

    @Test void anNpyFileOfObjectsIsRefused() throws IOException {
        npy("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", 24);
        assertThatThrownBy(() -> read("@" + folder.resolve("x.npy"))).hasMessageContaining("|O");
    }

    @Test void aHeaderThatPromisesTooLittleIsRefused() throws IOException {
        npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 24);
        assertThatThrownBy(() -> read("@" + folder.resolve("x.npy"))).hasMessageContaining("longer than its header says");
    }

    private void npy(String header, int dataBytes) throws IOException {
        var text = header.getBytes(StandardCharsets.US_ASCII);
        var bytes = ByteBuffer.allocate(10 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length).put(text);
        Files.write(folder.resolve("x.npy"), bytes.array());
    }

    private static void refuses(String text, String message) {
        assertThatExceptionOfType(AgnesiException.class).isThrownBy(() -> read(text))
            .extracting(AgnesiException::problem).isEqualTo(message);
    }
}
