package org.agnesi.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `agnesi repl`: JShell with Agnesi's names imported.
@Command(
    name = "repl",
    mixinStandardHelpOptions = true,
    description = "Start JShell with Agnesi imported.")
final class Repl implements Callable<Integer> {
    private static final String HINT = """
        Agnesi's names are imported. Try:
            var x = dscalar("x"); var y = x.pow(2); pp(grad(y, x))
            function(x, grad(y, x)).call(4)               // /exit leaves, Tab completes""";

    private static final List<String> IMPORTS = List.of(
        "import java.util.*;", "import java.util.function.*;",
        "import org.agnesi.*;", "import org.agnesi.array.*;", "import org.agnesi.symbolic.*;",
        "import static org.agnesi.Agnesi.*;", "import static org.agnesi.Tensors.*;");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override public Integer call() throws Exception {
        var console = System.console();
        if (console == null || !console.isTerminal())
            return run(System.in, new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        spec.commandLine().getOut().println(HINT);
        return run(JavaShellToolBuilder.builder(), "normal");
    }

    /// Runs a script: no terminal, and nothing is remembered.
    static int run(InputStream in, PrintStream out) throws Exception {
        out.println(HINT);
        return run(JavaShellToolBuilder.builder().in(in, null).out(out).persistence(new HashMap<>()), "concise");
    }

    private static int run(JavaShellToolBuilder shell, String feedback) throws Exception {
        var startup = Files.createTempFile("agnesi", ".jsh");
        try {
            Files.write(startup, IMPORTS);
            var arguments = new ArrayList<>(path());
            arguments.addAll(List.of("--startup", startup.toString(), "--feedback", feedback));
            return shell.start(arguments.toArray(String[]::new));
        } finally {
            Files.delete(startup);
        }
    }

    /// JShell's own JVM sees what this one runs.
    private static List<String> path() {
        var modules = System.getProperty("jdk.module.path", "");
        return modules.isEmpty() ? List.of("--class-path", System.getProperty("java.class.path"))
            : List.of("--module-path", modules, "--add-modules", "org.agnesi");
    }
}
