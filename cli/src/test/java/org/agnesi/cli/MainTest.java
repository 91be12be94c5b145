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

    @Test void aBenchNeedsAThread() {
        assertThat(run("bench", "--threads", "0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--threads needs a number of 1 or more, but got 0");
    }

    @Test void aBenchKnowsTwoDtypes() {
        assertThat(run("bench", "--dtype", "int32")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--dtype is float64 or float32, but got int32");
    }

    @Test void aBenchNeedsTheSources() {
        var before = System.getProperty("agnesi.home");
        System.setProperty("agnesi.home", "/nowhere");
        try {
            assertThat(run("bench", "--quick")).isEqualTo(2);
            assertThat(err.toString()).isEqualToNormalizingNewlines("""
                bench needs Agnesi's sources, but there is no /nowhere/bench/run
                Start it by ./agnesi in a clone.
                """);
        } finally {
            if (before == null) System.clearProperty("agnesi.home");
            else System.setProperty("agnesi.home", before);
        }
    }
}
