package org.agnesi.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.agnesi.op.Sample;
import org.agnesi.op.Samples;

/// Grows graphs, compares what is compiled from them with the reference, and shrinks what differs.
///
/// `bench/run fuzz [--seconds 60] [--graphs N] [--seed 1] [--only K]`: a reproducer in Java for each failure, and at the end
/// what has been covered. Graph k of a seed is the same graph, however long it runs.
public final class Fuzz {
    private static final int STEPS = 9;
    private static final List<Logger> LOGGERS = List.of(Logger.getLogger("org.agnesi"), Logger.getLogger("agnesi.print"));

    final Coverage coverage = new Coverage();
    final List<String> failures = new ArrayList<>();
    private final List<Sample> samples = Samples.all().toList();
    private final long seed;
    private final Consumer<String> log;

    Fuzz(long seed, Consumer<String> log) {
        this.seed = seed;
        this.log = log;
    }

    public static void main(String[] args) {
        quiet();
        var options = List.of(args);
        long seed = option(options, "--seed", 1);
        long only = option(options, "--only", -1);
        var fuzz = new Fuzz(seed, IO::println);
        if (only >= 0) fuzz.run(only, () -> fuzz.coverage.graphs() == 0);
        else if (options.contains("--graphs")) fuzz.run(0, () -> fuzz.coverage.graphs() < option(options, "--graphs", 1000));
        else {
            long end = System.nanoTime() + option(options, "--seconds", 60) * 1_000_000_000L;
            fuzz.run(0, () -> System.nanoTime() < end);
        }
        IO.println("seed " + seed + ": " + fuzz.coverage + fuzz.failures.size() + " failures");
        System.exit(fuzz.failures.isEmpty() ? 0 : 1);
    }

    /// No word of what graphs print or compilers note.
    static void quiet() { LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE)); }

    static void loud() { LOGGERS.forEach(logger -> logger.setLevel(null)); }

    private static long option(List<String> options, String name, long otherwise) {
        int at = options.indexOf(name);
        return at < 0 ? otherwise : Long.parseLong(options.get(at + 1));
    }

    /// Graphs from number `first` on, as long as `goOn` says.
    void run(long first, BooleanSupplier goOn) {
        for (long k = first; goOn.getAsBoolean(); k++) run(k);
    }

    private void run(long k) {
        try {
            var specimen = new Growth(new Random(1_000_003 * seed + k), samples).specimen(samples.get((int) (k % samples.size())), STEPS);
            coverage.add(specimen);
            var verdict = Verdict.of(specimen, coverage::compared);
            if (verdict != null) fail(k, Shrinking.of(specimen, Verdict::of));
        } catch (RuntimeException e) {
            fail(k, "%s\nbecause of %s\n%s".formatted(e, e.getCause(), List.of(e.getStackTrace())));
        }
    }

    private void fail(long k, Specimen small) { fail(k, Verdict.of(small) + "\n" + Reproducer.of(small)); }

    private void fail(long k, String what) {
        failures.add("seed %d, graph %d: %s".formatted(seed, k, what));
        log.accept(failures.getLast());
    }
}
