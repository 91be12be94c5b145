package org.agnesi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agnesi.bench.Compare.Side;
import org.agnesi.bench.Peer.Measured;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;

/// What a comparison found, as a page and a picture.
///
/// @param versions of the other sides, in the order of the columns
record Report(List<String> versions, List<Side> sides, int threads) {
    private static final String WORKS = """
        | work | is |
        |---|---|
        | logistic | the gradient of Σ 1 / (1 + exp(−x)) |
        | squares, axpy | Σ x²; a·b + c − d/2 |
        | rosenbrock | the gradient of Rosenbrock's function; Numba's and C's are written by hand |
        | softmax, logsumexp, layernorm | of the rows of an n × n matrix; layernorm_grad is the gradient of Σ sin of it |
        | gemm, gemv | a matrix times a matrix, times a vector |
        | mlp, regression | loss and gradients of a net 784-500-10, of a regression 784-10, batches of 60 |
        | rnn, rnn_grad | h ← tanh(W h + x), 1,000 steps, and its gradient by W, x and h |
        | jv, uj, hv | Jacobian · v, u · Jacobian of tanh(A x), Hessian · v of Σ tanh²(A x), written as products with the matrix |
        | jacobian, hessian, examples | the whole matrices; one gradient for each row of a batch |""";

    /// Microseconds per call, one row a work; then how many times faster Agnesi is than the fastest other side.
    String table() {
        var names = versions.stream().map(version -> version.substring(0, version.indexOf(' '))).toList();
        var out = new StringBuilder("| work | n | Agnesi | " + String.join(" | ", names) + " | best other ÷ Agnesi | first call |\n");
        out.append("|---|---:|---:|").append("---:|".repeat(names.size() + 2)).append('\n');
        for (var side : sides) {
            out.append("| ").append(side.work().name()).append(" | ").append(side.work().n() == 0 ? "" : side.work().n());
            for (var measured : side.measured()) out.append(" | ").append(micros(measured));
            var ratio = Double.isNaN(side.ratio()) ? "" : String.format(Locale.ROOT, "**%.2f**", side.ratio());
            out.append(" | ").append(ratio).append(" | ").append(firsts(side)).append(" |\n");
        }
        return out.toString();
    }

    private static String micros(@Nullable Measured measured) {
        if (measured == null) return "–";
        double micros = measured.median() / 1000;
        return String.format(Locale.ROOT, micros < 10 ? "%.3f" : micros < 1000 ? "%.1f" : "%.0f", micros);
    }

    /// Milliseconds of compilation and first call, ours and the first other side's.
    private static String firsts(Side side) {
        var own = String.format(Locale.ROOT, "%.0f", side.own().first() / 1e6);
        var other = side.measured().size() > 1 ? side.measured().get(1) : null;
        return other == null ? own : own + " : " + String.format(Locale.ROOT, "%.0f", other.first() / 1e6);
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("benchmarks.md"), """
            # Benchmarks

            Written by `bench/run compare --threads %d` on %s. Float64; microseconds per call, medians over rounds in which all sides take
            turns; *first call* in milliseconds, with compilation, ours : %s's. A dash: that side has no such work.
            %s

            ```
            %s
            %s
            ```

            %s
            ![how many times faster than the fastest other side](benchmarks.svg)

            %s
            """.formatted(threads, LocalDate.now(), versions.isEmpty() ? "none" : versions.getFirst().split(" ")[0], kept(),
            Compare.machine(), String.join("\n", versions), table(), WORKS));
        picture(folder.resolve("benchmarks.svg"));
    }

    private String kept() {
        return Peer.KEEPS ? "All sides are kept to %d of the machine's processors.".formatted(threads)
            : "JAX does not keep to a number of threads: its products of matrices and large loops use all cores.";
    }

    private void picture(Path file) throws IOException {
        var labels = new ArrayList<String>();
        var ratios = new ArrayList<Double>();
        for (var side : sides) if (!Double.isNaN(side.ratio())) {
            labels.add(side.work().n() == 0 ? side.work().name() : side.work().name() + " " + side.work().n());
            ratios.add(Math.log(side.ratio()) / Math.log(2));
        }
        var chart = new CategoryChartBuilder().width(1200).height(520).yAxisTitle("log₂ of the ratio")
            .title("faster than the fastest other side, in doublings (0: as fast)").build();
        chart.getStyler().setXAxisLabelRotation(90);
        chart.getStyler().setLegendVisible(false);
        chart.addSeries("ratio", labels, ratios);
        try (var out = Files.newOutputStream(file)) {
            ChartEncoder.saveChart(chart, out, "svg");
        }
    }
}
