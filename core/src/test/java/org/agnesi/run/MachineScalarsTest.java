package org.agnesi.run;

import static org.agnesi.run.Kernels.pointwise;
import static org.agnesi.run.Kernels.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.ScalarEvaluator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What elementary functions are written in: fma, bits, shifts and rare cases.
class MachineScalarsTest {
    private static final int N = 1023;

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void fmaRoundsOnce(DType dtype) {
        var y = agree(dtype, in -> Scalar.fma(in.get(0), in.get(1), in.get(2)));
        var a = inputs(dtype);
        for (int i = 0; i < N; i++) {
            double x = a[0].doubleAt(i), times = a[1].doubleAt(i), plus = a[2].doubleAt(i);
            assertThat(y.doubleAt(i)).isEqualTo(dtype == DType.FLOAT32 ? Math.fma((float) x, (float) times, (float) plus)
                : Math.fma(x, times, plus));
        }
    }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void bitsComeBack(DType dtype) {
        var integer = dtype == DType.FLOAT32 ? DType.INT32 : DType.INT64;
        var y = agree(dtype, in -> Scalar.bits(dtype, Scalar.bits(integer, in.get(0))));
        assertThat(y).isEqualTo(inputs(dtype)[0]);
    }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void theSignIsTheFirstBit(DType dtype) {
        var integer = dtype == DType.FLOAT32 ? DType.INT32 : DType.INT64;
        int first = 8 * dtype.bytes() - 1;
        var y = agree(dtype, in -> Scalar.ushr(Scalar.bits(integer, in.get(0)), like(integer, first)));
        for (int i = 0; i < N; i++) assertThat(y.longAt(i)).isEqualTo(inputs(dtype)[0].doubleAt(i) < 0 ? 1 : 0);
    }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void aRareCaseIsASelect(DType dtype) {
        var rare = agree(dtype, in -> Scalar.rare(Scalar.lt(in.get(0), in.get(1)), Scalar.neg(in.get(2)), in.get(0)));
        assertThat(rare).isEqualTo(agree(dtype, in -> Scalar.select(Scalar.lt(in.get(0), in.get(1)), Scalar.neg(in.get(2)), in.get(0))));
        var never = agree(dtype, in -> Scalar.rare(Scalar.lt(in.get(0), Scalar.like(in.get(0), -100)), in.get(1), in.get(0)));
        assertThat(never).isEqualTo(inputs(dtype)[0]);
    }

    @ParameterizedTest @EnumSource(names = {"INT32", "INT64"}) void aRareIntegerIsASelect(DType dtype) {
        var rare = agree(dtype, in -> Scalar.rare(Scalar.lt(in.get(0), in.get(1)), Scalar.neg(in.get(2)), in.get(0)));
        assertThat(rare).isEqualTo(agree(dtype, in -> Scalar.select(Scalar.lt(in.get(0), in.get(1)), Scalar.neg(in.get(2)), in.get(0))));
    }

    /// The values in blocks, point by point and by folding, which are the same.
    private static NDArray agree(DType dtype, Function<List<Scalar>, Scalar> body) {
        var x = inputs(dtype);
        var y = run(pointwise(List.of(dtype, dtype, dtype), in -> List.of(body.apply(in))), Shape.of(N), x);
        var folded = body.apply(List.of(new Scalar.Input(0, dtype), new Scalar.Input(1, dtype), new Scalar.Input(2, dtype)));
        for (int i = 0; i < N; i++) {
            int at = i;
            assertThat(KernelTest.element(y, i)).isEqualTo(ScalarEvaluator.fold(folded, k -> KernelTest.element(x[k], at)));
        }
        return y;
    }


    private static Scalar like(DType dtype, long x) { return Scalar.Const.bits(dtype, x); }

    private static NDArray[] inputs(DType dtype) {
        var random = new Random(7);
        double scale = dtype.isFloating() ? 1 : 1e6;
        var x = new NDArray[3];
        for (int k = 0; k < 3; k++) x[k] = NDArray.generateDoubles(DType.FLOAT64, Shape.of(N), _ -> scale * random.nextGaussian()).cast(dtype);
        return x;
    }
}
