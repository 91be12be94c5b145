package org.agnesi.run;

import static org.agnesi.run.Kernels.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.emit.Emitter;
import org.agnesi.emit.Simd;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Relation;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Cast;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Storage;
import org.agnesi.kernel.UnaryFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Loops of hundreds of scalars are vectors in several methods, at sizes around those of a vector and of a block of points.
class LongVectorsTest {
    private static final int[] SIZES = {0, 1, 8, 15, 64, 71, 130};
    private final Random random = new Random(3);

    private final List<Stmt> lets = new ArrayList<>();

    /// Functions of functions, whose rare cases are inside each other; comparisons that are asked for again much later, whole
    /// numbers, and values that live for long.
    private Scalar chain(Scalar a, Scalar b) {
        lets.clear();
        Scalar x = named(a), y = named(b), z = x;
        var early = named(Scalar.compare(Relation.LT, x, y));
        var whole = named(new Cast(DType.INT64, Scalar.mul(x, Scalar.like(x, 4))));
        for (int k = 0; k < 8; k++) {
            z = named(Scalar.add(Scalar.call(UnaryFunction.TANH, Scalar.sub(z, y)), Scalar.mul(x, Scalar.call(UnaryFunction.SIN, z))));
            z = named(Scalar.select(early, z, Scalar.call(UnaryFunction.EXP, Scalar.neg(Scalar.abs(z)))));
        }
        return Scalar.add(z, Scalar.mul(y, new Cast(x.dtype(), whole)));
    }

    private Scalar named(Scalar value) {
        var local = new Local(100 + lets.size(), value.dtype());
        lets.add(new Let(local, value));
        return local;
    }

    private Stmt with(Stmt last) { return Stmt.seq(Stream.concat(lets.stream(), Stream.of(last)).toArray(Stmt[]::new)); }

    private static Scalar x(DType dtype) { return new Load(0, dtype, Kernels.I); }

    @ParameterizedTest @EnumSource(value = DType.class, names = {"FLOAT64", "FLOAT32"}) void pointsHaveTheBitsOfSingleOnes(DType dtype) {
        var store = new Store(2, Kernels.I, chain(x(dtype), new Load(1, dtype, Kernels.I)));
        var program = new Program(List.of(Storage.input("x", dtype, 1), Storage.input("y", dtype, 1), Storage.output("z", dtype, 1)),
            new For(Kernels.I, new Size(0, 0), with(store)));
        assertThatItIsInParts(program);
        for (int n : SIZES) run(program, Shape.of(n), values(dtype, n), values(dtype, n));
    }

    @ParameterizedTest @EnumSource(value = Combine.class, names = {"ADD", "MUL", "MAX", "MIN"})
    void foldsHaveTheBitsOfSinglePoints(Combine combine) {
        var x = x(DType.FLOAT64);
        var sum = new Local(1, DType.FLOAT64);
        var value = chain(x, Scalar.mul(x, Scalar.like(x, 0.7)));
        var points = with(Stmt.NOTHING);
        var fold = new Fold(List.of(new Stmt.Loop(Kernels.I, new Size(0, 0))), points, List.of(new Accumulator(sum, combine, value)));
        var program = new Program(List.of(Storage.input("x", DType.FLOAT64, 1), Storage.output("y", DType.FLOAT64, 0)),
            Stmt.seq(fold, new Store(1, Scalar.constant(0L), sum)));
        assertThatItIsInParts(program);
        for (int n : SIZES) run(program, Shape.SCALAR, values(DType.FLOAT64, n));
    }

    /// `y[i] = x[i]`, and then `y[i] = chain(y[i], x[i])`: what is overwritten is not computed again.
    @ParameterizedTest @EnumSource(value = DType.class, names = {"FLOAT64", "FLOAT32"}) void pointsMayBeOverwritten(DType dtype) {
        var first = new For(Kernels.I, new Size(0, 0), new Store(1, Kernels.I, x(dtype)));
        var second = new For(Kernels.I, new Size(0, 0), with(new Store(1, Kernels.I, chain(new Load(1, dtype, Kernels.I), x(dtype)))));
        var program = new Program(List.of(Storage.input("x", dtype, 1), Storage.output("y", dtype, 1)), Stmt.seq(first, second));
        assertThatItIsInParts(program);
        for (int n : SIZES) run(program, Shape.of(n), values(dtype, n));
    }

    /// `y[r, i] = exp(x[r, i] - max x[r]) / Σ exp(x[r] - max x[r])`: one method of three loops would be too long for HotSpot's first compiler.
    @ParameterizedTest @EnumSource(value = DType.class, names = {"FLOAT64", "FLOAT32"}) void loopsOfARowAreMethods(DType dtype) {
        var row = new Local(50, DType.INT64);
        var place = Scalar.add(Scalar.mul(row, new Size(0, 1)), Kernels.I);
        var loop = List.of(new Stmt.Loop(Kernels.I, new Size(0, 1)));
        Local most = new Local(1, dtype), sum = new Local(2, dtype);
        var value = Scalar.call(UnaryFunction.EXP, Scalar.sub(new Load(0, dtype, place), most));
        var steps = Stmt.seq(
            new Fold(loop, Stmt.NOTHING, List.of(new Accumulator(most, Combine.MAX, new Load(0, dtype, place)))),
            new Fold(loop, Stmt.NOTHING, List.of(new Accumulator(sum, Combine.ADD, value))),
            new For(Kernels.I, new Size(0, 1), new Store(1, place, Scalar.div(value, sum))));
        var program = new Program(List.of(Storage.input("x", dtype, 2), Storage.output("y", dtype, 2)),
            new For(row, new Size(0, 0), steps));
        if (Simd.width() > 0) assertThat(Emitter.listing(program, true))
            .contains("calls start, loop1, finishMAX", "loop2, finishADD", "loop3");
        for (int n : SIZES) run(program, Shape.of(3, n), NDArray.wrap(values(DType.FLOAT64, 3 * n).toDoubleArray(), 3, n).cast(dtype));
    }

    private static void assertThatItIsInParts(Program program) {
        if (Simd.width() > 0) assertThat(Emitter.listing(program, true)).contains("vectors3");
    }

    private NDArray values(DType dtype, int n) {
        var values = new ArrayList<Double>();
        for (int k = 0; k < n; k++) values.add(k % 11 == 5 ? 1e9 : random.nextGaussian());
        return NDArray.of(values.stream().mapToDouble(x -> x).toArray()).cast(dtype);
    }
}
