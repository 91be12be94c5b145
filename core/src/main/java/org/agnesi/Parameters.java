package org.agnesi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.Required;
import org.agnesi.save.ArrayFile;
import org.agnesi.symbolic.Shared;

/// The values of shared variables in a file, by name: a model's weights.
///
/// ```java
/// Parameters.save(Path.of("model.json"), List.of(w, b));
/// Parameters.load(Path.of("model.json"), List.of(w, b));
/// ```
public final class Parameters {
    private Parameters() {}

    /// Writes the values of this moment; the variables need different names.
    public static void save(Path file, List<Shared> variables) throws IOException {
        var values = new LinkedHashMap<String, NDArray>();
        for (var variable : Required.<Shared>all("save", "a shared variable", variables)) values.put(variable.toString(), variable.value());
        if (values.size() < variables.size()) throw new ArgumentError("""
            parameters need different names, but got %s
            Give each shared variable its own.""".formatted(variables));
        Files.writeString(Required.output("save", file), ArrayFile.write(values));
    }

    /// Sets each variable to the value of its name, all or none.
    ///
    /// @throws org.agnesi.error.FileError if the file is cut short or of another kind
    /// @throws ArgumentError if it has no value for a variable
    public static void load(Path file, List<Shared> variables) throws IOException {
        var values = ArrayFile.read(Required.text("load", file));
        for (var variable : Required.<Shared>all("load", "a shared variable", variables)) {
            var value = values.get(variable.toString());
            if (value == null) throw new ArgumentError("""
                a value for %s is needed, but %s has only %s
                Save it with Parameters.save first, or leave it out.""".formatted(variable, file.getFileName(), values.keySet()));
            variable.check(value);
        }
        for (var variable : variables) variable.value(values.get(variable.toString()));
    }
}
