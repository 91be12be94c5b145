package org.agnesi.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.NpyFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The formulas of the examples that are objectives of ADBench, against values that an independent program computed with 80 bits.
class ADBenchTest {
    private static final Path EXAMPLES = Document.HOME.resolve("examples");
    private static final Path DATA = EXAMPLES.resolve("data/adbench");
    private static final List<String> OBJECTIVES = List.of("GaussianMixture", "BundleAdjustment", "CharacterNet", "HandTracking");
    private static final String EXPLICIT = "import org.agnesi.*; import org.agnesi.array.*; import org.agnesi.symbolic.*;";

    @TempDir static Path folder;

    /// On the class path, where there is no module to import.
    @BeforeAll static void compile() throws IOException {
        var args = new ArrayList<>(List.of("-d", folder.resolve("classes").toString(), "-cp", Java.PATH, "-proc:none"));
        for (var name : OBJECTIVES) {
            var source = Files.readString(EXAMPLES.resolve(name + ".java"));
            var copy = folder.resolve(name + ".java");
            Files.writeString(copy, source.replace("import module org.agnesi;", EXPLICIT));
            args.add(copy.toString());
        }
        var said = new StringWriter();
        var print = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(print, print, args.toArray(String[]::new));
        assertThat(said.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        gradient,  gmm.gradient
        curvature, gmm.curvature
        product,   gmm.product
        """)
    void derivativesOfAMixture(String what, String golden) throws Exception {
        assertClose(value("GaussianMixture", what, DATA.resolve("gmm_d2_K5.txt")), golden(golden));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        gradient, lstm.gradient
        product,  lstm.product
        """)
    void derivativesOfARecurrentNet(String what, String golden) throws Exception {
        assertClose(value("CharacterNet", what, DATA.resolve("lstm_l2_c1024.txt")), golden(golden));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        errors,   simple
        jacobian, simple
        errors,   complicated
        jacobian, complicated
        """)
    void derivativesOfAHand(String what, String points) throws Exception {
        var got = value("HandTracking", what, DATA.resolve("hand"), DATA.resolve("hand/" + points + ".txt"));
        assertClose(got, golden("hand." + points + "." + what));
    }

    /// All observations of the file are the same.
    @Test void blocksOfABundle() throws Exception {
        int observations = 10;
        var golden = golden("ba.block").toDoubleArray();
        var blocks = value("BundleAdjustment", "blocks", DATA.resolve("ba_test.txt"));
        assertThat(blocks.shape().dims()).containsExactly(observations, 2, 15);
        var all = new double[observations * golden.length];
        Arrays.setAll(all, i -> golden[i % golden.length]);
        assertClose(blocks, NDArray.wrap(all, observations, 2, 15));
        assertClose(value("BundleAdjustment", "weights", DATA.resolve("ba_test.txt")), NDArray.of(all(observations, -0.834044)));
    }

    private static double[] all(int n, double value) {
        var all = new double[n];
        Arrays.fill(all, value);
        return all;
    }

    /// What a method of an example says to call, called.
    private static NDArray value(String example, String what, Path... files) throws Exception {
        try (var loader = new URLClassLoader(new URL[] {folder.resolve("classes").toUri().toURL()}, ADBenchTest.class.getClassLoader())) {
            var type = loader.loadClass(example);
            var method = type.getDeclaredMethod(what, Stream.of(files).map(_ -> Path.class).toArray(Class<?>[]::new));
            var constructor = type.getDeclaredConstructor();
            method.setAccessible(true);
            constructor.setAccessible(true);
            return (NDArray) ((Supplier<?>) method.invoke(constructor.newInstance(), (Object[]) files)).get();
        }
    }

    private static NDArray golden(String name) throws IOException {
        var plain = ADBenchTest.class.getResource("/adbench/" + name + ".npy");
        var copy = folder.resolve(name + ".npy");
        var resource = Objects.requireNonNull(plain != null ? plain : ADBenchTest.class.getResource("/adbench/" + name + ".npy.gz"));
        try (var in = plain != null ? resource.openStream() : new GZIPInputStream(resource.openStream())) {
            Files.write(copy, in.readAllBytes());
        }
        return NpyFile.read(copy);
    }

    private static void assertClose(NDArray got, NDArray want) {
        assertThat(got.shape()).isEqualTo(want.shape());
        double difference = 0, largest = 0;
        for (int i = 0; i < got.size(); i++) {
            assertThat(got.doubleAt(i)).isNotNaN();
            difference = Math.max(difference, Math.abs(got.doubleAt(i) - want.doubleAt(i)));
            largest = Math.max(largest, Math.abs(want.doubleAt(i)));
        }
        assertThat(difference / largest).isLessThanOrEqualTo(1e-13);
    }
}
