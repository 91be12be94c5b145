package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `0, 1, …, n − 1` in int64; empty where `n ≤ 0`. Other starts and steps are made of this one.
public record Arange() implements Op1 {
    public static Expr arange(Expr n) { return Expr.of(new Arange(), Sizes.size("arange", n)); }

    /// `start, start + step, …` before `stop`: integers in int64, floating numbers in float64.
    public static Expr arange(Object start, Object stop, Object step) {
        if (isReal(start) || isReal(stop) || isReal(step)) return reals(real(start), real(stop), real(step));
        var from = Sizes.size("arange", start);
        var to = Sizes.size("arange", stop);
        var by = Sizes.size("arange", step);
        if (Sizes.is(by, 0)) throw noStep();
        var up = Sizes.known(by) && Sizes.value(by) < 0 ? Sizes.minus(from, to) : Sizes.minus(to, from);
        var counted = Sizes.known(by)
            ? Sizes.quotient(Sizes.plus(up, Constant.index(Math.abs(Sizes.value(by)) - 1)), Constant.index(Math.abs(Sizes.value(by))))
            : Neg.neg(IntDiv.intDiv(Sizes.minus(from, to), by));
        var i = arange(Sizes.max(counted, Constant.index(0)));
        var scaled = Sizes.is(by, 1) ? i : Mul.mul(i, by);
        return Sizes.is(from, 0) ? scaled : Add.add(scaled, from);
    }

    private static boolean isReal(Object given) { return given instanceof Double || given instanceof Float; }

    private static double real(Object given) {
        if (given instanceof Number number) return number.doubleValue();
        throw new TypeError("""
            arange needs numbers where one of them is floating, but got %s
            Use linspace, or scale an arange of integers.""".formatted(given));
    }

    private static Expr reals(double start, double stop, double step) {
        if (step == 0) throw noStep();
        var i = Cast.cast(arange(Constant.index((long) Math.max(0, Math.ceil((stop - start) / step)))), DType.FLOAT64);
        return Add.add(Mul.mul(i, Constant.of(step, DType.FLOAT64)), Constant.of(start, DType.FLOAT64));
    }

    private static TypeError noStep() {
        return new TypeError("""
            arange needs a step, but got 0
            Use full for the same number many times.""");
    }

    @Override public TensorType infer(Expr n) {
        return TensorType.of(DType.INT64, Sizes.known(n) && Sizes.value(n) < 0 ? 0 : Sizes.dim(n));
    }

    @Override public NDArray eval(NDArray n) { return NDArray.generateLongs(DType.INT64, Shape.of((int) Math.max(0, n.toLong())), i -> i); }
    @Override public List<@Nullable Expr> outputShape(Expr n) { return List.of(Sizes.max(n, Constant.index(0))); }
    @Override public Partial partial(Expr n, Expr y) { return Partial.disconnected(); }
    @Override public Lowering lower(Operand n, Operand y) { return new Lowering.Pointwise(Scalar.index(0)); }

    /// Lengths that differ by row are refused.
    @Override public Optional<Expr> batch(Expr n) { return Optional.empty(); }
}
