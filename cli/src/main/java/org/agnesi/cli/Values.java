package org.agnesi.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.agnesi.array.CsvFile;
import org.agnesi.array.NDArray;
import org.agnesi.array.NpyFile;
import org.agnesi.error.ArgumentError;

/// Values as they are typed: a JSON number or array, `@file.npy` or `@file.csv`.
final class Values {
    private Values() {}

    /// The value of a text; JSON's whole numbers become int64 and the others float64, as in NumPy.
    static NDArray read(String text) throws IOException {
        return text.startsWith("@") ? file(text.substring(1)) : Json.read(text);
    }

    private static NDArray file(String name) throws IOException {
        var path = Path.of(name);
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".npy")) return NpyFile.read(path);
        if (lower.endsWith(".csv")) return CsvFile.read(path).values();
        throw new ArgumentError("""
                a value from a file needs @NAME.npy or @NAME.csv, but got @%s
                Save it in one of these formats, or type the numbers as JSON.""".formatted(name));
    }
}
