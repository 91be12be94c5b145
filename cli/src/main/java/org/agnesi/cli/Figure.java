package org.agnesi.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The picture of a function and its derivative.
record Figure(String title, String x, double[] xs, double[] ys, double[] slopes) {
    private static final Color BLUE = new Color(0x1f77b4);
    private static final Color ORANGE = new Color(0xff7f0e);
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    /// Writes a PNG or an SVG, as the file's name ends.
    void write(Path file) throws IOException {
        var name = file.toString().toLowerCase(Locale.ROOT);
        try (var out = Files.newOutputStream(file)) {
            if (name.endsWith(".svg")) ChartEncoder.saveChart(chart(), out, "svg");
            else ImageIO.write(image(), "png", out);
        }
    }

    /// Twice as fine as the chart's own unit, for screens of today.
    private BufferedImage image() {
        var image = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.scale(2, 2);
        chart().paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        return image;
    }

    XYChart chart() {
        var chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(x).yAxisTitle("").build();
        var style = chart.getStyler();
        style.setChartBackgroundColor(Color.WHITE).setLegendPosition(LegendPosition.InsideNW).setLegendBorderColor(Color.LIGHT_GRAY);
        style.setPlotGridLinesColor(new Color(0xe5e5e5)).setPlotBorderColor(Color.GRAY);
        limit(style);
        series(chart, "f", ys, BLUE);
        series(chart, "df/d" + x, slopes, ORANGE);
        return chart;
    }

    /// A pole must not flatten the rest: where a few values are far from all others, the axis leaves them out.
    private void limit(XYStyler style) {
        var sorted = DoubleStream.concat(DoubleStream.of(ys), DoubleStream.of(slopes)).filter(Double::isFinite).sorted().toArray();
        double low = sorted[sorted.length / 20];
        double high = sorted[sorted.length - 1 - sorted.length / 20];
        double most = high - low;
        if (sorted[sorted.length - 1] - sorted[0] <= 10 * most) return;
        style.setYAxisMin(Math.max(sorted[0], low - most / 4)).setYAxisMax(Math.min(sorted[sorted.length - 1], high + most / 4));
    }

    private void series(XYChart chart, String name, double[] values, Color color) {
        chart.addSeries(name, xs, values).setMarker(SeriesMarkers.NONE).setLineColor(color).setLineStyle(new BasicStroke(2.5f));
    }
}
