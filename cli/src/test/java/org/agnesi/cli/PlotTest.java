package org.agnesi.cli;

import static org.agnesi.cli.Shell.prints;
import static org.agnesi.cli.Shell.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
    private static final int BLUE = 0x1f77b4;
    private static final int ORANGE = 0xff7f0e;

    @TempDir
    Path folder;

    private String path(String name) { return folder.resolve(name).toString(); }

    @Test void thePathIsPrinted() {
        assertThat(prints("plot", "1/(1+exp(-x))", "--x", "x=-6:6", "-o", path("f.png"))).isEqualTo(path("f.png") + "\n");
    }

    @Test void bothCurvesCrossThePicture() throws IOException {
        prints("plot", "1/(1+exp(-x))", "--x", "x=-6:6", "-o", path("f.png"));
        var image = ImageIO.read(folder.resolve("f.png").toFile());
        assertThat(image.getWidth()).isEqualTo(1800);
        assertThat(columns(image, BLUE)).isGreaterThan(1200);
        assertThat(columns(image, ORANGE)).isGreaterThan(1200);
    }

    /// In how many columns of the picture a color is seen.
    private static long columns(BufferedImage image, int color) {
        return IntStream.range(0, image.getWidth())
            .filter(x -> IntStream.range(0, image.getHeight()).anyMatch(y -> (image.getRGB(x, y) & 0xffffff) == color)).count();
    }

    @Test void anSvgIsText() throws IOException {
        prints("plot", "a*sin(t)", "--x", "t=0:10", "--at", "a=2", "-o", path("f.svg"));
        assertThat(Files.readString(folder.resolve("f.svg"))).contains("<svg").contains("</svg>");
    }

    @Test void titleAxisAndLegendTellWhatIsDrawn() {
        var chart = new Figure("sin(t)", "t", new double[] {0, 1}, new double[] {0, 1}, new double[] {1, 0}).chart();
        assertThat(List.of(chart.getTitle(), chart.getXAxisTitle())).containsExactly("sin(t)", "t");
        assertThat(Stream.of("f", "df/dt").map(chart::removeSeries)).doesNotContainNull();
        assertThat(chart.getStyler().isLegendVisible() && chart.getStyler().isXAxisTitleVisible()).isTrue();
        assertThat(chart.getStyler().isChartTitleVisible() && chart.getStyler().isAxisTicksLineVisible()).isTrue();
    }

    @Test void infinitiesAreGaps() throws IOException {
        prints("plot", "log(x)", "--x", "x=-1:1", "-o", path("f.png"));
        var image = ImageIO.read(folder.resolve("f.png").toFile());
        assertThat(columns(image, BLUE)).isBetween(700L, 1000L);   // the right half, and the legend
    }

    @Test void nothingToDraw() {
        refuses("a plot needs finite values, but log(x) has none for x from -5.0 to -1.0", "plot", "log(x)", "--x", "x=-5:-1", "-o", path("f.png"));
    }

    @Test void anIntervalWithoutEnds() {
        refuses("""
            --x needs NAME=FROM:TO with FROM < TO, but got x=-6
                x=-6
                  ^^
            Write for example x=-6:6.""", "plot", "x", "--x", "x=-6");
    }

    @Test void anIntervalBackwards() {
        refuses("""
            --x needs NAME=FROM:TO with FROM < TO, but got x=6:-6
                x=6:-6
                  ^^^^
            Write for example x=-6:6.""", "plot", "x", "--x", "x=6:-6");
    }

    @Test void endsThatAreTooFar() {
        refuses("""
            --x needs ends from -1.0E300 to 1.0E300, but got x=1e308:1.7e308
                x=1e308:1.7e308
                  ^^^^^^^^^^^^^
            Charts leave room around them.""", "plot", "x", "--x", "x=1e308:1.7e308");
    }

    @Test void valuesThatAreTooLargeAreGaps() {
        assertThat(prints("plot", "1.7e308*x", "--x", "x=-1:1", "-o", path("f.png"))).isEqualTo(path("f.png") + "\n");
    }

    @Test void anAxisOfIntegers() {
        refuses("""
            a plot needs a float on its horizontal axis, but x is of type int64[]
                x=0:1
                ^
            Leave its --type out.""", "plot", "x", "--x", "x=0:1", "--type", "x:int64[]");
    }

    @Test void aNameThatTheFormulaLacks() {
        refuses("""
            --x needs a name of the formula, but got t
                t=0:1
                ^
            The formula has x.""", "plot", "x**2", "--x", "t=0:1");
    }

    @Test void anotherNameWithoutAValue() {
        refuses("""
            a value is needed for a
                a*x
                ^
            Add --at a=VALUE.""", "plot", "a*x", "--x", "x=0:1");
    }

    @Test void aFormulaOfManyNumbers() {
        refuses("""
            a plot needs a number for each x, but the formula is of type float64[2]
                x*a
                ^^^
            Sum it, or take one element.""", "plot", "x*a", "--x", "x=0:1", "--at", "a=[1,2]");
    }

    @Test void anotherKindOfPicture() {
        refuses("""
            -o needs a file called *.png or *.svg, but got f.jpg
                f.jpg
                ^^^^^""", "plot", "x", "--x", "x=0:1", "-o", "f.jpg");
    }

    @Test void aFolderThatIsMissing() {
        refuses("""
            -o needs a file in a folder that exists, but got no/f.png
                no/f.png
                ^^^^^^^^""", "plot", "x**2", "--x", "x=0:1", "-o", "no/f.png");
    }

    @Test void anEndThatIsNoNumber() {
        refuses("""
            --x needs NAME=FROM:TO with FROM < TO, but got x=0:pi
                x=0:pi
                    ^^
            Write for example x=-6:6.""", "plot", "x", "--x", "x=0:pi");
    }

    @Test void anIntervalWithoutAName() {
        refuses("""
            --x needs NAME=FROM:TO with FROM < TO, but got 0:1
                0:1
                ^^^
            Write for example x=-6:6.""", "plot", "x", "--x", "0:1");
    }

    @Test void pointsThatAreNoNumber() {
        refuses("""
            Invalid value for option '--points': 'many' is not an int
                plot x --x x=0:1 --points many
                                          ^^^^
            Options are listed by: agnesi plot --help""", "plot", "x", "--x", "x=0:1", "--points", "many");
    }

    @Test void anOptionThatIsMissing() {
        refuses("""
            --x NAME=FROM:TO is needed
                plot x
                      ^
            Options are listed by: agnesi plot --help""", "plot", "x");
    }

    @Test void tooFewPoints() {
        refuses("""
            --points needs a number from 2 to 100000, but got 1
                1
                ^""", "plot", "x", "--x", "x=0:1", "--points", "1");
    }
}
