package org.agnesi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/// Runs a command as the shell does: what it printed, and its exit code.
record Shell(int code, String out, String err) {
    static Shell run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
        return new Shell(code, out.toString(), err.toString());
    }

    /// The arguments are a mistake, which is told in these words and nowhere else.
    static void refuses(String message, String... arguments) {
        var run = run(arguments);
        assertThat(run.err).isEqualTo(message + "\n");
        assertThat(run.code).isEqualTo(2);
        assertThat(run.out).isEmpty();
    }

    /// All that is printed, by a command that succeeds.
    static String prints(String... arguments) {
        var run = run(arguments);
        assertThat(run.err).isEmpty();
        assertThat(run.code).isZero();
        return run.out;
    }
}
