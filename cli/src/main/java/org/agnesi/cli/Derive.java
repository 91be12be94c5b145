package org.agnesi.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agnesi.Agnesi;
import org.agnesi.Formula;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.PrettyPrint;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `agnesi derive`: a formula, its derivative as built and as optimized, and both at a point.
@Command(
    name = "derive",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Print a formula's derivative, as built and as optimized, and its value at a point.",
    footerHeading = "%nExamples:%n",
    footer = {
        "  agnesi derive 'sum(1/(1+exp(-x)))' --at 'x=[[0,1],[-1,-2]]'",
        "  agnesi derive 'log(S/K) + 0.5*v**2' --wrt S,v",
        "  agnesi derive 'x**2' --jacobian --at 'x=[4,4]'",
        "  agnesi derive 'dot(x, W)' --rop 'W=[[2],[3]]' --at x=@x.npy --at W=@W.csv"})
final class Derive implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "EXPR", description = "A formula in the notation of Python and NumPy.")
    private String formula = "";

    @Option(names = "--wrt", paramLabel = "NAME[,NAME]…",
        description = "The names to differentiate with respect to. Without it, all that are floating.")
    private List<String> wrt = new ArrayList<>();

    @Mixin
    private InputOptions inputs = new InputOptions();

    @ArgGroup
    private DerivativeOptions derivative = new DerivativeOptions();

    @Option(names = "--explain", description = "Print which rewrites were applied.")
    private boolean explain;

    @Option(names = "--graph", description = "Print the optimized graph as a tree, with types.")
    private boolean graph;

    @Override public Integer call() throws IOException {
        var given = inputs.read(formula);
        var f = Formula.parse(formula, variables(given));
        var asked = derivative.ask(formula, f, given, wrt);
        var all = Stream.concat(given.stream(), asked.vectors().stream()).toList();
        var values = inputs.hasValues() ? values(f, asked.questions(), all) : List.<NDArray>of();   // before anything is printed
        var report = new Report(spec.commandLine().getOut());
        report.block("f", all.isEmpty() ? "" : types(all), PrettyPrint.of(f, PrettyPrint.Style.PLAIN));
        for (var question : asked.questions()) describe(report, question, all);
        if (!values.isEmpty()) evaluation(report, asked.questions(), all, values);
        return 0;
    }

    private static String types(List<Input> inputs) {
        return inputs.stream().map(x -> x.name() + ": " + x.variable().type()).collect(Collectors.joining(", ", "of ", ""));
    }

    /// The values of the formula and of its derivatives.
    private static List<NDArray> values(Expr f, List<Question> questions, List<Input> inputs) {
        var compiled = Agnesi.function().name("f").inputs(variables(inputs))
            .outputs(f, questions.stream().map(Question::derivative).toList()).compile();
        return compiled.callAll(inputs.stream().map(Input::value).toList());
    }

    private void describe(Report report, Question question, List<Input> inputs) {
        var compiled = Agnesi.function(variables(inputs), question.derivative());
        report.block(question.title(), "as built", Agnesi.pp(question.derivative()));
        report.block(question.title(), "optimized", compiled.pp());
        if (graph) report.block(question.title(), "as a graph", Agnesi.debugPrint(compiled.graph().getFirst(), true));
        if (explain) report.block(question.title(), "rewritten by", compiled.explain());
    }

    private static void evaluation(Report report, List<Question> questions, List<Input> inputs, List<NDArray> values) {
        report.line("");
        for (var input : inputs) if (input.value() != null) report.value(input.name(), input.value());
        report.line("");
        report.value("f", values.getFirst());
        for (int i = 0; i < questions.size(); i++) report.value(questions.get(i).title(), values.get(i + 1));
    }

    private static List<Expr> variables(List<Input> inputs) { return inputs.stream().map(Input::variable).toList(); }
}
