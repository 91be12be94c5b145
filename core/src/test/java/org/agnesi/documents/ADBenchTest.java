package org.agnesi.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.NpyFile;
import org.agnesi.array.Shape;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// The formulas of the examples that are objectives of ADBench, against values that an independent program computed with 80 bits.
class ADBenchTest {
    private static final Path EXAMPLES = Document.HOME.resolve("examples");
    private static final Path FOLDER = EXAMPLES.resolve("data/adbench");
    private static final List<String> OBJECTIVES = List.of("GaussianMixture", "BundleAdjustment", "CharacterNet", "HandTracking");

    @TempDir static Path folder;

    @BeforeAll static void compile() throws IOException {
        Java.compile(OBJECTIVES.stream().map(name -> EXAMPLES.resolve(name + ".java")).toList(), folder);
    }

    /// All instances that ADBench's folder gives, with what is known of them: a file, or the values themselves. Those of
    /// `large.csv` only `bench/run adbench` looks at.
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(files = "../examples/data/adbench/instances.csv", numLinesToSkip = 1)
    void isTheIndependentValue(String instance, String example, String method, String files, String golden,
            @Nullable Double terms) throws Exception {
        var paths = Stream.of(files.split(" ")).map(FOLDER.resolve("data")::resolve).toArray(Path[]::new);
        var want = golden.endsWith(".npy") ? NpyFile.read(FOLDER.resolve("golden").resolve(golden)) : values(golden);
        var got = (NDArray) called(example, method, paths);
        if (example.equals("BundleAdjustment")) want = copies(want, observations(paths[0]));
        assertClose(got, want, terms);
    }

    /// The file also stores a zero in each row of an observation, for the coordinate of the picture's middle that is not its own:
    /// the pattern knows that it is none.
    @Test void aBundlesSparseJacobianIsTheIndependentOne() throws Exception {
        var golden = Files.readString(FOLDER.resolve("golden/ba/test_csr.json"));
        double[] rows = numbers(golden, "rows"), columns = numbers(golden, "cols"), values = numbers(golden, "vals");
        var kept = IntStream.range(0, values.length).filter(k -> values[k] != 0).toArray();
        assertThat(values.length - kept.length).isEqualTo(2 * 10);
        var entries = (List<?>) called("BundleAdjustment", "entries", FOLDER.resolve("data/ba/test.txt"));
        assertThat(entries.get(1)).isEqualTo(NDArray.of(IntStream.of(kept).map(k -> (int) columns[k]).toArray()));
        assertThat(entries.get(2)).isEqualTo(NDArray.of(
            DoubleStream.of(rows).mapToInt(end -> (int) IntStream.of(kept).filter(k -> k < end).count()).toArray()));
        assertClose((NDArray) entries.getFirst(), NDArray.of(IntStream.of(kept).mapToDouble(k -> values[k]).toArray()), null);
    }

    /// The numbers of an array in a file of nothing but such.
    private static double[] numbers(String json, String name) {
        int start = json.indexOf('[', json.indexOf('"' + name + '"')) + 1;
        return Stream.of(json.substring(start, json.indexOf(']', start)).split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    private static NDArray values(String words) {
        var values = NDArray.of(Stream.of(words.split(" ")).mapToDouble(Double::parseDouble).toArray());
        return values.size() == 1 ? values.reshape() : values;
    }

    /// How many there are in a bundle's file, which writes one: the others are copies.
    private static int observations(Path file) throws IOException { return Integer.parseInt(Files.readString(file).split("\\s+")[2]); }

    private static NDArray copies(NDArray one, int n) {
        var dims = IntStream.concat(IntStream.of(n), IntStream.of(one.shape().dims())).toArray();
        var values = one.toDoubleArray();
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), i -> values[i % values.length]);
    }

    /// What a method of an example says to call, called.
    private static Object called(String example, String what, Path... files) throws Exception {
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, ADBenchTest.class.getClassLoader())) {
            var type = loader.loadClass(example);
            var method = type.getDeclaredMethod(what, Stream.of(files).map(_ -> Path.class).toArray(Class<?>[]::new));
            var constructor = type.getDeclaredConstructor();
            method.setAccessible(true);
            constructor.setAccessible(true);
            return ((Supplier<?>) method.invoke(constructor.newInstance(), (Object[]) files)).get();
        }
    }

    /// @param terms their size where larger ones than the result cancel: their rounding is what is left
    private static void assertClose(NDArray got, NDArray want, @Nullable Double terms) {
        assertThat(got.shape()).isEqualTo(want.shape());
        var values = got.toDoubleArray();
        var wanted = want.toDoubleArray();
        double difference = 0, largest = terms == null ? 0 : terms;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) fail("not a number at " + i);
            difference = Math.max(difference, Math.abs(values[i] - wanted[i]));
            if (terms == null) largest = Math.max(largest, Math.abs(wanted[i]));
        }
        assertThat(difference / largest).isLessThanOrEqualTo(1e-13);
    }
}
