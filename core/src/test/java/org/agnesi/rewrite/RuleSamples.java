package org.agnesi.rewrite;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.Agnesi;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.op.Add;
import org.agnesi.op.Arange;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Compare;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Div;
import org.agnesi.op.Exp;
import org.agnesi.op.Eye;
import org.agnesi.op.Fill;
import org.agnesi.op.GradScale;
import org.agnesi.op.IfElse;
import org.agnesi.op.Indexing;
import org.agnesi.op.Length;
import org.agnesi.op.Log;
import org.agnesi.op.Logical;
import org.agnesi.op.Logsumexp;
import org.agnesi.op.Max;
import org.agnesi.op.Min;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Pow;
import org.agnesi.op.Reshape;
import org.agnesi.op.Softmax;
import org.agnesi.op.Sub;
import org.agnesi.op.Sum;
import org.agnesi.op.Variable;
import org.agnesi.op.Where;
import org.agnesi.op.ZeroGrad;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Index;
import org.agnesi.symbolic.TensorType;

/// Expressions that the rules without a pattern must rewrite: what their test runs them on.
final class RuleSamples {
    private RuleSamples() {}

    static Expr variable(String name, int... dims) { return Variable.variable(name, TensorType.of(DType.FLOAT64, dims)); }

    static Expr eye(int n) { return Eye.eye(n, n, 0, DType.FLOAT64); }

    static Expr x() { return variable("x", -1); }
    static Expr A() { return variable("A", -1, 3); }

    static Expr repeated(Expr x, Expr like) { return BroadcastTo.broadcastTo(x, like.lengths()); }

    static List<Expr> constants() {
        return List.of(Exp.exp(constant(1.5)), Sub.sub(constant(2), constant(1)),
            Add.add(constant(new double[] {1, -0.0}), constant(new double[] {0.1, -0.0})));
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
        return List.of(Exp.exp(repeated(variable("v"), a)), Expr.of(new Sub(), repeated(variable("v"), a), repeated(variable("w"), a)),
            Expr.of(new Sub(), repeated(variable("w", 3), a), repeated(variable("v"), a)));
    }

    static List<Expr> identityShuffles() { return List.of(DimShuffle.dimshuffle(A(), 0, 1), DimShuffle.dimshuffle(variable("s"))); }

    static List<Expr> shufflesTwice() {
        return List.of(DimShuffle.transpose(DimShuffle.transpose(A())), DimShuffle.transpose(DimShuffle.expandDims(x(), 0)));
    }

    static List<Expr> shuffledNegatives() {
        return List.of(DimShuffle.transpose(Neg.neg(A())), DimShuffle.expandDims(Neg.neg(x()), 0));
    }

    static List<Expr> shuffledScalars() { return List.of(DimShuffle.transpose(repeated(variable("v"), A()))); }

    static List<Expr> sumsOverOnes() { return List.of(Sum.sum(DimShuffle.expandDims(x(), 0), Axes.over(0)), Sum.sum(variable("r", 1, 1))); }

    static List<Expr> sumsOfBroadcasts() {
        return List.of(Sum.sum(repeated(variable("v"), A())), Sum.sum(repeated(variable("w", 3), A()), Axes.over(0)),
            Sum.sum(repeated(variable("w", 3), A())), Sum.sum(repeated(variable("v"), A()), Axes.over(1)),
            Sum.sum(repeated(variable("C", 2, 1), variable("D", 2, 3)), Axes.over(1)),
            Sum.sum(repeated(variable("C", 2, 1), variable("E", 4, 2, 3)), Axes.over(0, 2)));
    }

    static List<Expr> wholePowers() { return List.of(Pow.pow(x(), constant(2)), Pow.pow(x(), constant(5)), Pow.pow(x(), constant(8))); }

    static List<Expr> sumsOfSums() {
        return List.of(Sum.sum(Sum.sum(A(), Axes.over(1))), Sum.sum(Sum.sum(A(), Axes.over(0)), Axes.over(0)));
    }

    static List<Expr> negatedMultiples() {
        return List.of(Neg.neg(Mul.mul(constant(2.0), x())), Neg.neg(Mul.mul(constant(-0.5), variable("s"))));
    }

    static List<Expr> negatedQuotients() { return List.of(Neg.neg(Div.div(constant(1.0), x()))); }

    static List<Expr> sumsOfShuffled() { return List.of(Sum.sum(A().T()), Sum.sum(A().dimshuffle(1, "x", 0), Axes.over(2))); }

    static List<Expr> sumsOfNegs() { return List.of(Sum.sum(Neg.neg(A())), Sum.sum(Neg.neg(A()), Axes.over(1))); }

    static List<Expr> sumsOfMultiples() { return List.of(Sum.sum(Mul.mul(constant(2.0), A())), Sum.sum(Mul.mul(x(), constant(-3.0)))); }

    static List<Expr> sumsOfFractions() { return List.of(Sum.sum(Mul.mul(constant(0.5), A())), Sum.sum(Mul.mul(x(), constant(-0.25)))); }

