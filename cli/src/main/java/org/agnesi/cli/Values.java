package org.agnesi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.agnesi.array.CsvFile;
import org.agnesi.array.NDArray;
import org.agnesi.array.NpyFile;
import org.agnesi.error.FileError;

/// Values as they are typed: a JSON number or array, `@file.npy` or `@file.csv`.
final class Values {
    private Values() {}

    /// The value of a text; JSON's whole numbers become int64 and the others float64, as in NumPy.
    static NDArray read(Word word) throws IOException {
        return word.text().startsWith("@") ? file(word.from(1)) : Json.read(word);
    }

    private static NDArray file(Word name) throws IOException {
        var path = Path.of(name.text());
        var lower = name.text().toLowerCase(Locale.ROOT);
        if (!lower.endsWith(".npy") && !lower.endsWith(".csv")) throw name.mistake(
            "a value from a file needs @NAME.npy or @NAME.csv, but got @" + name.text(),
            "Save it in one of these formats, or type the numbers as JSON.");
        if (!Files.exists(path)) throw name.mistake("a readable file is needed, but got " + name.text(), "");
        try {
            return lower.endsWith(".npy") ? NpyFile.read(path) : CsvFile.read(path).values();
        } catch (FileError e) {
            throw name.mistake(e);
        }
    }
}
