package org.agnesi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The other systems that run here, and why others do not.
record Peers(List<Peer> running, List<String> absent) implements AutoCloseable {
    /// Sides of the JVM, and the file that runs each; their jars are in folders of these names.
    private static final Map<String, String> OF_THE_JVM =
        new TreeMap<>(Map.of("djl", "Djl", "nd4j", "Nd4j", "tensorflow-java", "TensorFlow"));
    private static final Path JARS = Path.of("bench/target/peers");

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

    /// Python, the C program where there is a compiler, and sides of the JVM.
    ///
    /// @param slow whether those too that take long to compile
    /// @param jvm  whether those of the JVM too
    static Peers ofWorks(String dtype, int threads, boolean slow, boolean jvm) throws IOException, InterruptedException {
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
        if (!jvm) return start(commands, threads).without(OF_THE_JVM.keySet(), "--jvm adds it");
        var there = OF_THE_JVM.entrySet().stream().filter(side -> Files.isDirectory(JARS.resolve(side.getValue()))).toList();
        there.forEach(side -> commands.put(side.getKey(), ofTheJvm(side.getValue(), dtype)));
        return start(commands, threads).without(OF_THE_JVM.keySet().stream().filter(name -> !commands.containsKey(name)).toList(),
            "Maven could not resolve its jars");
    }

    private static List<String> ofTheJvm(String side, String dtype) {
        var cache = JARS.resolve("cache").toAbsolutePath();
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dorg.bytedeco.javacpp.cachedir=" + cache,
            "-DDJL_CACHE_DIR=" + cache, "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-cp", JARS.resolve(side) + "/*",
            "bench/peers/jvm/" + side + ".java", dtype);
    }

    private Peers without(Collection<String> names, String reason) {
        var all = new ArrayList<>(absent);
        names.forEach(name -> all.add(name + " is left out: " + reason));
        return new Peers(running, all);
    }

    List<String> versions() { return running.stream().map(peer -> peer.version).toList(); }

    /// Versions, and what is left out.
    String described() { return String.join("\n", versions()) + "\n" + String.join("\n", absent); }

    @Override public void close() { running.forEach(Peer::close); }
}
