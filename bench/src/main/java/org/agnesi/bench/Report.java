package org.agnesi.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agnesi.Agnesi;
import org.agnesi.array.DType;
import org.agnesi.bench.Compare.Side;
import org.agnesi.bench.Peer.Measured;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;

/// What a comparison found, as a section of the page and a picture.
record Report(Peers peers, List<Side> sides, DType dtype, int threads) {
    /// Whose first calls compile.
    private static final List<String> COMPILERS = List.of("jax", "torch.compile", "numba");

    /// Microseconds per call, one row a work; then how many times faster Agnesi is than the fastest other system.
    String tables() {
        var out = new StringBuilder();
        for (var table : Table.values()) {
            var rows = sides.stream().filter(side -> side.work().table() == table).toList();
            if (!rows.isEmpty()) out.append("### %s%n%n%s%n%s%n".formatted(table.title, table(table, rows), table.about));
        }
        return out.toString();
    }

    private String table(Table table, List<Side> rows) {
        int[] shown = IntStream.range(1, Side.OTHERS + peers.running().size())
            .filter(k -> rows.stream().anyMatch(side -> side.measured().get(k) != null)).toArray();
        boolean hand = shown.length > 0 && shown[0] == 1;
        var head = new ArrayList<>(List.of("work", table.size, "Agnesi"));
        for (int k : shown) head.add(k == 1 ? table.hand : peer(k).name());
        if (hand) head.add(table.hand + " ÷ Agnesi");
        var firsts = compilers(shown).mapToObj(k -> " : " + peer(k).name()).collect(Collectors.joining());
        head.addAll(List.of("best other ÷ Agnesi", "first call: Agnesi" + firsts));
        return Page.row(head) + "|---|" + "---:|".repeat(head.size() - 1) + "\n"
            + rows.stream().map(side -> Page.row(cells(side, shown, hand))).collect(Collectors.joining());
    }

    private List<String> cells(Side side, int[] shown, boolean hand) {
        var work = side.work();
        var cells = new ArrayList<>(List.of(work.name(), work.size().get(), micros(side.own())));
        for (int k : shown) cells.add(micros(side.measured().get(k)));
        if (hand) cells.add(ratio(side.hand() == null ? Double.NaN : side.hand().median() / side.own().median()));
        cells.add("**" + ratio(side.ratio()) + "**");
        var firsts = compilers(shown).mapToObj(k -> " : " + millis(side.measured().get(k))).collect(Collectors.joining());
        cells.add(millis(side.own()) + firsts);
        return cells;
    }

    private static String ratio(double ratio) { return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.2f", ratio); }

    private static String micros(@Nullable Measured measured) {
        if (measured == null) return "–";
        double micros = measured.median() / 1000;
        return String.format(Locale.ROOT, micros < 0.1 ? "%.4f" : micros < 10 ? "%.3f" : micros < 1000 ? "%.1f" : "%.0f", micros);
    }

    private Peer peer(int side) { return peers.running().get(side - Side.OTHERS); }

    /// The sides among these whose first calls compile.
    private IntStream compilers(int[] shown) { return IntStream.of(shown).filter(k -> k > 1 && COMPILERS.contains(peer(k).name())); }

    private static String millis(@Nullable Measured measured) {
        return measured == null ? "–" : String.format(Locale.ROOT, "%.0f", measured.first() / 1e6);
    }

    void write() throws IOException {
        boolean main = dtype == DType.FLOAT64 && threads == 1;
        if (main) picture(Page.FOLDER.resolve("benchmarks.svg"));
        write((dtype == DType.FLOAT64 ? "Float64" : "Float32") + (threads == 1 ? ", one thread" : ", " + threads + " threads"),
            "bench/run compare --dtype %s --threads %d".formatted(dtype, threads));
    }

    void write(String title, String command) throws IOException {
        Page.write(title, """
            Written by `%s` on %s: microseconds per call, medians over rounds in which all sides
            take turns%s. *First call* is in milliseconds, with compilation. A dash: that side has no such work,
            or it takes too long.

            ```
            %s
            %s
            ```

            %s""".formatted(command, LocalDate.now(), kept(), Agnesi.describe() + heap(), peers.described(),
            tables()));
    }

    /// How Java was told to keep its heap, one line more of those of [Agnesi#describe].
    private static String heap() {
        var all = ManagementFactory.getRuntimeMXBean().getInputArguments();
        var options = all.stream().filter(option -> option.startsWith("-XX:")).toList();
        return options.isEmpty() ? "" : "\nheap        " + String.join(" ", options);
    }

    private String kept() {
        return Peer.KEPT ? ", the peers kept to as many processors" : "; they are not kept to as many processors, and JAX uses all";
    }

    private void picture(Path file) throws IOException {
        var labels = new ArrayList<String>();
        var ratios = new ArrayList<Double>();
        for (var side : sides) if (!Double.isNaN(side.ratio())) {
            labels.add((side.work().name() + " " + side.work().size().get()).strip());
            ratios.add(Math.log(side.ratio()) / Math.log(2));
        }
        var chart = new CategoryChartBuilder().width(1600).height(560).yAxisTitle("log₂ of the ratio")
            .title("faster than the fastest other side, in doublings (0: as fast)").build();
        chart.getStyler().setXAxisLabelRotation(90);
        chart.getStyler().setLegendVisible(false);
        chart.addSeries("ratio", labels, ratios);
        try (var out = Files.newOutputStream(file)) {
            ChartEncoder.saveChart(chart, out, "svg");
        }
    }
}
