import java.io.File;
import java.util.Arrays;
import java.util.List;

/// Runs the benchmarks' works in another system of the JVM, one at a time, as `bench/run compare` asks on the standard input.
///
/// ```
/// java --class-path JARS bench/peers/jvm/Djl.java float64|float32
/// in:  NAME N MILLISECONDS      out: MEDIAN BEST FIRST CHECKSUM   (nanoseconds), or "none", or "failed" and why
/// ```
final class Peer {
    /// Element i of input k is sin(a · i + b), as on the other sides.
    private static final double[][] WAVES = {{0.7, 0.1}, {0.3, 0.2}, {0.9, 0.3}, {0.2, 0.4}, {0.1, 0.5}};
    /// Nanoseconds of calls before any counts: HotSpot compiles what is around the system's own code.
    private static final long WARM = 500_000_000;
    private static final long BATCH = 20_000;

    private final Call call;
    private final long first;
    private final double checksum;
    private final int batch;

    /// An array that all sides have.
    record Input(double[] values, long... shape) {}

    /// A system.
    interface Side {
        /// Its name, without blanks, and its version.
        String version();

        /// A call of the work on arrays of its own, which frees those of the last one; null where it has no such work.
        Call prepare(String name, List<Input> inputs);
    }

    /// Computes; what comes out is freed, unless it is summed.
    interface Call {
        void run();

        /// The sum of the absolute values of what comes out.
        double checksum();
    }

    private Peer(Call call, long start) {
        this.call = call;
        call.run();
        first = System.nanoTime() - start;
        checksum = call.checksum();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < WARM) call.run();
        long last = System.nanoTime();
        call.run();
        batch = (int) Math.max(1, BATCH / (System.nanoTime() - last));
    }

    private String measure(int milliseconds) {
        var times = new double[1024];
        int n = 0;
        for (long begun = System.nanoTime(); n < 1 || System.nanoTime() - begun < milliseconds * 1_000_000L; n++) {
            if (n == times.length) times = Arrays.copyOf(times, 2 * n);
            long start = System.nanoTime();
            for (int k = 0; k < batch; k++) call.run();
            times[n] = (double) (System.nanoTime() - start) / batch;
        }
        Arrays.sort(times, 0, n);
        return "%s %s %d %s".formatted(times[n / 2], times[0], first, checksum);
    }

    /// The version of a jar on the class path.
    static String version(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(path -> new File(path).getName())
            .filter(file -> file.matches(name + "-\\d.*\\d\\.jar")).findFirst()
            .map(file -> file.substring(name.length() + 1, file.length() - 4)).orElse("?");
    }

    /// Answers line by line; keeps what it measured last, which is asked for again.
    static void serve(Side side) {
        var out = System.out;
        System.setOut(System.err); // what a system says by itself is no answer
        out.println(side.version());
        String last = "", reason = "none";
        Peer peer = null;
        for (var line = IO.readln(); line != null; line = IO.readln()) {
            var words = line.split(" ");
            var what = words[0] + " " + words[1];
            if (!what.equals(last)) {
                last = what;
                peer = null;
                try {
                    peer = begun(side, words[0], Integer.parseInt(words[1]));
                    reason = "none";
                } catch (RuntimeException | LinkageError e) {
                    reason = "failed %s".formatted(e).lines().findFirst().orElseThrow();
                }
            }
            out.println(peer == null ? reason : peer.measure(Integer.parseInt(words[2])));
        }
    }

    private static Peer begun(Side side, String name, int n) {
        var inputs = inputs(name, n);
        if (inputs.isEmpty()) return null;
        long start = System.nanoTime();
        var call = side.prepare(name, inputs);
        return call == null ? null : new Peer(call, start);
    }

    private static List<Input> inputs(String name, int n) {
        return switch (name) {
            case "call"                              -> List.of(wave(0, 1));
            case "logistic", "squares"               -> List.of(wave(0, 1, n));
            case "axpy"                              -> List.of(wave(0, 1, n), wave(1, 1, n), wave(2, 1, n), wave(3, 1, n));
            case "gemm"                              -> List.of(wave(0, 1, n, n), wave(1, 1, n, n));
            case "gemv"                              -> List.of(wave(0, 1, n, n), wave(1, 1, n));
            case "softmax", "logsumexp", "layernorm", "layernorm_grad" -> List.of(wave(0, 1, n, n));
            case "mlp" -> List.of(wave(0, 1, 60, 784), digits(), wave(1, 0.05, 784, 500), wave(2, 0.05, 500), wave(3, 0.05, 500, 10),
                wave(4, 0.05, 10));
            case "regression" -> List.of(wave(0, 1, 60, 784), digits(), wave(1, 0.05, 784, 10), wave(2, 0.05, 10));
            default -> List.of();
        };
    }

    private static Input wave(int k, double scale, long... shape) {
        var values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) values[i] = scale * Math.sin(WAVES[k][0] * i + WAVES[k][1]);
        return new Input(values, shape);
    }

    private static Input digits() {
        var values = new double[600];
        for (int i = 0; i < 60; i++) values[10 * i + i % 10] = 1;
        return new Input(values, 60, 10);
    }
}
