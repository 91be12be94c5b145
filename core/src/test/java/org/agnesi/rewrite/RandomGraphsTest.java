package org.agnesi.rewrite;

import static org.agnesi.Tensors.abs;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.sigmoid;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.transpose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Pipeline;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole graphs, made at random, keep their values and types through all passes.
class RandomGraphsTest {
    private static final int GRAPHS = 150;
    private static final int NODES = 14;

    @ParameterizedTest @EnumSource(value = DType.class, names = {"FLOAT64", "INT64", "INT8", "UINT8"}) void keepTheirValues(DType dtype) {
        for (int seed = 0; seed < GRAPHS; seed++) keepsItsValue(new Random(seed), seed, dtype, Strictness.DEFAULT);
    }

    @ParameterizedTest @ValueSource(ints = {0, 1}) void keepTheirBitsWhereStrict(int half) {
        for (int seed = half * GRAPHS; seed < (half + 1) * GRAPHS; seed++) keepsItsValue(new Random(seed), seed, DType.FLOAT64, Strictness.STRICT);
    }

    private static void keepsItsValue(Random random, int seed, DType dtype, Strictness strictness) {
        var inputs = List.of(tensor("s", dtype), tensor("x", dtype, -1), tensor("A", dtype, -1, -1), tensor("y", dtype, 3));
        var graph = graph(random, inputs, dtype.isFloating());
        var point = point(random, inputs);
        var before = Graph.eval(graph, point);
        var rewritten = Pipeline.of(strictness).rewrite(List.of(graph));
        var root = rewritten.roots().getFirst();
        var after = Graph.eval(root, point);
        var what = "seed " + seed + ": " + graph + " became " + root + "\n" + rewritten.explanation();
        assertThat(root.type().refines(graph.type())).as(what).isTrue();
        assertThat(after.dtype()).as(what).isEqualTo(before.dtype());
        assertThat(after.shape()).as(what).isEqualTo(before.shape());
        for (int i = 0; i < before.size(); i++) {
            double a = before.doubleAt(i), b = after.doubleAt(i);
            if (strictness == Strictness.STRICT) assertThat(b == a || Double.compare(a, b) == 0).as(what + a + " " + b).isTrue();
            else if (Double.isFinite(a)) assertThat(b).as(what).isCloseTo(a, org.assertj.core.data.Offset.offset(1e-7 * (1 + Math.abs(a))));
        }
    }

    private static Map<Expr, NDArray> point(Random random, List<Expr> inputs) {
        var point = new IdentityHashMap<Expr, NDArray>();
        for (var x : inputs) {
            var array = NDArray.zeros(x.type().dtype(), Shape.of(x.type().dims().stream().mapToInt(d -> 3).toArray()));
            for (int i = 0; i < array.size(); i++) array.setDoubleAt(i, x.type().dtype().isFloating() ? random.nextDouble() * 4 - 2 : random.nextInt(9) - 4);
            point.put(x, array);
        }
        return point;
    }

    private static Expr graph(Random random, List<Expr> inputs, boolean floating) {
        var nodes = new ArrayList<>(inputs);
        for (int i = 0; i < NODES; i++) {
            var a = nodes.get(random.nextInt(nodes.size()));
            var b = partner(random, nodes, a);
            double c = List.of(-1, 0, 1, 2, 3).get(random.nextInt(5));
            Number number = floating ? (Number) (c / (1 + random.nextInt(2))) : (Number) (int) Math.abs(c);
            nodes.add(switch (random.nextInt(floating ? 17 : 11)) {
                case 0 -> add(a, b);
                case 1, 2 -> mul(a, b);
                case 3 -> sub(a, b);
                case 4 -> neg(a);
                case 5 -> add(a, number);
                case 6 -> mul(number, a);
                case 7 -> sub(number, a);
                case 8 -> a.type().rank() == 2 ? transpose(a) : sub(a, number);
                case 9 -> a.type().rank() > 0 ? sum(a, 0) : mul(a, a);
                case 10 -> a.pow(1 + random.nextInt(3));
                case 11 -> div(a, b);
                case 12 -> exp(neg(abs(a)));
                case 13 -> log(add(1, a));
                case 14 -> sigmoid(a);
                case 15 -> div(1, add(1, exp(a)));
                default -> div(a, 2);
            });
        }
        return nodes.getLast();
    }

    /// A node of the same shape class, or a scalar.
    private static Expr partner(Random random, List<Expr> nodes, Expr a) {
        var fitting = nodes.stream().filter(b -> b.type().rank() == a.type().rank()).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }
}
