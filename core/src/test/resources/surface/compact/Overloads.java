import module org.agnesi;
import static java.lang.Math.*;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Expressions, numbers and java.lang.Math side by side: each call means what it says.
void main() {
    var x = dvector("x");
    var A = dmatrix("A");
    var n = tensor("n", DType.INT64);
    double t = abs(-2.5) + max(1, 2) + min(3.0, 4.0) + exp(0.0) + sqrt(4.0) + pow(2.0, 3.0) + floor(1.5) + round(2.4) + log(1.0) + sin(0.0) + tanh(0.0);
    IO.println(t);
    var binary = List.of(add(x, x), add(x, 1), add(1, x), sub(x, 2.5), sub(2, x), mul(x, 2f), mul(2L, x), div(1, x), div(x, 3),
        neg(x), pow(x, 2), pow(2, x), rem(x, 2), intDiv(x, 2), maximum(x, 0), maximum(0, x), minimum(x, x), atan2(x, 1));
    var methods = List.of(x.plus(1), x.plus(x), x.minus(x), x.minus(1), x.times(2), x.times(x), x.div(2), x.div(x), x.rem(2), x.rem(x), x.unaryMinus(), x.pow(2), x.pow(0.5), x.pow(x), x.dot(x), x.exp(),
        x.log(), x.sqrt(), x.sqr(), x.neg(), x.abs(), x.sum(), x.mean(), x.max(), x.min(), x.T(), x.shape(), x.length(), x.flatten(), x.gt(0).not(),
        x.lt(1), x.lt(x), x.le(1), x.le(x), x.gt(x), x.ge(x), x.ge(1), x.eq(0), x.eq(x), x.ne(0), x.ne(x), x.get(0), x.sum(axes(0)), A.max(axes(1)), A.mean(axes(0)), A.min(0), A.reshape(-1), x.dimshuffle(0, "x"), A.dot(x), A.length(1), A.sum(0), A.sum(axes(-1).keep()), A.mean(1), A.max(0), A.min(axes(0, 1)));
    var reduced = List.of(sum(x), sum(A, 0), sum(A, 0, 1), sum(A, axes(-1).keep()), max(A, 0), max(x), min(A), mean(A, 1), prod(x), any(x.gt(0)),
        all(x.gt(0)), argmax(x), argmax(A, 1), cumsum(x), cumsum(A, 1), logsumexp(x), softmax(x), logSoftmax(A, 1), std(x), var(A, axes(0), 1));
    var chosen = List.of(where(x.gt(0), x, 0), where(x.gt(0), 1, 2.5), clip(x, 0, 1), clip(x, 0.5, x), where(lt(0, x), exp(x), log(x)));
    var made = List.of(arange(3), arange(n), arange(1, 10, 2), zeros(2, 3), zeros(n), ones(DType.FLOAT32, 2), full(2.5, 3), eye(3), eye(n), zerosLike(x),
        onesLike(A), concatenate(x, x), concatenate(List.of(A, A), 1), stack(x, x), stack(List.of(x, x), 1), broadcastTo(x, 2, 3), expandDims(x, 0),
        reshape(x, 3, -1), x.reshape(-1, 1), x.dimshuffle("x", 0), A.dimshuffle(1, 0), x.exp().named("y"), constant(new double[] {1}), constant(2));
    var picked = List.of(x.get(0), x.get(-1), x.get(n), A.get(0, 1), A.get(all(), 0), A.get(range(0, 2)), A.get(range(0, 4, 2), from(1)), A.get(upTo(-1)),
        A.get(ellipsis(), 0), x.get(newAxis()), x.get(new int[] {0, 2}), x.get(x.gt(0)), A.get(arange(2), arange(2)), x.get(range(n, n.plus(2))),
        x.at(0).set(1), x.at(range(0, 2)).add(x.get(range(0, 2))), A.at(all(), 0).set(x), x.at(new int[] {0, 0}).add(1));
    for (var list : List.of(binary, methods, reduced, chosen, made, picked)) for (var e : list) say(e, inputs(x, A, n));
    IO.println(x.pow(2) + " " + pp(x.pow(2)) + " " + pp(x.pow(2.0)));
    IO.println(function(x, x.get(-1)).call(new double[] {1, 2, 3}) + " " + function(x, max(x)).call(new int[] {3, 9, 4}));
    IO.println(function(x, x.at(new int[] {0, 0}).add(1)).call(new double[] {1, 2}));
}

void say(Expr e, List<Expr> inputs) {
    var f = function().inputs(inputs).outputs(e).compile();
    IO.println(e + " is " + f.call(new double[] {1, 2, 3}, new double[][] {{1, 5, 2}, {4, 0, 9}, {3, 8, 7}}, 1));
}
