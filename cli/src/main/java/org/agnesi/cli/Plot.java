package org.agnesi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.agnesi.Agnesi;
import org.agnesi.Formula;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.FormulaError;
import org.agnesi.symbolic.Expr;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `agnesi plot`: a formula of one scalar and its derivative, as a picture.
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Draw a formula of one number and its derivative.",
    footerHeading = "%nExamples:%n",
    footer = {
        "  agnesi plot '1/(1+exp(-x))' --x x=-6:6",
        "  agnesi plot 'a*sin(t)' --x t=0:10 --at a=2 -o sine.svg"})
final class Plot implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "EXPR", description = "A formula in the notation of Python and NumPy, a number for each number.")
    private String formula = "";

    @Option(names = "--x", paramLabel = "NAME=FROM:TO", required = true, description = "The name on the horizontal axis and its ends.")
    private String x = "";

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "The file to write: *.png or *.svg (${DEFAULT-VALUE}).")
    private Path output = Path.of("plot.png");

    @Option(names = "--points", paramLabel = "N", description = "At how many points to compute (${DEFAULT-VALUE}).")
    private int points = 601;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Override public Integer call() throws IOException {
        checkOptions();
        var interval = Interval.parse(x);
        var given = inputs.readBeside(interval.name(), formula);
        var moving = interval.name().text();
        var f = Formula.parse(formula, given.stream().map(Input::variable).toList());
        if (f.type().rank() > 0)
            throw new FormulaError("a plot needs a number for each %s, but the formula is of type %s".formatted(moving, f.type()),
            formula, 0, formula.length(), "Sum it, or take one element.");
        var at = given.stream().filter(input -> input.name().equals(moving)).findFirst().orElseThrow().variable();
        if (!at.type().dtype().isFloating()) throw interval.name().mistake(
            "a plot needs a float on its horizontal axis, but %s is of type %s".formatted(moving, at.type()), "Leave its --type out.");
        var xs = interval.points(points);
        var ys = values(given, moving, xs, List.of(f, Agnesi.grad(f, at)));
        if (Arrays.stream(ys.getFirst()).noneMatch(Double::isFinite)) throw new ArgumentError("""
            a plot needs finite values, but %s has none for %s from %s to %s""".formatted(formula,
                moving, interval.from(), interval.to()));
        new Figure(formula, moving, xs, ys.getFirst(), ys.getLast()).write(output);
        spec.commandLine().getOut().println(output);
        return 0;
    }

    private void checkOptions() {
        var file = Word.of(output.toString());
        var name = file.text().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) throw file.mistake(
            "-o needs a file called *.png or *.svg, but got " + output, "");
        var folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) throw file.mistake(
            "-o needs a file in a folder that exists, but got " + output, "");
        if (points < 2 || points > 100_000) throw Word.of(Integer.toString(points)).mistake(
            "--points needs a number from 2 to 100000, but got " + points, "");
    }

    /// The value of each formula at each x; infinities are gaps, as NaN is, and so is what is too large for an axis.
    private static List<double[]> values(List<Input> inputs, String name, double[] xs, List<Expr> formulas) {
        var compiled = Agnesi.function(inputs.stream().map(Input::variable).toList(), formulas);
        var arguments = new ArrayList<Object>(inputs.stream().map(input -> input.value() == null ? 0.0 : input.value()).toList());
        int moving = inputs.stream().map(Input::name).toList().indexOf(name);
        var ys = List.of(new double[xs.length], new double[xs.length]);
        for (int i = 0; i < xs.length; i++) {
            arguments.set(moving, NDArray.of(xs[i]));
            var at = compiled.callAll(arguments);
            for (int k = 0; k < ys.size(); k++) ys.get(k)[i] = at.get(k).toDouble();
        }
        for (var y : ys) Arrays.setAll(y, i -> Math.abs(y[i]) <= Interval.FARTHEST ? y[i] : Double.NaN);
        return ys;
    }
}
