package org.agnesi.run;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.compile.Task;
import org.agnesi.error.IndexError;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Axes that turn out to be short at a call have programs of their own, with the bits of the program for all lengths.
class ShortAxesTest {
    /// Of a matrix along its rows.
    private static final Map<String, UnaryOperator<Expr>> ALONG = Map.of(
        "sum", x -> sum(x, 1),
        "norm", x -> sqrt(sum(sqr(x), 1)),
        "max", x -> max(x, 1),
        "product", x -> prod(x, 1),
        "variance", x -> var(x, 1),
        "normalized", x -> div(x, sqrt(sum(sqr(x), axes(1).keep()))),
        "softmax", x -> softmax(x, 1),
        "log-sum-exp", x -> logsumexp(x, 1),
        "distances", x -> sum(sqr(sub(x.dimshuffle(0, "x", 1), x.dimshuffle("x", 0, 1))), 2));

    /// The same down its columns.
    private static final Map<String, UnaryOperator<Expr>> DOWN = Map.of(
        "sum", x -> sum(x, 0),
        "variance", x -> var(x, 0),
        "standardized", x -> div(sub(x, mean(x, axes(0).keep())), sqrt(add(var(x, axes(0).keep()), 1e-5))),
        "softmax", x -> softmax(x, 0));

    private static Schedule schedule(List<Expr> in, Expr out) {
        return Schedule.of(in, Pipeline.of(Strictness.STRICT).lower(List.of(out)));
    }

    private static Task.Run run(Schedule schedule) { return (Task.Run) schedule.tasks().getFirst(); }

    private static NDArray random(DType dtype, int... dims) {
        var random = new Random(dims[0] * 1000L + dims[dims.length - 1]);
        return NDArray.generateDoubles(dtype, Shape.of(dims), k -> k % 17 == 3 ? -0.0 : random.nextGaussian() * (k % 41 == 7 ? 1e3 : 1));
    }

    /// What the program for all lengths computes, point by point.
    private static NDArray forAll(Schedule schedule, NDArray x) {
        var kernel = new Kernel(run(schedule).program(), Backend.POINTS);
        var out = NDArray.zeros(x.dtype(), new Plan(schedule, Backend.POINTS).call(List.of(x)).getFirst().shape());
        kernel.run(new Object[] {x.data(), out.data()}, new int[][] {x.shape().dims(), out.shape().dims()});
        return out;
    }

    /// As for many calls with small arrays of these shapes; large ones are enough at once.
    private static void makeCode(Plan plan, NDArray x, NDArray like) {
        var ready = plan.ready(List.of(NDArray.zeros(like.dtype(), like.shape())), List.of(x));
        if (ready != null) assertThat(ready.run().getFirst()).isEqualTo(like);
    }

    private static void haveTheBitsOfAny(Map<String, UnaryOperator<Expr>> formulas, DType dtype, int[] rows, int[] columns) {
        formulas.forEach((name, formula) -> {
            var x = tensor("x", dtype, -1, -1);
            var any = schedule(List.of(x), formula.apply(x));
            assertThat(any.tasks()).as(name).hasSize(1);
            for (int m : columns) {
                var plans = Backend.ALL.stream().map(backend -> new Plan(any, backend)).toList();
                for (int n : rows) {
                    var at = random(dtype, n, m);
                    var reference = forAll(any, at);
                    for (var plan : plans) {
                        makeCode(plan, at, reference);
                        assertThat(plan.call(List.of(at)).getFirst()).as("%s of %d × %d", name, n, m).isEqualTo(reference);
                    }
                }
            }
        });
    }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void shortRowsHaveTheBitsOfAny(DType dtype) {
        haveTheBitsOfAny(ALONG, dtype, new int[] {0, 1, 7, 15, 16, 17, 65, 129}, new int[] {0, 1, 2, 3, 7, 8, 9, 17, 31, 32, 33});
    }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void rowsWithFunctionsMayBeLonger(DType dtype) {
        var functions = Map.of("softmax", ALONG.get("softmax"), "log-sum-exp", ALONG.get("log-sum-exp"));
        haveTheBitsOfAny(functions, dtype, new int[] {16, 65}, new int[] {40, 64, 65});
        var watched = new Watched();
        var x = dmatrix("x");
        new Plan(schedule(List.of(x), softmax(x, 1)), watched).call(List.of(random(DType.FLOAT64, 5_000, 64)));
        assertThat(watched.programs).containsExactly(known(ALONG.get("softmax"), -1, 64));
    }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void fewColumnsHaveTheBitsOfAny(DType dtype) {
        haveTheBitsOfAny(DOWN, dtype, new int[] {1, 7, 31, 63, 64, 65, 1023}, new int[] {0, 1, 3, 4, 9, 15, 16});
    }

    @Test void shortRowsOfMoreThanABlockHaveThemToo() {
        var rows = new int[] {4097, 70_001};
        haveTheBitsOfAny(Map.of("sum", ALONG.get("sum"), "softmax", ALONG.get("softmax")), DType.FLOAT64, rows, new int[] {3});
        haveTheBitsOfAny(Map.of("sum", DOWN.get("sum")), DType.FLOAT64, rows, new int[] {5});
    }

    private static String known(UnaryOperator<Expr> formula, int... dims) {
        var x = tensor("x", DType.FLOAT64, dims);
        return run(schedule(List.of(x), formula.apply(x))).program().toString();
    }

    @Test void aLengthHasTheProgramOfAKnownOne() {
        for (var name : List.of("norm", "softmax")) {
            var x = dmatrix("x");
            var any = schedule(List.of(x), ALONG.get(name).apply(x));
            var watched = new Watched();
            var plan = new Plan(any, watched);
            for (int length : new int[] {3, 100, 3, 5}) plan.call(List.of(random(DType.FLOAT64, 70_000, length)));
            assertThat(watched.programs).containsExactly(known(ALONG.get(name), -1, 3), run(any).program().toString(),
                known(ALONG.get(name), -1, 5));
        }
    }

