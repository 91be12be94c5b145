package org.agnesi.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agnesi.error.FileError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
    @TempDir
    Path folder;

    private CsvFile read(String text) throws IOException { return CsvFile.read(Files.writeString(folder.resolve("data.csv"), text)); }

    private void refuses(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(FileError.class).hasMessage(message);
    }

    private static NDArray matrix(double[]... rows) { return NDArray.of(rows); }

    @Test
    void numbersBetweenCommasMakeAMatrix() throws IOException {
        assertThat(read("1,2.5\n-3e2, +.5\n").values()).isEqualTo(matrix(new double[] {1, 2.5}, new double[] {-300, 0.5}));
    }

    @Test
    void aFirstLineWithoutNumbersIsTheHeader() throws IOException {
        var csv = read("height,\"weight, kg\",\"the \"\"third\"\"\"\n1,2,3\n");
        assertThat(csv.header()).containsExactly("height", "weight, kg", "the \"third\"");
        assertThat(csv.values()).isEqualTo(matrix(new double[] {1, 2, 3}));
    }

    @Test
    void withoutAHeaderThereAreNoNames() throws IOException {
        assertThat(read("1,2\n").header()).isEmpty();
    }

    @Test
    void aHeaderAloneGivesNoRows() throws IOException {
        assertThat(read("a,b\n").values()).isEqualTo(NDArray.zeros(DType.FLOAT64, 0, 2));
    }

    @Test
    void aSingleColumnIsStillAMatrix() throws IOException {
        assertThat(read("1\n2\n").values().shape()).isEqualTo(Shape.of(2, 1));
    }

    @Test
    void linesOfAnySystemAreRead() throws IOException {
        assertThat(read("\uFEFF1,2\r\n\r\n3,4").values()).isEqualTo(matrix(new double[] {1, 2}, new double[] {3, 4}));
    }

    @Test
    void quotedNumbersAreNumbers() throws IOException {
        assertThat(read("\"1\", \"2\" \n").values()).isEqualTo(matrix(new double[] {1, 2}));
    }

    @Test
    void specialValuesAreWrittenInWords() throws IOException {
        assertThat(read("nan,inf,-inf\n").values())
                .isEqualTo(matrix(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}));
    }

    @Test
    void manyRowsAreRead() throws IOException {
        assertThat(read("1,2,3\n".repeat(1000)).values().shape()).isEqualTo(Shape.of(1000, 3));
    }

    @Test
    void aLongCellDoesNotOverflowTheStack() throws IOException {
        assertThat(read("\"" + "a".repeat(100_000) + "\"\n1\n").header().getFirst()).hasSize(100_000);
    }

    @Test
    void aBadCellIsNamedByLineAndColumn() {
        refuses("1,2\n3,four\n", """
                a number is needed in data.csv, line 2, column 2, but got 'four'
                Numbers look like -1.5e3, separated by commas; write nan for a missing value.""");
    }

    @Test
    void aBadCellIsNamedByItsHeaderToo() {
        refuses("height,weight\n\n1,\n", """
                a number is needed in data.csv, line 3, column 2 (weight), but got ''
                Numbers look like -1.5e3, separated by commas; write nan for a missing value.""");
    }

    @Test
    void javasOwnNumberSuffixesAreNoNumbers() {
        refuses("1,2d\n", """
                a number is needed in data.csv, line 1, column 2, but got '2d'
                Numbers look like -1.5e3, separated by commas; write nan for a missing value.""");
    }

    @Test
    void raggedRowsNameBothLines() {
        refuses("a,b\n1,2\n3\n", """
                rows of one length are needed in data.csv, but line 3 has 1 cells and line 1 has 2
                Write nan for a missing value.""");
    }

    @Test
    void anEmptyFileIsRefused() {
        refuses("\n\n", """
                at least one line of numbers is needed, but data.csv is empty
                Write numbers between commas, one row a line.""");
    }
}
