package org.agnesi.bench;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.sigmoid;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import org.agnesi.Agnesi;
import org.agnesi.array.DType;
import org.agnesi.bench.Work.Formula;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChartBuilder;

/// How costs grow with the length of vectors, the steps of a loop and the nodes of a graph. Writes its section of
/// `docs/benchmarks.md`, and `docs/growth.svg`.
public final class Costs {
    private static final Floats FLOATS = new Floats(DType.FLOAT64);
    private static final int STATE = 16, MILLISECONDS = 200;

    private Costs() {}

    /// @param sizes from the smallest, each ten times the one before
    private record Growing(String what, IntToDoubleFunction micros, int[] sizes) {
        static Growing of(String what, int least, int decades, IntToDoubleFunction micros) {
            return new Growing(what, micros, IntStream.range(0, decades).map(k -> least * (int) Math.pow(10, k)).toArray());
        }
    }

    private static final List<Growing> ALL = List.of(
        Growing.of("gradient of Σ logistic, by elements", 10, 7, Costs::logistic),
        Growing.of("gradient of a recurrent net, by steps", 10, 5, Costs::recurrent),
        Growing.of("compiling a formula, by nodes", 100, 4, Growth::compiling),
        Growing.of("calling it, by nodes", 100, 3, Costs::chain));

    public static void main(String[] args) throws IOException {
        Growth.compiling(100); // once for nothing, so that the first is not the JVM's warm-up
        var found = new LinkedHashMap<Growing, double[]>();
        for (var growing : ProgressBar.wrap(ALL, "costs"))
            found.put(growing, IntStream.of(growing.sizes()).mapToDouble(growing.micros()).toArray());
        var rows = new StringBuilder();
        found.forEach((growing, micros) -> rows.append(row(growing, micros)));
        Page.write("How costs grow", """
            Written by `bench/run costs` on %s: microseconds, medians, float64, one thread. Where the work is linear, so are its
            costs: tenfold from one to the next.

            ```
            %s
            ```

            | what | from | to | µs |
            |---|---:|---:|---|
            %s
            ![costs by size, both logarithmic](growth.svg)
            """.formatted(LocalDate.now(), Agnesi.describe(), rows));
        picture(found);
        IO.println(rows);
    }

    private static String row(Growing growing, double[] micros) {
        var sizes = growing.sizes();
        var each = DoubleStream.of(micros).mapToObj(x -> String.format(Locale.ROOT, x < 10 ? "%.2f" : "%.0f", x)).toList();
        return Page.row(List.of(growing.what(), String.valueOf(sizes[0]), String.valueOf(sizes[sizes.length - 1]),
            String.join(" · ", each)));
    }

    private static double logistic(int n) {
        var x = FLOATS.vector("x");
        return micros(new Formula(x, grad(sum(sigmoid(x)), x), FLOATS.wave(0, n)));
    }

    private static double recurrent(int steps) {
        var w = FLOATS.matrix("W");
        var x = FLOATS.matrix("x");
        var h0 = FLOATS.vector("h0");
        var last = scan(x, h0, (e, h) -> tanh(dot(w, h).plus(e))).get(-1);
        var at = List.of(FLOATS.scaled(1 / Math.sqrt(STATE), 0, STATE, STATE), FLOATS.wave(1, steps, STATE), FLOATS.wave(2, STATE));
        return micros(new Formula(List.of(w, x, h0), grad(sum(last), List.of(w, x, h0)), at));
    }

    private static double chain(int nodes) {
        var x = FLOATS.vector("x");
        return micros(new Formula(x, sum(Growth.chain(x, nodes)), FLOATS.wave(0, 8)));
    }

    private static double micros(Formula formula) { return new Timed(formula).measure(MILLISECONDS).median() / 1000; }

    private static void picture(Map<Growing, double[]> found) throws IOException {
        var chart = new XYChartBuilder().width(1000).height(560).title("costs by size").xAxisTitle("elements, steps, nodes")
            .yAxisTitle("µs").build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        found.forEach((growing, micros) ->
            chart.addSeries(growing.what(), IntStream.of(growing.sizes()).asDoubleStream().toArray(), micros));
        try (var out = Files.newOutputStream(Page.FOLDER.resolve("growth.svg"))) {
            ChartEncoder.saveChart(chart, out, "svg");
        }
    }
}
