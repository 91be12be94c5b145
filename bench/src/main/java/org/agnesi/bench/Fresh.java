package org.agnesi.bench;

import static org.agnesi.Agnesi.function;
import static org.agnesi.bench.Beginning.median;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import org.agnesi.bench.Work.Formula;
import org.jspecify.annotations.Nullable;

/// The first function of a process that has just started, of each side but what takes seconds.
public final class Fresh {
    private static final List<String> NAMES = List.of("call", "logistic", "softmax", "mlp", "rnn_grad");
    private static final int ROUNDS = 3;

    private Fresh() {}

    /// ns from the formula to the first result, and from the start of the process.
    private record Times(double inside, double whole) {}

    /// Prints how long a work's first result takes in this process.
    public static void main(String[] args) {
        var formula = (Formula) work(args[0]).own();
        long start = System.nanoTime();
        function(formula.inputs(), formula.results()).callAll(formula.at());
        IO.println(System.nanoTime() - start);
    }

    private static Work work(String name) {
        return Works.beginnings().stream().filter(work -> work.name().equals(name)).findFirst().orElseThrow();
    }

    /// A table of all works, by the commands of the other sides.
    static String table(Map<String, List<String>> commands) throws IOException {
        var sides = new ArrayList<>(List.of("Agnesi"));
        sides.addAll(commands.keySet().stream().filter(side -> !First.isSlow(side)).toList());
        var found = new LinkedHashMap<String, Map<String, List<Times>>>();
        for (int round : ProgressBar.wrap(IntStream.range(0, ROUNDS).boxed().toList(), "processes"))
            for (var name : NAMES) for (var side : sides) {
                var times = commands.containsKey(side) ? other(commands.get(side), work(name)) : own(name);
                var all = found.computeIfAbsent(name, _ -> new LinkedHashMap<>()).computeIfAbsent(side, _ -> new ArrayList<>());
                if (times != null) all.add(times);
            }
        return text(found, sides);
    }

    private static String text(Map<String, Map<String, List<Times>>> found, List<String> sides) {
        var head = new ArrayList<>(List.of("work"));
        for (var side : sides) head.add(side);
        for (var side : sides) head.add("process: " + side);
        var out = new StringBuilder(Page.row(head) + "|---|" + "---:|".repeat(head.size() - 1) + "\n");
        for (var name : NAMES) {
            var cells = new ArrayList<>(List.of(name));
            for (ToDoubleFunction<Times> what : List.<ToDoubleFunction<Times>>of(Times::inside, Times::whole))
                for (var side : sides) {
                    var times = found.getOrDefault(name, Map.of()).getOrDefault(side, List.of());
                    cells.add(First.millis(median(times, what)));
                }
            out.append(Page.row(cells));
        }
        return "### The first function of a process\n\n" + out + """

            From the formula to the first result, and from the start of the process, which loads what it needs.
            """;
    }

    private static Times own(String name) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Fresh.class.getName(), name));
        long start = System.nanoTime();
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var lines = process.inputReader().readAllLines();
        return new Times(Double.parseDouble(lines.getLast()), System.nanoTime() - start);
    }

    private static @Nullable Times other(List<String> command, Work work) throws IOException {
        long start = System.nanoTime();
        try (var peer = Peer.start(command, 1, Files.createTempFile("agnesi-peer", ".txt"))) {
            var measured = peer.measure(work.asked(), 0);
            return measured == null ? null : new Times(measured.first(), System.nanoTime() - start);
        }
    }
}