    @Test void fewColumnsHaveTheProgramOfAKnownNumber() {
        var x = dmatrix("x");
        var watched = new Watched();
        new Plan(schedule(List.of(x), DOWN.get("variance").apply(x)), watched).call(List.of(random(DType.FLOAT64, 40_000, 5)));
        assertThat(watched.programs).containsExactly(known(DOWN.get("variance"), -1, 5));
    }

    @Test void fewRowsTakeTheProgramForAll() {
        var x = dmatrix("x");
        var any = schedule(List.of(x), sum(x, 1));
        var watched = new Watched();
        var plan = new Plan(any, watched);
        for (int k = 0; k < 5_000; k++) plan.call(List.of(random(DType.FLOAT64, 15, 3)));
        plan.call(List.of(random(DType.FLOAT64, 20, 0)));
        assertThat(watched.programs).containsExactly(run(any).program().toString());
    }

    @Test void fewPointsTakeTheProgramForAllUntilTheyAreMany() {
        var x = dmatrix("x");
        var watched = new Watched();
        var plan = new Plan(schedule(List.of(x), sum(x, 1)), watched);
        for (int k = 0; k < 19; k++) plan.call(List.of(random(DType.FLOAT64, 1_000, 10)));
        assertThat(watched.programs).hasSize(1);
        plan.call(List.of(random(DType.FLOAT64, 1_000, 10)));
        assertThat(watched.programs).hasSize(2);
    }

    @Test void fourLengthsHavePrograms() {
        var x = dmatrix("x");
        var watched = new Watched();
        var plan = new Plan(schedule(List.of(x), sum(x, 1)), watched);
        for (int length = 20; length <= 32; length++) plan.call(List.of(random(DType.FLOAT64, 10_000, length)));
        assertThat(watched.programs).hasSize(5);
        assertThat(watched.programs.getLast()).isEqualTo(plan.kernels());
    }

    /// Two programs of one schedule are made at once, of each by whoever comes first.
    @Test void severalThreadsMayBeTheFirst() {
        var x = dmatrix("x");
        var any = schedule(List.of(x), cumsum(sum(softmax(div(x, sqrt(sum(sqr(x), axes(1).keep()))), 1), 1)));
        var plan = new Plan(any, Backend.SCALAR);
        var inputs = IntStream.range(2, 10).mapToObj(length -> random(DType.FLOAT64, 70_000, length)).toList();
        var reference = new Plan(any, Backend.POINTS);
        var expected = inputs.stream().map(at -> reference.call(List.of(at))).toList();
        var got = IntStream.range(0, 32).parallel().mapToObj(k -> plan.call(List.of(inputs.get(k % 8)))).toList();
        for (int k = 0; k < got.size(); k++) assertThat(got.get(k)).isEqualTo(expected.get(k % 8));
    }

    /// What it costs is what the program that runs takes.
    @Test void costsAreThoseOfWhatRuns() {
        var x = dmatrix("x");
        var any = function(x, softmax(x, 1));
        var three = tensor("x", DType.FLOAT64, -1, 3);
        var known = function(three, softmax(three, 1));
        assertThat(any.cost(Shape.of(1000, 3)).peakBytes()).isEqualTo(known.cost(Shape.of(1000, 3)).peakBytes());
    }

    /// A size that is read from another array is one that a plan may have let go of.
    @Test void sizesThatAreElementsStayOpen() {
        Expr x = dmatrix("x"), n = lscalar("n");
        var any = schedule(List.of(x, n), sum(x.get(all(), upTo(n)), 1));
        var runs = any.tasks().stream().filter(Task.Run.class::isInstance).map(Task.Run.class::cast).toList();
        assertThat(runs).isNotEmpty().allSatisfy(task -> assertThat(task.shorter()).isEmpty());
    }

    /// A sum in rows and in place of what dies.
    @Test void whatDiesIsWrittenOver() {
        Expr x = dmatrix("x"), u = dvector("u");
        var any = schedule(List.of(x, u), cumsum(add(sum(x, 1), cumsum(u))));
        NDArray a = random(DType.FLOAT64, 70_000, 3), b = random(DType.FLOAT64, 70_000);
        var reference = new Plan(any, Backend.POINTS).call(List.of(a, b));
        for (var backend : Backend.ALL) {
            var plan = new Plan(any, backend);
            for (int k = 0; k < 2; k++) assertThat(plan.call(List.of(a, b))).isEqualTo(reference);
        }
    }

    @Test void arraysInPlaceHaveTheirLength() {
        var x = dmatrix("x");
        var any = schedule(List.of(x), softmax(x, 1));
        var at = random(DType.FLOAT64, 50, 7);
        var ready = new Plan(any, Backend.SIMD).ready(List.of(NDArray.zeros(DType.FLOAT64, 50, 7)), List.of(at));
        assertThat(ready).isNotNull();
        assertThat(ready.run().getFirst()).isEqualTo(forAll(any, at));
    }

    @Test void positionsAreChecked() {
        Expr x = dmatrix("x"), rows = lvector("rows");
        var f = function(inputs(x, rows), sum(sqr(x.get(rows)), 1));
        var at = new long[70_000];
        at[3] = 64;
        assertThatThrownBy(() -> f.call(NDArray.zeros(DType.FLOAT64, 64, 3), at)).isInstanceOf(IndexError.class).hasMessage("""
            a position from -64 to 63 is needed along axis 0 of x, but got 64
              x: (64, 3)
            Positions count from 0; negative ones count from the end.""");
    }
}
