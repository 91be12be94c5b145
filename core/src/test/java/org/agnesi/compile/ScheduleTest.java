package org.agnesi.compile;

import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.argmax;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.Tensors.var;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.op.Concatenate;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Expr x = dmatrix("x");
    private final Expr y = dmatrix("y");
    private final Expr v = dvector("v");

    private static String of(List<Expr> in, Expr... out) { return Schedule.of(in, Pipeline.of(Strictness.STRICT).lower(List.of(out))).toString(); }

    /// The size of all is an addition for each.
    @Test void manyPiecesOfUnknownSizesAreJoined() {
        var pieces = IntStream.range(0, 1_500).mapToObj(k -> mul(v, k)).toList();
        var all = Schedule.of(List.of(v), Pipeline.of(Strictness.STRICT).lower(List.of(Concatenate.concatenate(pieces, 0))));
        assertThat(new Plan(all, Backend.POINTS).call(List.of(NDArray.of(new double[] {1, 2}))).getFirst().size()).isEqualTo(3_000);
    }

    @Test void neighbouringLoopsAreOne() {
        assertThat(of(List.of(x, y), tanh(add(x, y)))).isEqualTo("""
            check axis 0 of x == axis 0 of y

            check axis 1 of x == axis 1 of y

            kernel(x: float64[?, ?], y: float64[?, ?]) -> (tanh: float64[?, ?]):
                for i < x.shape[0] * x.shape[1]:
                    tanh[i] = tanh(x[i] + y[i])
            """);
    }

    @Test void aReductionAbsorbsWhatItReads() {
        assertThat(of(List.of(x), sum(mul(x, exp(x))))).isEqualTo("""
            kernel(x: float64[?, ?]) -> (sum: float64[]):
                fold i < x.shape[0] * x.shape[1]:
                    t0 = x[i]
                    t1 += t0 * exp(t0)
                sum[0] = t1
            """);
    }

    @Test void softmaxIsOneProgramOfThreePasses() {
        var e = exp(sub(x, max(x, Axes.over(1).keep())));
        assertThat(of(List.of(x), div(e, sum(e, Axes.over(1).keep())))).isEqualTo("""
            kernel(x: float64[?, ?]) -> (div: float64[?, ?]):
                scratch exp: float64[x.shape[1]]
                for i < x.shape[0]:
                    t0 = i * x.shape[1]
                    fold j < x.shape[1]:
                        t1 max= x[t0 + j]
                    fold j < x.shape[1]:
                        t2 = exp(x[t0 + j] - t1)
                        exp[j] = t2
                        t3 += t2
                    for j < x.shape[1]:
                        div[t0 + j] = exp[j] / t3
            """);
    }

    /// Many columns go along the rows, in which each has its own accumulators.
    @Test void softmaxOverTheFirstAxisGoesDownTheColumns() {
        var e = exp(x);
        assertThat(of(List.of(x), div(e, sum(e, Axes.over(0).keep())))).startsWith("""
            kernel(x: float64[?, ?]) -> (div: float64[?, ?]):
                scratch exp: float64[x.shape[0]]
            """).contains("    if x.shape[1] >= 16 & x.shape[0] * x.shape[1] >= min(128, x.shape[1]) * 64:\n").endsWith("""
                else:
                    for i10 < x.shape[1]:
                        fold i11 < x.shape[0]:
                            t27 = exp(x[i11 * x.shape[1] + i10])
                            exp[i11] = t27
                            t28 += t27
                        for i11 < x.shape[0]:
                            div[i11 * x.shape[1] + i10] = exp[i11] / t28
            """);
    }

    /// A mean and what a variance is around are the same sum, of other ops.
    @Test void whatIsSummedTwiceInAPassIsSummedOnce() {
        assertThat(of(List.of(x), x.minus(mean(x, 1).dimshuffle(0, "x")), var(x, 1))).containsOnlyOnce("+= x[");
    }

    @Test void softmaxOfAVectorHasNoLoopOverRows() {
        var e = exp(v);
        var s = sum(e);
        assertThat(of(List.of(v), div(e, s), s)).isEqualTo("""
            kernel(v: float64[?]) -> (sum: float64[], div: float64[?]):
                scratch exp: float64[v.shape[0]]
                fold i < v.shape[0]:
                    t0 = exp(v[i])
                    exp[i] = t0
                    t1 += t0
                sum[0] = t1
                for i < v.shape[0]:
                    div[i] = exp[i] / t1
            """);
    }

    @Test void layerNormIsOneProgram() {
        var d = sub(x, mean(x, Axes.over(1).keep()));
        assertThat(of(List.of(x), div(d, sqrt(add(mean(mul(d, d), Axes.over(1).keep()), 1e-5))))).isEqualTo("""
            kernel(x: float64[?, ?]) -> (div: float64[?, ?]):
                t0 = float64(x.shape[1])
                for i < x.shape[0]:
                    t1 = i * x.shape[1]
                    fold j < x.shape[1]:
                        t2 += x[t1 + j]
                    t3 = t2 / t0
                    fold j < x.shape[1]:
                        t4 = x[t1 + j] - t3
                        t5 += t4 * t4
                    t6 = sqrt(t5 / t0 + 1.0E-5)
                    for j < x.shape[1]:
                        t7 = t1 + j
                        div[t7] = (x[t7] - t3) / t6
            """);
    }

    @Test void anElementOfAFormulaIsComputedAlone() {
        var i = lscalar("i");
        assertThat(of(List.of(v, i), exp(tanh(v)).get(i))).isEqualTo("""
            kernel(i: int64[], v: float64[?]) -> (slice: float64[]):
                t0 = i[0]
                t1 = where(t0 < 0, t0 + v.shape[0], t0)
                check 0 <= t1 < v.shape[0]
                slice[0] = exp(tanh(v[t1]))
            """);
    }

    @Test void aPositionIsCheckedBeforeTheLoopsThatDoNotMoveIt() {
        var p = tensor("p", DType.INT64, -1);
        assertThat(of(List.of(x, p), sum(x.get(p)))).isEqualTo("""
            kernel(p: int64[?], x: float64[?, ?]) -> (sum: float64[]):
                for i < p.shape[0]:
                    t0 = p[i]
                    check 0 <= where(t0 < 0, t0 + x.shape[0], t0) < x.shape[0]
                fold j < p.shape[0], k < x.shape[1]:
                    t1 = p[j]
                    t2 += x[where(t1 < 0, t1 + x.shape[0], t1) * x.shape[1] + k]
                sum[0] = t2
            """);
    }

    @Test void viewsDisappearIntoPositions() {
        assertThat(of(List.of(x, v), mul(x.T(), v))).isEqualTo("""
            check axis 0 of v == axis 1 of x.T

            kernel(x: float64[?, ?], v: float64[?]) -> (mul: float64[?, ?]):
                for i < x.shape[1]:
                    t0 = i * x.shape[0]
                    for j < x.shape[0]:
                        mul[t0 + j] = x[j * x.shape[1] + i] * v[j]
            """);
    }

    @Test void aSmallProductTakesInWhatFollowsIt() {
        var a = dmatrix("a", 4, 5);
        var b = dmatrix("b", 5, 6);
        var c = dvector("c", 6);
        assertThat(of(List.of(a, b, c), tanh(add(dot(a, b), c)))).isEqualTo("""
            kernel(a: float64[?, ?], b: float64[?, ?], c: float64[?]) -> (tanh: float64[?, ?]):
                for i < 4:
                    t0 = i * 5
                    t1 = a[t0]
                    t2 = a[t0 + 4]
                    t3 = a[t0 + 2]
                    t4 = a[t0 + 1]
                    t5 = a[t0 + 3]
                    t6 = i * 6
                    for j < 6:
                        t7 = t1 * b[j] + t2 * b[j + 24] + t3 * b[j + 12] + (t4 * b[j + 6] + t5 * b[j + 18]) + 0.0
                        tanh[t6 + j] = tanh(t7 + c[j])
            """);
    }

    @Test void aProductIsACall() {
        assertThat(of(List.of(x, y), tanh(dot(x, y)))).isEqualTo("""
            check axis 1 of x == axis 0 of y

            dot = contract(x, y)   # ij,jk->ik

            kernel(dot: float64[?, ?]) -> (tanh: float64[?, ?]):
                for i < dot.shape[0] * dot.shape[1]:
                    tanh[i] = tanh(dot[i])
            """);
    }

    @Test void whatIsDearAndReadAtTwoPlacesIsStored() {
        var e = exp(x);
        assertThat(of(List.of(x), add(e, e.T()))).isEqualTo("""
            check axis 0 of exp(x) == axis 0 of exp(x).T

            kernel(x: float64[?, ?]) -> (exp: float64[?, ?]):
                for i < x.shape[0] * x.shape[0]:
                    exp[i] = exp(x[i])

            kernel(exp: float64[?, ?]) -> (add: float64[?, ?]):
                for i < exp.shape[0]:
                    t0 = i * exp.shape[0]
                    for j < exp.shape[0]:
                        t1 = t0 + j
                        add[t1] = exp[t1] + exp[j * exp.shape[0] + i]
            """);
    }

    @Test void whatIsCheapIsComputedAgain() {
        var c = add(v, 1);
        assertThat(of(List.of(v, x), mul(x, c).sum(1), c.sum())).isEqualTo("""
            check axis 0 of v + 1 == axis 1 of x

            kernel(x: float64[?, ?], v: float64[?]) -> (sum: float64[?]):
                for i < x.shape[0]:
                    t0 = i * x.shape[1]
                    fold j < x.shape[1]:
                        t1 += x[t0 + j] * (v[j] + 1.0)
                    sum[i] = t1

            kernel(v: float64[?]) -> (sum: float64[]):
                fold i < v.shape[0]:
                    t0 += v[i] + 1.0
                sum[0] = t0
            """);
    }

    @Test void loopsOverOneSpaceShareTheirReads() {
        assertThat(of(List.of(x), sum(x), sum(mul(x, x)), exp(x))).isEqualTo("""
            kernel(x: float64[?, ?]) -> (sum: float64[], sum2: float64[], exp: float64[?, ?]):
                fold i < x.shape[0] * x.shape[1]:
                    t0 = x[i]
                    exp[i] = exp(t0)
                    t1 += t0
                    t2 += t0 * t0
                sum[0] = t1
                sum2[0] = t2
            """);
    }

    @Test void aRunningSumCarriesItsTotal() {
        assertThat(of(List.of(x), cumsum(exp(x), 0))).isEqualTo("""
            kernel(x: float64[?, ?]) -> (cumsum: float64[?, ?]):
                for i < cumsum.shape[1]:
                    t0 = 0.0
                    for j < cumsum.shape[0]:
                        t1 = j * cumsum.shape[1] + i
                        t0 := t0 + exp(x[t1])
                        cumsum[t1] = t0
            """);
    }

    @Test void thePositionOfTheLargestIsTheFirstOrThatOfANaN() {
        assertThat(of(List.of(x), argmax(x, 1))).isEqualTo("""
            kernel(x: float64[?, ?]) -> (argmax: int64[?]):
                for i < argmax.shape[0]:
                    t0 = -Infinity
                    t1 = 0
                    t2 = i * x.shape[1]
                    for j < x.shape[1]:
                        t3 = x[t2 + j]
                        if t3 > t0 | t3 != t3 & t0 == t0:
                            t0 := t3
                            t1 := j
                    argmax[i] = t1
            """);
    }

    /// One after the other along the first axis, pieces lie as they are.
    @Test void piecesOfRowsAreCopiedAsTheyLie() {
        assertThat(of(List.of(x), Concatenate.concatenate(List.of(x, x), 0))).isEqualTo("""
            kernel(x: float64[?, ?]) -> (concatenate: float64[?, ?]):
                t0 = x.shape[0] * concatenate.shape[1]
                for i < t0:
                    concatenate[i] = x[i]
                for j < t0:
                    concatenate[j + t0] = x[j]
            """);
    }

    @Test void piecesAreWrittenOneAfterTheOther() {
        assertThat(of(List.of(v), Concatenate.concatenate(List.of(v, exp(v)), 0))).isEqualTo("""
            kernel(v: float64[?]) -> (concatenate: float64[?]):
                for i < v.shape[0]:
                    concatenate[i] = v[i]
                for j < v.shape[0]:
                    concatenate[j + v.shape[0]] = exp(v[j])
            """);
    }

    @Test void columnsAreWrittenSideBySideAndWhereTheyGo() {
        var pairs = Concatenate.stack(List.of(v, exp(v)), 1);
        assertThat(of(List.of(v), pairs.reshape(-1))).isEqualTo("""
            kernel(v: float64[?]) -> (reshape: float64[?]):
                for i < v.shape[0]:
                    t0 = v[i]
                    t1 = i * 2
                    reshape[t1] = t0
                    reshape[t1 + 1] = exp(t0)
            """);
        assertThat(of(List.of(v), pairs.reshape(-1), pairs)).as("asked for too").contains("reshape[i] = concatenate[i]");
        assertThat(of(List.of(v), sum(pairs.reshape(-1)))).as("no result").doesNotContain("reshape[");
    }

    @Test void anOutputThatIsAnInputIsCopied() {
        assertThat(of(List.of(v), v)).isEqualTo("v = copy(v)\n");
    }

    /// Where it is known how many columns there are, their sums go along the rows: 32 rows of accumulators, and the tree.
    @Test void sumsDownColumnsGoAlongTheRows() {
        var known = tensor("known", DType.FLOAT64, -1, 40);
        assertThat(of(List.of(known), sum(exp(known), 0))).contains("""
                for j < (known.shape[0] + 32767) // 32768:
                    for k < 1280:
                        sum[k] = 0.0
                    t0 = j * 32768
                    for l < min(32768, known.shape[0] - t0):
                        t1 = l % 32 * 40
                        t2 = (t0 + l) * 40
                        for m < 40:
                            t3 = t1 + m
                            sum[t3] = sum[t3] + exp(known[t2 + m])
                    for n < 8:
                        t4 = n * 40
                        t5 = (n + 16) * 40
                        t6 = (n + 8) * 40
                        t7 = (n + 24) * 40
                        for i6 < 40:
                            t8 = t4 + i6
                            sum[t8] = sum[t8] + sum[t5 + i6] + (sum[t6 + i6] + sum[t7 + i6])
            """);
        var few = tensor("few", DType.FLOAT64, 32_768, 40);
        assertThat(of(List.of(few), sum(exp(few), 0))).contains("for j < 32768:\n        t0 = j % 32 * 40\n");
    }

    @Test void writesOntoOneArrayAreOneProgram() {
        var n = lscalar("n");
        assertThat(of(List.of(v), v.at(upTo(-1)).add(exp(v.get(from(1)))).at(from(1)).add(v.get(upTo(-1))))).isEqualTo("""
            check axis 0 of exp(v[1:]) == axis 0 of v[:-1]

            kernel(v: float64[?]) -> (putSlice: float64[?]):
                t0 = min(1, putSlice.shape[0])
                t1 = putSlice.shape[0] - t0
                t2 = min(max(min(min(putSlice.shape[0], t1), t1 + 1), 1), putSlice.shape[0])
                for i < 2:
                    t3 = t0 + i * t1
                    t4 = i * t2
                    for j < t3 - t4:
                        t5 = j + t4
                        putSlice[t5] = v[t5]
                    t6 = max(min(t4, t1), 0)
                    for k < max(min(t3, t1), 0) - t6:
                        t7 = k + t6
                        putSlice[t7] += exp(v[t7 + 1])
                    t8 = max(min(t4 - 1, t1), 0)
                    for l < max(min(t3 - 1, t1), 0) - t8:
                        t9 = l + t8
                        putSlice[t9 + 1] += v[t9]
                for m < t2 - t0:
                    t10 = m + t0
                    putSlice[t10] = v[t10] + exp(v[t10 + 1]) + v[t10 - 1]
            """);
        var once = v.at(from(1)).set(0);
        assertThat(of(List.of(v, n), once, once.at(n).add(1)).split("kernel")).as("the first is read by others too").hasSize(3);
    }
}
