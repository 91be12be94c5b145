package org.agnesi.run;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.rewrite.Strictness;
import org.junit.jupiter.api.Test;

class BodiesTest {
    private static final AtomicInteger MADE = new AtomicInteger();

    private static Backend.Body make(Program program) {
        MADE.incrementAndGet();
        return Backend.SCALAR.body(program);
    }

    private final Bodies bodies = new Bodies(BodiesTest::make);

    /// `y[i] = factor · x[i]`
    private static Program times(double factor) {
        return Kernels.pointwise(List.of(DType.FLOAT64), in -> List.of(Scalar.mul(in.getFirst(), Scalar.constant(factor))));
    }

    /// A cost and its gradient, anew.
    private static Schedule schedule(String x, double factor) {
        var v = dvector(x);
        var cost = sum(exp(mul(v, factor)));
        return Schedule.of(List.of(v), Pipeline.of(Strictness.DEFAULT).lower(List.of(cost, grad(cost, v))));
    }

    @Test void functionsAlikeRunOneClass() {
        var workers = new Workers(2);
        for (var backend : List.of(Backend.parallel(workers), Backend.tiered(workers))) {
            var ran = schedule("x", 0.5).programs().getFirst();
            var alike = schedule("y", 0.5).programs().getFirst();
            var other = schedule("x", 0.25).programs().getFirst();
            assertThat(backend.body(alike)).isSameAs(backend.body(ran)).isNotSameAs(backend.body(other));
        }
    }

    @Test void theyComputeTheSameAsAlone() {
        var shared = Backend.tiered(new Workers(1));
        var in = List.of(NDArray.of(new double[] {0.1, -2.0, 3.5}));
        var expected = new Plan(schedule("x", 0.5), Backend.POINTS).call(in);
        for (var name : List.of("x", "y", "z")) assertThat(new Plan(schedule(name, 0.5), shared).call(in)).isEqualTo(expected);
        assertThat(new Plan(schedule("x", 0.25), shared).call(in)).isNotEqualTo(expected);
    }

    @Test void whatManyThreadsAskForIsOneBody() throws Exception {
        var calls = new ArrayList<Callable<List<Backend.Body>>>();
        for (int t = 0; t < 16; t++) calls.add(() -> IntStream.range(0, 20).mapToObj(k -> bodies.of(times(k))).toList());
        try (var threads = Executors.newFixedThreadPool(16)) {
            var found = new ArrayList<List<Backend.Body>>();
            for (Future<List<Backend.Body>> one : threads.invokeAll(calls)) found.add(one.get());
            for (var one : found) for (int k = 0; k < 20; k++) assertThat(one.get(k)).isSameAs(found.getFirst().get(k));
        }
    }

    @Test void whatManyOthersCameAfterIsForgotten() {
        var first = new WeakReference<>(bodies.of(times(-1)));
        var second = bodies.of(times(-2));
        for (int k = 0; k <= Bodies.MOST; k++) {
            assertThat(bodies.of(times(-2))).isSameAs(second);
            bodies.of(times(k));
        }
        for (int attempt = 0; attempt < 20 && first.get() != null; attempt++) System.gc();
        assertThat(first.get()).isNull();
    }

    /// In a JVM that keeps nothing softly: the garbage collector has it all.
    @Test void whatNobodyUsesIsForgottenWhenMemoryIsNeeded() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(java, "-XX:SoftRefLRUPolicyMSPerMB=0", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
            Forgetting.class.getName());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("forgotten, and made again");
    }

    static final class Forgetting {
        public static void main(String[] arguments) {
            var bodies = new Bodies(BodiesTest::make);
            var body = new WeakReference<>(bodies.of(times(1)));
            for (int attempt = 0; attempt < 20 && body.get() != null; attempt++) System.gc();
            bodies.of(times(1));
            IO.println(body.get() == null && MADE.get() == 2 ? "forgotten, and made again" : "kept");
        }
    }
}
