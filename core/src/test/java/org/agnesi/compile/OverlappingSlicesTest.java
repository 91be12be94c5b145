package org.agnesi.compile;

import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.derive.Gradient.grad;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is written into slices of one array is one loop where they overlap, with the bits of several.
class OverlappingSlicesTest {
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 9, 33, 200};

    /// From a vector.
    private static final Map<String, UnaryOperator<Expr>> OF_VECTORS = Map.of(
        "the gradient of steps", x -> grad(sum(sqr(x.get(from(1)).minus(x.get(upTo(-1))))), x),
        "of second differences", x -> grad(sum(cube(x.get(from(2)).minus(x.get(range(1, -1)).times(2)).plus(x.get(upTo(-2))))), x),
        "farther apart", x -> grad(sum(x.get(from(7)).times(x.get(upTo(-7)))), x),
        "one slice", x -> x.at(from(3)).add(x.get(upTo(-3))),
        "set, then added to", x -> x.at(from(1)).set(cube(x.get(upTo(-1)))).at(upTo(-2)).add(sqr(x.get(from(2)))),
        "added to, then set", x -> x.at(from(1)).add(cube(x.get(upTo(-1)))).at(upTo(-2)).set(sqr(x.get(from(2)))));

    /// From a matrix.
    private static final Map<String, UnaryOperator<Expr>> OF_MATRICES = Map.of(
        "steps down", x -> grad(sum(sqr(x.get(from(1), all()).minus(x.get(upTo(-1), all())))), x),
        "steps across", x -> grad(sum(sqr(x.get(all(), from(1)).minus(x.get(all(), upTo(-1))))), x),
        "both", x -> grad(sum(sqr(x.get(from(1), all()).minus(x.get(upTo(-1), all()))))
            .plus(sum(sqr(x.get(all(), from(1)).minus(x.get(all(), upTo(-1)))))), x),
        "on a diagonal", x -> grad(sum(cube(x.get(from(1), from(2)).times(x.get(upTo(-1), upTo(-2))))), x));

    private static Expr cube(Expr x) { return x.times(sqr(x)); }

    private static Schedule schedule(Expr... x) {
        return Schedule.of(List.of(x).subList(0, x.length - 1), List.of(lowered(x[x.length - 1])));
    }

    private static Expr lowered(Expr y) { return Pipeline.of(Strictness.STRICT).lower(List.of(y)).getFirst(); }

    /// Whether nothing is read again to be added to, but on the edges.
    private static boolean isOne(Schedule schedule) {
        return schedule.toString().lines().noneMatch(line -> line.contains("+=") && !line.startsWith("            "));
    }

    private static void assertSameBits(Expr x, Expr y, Shape... shapes) {
        var schedule = schedule(x, y);
        assertThat(isOne(schedule)).as(schedule.toString()).isTrue();
        for (var shape : shapes) {
            var random = new Random(shape.hashCode());
            var at = NDArray.generateDoubles(x.type().dtype(), shape, k -> k % 5 == 2 ? -0.0 : random.nextGaussian());
            var expected = Graph.eval(List.of(lowered(y)), new IdentityHashMap<>(Map.of(x, at))).getFirst();
            for (var backend : Backend.ALL)
                assertThat(new Plan(schedule, backend).call(List.of(at)).getFirst()).as("%s by %s", shape, backend).isEqualTo(expected);
        }
    }

    @ParameterizedTest @EnumSource(value = DType.class, names = {"FLOAT32", "FLOAT64"}) void vectorsOfAnyLength(DType dtype) {
        var shapes = Arrays.stream(LENGTHS).mapToObj(Shape::of).toArray(Shape[]::new);
        OF_VECTORS.forEach((_, formula) -> {
            var x = tensor("x", dtype, -1);
            assertSameBits(x, formula.apply(x), shapes);
        });
    }

    @Test void vectorsOfAKnownLength() {
        OF_VECTORS.forEach((_, formula) -> {
            var x = dvector("x", 130);
            assertSameBits(x, formula.apply(x), Shape.of(130));
        });
    }

    @Test void matricesOfAnySize() {
        var shapes = List.of(Shape.of(0, 4), Shape.of(1, 1), Shape.of(2, 3), Shape.of(3, 2), Shape.of(1, 9), Shape.of(9, 1), Shape.of(20, 33));
        OF_MATRICES.forEach((_, formula) -> {
            var x = dmatrix("x");
            assertSameBits(x, formula.apply(x), shapes.toArray(Shape[]::new));
        });
    }

    @Test void whatIsFarApartShortGivenOrSteppedStaysApart() {
        Expr x = dvector("x"), n = lscalar("n");
        for (var y : List.of(x.at(upTo(3)).add(1), x.at(from(-3)).add(1), x.at(from(100)).add(1), x.at(range(0, -1, 2)).add(1)))
            assertThat(isOne(schedule(x, y))).as(y.toString()).isFalse();
        var given = x.at(from(n)).add(1);
        assertThat(isOne(schedule(x, n, given))).isFalse();
        var few = dvector("few", 10);
        assertThat(isOne(schedule(few, few.at(from(1)).add(1)))).isFalse();
    }
}
