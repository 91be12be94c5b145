package org.agnesi.cli;

import java.io.IOException;
import org.agnesi.error.AgnesiException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The command `agnesi`: dispatches to its subcommands.
///
/// Exit codes: 0 done, 1 a failure of the program, 2 a mistake in what was typed.
@Command(
    name = "agnesi",
    description = "Derivatives of formulas over tensors, symbolically and in numbers.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    @Override public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed");
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
