package org.agnesi.run;

import static org.agnesi.run.Kernels.fold;
import static org.agnesi.run.Kernels.pointwise;
import static org.agnesi.run.Kernels.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.IndexError;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Relation;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.ScalarEvaluator;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;
import org.agnesi.kernel.Storage;
import org.agnesi.kernel.UnaryFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {
    private static final double[] SPECIAL = {0.0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 2.5, -2.5, 3, 1e-300, -1e-300, 1e300, -1e300,
        Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 127, 128, 255, 256, -129};

    @ParameterizedTest @EnumSource(UnaryFunction.class) void computesEveryUnaryFunctionOnEveryDtypeAsFoldingDoes(UnaryFunction f) {
        for (var dtype : DType.values()) {
            if (dtype.isFloating() ? f == UnaryFunction.NOT : f.needsFloat()) continue;
            var x = NDArray.of(SPECIAL).cast(dtype);
            var y = run(pointwise(List.of(dtype), in -> List.of(Scalar.call(f, in.getFirst()))), x.shape(), x);
            for (int i = 0; i < x.size(); i++) assertSame(element(y, i), ScalarEvaluator.apply(f, element(x, i)));
        }
    }

    @ParameterizedTest @EnumSource(BinaryFunction.class) void computesEveryBinaryFunctionOnEveryDtypeAsFoldingDoes(BinaryFunction f) {
        for (var dtype : DType.values()) {
            if (!takes(f, dtype)) continue;
            var a = grid(dtype, true);
            var b = grid(dtype, false);
            var y = run(pointwise(List.of(dtype, dtype), in -> List.of(Scalar.call(f, in.get(0), in.get(1)))), a.shape(), a, b);
            for (int i = 0; i < a.size(); i++) assertSame(element(y, i), ScalarEvaluator.apply(f, element(a, i), element(b, i)));
        }
    }

    /// The same bits, but of NaN: which of two NaNs a sum, product or maximum keeps is not defined, and HotSpot's interpreter and
    /// compilers differ. No op sees which it is.
    private static void assertSame(Const got, Const expected) {
        if (Double.isNaN(expected.toDouble())) assertThat(got.toDouble()).isNaN();
        else assertThat(got).isEqualTo(expected);
    }

    @ParameterizedTest @EnumSource(Relation.class) void comparesEveryDtypeAsFoldingDoes(Relation r) {
        for (var dtype : DType.values()) {
            var a = grid(dtype, true);
            var b = grid(dtype, false);
            var y = run(pointwise(List.of(dtype, dtype), in -> List.of(Scalar.compare(r, in.get(0), in.get(1)))), a.shape(), a, b);
            for (int i = 0; i < a.size(); i++)
                assertThat(element(y, i)).isEqualTo(ScalarEvaluator.compare(r, element(a, i), element(b, i)));
        }
    }

    @ParameterizedTest @EnumSource(DType.class) void castsAsArraysCast(DType to) {
        for (var from : DType.values()) {
            var x = NDArray.of(SPECIAL).cast(from);
            var y = run(pointwise(List.of(from), in -> List.of(Scalar.cast(to, in.getFirst()))), x.shape(), x);
            assertThat(y).as("%s to %s", from, to).isEqualTo(x.cast(to));
        }
    }

    @ParameterizedTest @ValueSource(ints = {0, 1, 7, 8, 9, 1023}) void runsAnyLength(int n) {
        var x = random(n);
        var y = run(pointwise(List.of(DType.FLOAT64), in -> List.of(Scalar.mul(in.getFirst(), in.getFirst()))), x.shape(), x);
        assertThat(y).isEqualTo(NDArray.generateDoubles(DType.FLOAT64, x.shape(), i -> x.doubleAt(i) * x.doubleAt(i)));
    }

    @ParameterizedTest @ValueSource(ints = {0, 1, 7, 8, 9, 31, 32, 33, 1023}) void sumsOver32AccumulatorsAndATree(int n) {
        var x = random(n);
        var y = run(fold(DType.FLOAT64, Combine.ADD, v -> v), Shape.SCALAR, x);
        var lanes = new double[32];
        for (int i = 0; i < n; i++) lanes[i % 32] += x.doubleAt(i);
        assertThat(y.toDouble()).isEqualTo(tree(lanes, 0, 1));
    }

    /// The fixed tree written top down: node k of a level adds lanes k, k + width, …
    private static double tree(double[] lanes, int lane, int width) {
        return width == 32 ? lanes[lane] : tree(lanes, lane, 2 * width) + tree(lanes, lane + width, 2 * width);
    }

    /// 1e8 in float32 has neighbours 8 apart: only the tree's last two additions, of 8 and 16, are seen.
    @Test void aSumOfFloat32RoundsEachStep() {
        var x = NDArray.generateDoubles(DType.FLOAT32, Shape.of(33), i -> i == 0 ? 1e8 : 1);
        assertThat(run(fold(DType.FLOAT32, Combine.ADD, v -> v), Shape.SCALAR, x).toDouble()).isEqualTo(1e8 + 24);
    }

    @Test void theBitsOfASumAreFixed() {
        assertThat(run(fold(DType.FLOAT64, Combine.ADD, v -> v), Shape.SCALAR, random(1023)).toDouble()).isEqualTo(47.874671282212645);
    }

    @ParameterizedTest @EnumSource(Combine.class) void nothingCombinedIsTheIdentity(Combine combine) {
        for (var dtype : DType.values()) {
            if (dtype.isFloating() && (combine == Combine.AND || combine == Combine.OR)) continue;
            var y = run(fold(dtype, combine, v -> v), Shape.SCALAR, NDArray.zeros(dtype, 0));
            assertThat(element(y, 0)).isEqualTo(combine.identity(dtype));
        }
    }

    @Test void maxAndMinKeepNaN() {
        var x = NDArray.of(new double[] {1, Double.NaN, 3});
        assertThat(run(fold(DType.FLOAT64, Combine.MAX, v -> v), Shape.SCALAR, x).toDouble()).isNaN();
        assertThat(run(fold(DType.FLOAT64, Combine.MIN, v -> v), Shape.SCALAR, x).toDouble()).isNaN();
    }

    /// The largest is found wherever it lies among the accumulators, and so are a NaN and the zero that is not negative.
    @ParameterizedTest @ValueSource(ints = {1, 31, 33, 63, 64, 127, 128, 129, 300}) void theLargestMayLieAnywhere(int n) {
        for (var dtype : List.of(DType.FLOAT32, DType.FLOAT64)) for (double special : new double[] {2, 0.0, Double.NaN})
            for (int at = 0; at < n; at += 1 + n / 40) {
                int place = at;
                var x = NDArray.generateDoubles(dtype, Shape.of(n), i -> i == place ? special : special == 0 ? -0.0 : Math.sin(i));
                double largest = run(fold(dtype, Combine.MAX, v -> v), Shape.SCALAR, x).toDouble();
                assertThat((Double) largest).as("%s %s at %d", dtype, special, at).isEqualTo((Double) special);
                double least = run(fold(dtype, Combine.MIN, v -> Scalar.neg(v)), Shape.SCALAR, x).toDouble();
                assertThat((Double) least).as("%s %s at %d", dtype, special, at).isEqualTo((Double) (-special));
            }
    }

    /// Loops over large arrays begin at a line of the cache, so that the last points may go to the last accumulators and on to the first.
    @ParameterizedTest @ValueSource(ints = {133_600, 137_777, 141_800, 141_831, 142_725, 147_230}) void lastPointsOfLargeArraysFindTheirAccumulators(int n) {
        for (var dtype : List.of(DType.FLOAT32, DType.FLOAT64)) for (int k = 0; k < 32; k += 5) {
            var x = NDArray.generateDoubles(dtype, Shape.of(n + k), i -> Math.sin(i));
            run(fold(dtype, Combine.ADD, v -> v), Shape.SCALAR, x);
            run(fold(dtype, Combine.ADD, v -> Scalar.mul(Scalar.exp(v), v)), Shape.SCALAR, x);
        }
    }

    @Test void aSumOfInt8WrapsAround() {
        var x = NDArray.wrap(new byte[] {100, 100}, 2);
        assertThat(run(fold(DType.INT8, Combine.ADD, v -> v), Shape.SCALAR, x).toLong()).isEqualTo(-56);
    }

    @Test void aReadOutsideItsArrayIsNoFailure() {
        var next = new Load(0, DType.FLOAT64, Scalar.add(Kernels.I, Scalar.constant(1L)));
        var inside = Scalar.lt(Scalar.add(Kernels.I, Scalar.constant(1L)), new Size(0, 0));
        var y = run(pointwise(List.of(DType.FLOAT64), in -> List.of(Scalar.select(inside, next, in.getFirst()))), Shape.of(3),
            NDArray.of(new double[] {1, 2, 3}));
        assertThat(y).isEqualTo(NDArray.of(new double[] {2, 3, 3}));
    }

    @ParameterizedTest @ValueSource(ints = {15, 16, 17, 255, 256, 257, 1023}) void nestedChoicesAndCastsKeepTheirRegistersApart(int n) {
        var x = random(n);
        var program = pointwise(List.of(DType.FLOAT64), in -> {
            var v = in.getFirst();
            var whole = Scalar.cast(DType.INT32, Scalar.mul(v, Const.of(10.0)));
            var odd = Scalar.eq(Scalar.rem(whole, Const.bits(DType.INT32, 2)), Const.bits(DType.INT32, 1));
            var small = Scalar.lt(Scalar.mul(v, v), Scalar.add(v, Const.of(1.0)));
            var pick = Scalar.select(odd, Scalar.select(small, v, Scalar.neg(v)), Scalar.cast(DType.FLOAT64, Scalar.select(small, whole, Scalar.neg(whole))));
            return List.of(Scalar.sub(Scalar.mul(pick, Scalar.sub(v, pick)), Scalar.select(Scalar.and(odd, small), v, pick)));
        });
        assertThat(run(program, x.shape(), x)).isEqualTo(NDArray.generateDoubles(DType.FLOAT64, x.shape(), i -> {
            double v = x.doubleAt(i);
            int whole = (int) (v * 10.0);
            boolean odd = Math.floorMod(whole, 2) == 1;
            boolean small = v * v < v + 1.0;
            double pick = odd ? small ? v : -v : small ? whole : -whole;
            return pick * (v - pick) - (odd && small ? v : pick);
        }));
    }

    @Test void accumulatesAtRepeatedPositions() {
        var at = new Load(0, DType.INT64, Kernels.I);
        var program = new Program(List.of(Storage.input("at", DType.INT64, 1), Storage.output("y", DType.FLOAT64, 1)),
            new For(Kernels.I, new Size(0, 0), new Accumulate(1, at, Combine.ADD, Const.of(1.0))));
        assertThat(run(program, Shape.of(3), NDArray.of(new long[] {2, 0, 2}))).isEqualTo(NDArray.of(new double[] {1, 0, 2}));
    }

    /// What is stored last may be known long before something reads what was there.
    @Test void whatIsReadBeforeItIsStoredIsWhatWasThere() {
        var x = new Load(0, DType.FLOAT64, Kernels.I);
        var was = new Load(3, DType.FLOAT64, Kernels.I);
        Scalar early = Scalar.exp(Scalar.call(UnaryFunction.SIN, x)), later = Scalar.call(UnaryFunction.ATAN, Scalar.exp(Scalar.mul(x, x)));
        for (var values : List.of(List.of(early, Scalar.add(later, was), early), List.of(Scalar.add(x, was), Scalar.mul(x, was), x),
            List.of(x, x, Scalar.add(was, early)), List.of(x, was, Scalar.add(later, Scalar.mul(was, early))))) {
            var stores = new ArrayList<Stmt>();
            for (int k = 0; k < 3; k++) stores.add(new Store(k + 1, Kernels.I, values.get(k)));
            var program = new Program(List.of(Storage.input("x", DType.FLOAT64, 1), Storage.output("a", DType.FLOAT64, 1),
                Storage.output("b", DType.FLOAT64, 1), Storage.output("s", DType.FLOAT64, 1)), new For(Kernels.I, new Size(0, 0), Stmt.seq(stores)));
            assertThat(stored(program, Backend.SIMD)).isDeepEqualTo(stored(program, Backend.POINTS));
            assertThat(stored(program, Backend.SCALAR)).isDeepEqualTo(stored(program, Backend.POINTS));
        }
    }

    private static double[][] stored(Program program, Backend backend) {
        int n = 203;
        var arrays = new double[4][n];
        for (int k = 0; k < n; k++) {
            arrays[0][k] = Math.sin(k);
            arrays[3][k] = Math.cos(k);
        }
        new Kernel(program, backend).run(arrays, new int[][] {{n}, {n}, {n}, {n}});
        return arrays;
    }

    @Test void whileAndIfFollowTheirConditions() {
        var n = new Local(1, DType.INT64);
        var steps = new Local(2, DType.INT64);
        var odd = Scalar.eq(Scalar.rem(n, Const.of(2L)), Const.of(1L));
        var collatz = new If(odd, new Assign(n, Scalar.add(Scalar.mul(n, Const.of(3L)), Const.of(1L))), new Assign(n, Scalar.floorDiv(n, Const.of(2L))));
        var body = Stmt.seq(new Let(n, new Load(0, DType.INT64, Const.of(0L))), new Let(steps, Const.of(0L)),
            new While(Scalar.ne(n, Const.of(1L)), Stmt.seq(collatz, new Assign(steps, Scalar.add(steps, Const.of(1L))))),
            new Store(1, Const.of(0L), steps));
        var program = new Program(List.of(Storage.input("x", DType.INT64, 0), Storage.output("y", DType.INT64, 0)), body);
        assertThat(run(program, Shape.SCALAR, NDArray.of(27L)).toLong()).isEqualTo(111);
        assertThat(program).hasToString("""
            kernel(x: int64[]) -> (y: int64[]):
                t0 = x[0]
                t1 = 0
                while t0 != 1:
                    if t0 % 2 == 1:
                        t0 := t0 * 3 + 1
                    else:
                        t0 := t0 // 2
                    t1 := t1 + 1
                y[0] = t1
            """);
    }

    @Test void aCheckThatFailsSaysTheIndex() {
        var program = new Program(List.of(Storage.input("x", DType.INT64, 0), Storage.output("y", DType.INT64, 0)),
            new Check(new Load(0, DType.INT64, Const.of(0L)), Const.of(5L), 1, 0));
        assertThatThrownBy(() -> run(program, Shape.SCALAR, NDArray.of(7L))).isInstanceOf(IndexError.class).hasMessage("""
            a position from -5 to 4 is needed along axis 1, but got 7
            Positions count from 0; negative ones count from the end.""");
    }

    @Test void allocatesNothingPerElement() {
        var program = pointwise(List.of(DType.FLOAT64, DType.FLOAT64), in -> List.of(Scalar.exp(Scalar.add(in.get(0), in.get(1)))));
        var kernel = new Kernel(program, Backend.SCALAR);
        int n = 1_000_000;
        var arrays = new Object[] {new double[n], new double[n], new double[n]};
        var dims = new int[][] {{n}, {n}, {n}};
        kernel.run(arrays, dims);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        kernel.run(arrays, dims);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
    }

    @Test void agreesWithJavaOnFloats() {
        agrees(UnaryFunction.RINT, Math::rint);
        agrees(UnaryFunction.SQRT, Math::sqrt);
        agrees(UnaryFunction.SIGN, Math::signum);
        agrees(BinaryFunction.MAX, Math::max);
    }

    private static void agrees(UnaryFunction f, DoubleUnaryOperator java) {
        for (double x : SPECIAL) assertThat(ScalarEvaluator.apply(f, Const.of(x))).isEqualTo(Const.of(java.applyAsDouble(x)));
    }

    private static void agrees(BinaryFunction f, DoubleBinaryOperator java) {
        for (double a : SPECIAL) for (double b : SPECIAL)
            assertThat(ScalarEvaluator.apply(f, Const.of(a), Const.of(b))).isEqualTo(Const.of(java.applyAsDouble(a, b)));
    }

    private static boolean takes(BinaryFunction f, DType dtype) {
        return switch (f) {
            case DIV, ATAN2, POW_FAR, ATAN2_FAR -> dtype.isFloating();
            case AND, OR, XOR, SHL, SHR, USHR -> !dtype.isFloating();
            case MULTIPLY_HIGH -> dtype == DType.INT64;
            case ADD, SUB, MUL, POW, MAX, MIN, FLOOR_DIV, REM -> true;
        };
    }

    /// Every special value against every other.
    private static NDArray grid(DType dtype, boolean slow) {
        int n = SPECIAL.length;
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(n * n), i -> SPECIAL[slow ? i / n : i % n]).cast(dtype);
    }

    static Const element(NDArray x, int i) {
        return x.dtype().isFloating() ? Const.of(x.dtype(), x.doubleAt(i)) : Const.bits(x.dtype(), x.longAt(i));
    }

    private static NDArray random(int n) {
        var random = new Random(42);
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(n), _ -> random.nextGaussian());
    }
}
