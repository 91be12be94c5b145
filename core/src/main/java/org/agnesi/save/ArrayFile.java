package org.agnesi.save;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.agnesi.array.NDArray;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.FileError;

/// Arrays by name as text: `{"format": "agnesi-arrays", "version": 1, "arrays": {name: array …}}`.
public final class ArrayFile {
    private static final String FORMAT = "agnesi-arrays";

    private ArrayFile() {}

    public static String write(Map<String, NDArray> arrays) {
        var lines = arrays.entrySet().stream().map(e -> Json.write(e.getKey()) + ": " + Json.write(ArrayText.write(e.getValue())))
            .collect(Collectors.joining(",\n  "));
        return """
            {"format": "%s", "version": %d,
             "arrays": {
              %s
             }}
            """.formatted(FORMAT, GraphWriter.VERSION, lines);
    }

    /// @throws FileError if the text is cut short or was not written by [#write]
    public static Map<String, NDArray> read(String text) {
        var file = Members.of("a file of arrays", Json.read(text));
        if (!FORMAT.equals(file.get("format"))) throw file.wrongFormat(FORMAT);
        var arrays = new LinkedHashMap<String, NDArray>();
        Members.of("a file of arrays", file.get("arrays")).members()
            .forEach((name, array) -> arrays.put((String) name, array((String) name, array)));
        return arrays;
    }

    private static NDArray array(String name, Object json) {
        try {
            return ArrayText.read(json);
        } catch (AgnesiException e) {
            throw new FileError("the array %s is refused: %s".formatted(name, e.reason()), e);
        }
    }
}
