package org.agnesi.bench;

import java.io.IOException;
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
        var head = new ArrayList<>(List.of("work", "n", "Agnesi"));
        for (int k : shown) head.add(k == 1 ? table.hand : peers.running().get(k - Side.OTHERS).name());
        if (hand) head.add(table.hand + " ÷ Agnesi");
        head.addAll(List.of("best other ÷ Agnesi", "first call"));
        return Page.row(head) + "|---|" + "---:|".repeat(head.size() - 1) + "\n"
            + rows.stream().map(side -> Page.row(cells(side, shown, hand))).collect(Collectors.joining());
    }

    private List<String> cells(Side side, int[] shown, boolean hand) {
        var work = side.work();
        var cells = new ArrayList<>(List.of(work.name(), work.n() == 0 ? "" : String.valueOf(work.n()), micros(side.own())));
        for (int k : shown) cells.add(micros(side.measured().get(k)));
        if (hand) cells.add(ratio(side.hand() == null ? Double.NaN : side.hand().median() / side.own().median()));
        cells.add("**" + ratio(side.ratio()) + "**");
        cells.add(firsts(side));
        return cells;
    }

    private static String ratio(double ratio) { return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.2f", ratio); }

    private static String micros(@Nullable Measured measured) {
        if (measured == null) return "–";
        double micros = measured.median() / 1000;
        return String.format(Locale.ROOT, micros < 0.1 ? "%.4f" : micros < 10 ? "%.3f" : micros < 1000 ? "%.1f" : "%.0f", micros);
    }

    /// Milliseconds of compilation and first call, ours and those of others that compile.
    private String firsts(Side side) {
        var firsts = new StringBuilder(millis(side.own()));
        for (int k = 0; k < peers.running().size(); k++) if (compiles(peers.running().get(k)))
            firsts.append(" : ").append(millis(side.measured().get(k + Side.OTHERS)));
        return firsts.toString();
    }

    private static String millis(@Nullable Measured measured) {
        return measured == null ? "–" : String.format(Locale.ROOT, "%.0f", measured.first() / 1e6);
    }

    private static boolean compiles(Peer peer) { return COMPILERS.contains(peer.name()); }

    void write() throws IOException {
        boolean main = dtype == DType.FLOAT64 && threads == 1;
        Page.write((dtype == DType.FLOAT64 ? "Float64" : "Float32") + (threads == 1 ? ", one thread" : ", " + threads + " threads"), """
            Written by `bench/run compare --dtype %s --threads %d` on %s: microseconds per call, medians over rounds in which all sides
            take turns%s. *First call* is in milliseconds, with compilation: Agnesi%s. A dash: that side has no such work,
            or it takes too long.

            ```
            %s
            %s
            ```

            %s
            %s""".formatted(dtype, threads, LocalDate.now(), kept(), compilers(), Agnesi.describe(), peers.described(),
            main ? "![how many times faster than the fastest other side](benchmarks.svg)\n" : "", tables()));
        if (main) picture(Page.FOLDER.resolve("benchmarks.svg"));
    }

    private String compilers() {
        return peers.running().stream().filter(Report::compiles).map(peer -> " : " + peer.name()).collect(Collectors.joining());
    }

    private String kept() {
        return Runtime.getRuntime().availableProcessors() == threads ? ", all kept to as many processors"
            : "; they are not kept to as many processors, and JAX uses all";
    }

    private void picture(Path file) throws IOException {
        var labels = new ArrayList<String>();
        var ratios = new ArrayList<Double>();
        for (var side : sides) if (!Double.isNaN(side.ratio())) {
            labels.add(side.work().n() == 0 ? side.work().name() : side.work().name() + " " + side.work().n());
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
