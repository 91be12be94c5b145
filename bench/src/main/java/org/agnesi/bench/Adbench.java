package org.agnesi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.bench.Compare.Side;

/// How long the derivatives of ADBench's objectives take, as its examples write them, beside PyTorch and JAX, and how far they are
/// from independent values: on the instances of its folder, of `data` and `golden`, or of the copy beside the examples. Writes its
/// section of `docs/benchmarks.md`, unless words are given that the instances' names contain.
public final class Adbench {
    private static final Path BESIDE = Path.of("examples/data/adbench");
    private static final int ROUNDS = 3;
    private static final double TOLERANCE = 1e-9;

    private Adbench() {}

    public static void main(String[] args) throws IOException {
        var folder = args.length > 0 ? Path.of(args[0]) : BESIDE;
        var words = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        var commands = new LinkedHashMap<String, List<String>>();
        for (var side : List.of("torch", "jax"))
            commands.put(side, List.of("python3", "bench/peers/adbench.py", side, folder.resolve("data").toString()));
        try (var peers = Peers.start(commands, 1)) {
            var compare = new Compare(peers, ROUNDS, TOLERANCE);
            var sides = new ArrayList<Side>();
            var instances = instances(folder).stream().filter(one -> words.stream().allMatch(one.name()::contains)).toList();
            for (var instance : ProgressBar.wrap(instances, "instances")) sides.add(compare.run(work(instance, folder)));
            var report = new Report(peers, sides, DType.FLOAT64, 1);
            IO.println(report.tables());
            if (words.isEmpty()) report.write("ADBench", "bench/run adbench FOLDER");
        }
    }

    /// Those whose files are there, but for the smallest, which are for tests.
    private static List<Objective> instances(Path folder) throws IOException {
        var instances = new ArrayList<Objective>();
        for (var list : List.of("instances.csv", "large.csv"))
            Files.readAllLines(BESIDE.resolve(list)).stream().skip(1).map(Objective::of)
                .filter(instance -> !instance.name().contains(" test "))
                .filter(instance -> Stream.of(instance.paths(folder)).allMatch(Files::exists)).forEach(instances::add);
        return instances;
    }

    private static Work work(Objective instance, Path folder) {
        var example = new Example(instance, folder);
        var asked = String.join(" ", instance.example(), instance.method(), String.join(" ", instance.files()));
        return new Work(Table.ADBENCH, instance.name(), example::error, asked, example, null);
    }

    /// An example's method.
    private static final class Example implements Running, Running.Start {
        private final Objective instance;
        private final Path folder;
        private Supplier<?> call = () -> NDArray.of(0);
        private double[] first = {};

        Example(Objective instance, Path folder) {
            this.instance = instance;
            this.folder = folder;
        }

        @Override public Running start() {
            try {
                call = instance.call(folder);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(instance.name() + " is no method of its example", e);
            }
            first = ((NDArray) call.get()).toDoubleArray();
            return this;
        }

        @Override public void run(int calls) {
            for (int k = 0; k < calls; k++) {
                var _ = call.get();
            }
        }

        @Override public double checksum() { return Arrays.stream(first).map(Math::abs).sum(); }

        String error() {
            try {
                return String.format(Locale.ROOT, "%.1e", instance.error(first, instance.golden(folder)));
            } catch (IOException e) {
                return "–"; // there is no golden file
            }
        }
    }
}
