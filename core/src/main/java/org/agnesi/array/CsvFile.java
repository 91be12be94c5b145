package org.agnesi.array;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.agnesi.error.FileError;
import org.agnesi.error.Required;

/// Numbers between commas: the names of the columns, if the first line has them, and a float64 matrix.
///
/// The first line is a header when none of its cells is a number. Cells may be quoted; blank lines are skipped; a missing
/// value is written `nan`.
public record CsvFile(List<String> header, NDArray values) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");   // not Java's 1d, 0x1p3
    private static final Pattern CELL = Pattern.compile("\\s*+(?:\"([^\"]*+(?:\"\"[^\"]*+)*+)\"\\s*|([^,]*+))(,|\\z)");

    public CsvFile { header = List.copyOf(header); }

    /// The numbers in a file; a [FileError] names the line and the column of the first cell that is none.
    public static CsvFile read(Path path) throws IOException {
        Required.file("CsvFile.read", path);
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            return new Reader(String.valueOf(path.getFileName())).read(lines);
        }
    }

    private static final class Reader {
        private final String file;
        private List<String> header = List.of();
        private int columns;
        private int first;          // the line that decided the number of columns, 0 before there is one
        private double[] values = new double[64];
        private int size;

        Reader(String file) { this.file = file; }

        CsvFile read(BufferedReader lines) throws IOException {
            int number = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                var text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
                if (!text.isBlank()) line(number, cells(text));
            }
            if (first == 0) throw new FileError("""
                    at least one line of numbers is needed, but %s is empty
                    Write numbers between commas, one row a line.""".formatted(file));
            return new CsvFile(header, NDArray.wrap(Arrays.copyOf(values, size), size / columns, columns));
        }

        private void line(int number, List<String> cells) {
            if (first == 0) {
                first = number;
                columns = cells.size();
                if (cells.stream().allMatch(cell -> number(cell).isEmpty())) {
                    header = cells;
                    return;
                }
            }
            if (cells.size() != columns) throw new FileError("""
                    rows of one length are needed in %s, but line %d has %d cells and line %d has %d
                    Write nan for a missing value.""".formatted(file, number, cells.size(), first, columns));
            for (int column = 0; column < columns; column++) add(number, column, cells.get(column));
        }

        private void add(int number, int column, String cell) {
            if (size == values.length) values = Arrays.copyOf(values, Math.multiplyExact(2, size));
            values[size++] = number(cell).orElseThrow(() -> new FileError("""
                    a number is needed in %s, line %d, column %d%s, but got '%s'
                    Numbers look like -1.5e3, separated by commas; write nan for a missing value.""".formatted(
                    file, number, column + 1, header.isEmpty() ? "" : " (" + header.get(column) + ")", cell)));
        }
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var matcher = CELL.matcher(line);
        while (matcher.lookingAt()) {
            cells.add(matcher.group(1) == null ? matcher.group(2).strip() : matcher.group(1).replace("\"\"", "\""));
            if (matcher.group(3).isEmpty()) break;
            matcher.region(matcher.end(), line.length());
        }
        return cells;
    }

    private static OptionalDouble number(String cell) {
        if (NUMBER.matcher(cell).matches()) return OptionalDouble.of(Double.parseDouble(cell));
        return switch (cell) {
            case "nan", "NaN", "NAN" -> OptionalDouble.of(Double.NaN);
            case "inf", "+inf", "Infinity", "+Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> OptionalDouble.empty();
        };
    }
}
