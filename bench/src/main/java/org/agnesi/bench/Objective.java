package org.agnesi.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agnesi.array.NpyFile;

/// What a method of an example computes, of which files below `data`; examples are classes without a package, which only
/// reflection reaches.
///
/// @param golden a file below `golden`, or the values themselves
/// @param terms  their size where larger ones than the result cancel, or empty
record Objective(String name, String example, String method, List<String> files, String golden, String terms) {
    static Objective of(String line) {
        var words = line.split(",", -1);
        return new Objective(words[0], words[1], words[2], List.of(words[3].split(" ")), words[4], words[5]);
    }

    Path[] paths(Path folder) { return files.stream().map(folder.resolve("data")::resolve).toArray(Path[]::new); }

    /// The values of a call of the method.
    Supplier<?> call(Path folder) throws ReflectiveOperationException {
        var type = Class.forName(example);
        var constructor = type.getDeclaredConstructor();
        var called = type.getDeclaredMethod(method, files.stream().map(_ -> Path.class).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        called.setAccessible(true);
        return (Supplier<?>) called.invoke(constructor.newInstance(), (Object[]) paths(folder));
    }

    double[] golden(Path folder) throws IOException {
        if (golden.endsWith(".npy")) return NpyFile.read(folder.resolve("golden").resolve(golden)).toDoubleArray();
        return Stream.of(golden.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /// The largest difference, divided by the largest value; a bundle's values are those of all its observations.
    double error(double[] got, double[] want) {
        double difference = 0, largest = 0;
        for (int i = 0; i < got.length; i++) {
            difference = Math.max(difference, Math.abs(got[i] - want[i % want.length]));
            largest = Math.max(largest, Math.abs(want[i % want.length]));
        }
        return difference / (terms.isEmpty() ? largest : Double.parseDouble(terms));
    }
}
