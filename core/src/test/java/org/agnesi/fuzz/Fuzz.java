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
/// `bench/run fuzz [--seconds 60 | --graphs N | --only K] [--seed 1] [--backend NAME]`: a reproducer in Java for each failure, with
/// the flags it needs, and at the end what has been covered. Graph k of a seed is the same graph, however long it runs. Settings
/// take turns, unless one is named; a single graph is run under all.
public final class Fuzz {
    private static final int STEPS = 9;
    private static final List<Logger> LOGGERS = List.of(Logger.getLogger("org.agnesi"), Logger.getLogger("agnesi.print"));

    final Coverage coverage = new Coverage();
    final List<String> failures = new ArrayList<>();
    private final List<Sample> samples = Samples.all().toList();
    private final long seed;
    private final Consumer<String> log;
    private final List<Setting> settings;
    final Turns turns;

    Fuzz(long seed, List<Setting> settings, Consumer<String> log) {
        this.seed = seed;
        this.settings = settings;
        this.log = log;
        turns = new Turns(settings);
    }

    public static void main(String[] args) {
        quiet();
        var options = List.of(args);
        long seed = option(options, "--seed", 1);
        long only = option(options, "--only", -1);
        int backend = options.indexOf("--backend");
        var fuzz = new Fuzz(seed, backend < 0 ? Setting.all() : Setting.named(options.get(backend + 1)), IO::println);
        if (only >= 0) fuzz.run(only, fuzz.specimen(only), fuzz.settings);
        else if (options.contains("--graphs")) fuzz.run(0, () -> fuzz.coverage.graphs() < option(options, "--graphs", 1000));
        else {
            long end = System.nanoTime() + option(options, "--seconds", 60) * 1_000_000_000L;
            fuzz.run(0, () -> System.nanoTime() < end);
        }
        IO.println("seed " + seed + ": " + fuzz.coverage + fuzz.turns + fuzz.failures.size() + " failures");
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
            var specimen = specimen(k);
            run(k, specimen, turns.next(specimen));
        } catch (RuntimeException e) {
            fail(k, "%s\nbecause of %s\n%s".formatted(e, e.getCause(), List.of(e.getStackTrace())));
        }
    }

    private Specimen specimen(long k) {
        return new Growth(new Random(1_000_003 * seed + k), samples).specimen(samples.get((int) (k % samples.size())), STEPS);
    }

    private void run(long k, Specimen specimen, List<Setting> under) {
        coverage.add(specimen);
        var tally = new Verdict.Tally() {
            @Override public void compared(long some, long all) { coverage.compared(some, all); }
            @Override public void ran(Setting setting) { turns.ran(setting, specimen); }
        };
        var verdict = Verdict.of(specimen, under, tally);
        if (verdict != null) fail(k, verdict.by() == null ? List.of() : List.of(verdict.by()), specimen);
    }

    private void fail(long k, List<Setting> under, Specimen specimen) {
        var small = Shrinking.of(specimen, s -> Verdict.of(s, under, Verdict.Tally.NONE));
        var verdict = Verdict.of(small, under, Verdict.Tally.NONE);
        fail(k, verdict + "\n" + Reproducer.of(small, verdict == null ? null : verdict.by()));
    }

    private void fail(long k, String what) {
        failures.add("seed %d, graph %d: %s".formatted(seed, k, what));
        log.accept(failures.getLast());
    }
}
