package org.agnesi.compile;

import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.emit.Emitter;
import org.agnesi.error.IndexError;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

/// Formulas of a few numbers for each of many rows are one program, whatever moves within a row.
class RowsTest {
    private static final int[] SIZES = {0, 1, 7, 8, 70, 131};
    private final Random random = new Random(5);
    private final Expr axis = dvector("axis", 3);
    private final Expr point = dvector("point", 3);
    private final Expr axes = dmatrix("axes", -1, 3);
    private final Expr points = dmatrix("points", -1, 3);

    private static Expr cross(Expr a, Expr b) {
        int[] next = {1, 2, 0}, last = {2, 0, 1};
        return a.get(next).times(b.get(last)).minus(a.get(last).times(b.get(next)));
    }

    /// A point turned about an axis.
    private Expr turned() {
        var angle = sqrt(sum(sqr(axis)).plus(0.1));
        var unit = axis.div(angle);
        var along = unit.times(dot(unit, point)).times(sub(1, cos(angle)));
        return point.times(cos(angle)).plus(cross(unit, point).times(sin(angle))).plus(along);
    }

    @Test void aJacobianPerPointIsOneProgram() {
        var jacobians = jacobian(turned(), List.of(axis, point));
        var all = vectorize(concatenate(jacobians, 1), Map.of(axis, axes, point, points));
        assertThat(programs(List.of(axes, points), all)).isOne();
        for (int n : SIZES) check(List.of(axes, points), List.of(all), List.of(values(n, 3), values(n, 3)));
    }

    /// Parts set, added to, joined, turned round, taken by positions and reduced, in float32 and whole numbers too.
    @Test void whateverMovesWithinARow() {
        for (var dtype : List.of(DType.FLOAT64, DType.FLOAT32, DType.INT64)) {
            var x = tensor("x", dtype, -1, 4);
            var w = tensor("w", dtype, -1);
            var set = x.at(all(), range(1, 3)).set(expandDims(w, 1));
            var added = set.at(all(), new int[] {3, 0}).add(x.get(all(), upTo(2)));
            var joined = concatenate(List.of(added, flip(x, 1), expandDims(max(x, axes(1)), 1)), 1);
            var product = einsum("ni,nj->nij", joined.get(all(), upTo(3)), x.get(all(), from(1)));
            var sums = sum(product, axes(2)).times(expandDims(w, 1));
            var results = List.of(joined, product, sums, sum(sums, axes(1)));
            assertThat(programs(List.of(x, w), results.toArray(Expr[]::new))).isOne();
            for (int n : SIZES) check(List.of(x, w), results, List.of(values(n, 4).cast(dtype), values(n).cast(dtype)));
        }
    }

    /// What needs other rows stays apart, before and after.
    @Test void rowsThatMeetAreLoopsOfTheirOwn() {
        var before = cumsum(points, 0);
        var rows = cross3(before, axes);
        var after = cumsum(rows, 0).plus(rows);
        var again = cross3(after, rows);
        for (int n : SIZES) check(List.of(axes, points), List.of(again, rows), List.of(values(n, 3), values(n, 3)));
    }

    /// A size that only what comes after the rows can tell is not asked for before.
    @Test void sizesThatAreFoundComeAfterWhatFindsThem() {
        var rows = cross3(cross3(points, axes), axes);
        var found = nonzero(gt(rows.get(all(), 0), 0)).getFirst();
        var results = List.of(rows, found.length(0).times(2), broadcastTo(constant(0.5), found.length(0)));
        for (int n : SIZES) check(List.of(axes, points), results, List.of(values(n, 3), values(n, 3)));
    }

    private static Expr cross3(Expr a, Expr b) {
        int[] next = {1, 2, 0}, last = {2, 0, 1};
        var all = all();
        return a.get(all, next).times(b.get(all, last)).minus(a.get(all, last).times(b.get(all, next)));
    }

    /// A formula is written out as far as HotSpot compiles its loop.
    @Test void longFormulasAreCodeToo() {
        for (int length : new int[] {30, 40, 80}) {
            Expr rows = points;
            for (int k = 0; k < length; k++) rows = cross3(rows, axes).plus(sqr(points.times(k))).times(0.1);
            var programs = Schedule.of(List.of(axes, points), Pipeline.of(Strictness.STRICT).lower(List.of(rows))).programs();
            assertThat(programs).as("%d", length).allMatch(program -> Emitter.emit(program, false) != null);
            assertThat(programs).as("%d", length).allMatch(program -> Emitter.emit(program, true) != null);
        }
    }

    /// A sum of more numbers than a fold has accumulators is not written out.
    @Test void longRowsStayLoops() {
        var wide = dmatrix("wide", -1, 40);
        var rows = cross3(points, axes).times(expandDims(sum(wide, axes(1)), 1));
        for (int n : SIZES) check(List.of(axes, points, wide), List.of(rows), List.of(values(n, 3), values(n, 3), values(n, 40)));
    }

    @Test void positionsThatValuesTellAreChecked() {
        var of = lvector("of");
        var rows = cross3(points.get(of), axes);
        check(List.of(axes, points, of), List.of(rows), List.of(values(4, 3), values(2, 3), NDArray.of(new long[] {1, -2, 0, -1})));
        var plan = plan(List.of(axes, points, of), List.of(rows), Backend.SIMD);
        assertThatThrownBy(() -> plan.call(List.of(values(4, 3), values(2, 3), NDArray.of(new long[] {1, 0, 2, 0}))))
            .isInstanceOf(IndexError.class).hasMessageStartingWith("a position from -2 to 1 is needed along axis 0 of points, but got 2");
    }

    private static int programs(List<Expr> in, Expr... out) {
        return Schedule.of(in, Pipeline.of(Strictness.STRICT).lower(List.of(out))).programs().size();
    }

    private static Plan plan(List<Expr> in, List<Expr> out, Backend backend) {
        return new Plan(Schedule.of(in, Pipeline.of(Strictness.STRICT).lower(out)), backend);
    }

    /// All backends give the same bits, and nearly those of the ops themselves.
    private static void check(List<Expr> in, List<Expr> out, List<NDArray> at) {
        var expected = plan(in, out, Backend.POINTS).call(at);
        for (var backend : Backend.ALL) assertThat(plan(in, out, backend).call(at)).as("%s", backend).isEqualTo(expected);
        var bound = new IdentityHashMap<Expr, NDArray>();
        for (int k = 0; k < at.size(); k++) bound.put(in.get(k), at.get(k));
        var values = Graph.eval(Pipeline.REFERENCE.lower(out), bound);
        for (int k = 0; k < values.size(); k++) {
            assertThat(expected.get(k).shape()).isEqualTo(values.get(k).shape());
            double tolerance = expected.get(k).dtype() == DType.FLOAT32 ? 1e-5 : 1e-12;
            assertThat(values.get(k).allClose(expected.get(k), tolerance, tolerance)).as("%s %s", values.get(k), expected.get(k)).isTrue();
        }
    }

    private NDArray values(int... dims) {
        var values = new ArrayList<Double>();
        for (int k = 0; k < Shape.of(dims).size(); k++) values.add(2 * random.nextGaussian());
        return NDArray.of(values.stream().mapToDouble(x -> x).toArray()).reshape(dims);
    }
}
