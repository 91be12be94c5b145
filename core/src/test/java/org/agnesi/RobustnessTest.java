package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What a compiled function goes through in a service: many threads at once, interrupts, too little memory, HotSpot.
class RobustnessTest {
    private static final int THREADS = 16;
    private static final long SECONDS = 10;

    private final Expr a = dmatrix("a");
    private final Expr v = dvector("v");

    /// Kernels, products and steps, forward and back.
    private Compiled recurrent() {
        var states = scan(arange(20), v, (_, h) -> tanh(dot(a, h)));
        var cost = sum(states).plus(sum(exp(dot(a, a)).div(1000)));
        return function(inputs(a, v), outputs(cost, grad(cost, List.of(a, v))));
    }

    private static List<NDArray> arguments(int n) {
        return List.of(NDArray.generateDoubles(DType.FLOAT64, Shape.of(n, n), i -> Math.sin(i) / n),
            NDArray.generateDoubles(DType.FLOAT64, Shape.of(n), i -> Math.cos(i)));
    }

    @Test void manyThreadsCallOneFunction() throws Exception {
        var f = recurrent();
        int[] sizes = {1, 7, 40, 130};
        var expected = IntStream.of(sizes).mapToObj(n -> f.callAll(arguments(n))).toList();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        var tasks = IntStream.range(0, THREADS).<Callable<Long>>mapToObj(t -> () -> {
            long calls = 0;
            for (int k = t; System.nanoTime() < end; k++, calls++) {
                int which = k % sizes.length;
                assertThat(t % 2 == 0 ? f.callAll(arguments(sizes[which])) : into(f, sizes[which])).isEqualTo(expected.get(which));
            }
            return calls;
        }).toList();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var done : threads.invokeAll(tasks)) assertThat(done.get()).isPositive();
        }
    }

    private static List<NDArray> into(Compiled f, int n) {
        var outs = List.of(NDArray.zeros(DType.FLOAT64), NDArray.zeros(DType.FLOAT64, n, n), NDArray.zeros(DType.FLOAT64, n));
        f.callInto(outs, arguments(n));
        return outs;
    }

    /// A computation does not wait for anything that could be interrupted: it ends as it would, and the caller finds its flag.
    @Test void anInterruptIsTheCallersOwn() throws Exception {
        var f = recurrent();
        var in = arguments(300);
        var expected = f.callAll(in);
        var found = new ArrayList<List<NDArray>>();
        var flags = new ArrayList<Boolean>();
        var caller = new Thread(() -> {
            for (int k = 0; k < 20; k++) {
                Thread.currentThread().interrupt();
                found.add(f.callAll(in));
                flags.add(Thread.interrupted());
            }
        });
        caller.start();
        while (caller.isAlive()) {
            caller.interrupt();
            caller.join(1);
        }
        assertThat(found).hasSize(20).allMatch(expected::equals);
        assertThat(flags).hasSize(20).doesNotContain(false);
        assertThat(f.callAll(in)).isEqualTo(expected);
    }

    @Test void itIsUsableAfterTooLittleMemory() {
        var outer = outer(exp(v), exp(v));
        var f = function(v, outputs(outer.plus(dot(outer, outer)), sum(v)));
        var small = List.of(NDArray.of(new double[] {0, 1}));
        var expected = f.callAll(small);
        double most = Math.sqrt(Runtime.getRuntime().maxMemory() / (double) Double.BYTES);
        assumeThat(most).as("side of a matrix that fills the heap").isLessThan(46_000);   // an array has no more elements
        var large = List.of(NDArray.zeros(DType.FLOAT64, (int) most + 1));
        for (int k = 0; k < 3; k++) {
            assertThatThrownBy(() -> f.callAll(large)).isInstanceOf(OutOfMemoryError.class);
            assertThat(f.callAll(small)).isEqualTo(expected);
        }
    }

    /// Code that HotSpot refuses runs a hundred times slower, and says nothing.
    @Test void hotSpotCompilesWhatIsHot() throws Exception {
        assumeThat(Engine.standard().kernels()).as("what runs programs").isNotIn("points", "blocks");
        var cost = sum(log(add(1, exp(v)))).plus(sum(sqr(v.get(from(1)).minus(sqr(v.get(upTo(-1)))))));
        var f = function(v, outputs(cost, grad(cost, v)));
        var outs = List.of(NDArray.zeros(DType.FLOAT64), NDArray.zeros(DType.FLOAT64, 1000));
        List<Object> args = List.of(NDArray.zeros(DType.FLOAT64, 1000));
        try (var recording = new Recording()) {
            recording.enable("jdk.Compilation").withoutThreshold();
            recording.start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!isCompiled(recording)) {
                assertThat(System.nanoTime()).as("C2 compiles the emitted code").isLessThan(end);
                for (int k = 0; k < 20_000; k++) f.callInto(outs, args);
            }
        }
    }

    private static boolean isCompiled(Recording recording) throws Exception {
        var file = Files.createTempFile("compilations", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream().filter(event -> event.getEventType().getName().equals("jdk.Compilation"))
                .anyMatch(event -> event.getInt("compileLevel") == 4 && event.getBoolean("succeded")
                    && event.<RecordedMethod>getValue("method").getType().getName().matches("org\\.agnesi\\.emit\\.Emitted\\W.*"));
        } finally {
            Files.delete(file);
        }
    }
}