    static List<Expr> sumsOfRepeatedFactors() {
        return List.of(Sum.sum(Mul.mul(A(), repeated(variable("v"), A()))), Sum.sum(Mul.mul(A(), repeated(variable("w", 3), A())), Axes.over(0)),
            Sum.sum(Mul.mul(repeated(variable("C", 2, 1), variable("D", 2, 3)), variable("D", 2, 3)), Axes.over(1)));
    }

    static List<Expr> sumsOfRepeatedDivisors() {
        return List.of(Sum.sum(Div.div(A(), repeated(variable("v"), A()))), Sum.sum(Div.div(A(), repeated(variable("w", 3), A())), Axes.over(0)));
    }

    static List<Expr> extremaOfRepeated() {
        return List.of(Max.max(repeated(variable("w", 3), variable("B", 2, 3)), Axes.over(0)),
            Min.min(repeated(variable("w", 3), variable("B", 2, 3))));
    }

    static List<Expr> logsOfSumsOfExps() { return List.of(Log.log(Sum.sum(Exp.exp(A()), Axes.over(1))), Log.log(Sum.sum(Exp.exp(x())))); }

    static List<Expr> logsOfSoftmax() { return List.of(Log.log(Softmax.softmax(A())), Log.log(Softmax.softmax(A(), Axes.over(0)))); }

    static List<Expr> softmaxes() {
        var e = Exp.exp(A());
        return List.of(Div.div(e, new Sum(List.of(1)).spread(Sum.sum(e, Axes.over(1)), e)),
            Div.div(e, new Sum(List.of(0)).spread(Sum.sum(e, Axes.over(0)), e)),
            Div.div(e, repeated(Sum.sum(e), e)));
    }

    static List<Expr> logSoftmaxes() {
        var a = A();
        return List.of(Sub.sub(a, new Sum(List.of(1)).spread(Logsumexp.logsumexp(a, Axes.over(1)), a)));
    }

    static List<Expr> permutations() {
        var to = constant(new long[] {2, 0, -2});
        var all = new Index.Range(null, null, 1);
        return List.of(Indexing.at(variable("C", 2, 3), all, to).add(variable("D", 2, 3)),
            Indexing.at(variable("E", 3, 2), to).set(variable("F", 3, 2)),
            Indexing.at(repeated(constant(0.0), variable("w", 3)), to).add(variable("w", 3)));
    }

    static List<Expr> gathersOfRepeated() {
        var all = new Index.Range(null, null, 1);
        return List.of(Indexing.get(repeated(variable("v"), variable("C", 2, 3)), all, new int[] {2, 0, 2, 1}),
            Indexing.get(repeated(variable("w", 3), variable("C", 2, 3)), new int[] {1, -1, 0}));
    }

    static List<Expr> repeatedConditions() {
        var c = Logical.not(Compare.gt(variable("w", 3), constant(0.5)));
        var rows = repeated(c, variable("C", 2, 3));
        return List.of(Where.where(rows, variable("C", 2, 3), constant(0.0)),
            Where.where(DimShuffle.transpose(rows), variable("F", 3, 2), constant(1.0)));
    }

    static List<Expr> choicesInside() {
        var c = Compare.gt(x(), constant(0.5));
        var y = Where.where(c, x(), Exp.exp(x()));
        return List.of(Where.where(c, Mul.mul(Neg.neg(y), x()), x()), Where.where(c, x(), Add.add(Mul.mul(y, y), y)));
    }

    static List<Expr> positiveTruths() {
        var b = Cast.cast(Compare.gt(x(), constant(0.5)), DType.FLOAT64);
        return List.of(Compare.gt(b, constant(0.0)), Compare.gt(Mul.mul(constant(3.0), b), constant(0.0)));
    }

    static List<Expr> slicesOfRepeated() {
        return List.of(Indexing.get(repeated(variable("v"), variable("C", 2, 3)), 1),
            Indexing.get(repeated(variable("v"), A()), new Index.Range(null, null, 1), -1),
            Indexing.get(repeated(variable("v"), x()), new Index.Range(1, 3, 1)));
    }

    static List<Expr> elementsOfStacks() {
        return List.of(Indexing.get(Concatenate.stack(List.of(variable("s"), variable("t")), 0), 1),
            Indexing.get(Concatenate.shape(A()), 0));
    }

    static List<Expr> elementsOfAranges() {
        return List.of(Indexing.get(Arange.arange(Constant.index(4)), -1), Indexing.get(Arange.arange(Constant.index(4)), 2));
    }

    static List<Expr> slicesOfPut() {
        var w = variable("w", 3);
        return List.of(Indexing.get(Indexing.at(w, 1).set(variable("v")), 1), Indexing.get(Indexing.at(w, 1).add(variable("v")), 1));
    }

