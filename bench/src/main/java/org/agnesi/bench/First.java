package org.agnesi.bench;

import static org.agnesi.Agnesi.function;
import static org.agnesi.bench.Beginning.median;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.agnesi.Agnesi;
import org.agnesi.bench.Lessons.Lesson;
import org.agnesi.bench.Work.Formula;

/// How soon functions are there: compiling, the first call, and when calls are about as quick as they get. Agnesi in this JVM, which has
/// compiled others before, beside other compilers in their processes, which have too; all in turns. Then each alone in a process that has
/// just started. Writes its section of `docs/benchmarks.md`.
public final class First {
    /// Rounds that count, after those that warm up.
    private static final int ROUNDS = 3, WARM = 4;
    /// Nanoseconds for which calls are watched.
    private static final long WATCHED = 300_000_000;
    /// Milliseconds in which is seen what calls take in the end.
    private static final int STEADY = 200;
    /// How often a round compiles the guide's functions, which takes little.
    private static final int TURNS = 3;
    private static final List<String> COMPILERS = List.of("jax", "torch.compile", "numba");

    private final Peers peers;
    private final Map<Work, List<Beginning>> own = new LinkedHashMap<>();
    private final Map<Work, List<Double>> again = new LinkedHashMap<>();
    private final Map<Work, Map<Peer, List<Double>>> others = new LinkedHashMap<>();
    private final Map<String, List<Double>> lessons = new LinkedHashMap<>();

    private First(Peers peers) { this.peers = peers; }

    /// Options: names of works.
    public static void main(String[] args) throws IOException {
        var names = List.of(args);
        var works = Works.beginnings().stream().filter(work -> work.own() instanceof Formula)
            .filter(work -> names.isEmpty() || work.name().equals("call") || names.contains(work.name())).toList();
        try (var peers = Peers.start(commands(), 1)) {
            var first = new First(peers);
            first.rounds(works);
            var tables = first.tables();
            IO.println(tables);
            if (names.isEmpty()) write(tables + Fresh.table(commands()), peers);
        }
    }

    /// Whether a side's compiling takes seconds.
    static boolean isSlow(String side) { return side.equals("torch.compile"); }

    private static Map<String, List<String>> commands() {
        var commands = new LinkedHashMap<String, List<String>>();
        for (var side : COMPILERS) commands.put(side, List.of("python3", "bench/peers/peers.py", side, "float64"));
        return commands;
    }

    private void rounds(List<Work> works) {
        for (int round : ProgressBar.wrap(IntStream.range(0, WARM + ROUNDS).boxed().toList(), "rounds")) {
            for (int turn = 0; turn < TURNS; turn++) for (var lesson : Lessons.told()) compile(lesson, round * TURNS + turn);
            for (var work : works) {
                begin(work, round);
                if (round >= WARM - 1) for (var peer : peers.running()) ask(peer, work, round);
            }
        }
    }

    private void begin(Work work, int round) {
        var formula = (Formula) work.own();
        var beginning = Beginning.of(formula, round + 1, round < WARM ? 0 : WATCHED);
        long start = System.nanoTime();
        function(formula.inputs(), Beginning.scaled(formula.results(), round + 1)).callAll(formula.at());
        double alike = System.nanoTime() - start;
        if (round < WARM) return;
        own.computeIfAbsent(work, _ -> new ArrayList<>()).add(beginning);
        again.computeIfAbsent(work, _ -> new ArrayList<>()).add(alike);
    }

    /// What takes seconds counts once; its first has started much that the others do without.
    private void ask(Peer peer, Work work, int round) {
        boolean slow = isSlow(peer.name());
        if (slow && (round > WARM || round < WARM && !work.name().equals("regression"))) return;
        var measured = peer.measure(work.asked(), 0);
        if (measured == null || round < WARM) return;
        others.computeIfAbsent(work, _ -> new LinkedHashMap<>()).computeIfAbsent(peer, _ -> new ArrayList<>()).add(measured.first());
    }

    private void compile(Lesson lesson, int turn) {
        var results = Beginning.scaled(lesson.results(), turn + 1);
        long start = System.nanoTime();
        function(lesson.inputs(), results);
        double nanos = System.nanoTime() - start;
        if (turn >= WARM * TURNS) lessons.computeIfAbsent(lesson.name(), _ -> new ArrayList<>()).add(nanos);
    }

    private String tables() {
        var rows = own.keySet().stream().map(work -> Page.row(cells(work))).collect(Collectors.joining());
        var head = Stream.concat(Stream.of("work", "n", "function", "first call", "together", "once more", "within 3× after", "steady"),
            Stream.concat(peers.running().stream().map(Peer::name), Stream.of("best other ÷ Agnesi"))).toList();
        var told = lessons.entrySet().stream().map(e -> Page.row(List.of(e.getKey(), millis(median(e.getValue())))))
            .collect(Collectors.joining());
        return "### Works\n\n" + Page.row(head) + "|---|" + "---:|".repeat(head.size() - 1) + "\n" + rows
            + "\n### Functions of the guide\n\n| function | compiled in |\n|---|---:|\n" + told + "\n";
    }

    private List<String> cells(Work work) {
        var beginnings = own.get(work);
        double steady = work.table() == Table.FORMULAS ? new Timed(work.own()).measure(STEADY).median() : Double.NaN;
        double together = median(beginnings, Beginning::result);
        var cells = new ArrayList<>(List.of(work.name(), work.size().get(), millis(median(beginnings, Beginning::compiling)),
            millis(median(beginnings, Beginning::calling)), millis(together), millis(median(again.get(work))),
            Double.isNaN(steady) ? "–" : millis(median(beginnings, one -> one.settled(steady))), millis(steady)));
        double best = Double.NaN;
        for (var peer : peers.running()) {
            double nanos = median(others.getOrDefault(work, Map.of()).getOrDefault(peer, List.of()));
            if (!(nanos >= best) && !Double.isNaN(nanos)) best = nanos;
            cells.add(millis(nanos));
        }
        cells.add("**" + (Double.isNaN(best) ? "–" : String.format(Locale.ROOT, "%.2f", best / together)) + "**");
        return cells;
    }

    static String millis(double nanos) {
        double millis = nanos / 1e6;
        if (Double.isNaN(millis)) return "–";
        if (Double.isInfinite(millis)) return "later";
        return String.format(Locale.ROOT, millis < 0.1 ? "%.4f" : millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f", millis);
    }

    private static void write(String tables, Peers peers) throws IOException {
        Page.write("First calls", """
            Written by `bench/run first` on %s: milliseconds, medians over rounds in which all sides take turns, one thread. Functions of
            Agnesi are new in each round, since one number in them is another, in a JVM that has compiled such functions before, as the
            others' processes have. *Together* is from the formula to the first result, *once more* the same for an equal function. *Within
            3× after* says when calls first took at most three times what they take in the end, counted from the formula on. The others'
            columns are from the formula to the first result; torch.compile's is of one round.

            ```
            %s
            %s
            ```

            %s""".formatted(LocalDate.now(), Agnesi.describe(), peers.described(), tables));
    }
}
