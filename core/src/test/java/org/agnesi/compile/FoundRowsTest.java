package org.agnesi.compile;

import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.derive.Gradient.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.IndexError;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that values tell are read where they are, once their positions are checked.
class FoundRowsTest {
    private final Expr u = dmatrix("u"), v = dmatrix("v"), x = dmatrix("x");
    private final Expr i = tensor("i", DType.INT64, -1), j = tensor("j", DType.INT64, -1);
    private final Expr a = u.get(i), b = v.get(j);

    private static Schedule schedule(List<Expr> in, List<Expr> out) {
        return Schedule.of(in, Pipeline.of(Strictness.STRICT).lower(out));
    }

    private static NDArray values(DType dtype, int... dims) {
        return NDArray.generateDoubles(dtype, Shape.of(dims), k -> Math.sin(k * 0.7 + dims[0]));
    }

    private static NDArray positions(int count, int step, int size) {
        long[] at = new long[count];
        for (int k = 0; k < count; k++) at[k] = (long) k * step % size - (k % 3 == 0 ? size : 0);
        return NDArray.of(at);
    }

    private List<Expr> loss() {
        var cost = mean(sqr(sum(mul(a, b), 1)));
        var all = new ArrayList<>(List.of(cost));
        all.addAll(grad(cost, List.of(u, v)));
        return all;
    }

    @Test void aSumReadsThemWhereTheyAre() {
        assertThat(schedule(List.of(u, i), List.of(sum(exp(a), 1)))).hasToString("""
            kernel(i: int64[?], u: float64[?, ?]) -> (sum: float64[?]):
                for i < i.shape[0]:
                    t0 = i[i]
                    check 0 <= where(t0 < 0, t0 + u.shape[0], t0) < u.shape[0]
                for j < i.shape[0]:
                    t1 = i[j]
                    t2 = where(t1 < 0, t1 + u.shape[0], t1) * u.shape[1]
                    fold k < u.shape[1]:
                        t3 += exp(u[t2 + k])
                    sum[j] = t3
            """);
    }

    @Test void noGradientStoresThem() {
        var text = schedule(List.of(u, v, i, j), loss()).toString();
        assertThat(text).doesNotContain("gather").contains("scatter[");
        assertThat(text.split("check 0 <=", -1)).hasSize(5);
    }

    /// A loop of nothing but checks, before the one that adds the rows up.
    @Test void whatIsOnlyAddedUpIsCheckedBefore() {
        var y = x.at(j).add(a);
        assertThat(schedule(List.of(x, u, i, j), List.of(y)).toString()).doesNotContain("gather").startsWith("""
            check axis 0 of u[i] == axis 0 of x[j]

            check axis 1 of u[i] == axis 1 of x[j]

            kernel(i: int64[?], x: float64[?, ?], u: float64[?, ?]) -> ():
                for i < i.shape[0]:
                    t0 = i[i]
                    check 0 <= where(t0 < 0, t0 + u.shape[0], t0) < u.shape[0]

            kernel""");
    }

    @Test void checksAreNamedByWhatTheyCheck() {
        var schedule = schedule(List.of(x, u, i, j), List.of(x.at(j).add(a)));
        assertThat(schedule.tasks().stream().map(task -> task.names(schedule))).containsExactly("", "", "check gather", "scatter");
    }

    @Test void productsTakeThemWhole() {
        assertThat(schedule(List.of(u, i, x), List.of(dot(a, x))).toString()).contains("gather[");
    }

    @Test void rowsThatManyReadAreStored() {
        var pairs = sum(sqr(sub(a.dimshuffle(0, "x", 1), b.dimshuffle("x", 0, 1))), 2);
        assertThat(schedule(List.of(u, v, i, j), List.of(pairs)).toString()).contains("gather[", "gather2[");
    }

    @Test void shortRowsAreStored() {
        var w = tensor("w", DType.FLOAT64, -1, 3);
        assertThat(schedule(List.of(x, w, i, j), List.of(x.at(j).add(w.get(i)))).toString()).contains("gather[");
    }

    @ParameterizedTest @ValueSource(ints = {0, 1, 7, 8, 9, 33, 100}) void theBitsAreThoseOfStoredRows(int length) {
        for (var dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            Expr p = tensor("p", dtype, -1, -1), q = tensor("q", dtype, -1, -1);
            Expr g = p.get(i), h = q.get(j);
            var cost = mean(sqr(sum(mul(g, tanh(h)), 1)));
            var out = new ArrayList<>(List.of(cost, sum(exp(g), Axes.over(1)), add(g, mul(h, 2)), p.at(i).add(h)));
            out.addAll(grad(cost, List.of(p, q)));
            var found = schedule(List.of(p, q, i, j), out);
            assertThat(found.toString()).doesNotContain("gather");
            var in = List.of(values(dtype, 40, length), values(dtype, 23, length), positions(130, 7, 40), positions(130, 11, 23));
            out.addAll(List.of(g, h));
            var stored = new Plan(schedule(List.of(p, q, i, j), out), Backend.POINTS).call(in);
            for (var backend : Backend.ALL) assertThat(new Plan(found, backend).call(in)).as("%s %s", dtype, backend)
                .isEqualTo(stored.subList(0, stored.size() - 2));
        }
    }

    @Test void inStepsToo() {
        var s = scan(x, u, (row, r) -> tanh(add(mul(r.get(i), row.dimshuffle("x", 0)), sum(r.get(i), Axes.over(1).keep()))));
        var in = List.of(values(DType.FLOAT64, 5, 20), values(DType.FLOAT64, 40, 20), positions(40, 7, 40));
        var schedule = schedule(List.of(x, u, i), List.of(s.get(-1)));
        assertThat(schedule.toString()).doesNotContain("gather");
        var expected = new Plan(schedule, Backend.POINTS).call(in);
        for (var backend : Backend.ALL) assertThat(new Plan(schedule, backend).call(in)).isEqualTo(expected);
    }

    @Test void positionsOutsideAreErrorsWhoeverReadsTheRows() {
        var readers = List.of(sum(exp(a), 1), x.at(j).add(a), add(exp(x), a), sum(a), grad(sum(exp(a)), u), add(exp(x), mul(x, a)));
        for (var reader : readers) for (var backend : Backend.ALL) {
            var plan = Plan.of(List.of(u, i, x, j), List.of(exp(x), reader), backend);
            var in = List.of(values(DType.FLOAT64, 4, 9), NDArray.of(new long[] {0, -5}), values(DType.FLOAT64, 2, 9),
                NDArray.of(new long[] {0, 1}));
            assertThatThrownBy(() -> plan.call(in)).as(reader.toString()).isInstanceOf(IndexError.class)
                .hasMessageStartingWith("a position from -4 to 3 is needed along axis 0 of u, but got -5\n  u: (4, 9)");
        }
    }
}
