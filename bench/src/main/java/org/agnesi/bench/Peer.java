package org.agnesi.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Another system, in a process of its own that measures one work at a time when asked.
final class Peer implements AutoCloseable {
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

    /// Whether the system can keep a process to some processors.
    static final boolean KEPT = Stream.of("/usr/bin/taskset", "/bin/taskset").map(Path::of).anyMatch(Files::isExecutable);

    /// Starts a command, which first says what it is, on as many processors as threads: JAX would use all for some works. Ours
    /// is not kept, or HotSpot's compiler would take turns with what it compiles.
    static Peer start(List<String> command, int threads, Path errors) throws IOException {
        var kept = new ArrayList<>(KEPT ? List.of("taskset", "--cpu-list", "0-" + (threads - 1)) : List.<String>of());
        kept.addAll(command);
        var builder = new ProcessBuilder(kept).redirectError(errors.toFile());
        var environment = builder.environment();
        for (var variable : List.of("AGNESI_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"))
            environment.put(variable, String.valueOf(threads));
        environment.remove("OPENBLAS_CORETYPE"); // it chooses its own kernels
        environment.remove("OPENBLAS_L2_SIZE");
        environment.put("TORCHINDUCTOR_FORCE_DISABLE_CACHES", "1"); // first calls are first calls
        return new Peer(builder.start());
    }

    String name() { return version.substring(0, version.indexOf(' ')); }

    /// What it measures in so many milliseconds; null where it does not know the work, or fails at it.
    @Nullable Measured measure(String work, int milliseconds) {
        try {
            var out = process.outputWriter();
            out.write(work + " " + milliseconds + "\n");
            out.flush();
            var line = answers.readLine();
            if (line == null) throw new IllegalStateException(version + " ended while it measured " + work);
            var fields = line.split(" ");
            if (fields[0].equals("failed")) IO.println(name() + ", " + work + ": " + line);
            if (fields.length != 4 || fields[0].equals("failed")) return null;
            return new Measured(Double.parseDouble(fields[0]), Double.parseDouble(fields[1]), Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override public void close() { process.destroy(); }
}
