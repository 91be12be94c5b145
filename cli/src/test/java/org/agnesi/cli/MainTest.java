package org.agnesi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }

    @Test void helpIsPrintedOnRequest() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: agnesi ");
    }

    @Test void theVersionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("agnesi \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?, Java \\d+.*\\R");
    }

    @Test void withoutACommandTheUsageSaysSo() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("a command is needed").contains("Usage: agnesi ");
    }

    @Test void anUnknownCommandIsAMistake() {
        assertThat(run("derrive", "x")).isEqualTo(2);
        assertThat(err.toString()).startsWith("""
            a command is needed, but got derrive
                derrive x
                ^^^^^^^
            Did you mean: agnesi derive or agnesi tutorial?
            Usage: agnesi\s""");
    }
}
