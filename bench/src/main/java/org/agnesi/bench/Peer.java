package org.agnesi.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Another system, in a process of its own that measures one work at a time when asked.
final class Peer implements AutoCloseable {
    /// Whether others are kept to processors, as Linux can.
    static final boolean KEEPS = Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));

    private final Process process;
    private final BufferedReader answers;
    /// Its name and version, as it says itself.
    final String version;

    /// What a side needs for one call, in ns: the median and the best of many, the first with its compilation; and a sum of
    /// what came out, by which sides are compared.
    record Measured(double median, double best, double first, double checksum) {}

    private Peer(Process process) throws IOException {
        this.process = process;
        answers = process.inputReader();
        var line = answers.readLine();
        if (line == null) throw new IOException("it does not start");
        version = line;
    }

    /// Those of a command's sides that run here; the others are named, with the reason.
    static List<Peer> start(Map<String, List<String>> commands, int threads) {
        var peers = new ArrayList<Peer>();
        commands.forEach((name, command) -> {
            try {
                var builder = new ProcessBuilder(kept(command, threads)).redirectError(ProcessBuilder.Redirect.DISCARD);
                var environment = builder.environment();
                for (var variable : List.of("AGNESI_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"))
                    environment.put(variable, String.valueOf(threads));
                environment.remove("OPENBLAS_CORETYPE"); // it chooses its own kernels
                environment.remove("OPENBLAS_L2_SIZE");
                peers.add(new Peer(builder.start()));
            } catch (IOException e) {
                IO.println(name + " is left out: " + e.getMessage());
            }
        });
        return peers;
    }

    /// The command kept to as many processors: not every system lets its threads be counted.
    private static List<String> kept(List<String> command, int threads) {
        if (!KEEPS) return command;
        return Stream.concat(Stream.of("taskset", "--cpu-list", "0-" + (threads - 1)), command.stream()).toList();
    }

    /// What it measures in so many milliseconds; null where it does not know the work.
    @Nullable Measured measure(String work, int n, int milliseconds) {
        try {
            var out = process.outputWriter();
            out.write("%s %d %d%n".formatted(work, n, milliseconds));
            out.flush();
            var line = answers.readLine();
            if (line == null) throw new IllegalStateException(version + " ended while it measured " + work);
            if (line.equals("none")) return null;
            var fields = line.split(" ");
            return new Measured(Double.parseDouble(fields[0]), Double.parseDouble(fields[1]), Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override public void close() { process.destroy(); }
}
