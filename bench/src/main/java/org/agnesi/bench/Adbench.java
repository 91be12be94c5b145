package org.agnesi.bench;

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

/// How long the derivatives of ADBench's objectives take, as its examples write them: on the instances of its data folder that
/// are there, or on those beside the examples.
///
/// The examples are classes without a package, which only reflection reaches.
public final class Adbench {
    private static final int LEAST = 5;
    private static final double SECONDS = 3;
    private static final int MOST_ROUNDS = 20;

    private Adbench() {}

    /// What an example computes, of which files of the folder: the first of them that is there.
    private record Instance(String name, String example, String what, List<List<String>> files) {}

    private static final List<Instance> INSTANCES = List.of(
        mixture("gradient", "d2_K5"), mixture("gradient", "d10_K5"), mixture("gradient", "d10_K25"), mixture("gradient", "d20_K50"),
        mixture("gradient", "d64_K10"), mixture("curvature", "d2_K5"), mixture("product", "d2_K5"), mixture("product", "d10_K25"),
        new Instance("bundle test blocks", "BundleAdjustment", "blocks", List.of(List.of("ba_test.txt"), List.of("ba/test.txt"))),
        new Instance("bundle ba1 blocks", "BundleAdjustment", "blocks", List.of(List.of("ba/ba1_n49_m7776_p31843.txt"))),
        new Instance("bundle ba5 blocks", "BundleAdjustment", "blocks", List.of(List.of("ba/ba5_n257_m65132_p225911.txt"))),
        net("gradient"), net("product"), hand("simple"), hand("complicated"));

    private static Instance mixture(String what, String size) {
        return new Instance("mixture " + size + " " + what, "GaussianMixture", what,
            List.of(List.of("gmm/1k/gmm_" + size + ".txt"), List.of("gmm_" + size + ".txt")));
    }

    private static Instance net(String what) {
        return new Instance("net l2_c1024 " + what, "CharacterNet", what,
            List.of(List.of("lstm/lstm_l2_c1024.txt"), List.of("lstm_l2_c1024.txt")));
    }

    private static Instance hand(String kind) {
        return new Instance("hand " + kind + " Jacobian", "HandTracking", "jacobian",
            List.of(List.of("hand/model", "hand/" + kind + "_small/hand1_t26_c100.txt"), List.of("hand", "hand/" + kind + ".txt")));
    }

    public static void main(String[] args) throws Exception {
        var folder = Path.of(args.length > 0 ? args[0] : "examples/data/adbench");
        IO.println(LocalDate.now() + "\n" + Agnesi.describe() + "\n");
        IO.println("| instance | compile s | median ms | least ms | calls |\n|---|---|---|---|---|");
        for (var instance : INSTANCES) for (var files : instance.files()) {
            var paths = files.stream().map(folder::resolve).toArray(Path[]::new);
            if (!Stream.of(paths).allMatch(Files::exists)) continue;
            IO.println(row(instance, paths));
            break;
        }
    }

    private static String row(Instance instance, Path[] files) throws ReflectiveOperationException {
        long start = System.nanoTime();
        var call = call(instance, files);
        var _ = call.get();
        double compile = (System.nanoTime() - start) / 1e9;
        var times = settled(call);
        return String.format(Locale.ROOT, "| %s | %.1f | %.3f | %.3f | %d |", instance.name(), compile,
            median(times) / 1e6, times.getFirst() / 1e6, times.size());
    }

    private static Supplier<?> call(Instance instance, Path[] files) throws ReflectiveOperationException {
        var type = Class.forName(instance.example());
        var constructor = type.getDeclaredConstructor();
        var method = type.getDeclaredMethod(instance.what(), Stream.of(files).map(_ -> Path.class).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        method.setAccessible(true);
        return (Supplier<?>) method.invoke(constructor.newInstance(), (Object[]) files);
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
