package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.shared;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.elementwise;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.agnesi.array.NDArray;
import org.agnesi.array.NpyFile;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.FileError;
import org.agnesi.symbolic.Expr;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavingTest {
    private final Expr v = dvector("v"), a = dmatrix("A");

    @TempDir private Path folder;

    private Path file() { return folder.resolve("f.json"); }

    private Compiled again(Compiled f) throws IOException {
        f.save(file());
        return Compiled.load(file());
    }

    private FileError refused(String text) throws IOException {
        Files.writeString(file(), text);
        try {
            Compiled.load(file());
        } catch (FileError e) {
            return e;
        }
        throw new AssertionError("was read: " + text);
    }

    @Test void keepsTheNewNameOfARenamedVariable() throws IOException {
        var x = dvector("x").named("speed");
        function().inputs(x).outputs(x.times(2)).compile().save(file());
        assertThat(Compiled.load(file()).pp()).isEqualTo("(2.0 * speed)");
    }

    @Test void writesOneLinePerNode() throws IOException {
        function().inputs(v).outputs(sum(v.times(2)).named("total")).name("twice").compile().save(file());
        assertThat(Files.readString(file())).isEqualTo("""
            {"format": "agnesi", "version": 1, "name": "twice", "mode": "DEFAULT",
             "nodes": [
              {"op": "variable", "with": {"label": "v", "type": "float64[?]"}},
              {"op": "constant", "with": {"value": {"dtype": "int64", "shape": [], "values": [2]}, "weak": true}},
              {"op": "length", "with": {"axis": 0}, "args": [0]},
              {"op": "broadcastTo", "args": [1, 2]},
              {"op": "mul", "args": [0, 3]},
              {"op": "sum", "with": {"axes": [0]}, "args": [4], "name": "total"}
             ],
             "inputs": [0], "outputs": [5], "updates": []}
            """);
    }

    @Test void givesTheSameValues() throws IOException {
        var f = function(inputs(a, v), outputs(softmax(dot(a, v)), where(v.gt(1), v.pow(2), v), a.get(range(0, 1), from(1)), grad(sum(dot(a, v.exp())), v)));
        Object[] at = {new double[][] {{1, 2}, {3, 4}}, new double[] {0.5, 1.5}};
        assertThat(again(f).callAll(at)).isEqualTo(f.callAll(at));
    }

    @Test void keepsNamesAndModes() throws IOException {
        var f = again(function().inputs(v).outputs(v.plus(1)).name("next").mode(Mode.STRICT).compile());
        assertThat(f.toString()).isEqualTo("next(v: float64[?]) → float64[?]");
        f.save(file());
        assertThat(Files.readString(file())).contains("\"mode\": \"STRICT\"");
    }

    @Test void keepsLoops() throws IOException {
        var f = function(v, outputs(scan(arange(v.length()), i -> grad(v.pow(2).get(i), v)), List.of(scan(v, 0, Expr::plus))));
        assertThat(again(f).callAll(new double[] {1, 2})).isEqualTo(f.callAll(new double[] {1, 2}));
    }

    @Test void keepsSharedVariablesAndTheirUpdates() throws IOException {
        var w = shared("w", new double[] {1, Double.NaN, -0.0});
        var f = again(function().inputs(v).outputs(w).update(w, w.plus(v)).compile());
        f.call(new double[] {1, 1, 1});
        assertThat(f.shareds().getFirst().value().toString()).isEqualTo("[ 2. nan  1.]");
        assertThat(w.value().toString()).isEqualTo("[ 1. nan -0.]");
    }

    @Test void keepsEveryBitOfConstants() throws IOException {
        var values = new Random(7).doubles(100, -1e300, 1e300).toArray();
        values[3] = Double.NEGATIVE_INFINITY;
        assertThat(again(function(List.of(), constant(values))).call()).isEqualTo(NDArray.of(values));
        var floats = new float[40];
        floats[5] = Float.NaN;
        assertThat(again(function(List.of(), constant(floats))).call()).isEqualTo(NDArray.of(floats));
        assertThat(again(function(List.of(), constant(new boolean[] {true, false}))).call()).isEqualTo(NDArray.of(new boolean[] {true, false}));
        assertThat(again(function(List.of(), constant(Long.MIN_VALUE))).call()).isEqualTo(NDArray.of(Long.MIN_VALUE));
    }

    @Test void isSerializable() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var objects = new ObjectOutputStream(out)) {
            objects.writeObject(function(v, v.times(3)));
        }
        try (var objects = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(((Compiled) objects.readObject()).call(new double[] {1, 2}).toString()).isEqualTo("[3. 6.]");
        }
    }

    @Test void refusesEveryTextThatIsCutShort() throws IOException {
        function(inputs(a, v), dot(a, v)).save(file());
        var text = Files.readString(file()).strip();
        for (int n = 0; n < text.length(); n += 7) assertThat(refused(text.substring(0, n))).hasMessageStartingWith("JSON needs");
    }

    @Test void failsWithItsOwnErrorsOnly() throws IOException {   // a bit of any text may be wrong, and still mean something
        function(inputs(a, v), outputs(dot(a, v), scan(v, 0, Expr::plus), v.get(range(0, 1)), constant(new double[20]))).save(file());
        var text = Files.readString(file());
        var random = new Random(11);
        for (int n = 0; n < 300; n++) {
            var broken = new StringBuilder(text);
            for (int k = 0; k < 3; k++) broken.setCharAt(random.nextInt(text.length()), "0123456789abc{}[],:\"-".charAt(random.nextInt(21)));
            Files.writeString(file(), broken);
            try {
                Compiled.load(file());
            } catch (org.agnesi.error.AgnesiException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }

    @Test void explainsWhatIsWrong() throws IOException {
        assertThat(refused("[1]")).hasMessage("a saved function needs an object { … }, but got [1]");
        assertThat(refused("{\"format\": \"other\"}")).hasMessage("""
            a saved function needs "agnesi" for "format", but got "other"
            Compiled.load reads what a function saved, Parameters.load what Parameters.save wrote.""");
        assertThat(refused(nodes("{\"op\": \"nosuch\"}"))).hasMessage("""
            there is no op of the name "nosuch"
            Was the file written by a newer version, or is the module that has this op missing?""");
        assertThat(refused(nodes("{\"op\": \"samples\"}"))).hasMessageStartingWith("there is no op of the name");
        assertThat(refused(nodes("{\"op\": \"sin\", \"args\": [0]}"))).hasMessage("an expression's number from 0 to -1 is needed, but got 0");
        assertThat(refused(nodes("{\"op\": \"sum\"}"))).hasMessage("node 0, sum, needs \"axes\", a value, but got only []");
        assertThat(refused(nodes("{\"op\": \"variable\", \"with\": {\"label\": \"x\", \"type\": \"double\"}}")))
            .hasMessage("node 0, variable, needs a type such as float64[3,?] for \"type\", but got \"double\"");
        assertThat(refused(nodes("{\"op\": \"constant\", \"with\": {\"weak\": false, \"value\": {\"dtype\": \"float64\", \"shape\": [1000000, 1000], \"data\": \"AAAA\"}}}")))
            .hasMessage("""
                an array of shape (1000000, 1000) needs 1000000000 elements, but got 0
                Is the file cut short?""");
        assertThat(refused("[".repeat(1_000_000))).hasMessageStartingWith("JSON needs at most 200 brackets inside each other at character 200");
        assertThat(refused("{\"format\": \"agnesi\", \"version\": 2}")).hasMessage("""
            a saved function of version 1 or less is needed, but got version 2
            Read it with a newer version of this library.""");
    }

    private static String nodes(String node) {
        return "{\"format\": \"agnesi\", \"version\": 1, \"name\": \"f\", \"mode\": \"DEFAULT\", \"nodes\": [%s], \"inputs\": [], \"outputs\": [], \"updates\": []}".formatted(node);
    }

    @Test void refusesJavaCode() {
        var square = elementwise("square", x -> x * x, (x, y) -> x.times(2));
        assertThatThrownBy(() -> function(v, square.apply(v)).save(file())).isInstanceOf(FileError.class).hasMessage("""
            the op square cannot be saved: its component f is no number, text, array, type or graph
            Write it with the library's ops, or as a record of such values that an OpProvider names.""");
    }

    @Test void saysWhereItLookedForAFile() {
        var path = folder.resolve("none.json");
        for (var load : List.<ThrowingCallable>of(() -> Compiled.load(path), () -> Parameters.load(path, List.of())))
            assertThatThrownBy(load).isInstanceOf(NoSuchFileException.class).hasMessage("""
                %s: load needs a file that exists, but there is none of this name
                Look for it: the name means %1$s.""", path);
    }

    @Test void saysThatADirectoryIsNoFile() {
        for (var load : List.<ThrowingCallable>of(() -> Compiled.load(folder), () -> Parameters.load(folder, List.of())))
            assertThatThrownBy(load).isInstanceOf(FileSystemException.class).hasMessage("""
                %s: load needs a file, but this is a directory
                Name a file in it: the name means %1$s.""", folder);
    }

    @Test void saysWhereItCannotWrite() {
        var f = function(v, v);
        var a = NDArray.of(1.0);
        var path = folder.resolve("none/f.json");
        assertThatThrownBy(() -> f.save(path)).isInstanceOf(NoSuchFileException.class).hasMessage("""
            %s: save needs a folder that exists, but there is no %s
            Make it first: Files.createDirectories(…).""", path, path.getParent());
        assertThatThrownBy(() -> NpyFile.write(path, a)).isInstanceOf(NoSuchFileException.class).hasMessage("""
            %s: NpyFile.write needs a folder that exists, but there is no %s
            Make it first: Files.createDirectories(…).""", path, path.getParent());
        for (var write : List.<ThrowingCallable>of(() -> f.html(folder, a), () -> Parameters.save(folder, List.of()), () -> f.save(folder)))
            assertThatThrownBy(write).isInstanceOf(FileSystemException.class).hasMessageContaining("needs a file, but this is a directory");
    }

    @Test void saysThatBytesAreNoText() throws IOException {
        Files.write(file(), new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'});
        for (var load : List.<ThrowingCallable>of(() -> Compiled.load(file()), () -> Parameters.load(file(), List.of())))
            assertThatThrownBy(load).isInstanceOf(FileError.class).hasMessage("""
                load needs a file of text, but f.json has bytes that are none in UTF-8
                Is it of another kind?""");
    }

    @Test void tellsFunctionsAndParametersApart() throws IOException {
        Parameters.save(file(), List.of(shared("w", 1.0)));
        assertThatThrownBy(() -> Compiled.load(file())).isInstanceOf(FileError.class).hasMessage("""
            a saved function needs "agnesi" for "format", but got "agnesi-arrays"
            Compiled.load reads what a function saved, Parameters.load what Parameters.save wrote.""");
        function(v, v).save(file());
        assertThatThrownBy(() -> Parameters.load(file(), List.of())).isInstanceOf(FileError.class).hasMessage("""
            a file of arrays needs "agnesi-arrays" for "format", but got "agnesi"
            Compiled.load reads what a function saved, Parameters.load what Parameters.save wrote.""");
    }

    @Test void savesParametersByName() throws IOException {
        var w = shared("w", new double[] {1, 2});
        var b = shared("b", 3.0);
        Parameters.save(file(), List.of(w, b));
        w.value(new double[] {9, 9, 9});
        b.value(0);
        Parameters.load(file(), List.of(b, w));
        assertThat(w.value().toString()).isEqualTo("[1. 2.]");
        assertThat(b.value().toDouble()).isEqualTo(3);
    }

    @Test void setsAllParametersOrNone() throws IOException {
        var w = shared("w", 1.0);
        Parameters.save(file(), List.of(w));
        w.value(2);
        assertThatThrownBy(() -> Parameters.load(file(), List.of(w, shared("c", 1.0)))).isInstanceOf(ArgumentError.class).hasMessage("""
            a value for c is needed, but f.json has only [w]
            Save it with Parameters.save first, or leave it out.""");
        assertThat(w.value().toDouble()).isEqualTo(2);
        assertThatThrownBy(() -> Parameters.save(file(), List.of(w, shared("w", 1.0)))).isInstanceOf(ArgumentError.class).hasMessage("""
            parameters need different names, but got [w, w]
            Give each shared variable its own.""");
    }
}
