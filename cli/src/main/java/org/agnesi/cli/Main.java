package org.agnesi.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agnesi.error.AgnesiException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `agnesi`: dispatches to its subcommands.
///
/// Exit codes: 0 done, 1 a failure of the program, 2 a mistake in what was typed.
@Command(
    name = "agnesi",
    description = "Derivatives of formulas over tensors, symbolically and in numbers.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {Derive.class, Plot.class, Tutorial.class, Repl.class, Bench.class},
    synopsisSubcommandLabel = "COMMAND")
final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        System.setProperty("agnesi.origins", "false");   // no line of Java was typed
        System.setProperty("java.awt.headless", "true");
        int code = commandLine().setOut(utf8(FileDescriptor.out)).setErr(utf8(FileDescriptor.err)).execute(args);
        System.exit(code);
    }

    static CommandLine commandLine() {
        var command = new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain).setParameterExceptionHandler(Main::refuse);
        for (var name : List.of("derive", "plot"))   // -x**2 is a formula
            command.getSubcommands().get(name).setUnmatchedOptionsArePositionalParams(true);
        return command;
    }

    /// Formulas have signs that ASCII lacks, whatever the locale says.
    private static PrintWriter utf8(FileDescriptor file) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(file), StandardCharsets.UTF_8), true);
    }

    @Override public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed");
    }

    /// What does not fit the options is shown at its place, and where to read more.
    private static int refuse(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var err = command.getErr();
        boolean isMain = command.getParent() == null;
        err.println(args.length == 0 ? e.getMessage() : Line.of(args).mistake(e));
        if (e instanceof UnmatchedArgumentException extra) UnmatchedArgumentException.printSuggestions(extra, err);
        if (isMain) command.usage(err);
        else err.println("Options are listed by: %s --help".formatted(command.getCommandSpec().qualifiedName()));
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /// A mistake in the input is explained in its own words; anything else is ours and keeps its stack trace.
    private static int explain(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        var text = switch (e) {
            case AgnesiException mistake -> mistake.problem();
            case IOException missing     -> "a readable file is needed, but got " + missing.getMessage();
            default                      -> throw e;
        };
        command.getErr().println(text);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
