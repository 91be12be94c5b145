package org.agnesi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The other systems that run here, and why others do not.
record Peers(List<Peer> running, List<String> absent) implements AutoCloseable {
    /// Those of the commands that start; each is named.
    static Peers start(Map<String, List<String>> commands, int threads) throws IOException {
        var running = new ArrayList<Peer>();
        var absent = new ArrayList<String>();
        for (var command : commands.entrySet()) {
            var errors = Files.createTempFile("agnesi-peer", ".txt");
            try {
                running.add(Peer.start(command.getValue(), threads, errors));
            } catch (IOException e) {
                var lines = Files.readAllLines(errors);
                absent.add(command.getKey() + " is left out: " + (lines.isEmpty() ? e.getMessage() : lines.getLast()));
            }
        }
        return new Peers(running, absent);
    }

    /// Python, and the C program where there is a compiler.
    ///
    /// @param slow whether those too that take long to compile
    static Peers ofWorks(String dtype, int threads, boolean slow) throws IOException, InterruptedException {
        var commands = new LinkedHashMap<String, List<String>>();
        for (var side : List.of("jax", "torch", "torch.compile", "numpy", "numba", "casadi"))
            if (slow || !side.equals("torch.compile")) commands.put(side, List.of("python3", "bench/peers/peers.py", side, dtype));
        var program = Files.createTempDirectory("agnesi-peers").resolve("peers");
        var compiler = List.of("cc", "-O3", "-march=native", "-ffast-math", "-Dreal=" + (dtype.equals("float64") ? "double" : "float"),
            "bench/peers/peers.c", "-o", program.toString(), "-lm");
        try {
            new ProcessBuilder(compiler).inheritIO().start().waitFor();
        } catch (IOException e) {
            IO.println("there is no C compiler: " + e.getMessage());
        }
        commands.put("c", List.of(program.toString()));
        return start(commands, threads);
    }

    List<String> versions() { return running.stream().map(peer -> peer.version).toList(); }

    /// Versions, and what is left out.
    String described() { return String.join("\n", versions()) + "\n" + String.join("\n", absent); }

    @Override public void close() { running.forEach(Peer::close); }
}
