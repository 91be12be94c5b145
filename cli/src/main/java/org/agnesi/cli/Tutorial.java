package org.agnesi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.agnesi.error.AgnesiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `agnesi tutorial`: runs [TutorialSteps] and prints the source of each step with its result.
@Command(
    name = "tutorial",
    mixinStandardHelpOptions = true,
    description = "Run the tutorial: gradients, Jacobians, Hessians and their products, each step with its source and result.")
final class Tutorial implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override public Integer call() throws IOException {
        try (var source = Objects.requireNonNull(Tutorial.class.getResourceAsStream("TutorialSteps.java"))) {
            var lines = new String(source.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            new Printed(spec.commandLine().getOut(), lines).run();
        }
        return 0;
    }

    /// Prints the steps' source up to the line that shows something, found on the stack.
    private static final class Printed extends TutorialSteps {
        private static final Pattern STEP = Pattern.compile("(?:show\\(|fails\\(\\(\\) -> )(.*)\\);");

        private final PrintWriter out;
        private final List<String> lines;
        private int next;       // the first line that is not printed yet, from 0

        Printed(PrintWriter out, List<String> lines) {
            this.out = out;
            this.lines = lines;
        }

        @Override void section(String title) {
            if (next > 0) out.println();
            out.println(Ansi.AUTO.string("@|bold " + title + "|@"));
            out.println("─".repeat(title.length()));
            next = here() + 1;
        }

        @Override void show(Object value) { step("→ " + value); }

        @Override void fails(Supplier<?> mistake) {
            try {
                var _ = mistake.get();
            } catch (AgnesiException e) {
                step("✗ " + e.problem());
                return;
            }
            throw new IllegalStateException("no mistake in line " + (here() + 1));
        }

        private void step(String result) {
            for (int here = here(); next <= here; next++) out.println(shown(lines.get(next).strip()));
            out.println(result.replace("\n", "\n  ").indent(4).stripTrailing());
        }

        /// Code is indented, prose is not; `show(e);` and `fails(() -> e);` are shown as `e`.
        private static String shown(String line) {
            if (line.isEmpty()) return "";
            if (line.startsWith("// ")) return line.substring(3);
            var step = STEP.matcher(line);
            return "    " + (step.matches() ? step.group(1) : line);
        }

        /// The line of the step that is running, from 0.
        private static int here() {
            return StackWalker.getInstance().walk(frames -> frames
                .filter(frame -> frame.getClassName().equals(TutorialSteps.class.getName()))
                .findFirst().orElseThrow().getLineNumber()) - 1;
        }
    }
}