    static List<Expr> slicesBesidePuts() {
        var w = variable("w", 3);
        var c = variable("C", 2, 3);
        return List.of(Indexing.get(Indexing.at(w, 1).set(variable("v")), 2), Indexing.get(Indexing.at(w, -1).add(variable("v")), 0),
            Indexing.get(Indexing.at(c, 0).set(variable("v")), 1, 2),
            Indexing.get(Indexing.at(w, new Index.Range(0, 2, 1)).add(variable("v")), new Index.Range(2, null, 1)));
    }

    static List<Expr> firstOfPutsAtLast() {
        var x = variable("x", -1);
        var zeros = Fill.fill(x, constant(0.0));
        return List.of(Indexing.get(Indexing.at(zeros, -1).set(variable("v")), new Index.Range(0, 1, 1)),
            Indexing.get(Indexing.at(zeros, -1).add(variable("v")), new Index.Range(0, 1, 1)));
    }

    static List<Expr> lastOfPutsAtFirst() {
        var zeros = Fill.fill(variable("x", -1), constant(0.0));
        var v = variable("v", 1);
        var first = new Index.Range(0, 1, 1);
        return List.of(Indexing.get(Indexing.at(zeros, first).set(v), -1), Indexing.get(Indexing.at(zeros, first).add(v), -1));
    }

    static List<Expr> lengthsOfSteps() {
        var loop = Agnesi.scan();
        var sum = loop.state(Fill.fill(variable("v"), constant(0.0)));
        sum.next(Add.add(sum.previous(), loop.over(x())));
        loop.until(Compare.gt(sum.previous(), constant(1)));
        return List.of(Length.length(sum.all(), 0));
    }

    static List<Expr> gathersOfScatters() {
        var w = variable("w", 3);
        int[] some = {2, 0};
        return List.of(Indexing.get(Indexing.at(w, some).set(variable("v")), some),
            Indexing.get(Indexing.at(w, some).add(variable("v")), some),
            Indexing.get(Indexing.at(w, some).set(variable("v")), new int[] {-2, 1}));
    }

    static List<Expr> rowsOfEyes() {
        var shifted = Eye.eye(2, 4, 1, DType.FLOAT64);
        var all = new Index.Range(null, null, 1);
        return List.of(Indexing.get(eye(3), 1), Indexing.get(eye(3), -1), Indexing.get(shifted, 1), Indexing.get(shifted, all, 2),
            Indexing.get(shifted, all, 0));
    }

    static List<Expr> sumsWithPuts() {
        var w = variable("w", 3);
        var zeros = Fill.fill(w, constant(0.0));
        return List.of(Add.add(w, Indexing.at(zeros, 1).set(variable("v"))), Add.add(Indexing.at(zeros, 1).add(variable("v")), w),
            Add.add(Indexing.at(zeros, 0).add(variable("v")), Indexing.at(zeros, 0).add(variable("u"))),
            Add.add(w, Indexing.at(zeros, new int[] {2, 0}).add(variable("v"))));
    }

    static List<Expr> reshapesTwice() { return List.of(Reshape.reshape(Reshape.reshape(variable("C", 2, 3), 6), 3, 2)); }

    static List<Expr> uselessReshapes() {
        var a = A();
        return List.of(Reshape.reshape(variable("C", 2, 3), 2, 3), Reshape.reshape(a, a.lengths()));
    }

    static List<Expr> reshapesOfRepeated() { return List.of(Reshape.reshape(repeated(variable("v"), variable("C", 2, 3)), 6)); }

    static List<Expr> uselessCasts() { return List.of(Expr.of(new Cast(DType.FLOAT64), x())); }

    static List<Expr> castsTwice() {
        var i = Variable.variable("i", TensorType.of(DType.INT32, -1));
        return List.of(Cast.cast(Cast.cast(i, DType.FLOAT64), DType.FLOAT32), Cast.cast(Cast.cast(i, DType.INT64), DType.INT8),
            Cast.cast(Cast.cast(Variable.variable("f", TensorType.of(DType.FLOAT32, -1)), DType.FLOAT64), DType.FLOAT32));
    }

    static List<Expr> gradientWrappers() { return List.of(ZeroGrad.zeroGrad(x()), GradScale.gradScale(x(), 2)); }

    static List<Expr> comparedWithThemselves() {
        var n = variable("x", -1).length(0);
        return List.of(Compare.eq(n, n), Compare.lt(n, n));
    }

    static List<Expr> choicesMade() {
        var a = variable("x", -1);
        var b = variable("w", 3);
        return List.of(IfElse.ifElse(constant(true), a, b), IfElse.ifElse(constant(false), a, b));
    }

    static List<Expr> choicesOfSame() {
        var a = A();
        return List.of(IfElse.ifElse(Compare.gt(variable("s"), constant(0)), a, a));
    }

    static List<Expr> choicesOfEquals() {
        var m = variable("x", -1).length(0);
        var n = variable("w", 3).length(0);
        var k = variable("y", -1, 2).length(0);
        return List.of(IfElse.ifElse(Compare.eq(m, k), m, k), IfElse.ifElse(Compare.eq(k, m), m, k), IfElse.ifElse(Compare.eq(m, n), n, m));
    }
}
