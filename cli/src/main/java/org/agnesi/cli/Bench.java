package org.agnesi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `agnesi bench`: the comparison with other systems, run from the sources beside which the command was built.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {"Time Agnesi side by side with JAX, PyTorch, NumPy, Numba, CasADi and C, as far as they are installed.",
        "All works at full size write their section of docs/benchmarks.md."})
final class Bench implements Callable<Integer> {
    @Option(names = "--quick", description = "One size of each work, and short runs.")
    private boolean quick;

    @Option(names = "--threads", paramLabel = "N", description = "On how many threads, ours and theirs (${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(names = "--dtype", paramLabel = "DTYPE", description = "float64 or float32, on all sides (${DEFAULT-VALUE}).")
    private String dtype = "float64";

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Only these works, for example: logistic gemm hv")
    private List<String> names = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override public Integer call() throws IOException, InterruptedException {
        if (threads < 1) throw new ParameterException(spec.commandLine(), "--threads needs a number of 1 or more, but got " + threads);
        if (!List.of("float64", "float32").contains(dtype))
            throw new ParameterException(spec.commandLine(), "--dtype is float64 or float32, but got " + dtype);
        var script = Path.of(System.getProperty("agnesi.home", ""), "bench", "run");
        if (!Files.isExecutable(script)) {
            spec.commandLine().getErr().println("""
                bench needs Agnesi's sources, but there is no %s
                Start it by ./agnesi in a clone.""".formatted(script));
            return spec.exitCodeOnInvalidInput();
        }
        var command = new ArrayList<>(List.of(script.toString(), "compare", "--threads", String.valueOf(threads), "--dtype", dtype));
        if (quick) command.add("--quick");
        command.addAll(names);
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start().waitFor();
    }
}
