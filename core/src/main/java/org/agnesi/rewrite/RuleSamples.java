package org.agnesi.rewrite;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.op.Add;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Exp;
import org.agnesi.op.Fill;
import org.agnesi.op.Length;
import org.agnesi.op.Mul;
import org.agnesi.op.Pow;
import org.agnesi.op.Sub;
import org.agnesi.op.Sum;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;

/// Expressions that the rules without a pattern must rewrite: what their test runs them on.
final class RuleSamples {
    private RuleSamples() {}

    static Expr variable(String name, int... dims) { return Variable.variable(name, TensorType.of(DType.FLOAT64, dims)); }

    private static Expr x() { return variable("x", -1); }
    private static Expr A() { return variable("A", -1, 3); }

    private static Expr repeated(Expr x, Expr like) { return BroadcastTo.broadcastTo(x, like.lengths()); }

    static List<Expr> constants() {
        return List.of(Exp.exp(constant(1.5)), Sub.sub(constant(2), constant(1)), Add.add(constant(new double[] {1, -0.0}), constant(new double[] {0.1, -0.0})));
    }

    static List<Expr> literals() { return List.of(Mul.mul(x(), constant(2)), Expr.of(new Mul(), variable("s"), Constant.index(3))); }

    static List<Expr> uniformConstants() { return List.of(constant(new double[] {2, 2, 2}), constant(NDArray.zeros(DType.INT32, 2, 2))); }

    static List<Expr> lengths() {
        return List.of(Length.length(Exp.exp(x()), 0), Expr.of(new Length(1), A()), Length.length(DimShuffle.transpose(A()), 1));
    }

    static List<Expr> fills() { return List.of(Fill.fill(A(), variable("v")), Fill.fill(variable("s"), constant(1.0))); }

    static List<Expr> uselessBroadcasts() {
        var x = x();
        return List.of(repeated(x, x), repeated(x, Exp.exp(x)),
            BroadcastTo.broadcastTo(variable("B", 2, 3), List.of(Constant.index(2), Constant.index(3))));
    }

    static List<Expr> broadcastsTwice() {
        var a = A();
        return List.of(repeated(repeated(variable("v"), variable("w", 3)), a), repeated(repeated(variable("r", 1), variable("w", 3)), a));
    }

    static List<Expr> elementwiseOfBroadcasts() {
        var a = A();
        return List.of(Exp.exp(repeated(variable("v"), a)), Expr.of(new Sub(), repeated(variable("v"), a), repeated(variable("w"), a)));
    }

    static List<Expr> identityShuffles() { return List.of(DimShuffle.dimshuffle(A(), 0, 1), DimShuffle.dimshuffle(variable("s"))); }

    static List<Expr> shufflesTwice() {
        return List.of(DimShuffle.transpose(DimShuffle.transpose(A())), DimShuffle.transpose(DimShuffle.expandDims(x(), 0)));
    }

    static List<Expr> shuffledScalars() { return List.of(DimShuffle.transpose(repeated(variable("v"), A()))); }

    static List<Expr> sumsOverOnes() { return List.of(Sum.sum(DimShuffle.expandDims(x(), 0), Axes.over(0)), Sum.sum(variable("r", 1, 1))); }

    static List<Expr> sumsOfBroadcasts() {
        return List.of(Sum.sum(repeated(variable("v"), A())), Sum.sum(repeated(variable("w", 3), A()), Axes.over(0)),
            Sum.sum(repeated(variable("w", 3), A())), Sum.sum(repeated(variable("v"), A()), Axes.over(1)));
    }

    static List<Expr> wholePowers() { return List.of(Pow.pow(x(), constant(2)), Pow.pow(x(), constant(5)), Pow.pow(x(), constant(8))); }

    static List<Expr> sumsOfSums() { return List.of(Sum.sum(Sum.sum(A(), Axes.over(1))), Sum.sum(Sum.sum(A(), Axes.over(0)), Axes.over(0))); }
}
