package org.agnesi.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.agnesi.array.DType;
import org.agnesi.bench.Peer.Measured;
import org.agnesi.bench.Works.Extent;
import org.jspecify.annotations.Nullable;

/// Times works side by side: Agnesi in this process, others in theirs, all in turn, several rounds, so that what else the
/// machine does meets all alike. Writes its section of `docs/benchmarks.md`, and `docs/benchmarks.svg`.
public final class Compare {
    private static final int MILLISECONDS = 60;
    /// Nanoseconds of calls from which one measurement must do.
    private static final double SLOW = 5e8;

    private final Peers peers;
    private final int rounds;
    private final double tolerance;

    /// A work on all sides, for each the medians of its rounds: Agnesi, by hand, the peers; null where a side has none.
    record Side(Work work, List<@Nullable Measured> measured) {
        static final int OTHERS = 2;

        Measured own() {
            var own = measured.getFirst();
            if (own == null) throw new IllegalStateException("Agnesi runs every work, but not " + work.name());
            return own;
        }

        @Nullable Measured hand() { return measured.get(1); }

        /// How many times faster than the fastest other system; NaN without one.
        double ratio() {
            double best = Double.NaN;
            for (var other : measured.subList(OTHERS, measured.size()))
                if (other != null && !(other.median() >= best)) best = other.median();
            return best / own().median();
        }
    }

    Compare(Peers peers, int rounds, double tolerance) {
        this.peers = peers;
        this.rounds = rounds;
        this.tolerance = tolerance;
    }

    /// Options: `--quick`, `--jvm` for peers of the JVM, `--dtype float32`, then names of works. Threads are those of `-Dagnesi.threads`.
    public static void main(String[] args) throws IOException, InterruptedException {
        var options = new ArrayList<>(Arrays.asList(args));
        boolean quick = options.remove("--quick");
        boolean jvm = options.remove("--jvm");
        int at = options.indexOf("--dtype");
        var dtype = at < 0 ? DType.FLOAT64 : DType.valueOf(options.remove(at + 1).toUpperCase(Locale.ROOT));
        options.remove("--dtype");
        int threads = Integer.getInteger("agnesi.threads", 1);
        var extent = quick ? Extent.QUICK : dtype == DType.FLOAT64 && threads == 1 ? Extent.FULL : Extent.SHORT;
        var all = Works.all(dtype, extent);
        var unknown = options.stream().filter(name -> all.stream().noneMatch(work -> work.name().equals(name))).toList();
        if (!unknown.isEmpty()) {
            IO.println("there is no work named " + String.join(", ", unknown) + "; there are "
                + String.join(", ", all.stream().map(Work::name).distinct().toList()));
            System.exit(2);
        }
        var works = all.stream().filter(work -> options.isEmpty() || options.contains(work.name())).toList();
        try (var peers = Peers.ofWorks(dtype.toString(), threads, extent == Extent.FULL, jvm)) {
            var compare = new Compare(peers, extent == Extent.FULL ? 5 : 3, dtype == DType.FLOAT64 ? 1e-9 : 1e-4);
            var sides = new ArrayList<Side>();
            for (var work : ProgressBar.wrap(works, "works")) sides.add(compare.run(work));
            var report = new Report(peers, sides, dtype, threads);
            IO.println(report.tables());
            if (!quick && options.isEmpty()) report.write();
        }
    }

    Side run(Work work) {
        var own = new Timed(work.own());
        var hand = work.hand() == null ? null : new Timed(work.hand());
        var measured = new ArrayList<List<@Nullable Measured>>();
        for (int side = 0; side < Side.OTHERS + peers.running().size(); side++) measured.add(new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            measured.get(0).add(own.measure(MILLISECONDS));
            measured.get(1).add(hand == null ? null : hand.measure(MILLISECONDS));
            int at = Side.OTHERS;
            for (var peer : peers.running()) {
                var before = measured.get(at++);
                if (round == 0 || before.getFirst() != null && before.getFirst().median() < SLOW)
                    before.add(peer.measure(work.asked(), MILLISECONDS));
            }
        }
        var side = new Side(work, measured.stream().map(Compare::middle).toList());
        check(side);
        return side;
    }

    private static @Nullable Measured middle(List<@Nullable Measured> rounds) {
        var known = new ArrayList<Measured>();
        for (var round : rounds) if (round != null) known.add(round);
        if (known.isEmpty()) return null;
        var medians = known.stream().mapToDouble(Measured::median).sorted().toArray();
        double best = known.stream().mapToDouble(Measured::best).min().orElseThrow();
        return new Measured(medians[medians.length / 2], best, known.getFirst().first(), known.getFirst().checksum());
    }

    /// All sides have computed the same.
    private void check(Side side) {
        double own = side.own().checksum();
        for (int k = 1; k < side.measured().size(); k++) {
            var other = side.measured().get(k);
            if (other == null || Math.abs(other.checksum() - own) <= tolerance * Math.abs(own)) continue;
            throw new IllegalStateException("%s %s: all sides compute the same, but Agnesi got %s and %s %s".formatted(
                side.work().name(), side.work().size().get(), own,
                k == 1 ? "by hand" : peers.versions().get(k - Side.OTHERS), other.checksum()));
        }
    }
}
