package org.agnesi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.agnesi.Agnesi;
import org.agnesi.bench.Peer.Measured;
import org.jspecify.annotations.Nullable;

/// Times works side by side: Agnesi in this process, others in theirs, all in turn, several rounds, so that what else the
/// machine does meets all alike. Writes `docs/benchmarks.md` and `docs/benchmarks.svg`.
public final class Compare {
    private static final int ROUNDS = 5;
    private static final double TOLERANCE = 1e-9;

    private final List<Peer> peers;
    private final List<Side> sides = new ArrayList<>();
    private final int milliseconds;

    /// A work on all sides: for each the medians of its rounds; null where it has none.
    record Side(Work work, List<@Nullable Measured> measured) {
        Measured own() {
            var own = measured.getFirst();
            if (own == null) throw new IllegalStateException("Agnesi runs every work, but not " + work.name());
            return own;
        }

        /// How many times faster than the fastest other side; NaN without one.
        double ratio() {
            double best = Double.NaN;
            for (var other : measured.subList(1, measured.size()))
                if (other != null && !(other.median() >= best)) best = other.median();
            return best / own().median();
        }
    }

    private Compare(List<Peer> peers, int milliseconds) {
        this.peers = peers;
        this.milliseconds = milliseconds;
    }

    /// Options: `--quick`, then names of works. Threads are those of `-Dagnesi.threads`.
    public static void main(String[] args) throws IOException, InterruptedException {
        var options = new ArrayList<>(Arrays.asList(args));
        boolean quick = options.remove("--quick");
        int threads = Integer.getInteger("agnesi.threads", 1);
        var unknown = options.stream().filter(name -> Works.all(true).stream().noneMatch(work -> work.name().equals(name))).toList();
        if (!unknown.isEmpty()) {
            IO.println("there is no work named " + String.join(", ", unknown) + "; there are "
                + String.join(", ", Works.all(true).stream().map(Work::name).distinct().toList()));
            System.exit(2);
        }
        var peers = Peer.start(commands(), threads);
        try {
            var compare = new Compare(peers, quick ? 50 : 200);
            var works = Works.all(quick).stream().filter(work -> options.isEmpty() || options.contains(work.name())).toList();
            for (var work : ProgressBar.wrap(works, "works")) compare.run(work);
            var report = new Report(peers.stream().map(peer -> peer.version).toList(), compare.sides, threads);
            IO.println(report.table());
            if (!quick && options.isEmpty()) report.write(Path.of("docs"));
        } finally {
            peers.forEach(Peer::close);
        }
    }

    /// Python, and the C program where there is a compiler.
    private static Map<String, List<String>> commands() throws IOException, InterruptedException {
        var commands = new LinkedHashMap<String, List<String>>();
        for (var side : List.of("jax", "numpy", "numba")) commands.put(side, List.of("python3", "bench/peers/peers.py", side));
        var program = Files.createTempDirectory("agnesi-peers").resolve("peers");
        try {
            var compiler = List.of("cc", "-O3", "-march=native", "-ffast-math", "bench/peers/peers.c", "-o", program.toString(), "-lm");
            if (new ProcessBuilder(compiler).inheritIO().start().waitFor() == 0) commands.put("c", List.of(program.toString()));
        } catch (IOException e) {
            IO.println("c is left out: " + e.getMessage());
        }
        return commands;
    }

    private void run(Work work) {
        var running = work.start();
        var rounds = new ArrayList<List<@Nullable Measured>>();
        for (int side = 0; side <= peers.size(); side++) rounds.add(new ArrayList<>());
        for (int round = 0; round < ROUNDS; round++) {
            rounds.getFirst().add(running.measure(milliseconds));
            for (int p = 0; p < peers.size(); p++) rounds.get(p + 1).add(peers.get(p).measure(work.name(), work.n(), milliseconds));
        }
        var side = new Side(work, rounds.stream().map(Compare::middle).toList());
        check(side);
        sides.add(side);
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
        for (int p = 0; p < peers.size(); p++) {
            var other = side.measured().get(p + 1);
            if (other != null && !(Math.abs(other.checksum() - own) <= TOLERANCE * Math.max(1, Math.abs(own))))
                throw new IllegalStateException("%s n = %d: all sides compute the same, but Agnesi got %s and %s %s".formatted(
                    side.work().name(), side.work().n(), own, peers.get(p).version, other.checksum()));
        }
    }

    /// What the machine is, as Agnesi sees it.
    static String machine() { return Agnesi.describe(); }
}
