package org.agnesi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agnesi.Agnesi;
import org.agnesi.array.NDArray;

/// How long the derivatives of ADBench's objectives take, as its examples write them, and how far they are from independent values:
/// on the instances of its folder, of `data` and `golden`, or of the copy beside the examples.
public final class Adbench {
    private static final Path BESIDE = Path.of("examples/data/adbench");
    private static final int LEAST = 5;
    private static final double SECONDS = 3;
    private static final int MOST_ROUNDS = 20;

    private Adbench() {}

    public static void main(String[] args) throws Exception {
        var folder = args.length > 0 ? Path.of(args[0]) : BESIDE;
        IO.println(LocalDate.now() + "\n" + Agnesi.describe() + "\n");
        IO.println("| instance | error | compile s | median ms | least ms | calls |\n|---|---|---|---|---|---|");
        for (var list : List.of("instances.csv", "large.csv")) {
            var lines = Files.readAllLines(BESIDE.resolve(list));
            for (var line : lines.subList(1, lines.size())) {
                var instance = Objective.of(line);
                if (Stream.of(instance.paths(folder)).allMatch(Files::exists)) IO.println(row(instance, folder));
            }
        }
    }

    private static String row(Objective instance, Path folder) throws IOException, ReflectiveOperationException {
        long start = System.nanoTime();
        var call = instance.call(folder);
        var first = (NDArray) call.get();
        double compile = (System.nanoTime() - start) / 1e9;
        double error = instance.error(first.toDoubleArray(), instance.golden(folder));
        var times = settled(call);
        return String.format(Locale.ROOT, "| %s | %.1e | %.1f | %.3f | %.3f | %d |", instance.name(), error, compile,
            median(times) / 1e6, times.getFirst() / 1e6, times.size());
    }

    /// The times of calls once they get no shorter: until then HotSpot is at work, on a busy machine for long.
    private static List<Long> settled(Supplier<?> call) {
        var before = times(call, SECONDS);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var times = times(call, SECONDS);
            if (median(times) > 0.95 * median(before)) return times;
            before = times;
        }
        return before;
    }

    private static long median(List<Long> times) { return times.get(times.size() / 2); }

    /// The nanoseconds of calls, least first.
    private static List<Long> times(Supplier<?> call, double seconds) {
        var times = new ArrayList<Long>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end || times.size() < LEAST) {
            long start = System.nanoTime();
            var _ = call.get();
            times.add(System.nanoTime() - start);
        }
        Collections.sort(times);
        return times;
    }
}
