package org.agnesi.network;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.ones;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.upTo;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.jspecify.annotations.Nullable;

/// A function of x with its Jacobian J, the Hessian H of its cost, another Jacobian K, and vectors and matrices that fit them.
///
/// @param rows    W, as many rows and columns as J has rows
/// @param columns M, as many rows and columns as J has columns
/// @param closed  what is known of J in closed form: its diagonal and the squares of its rows' norms, by the form's name
record Setting(Expr x, Expr y, Expr cost, Expr z, Expr j, Expr h, Expr k, Expr u, Expr v, Expr rows, Expr columns, List<Expr> given,
        Map<String, Expr> closed) {
    /// The functions by name: for m and n, with m < n.
    static final Map<String, BiFunction<Integer, Integer, Setting>> ALL = new LinkedHashMap<>();

    private record Given(Expr x, Expr a, Expr b) {
        Expr hidden() { return tanh(dot(a, x)); }
        Expr slope() {
            var z = dot(a, x);
            return rop(tanh(z), z, ones(z.type().dim(0)));
        }
    }

    private static void put(String name, Function<Given, Expr> y, Function<Given, Map<String, Expr>> closed) {
        ALL.put(name, (m, n) -> {
            var in = new Given(dvector("x", n), dmatrix("A", m, n), dmatrix("B", m, m));
            return of(in, y.apply(in), closed.apply(in));
        });
    }

    private static Setting of(Given in, Expr value, Map<String, Expr> closed) {
        var x = in.x;
        int n = x.type().dim(0);
        boolean isCost = value.type().rank() == 0;
        var y = isCost ? grad(value, x) : value;
        var cost = isCost ? value : sum(value.sqr());
        var z = sin(cumsum(x));
        int m = y.type().dim(0);
        return new Setting(x, y, cost, z, isCost ? hessian(value, x) : jacobian(y, x), hessian(cost, x), jacobian(z, x),
            dvector("u", m), dvector("v", n), dmatrix("W", m, m), dmatrix("M", n, n), List.of(in.a, in.b), closed);
    }

    static {
        put("elementwise", in -> mul(sin(in.x), in.x), in -> {
            var d = rop(mul(sin(in.x), in.x), in.x, ones(in.x.length()));
            return Map.of("diag(J)", d, "row norms", d.sqr());
        });
        put("linear", in -> dot(in.a, in.x), in -> Map.of("diag(J)", diag(in.a), "row norms", sum(in.a.sqr(), 1)));
        put("layer", Given::hidden, in -> Map.of("diag(J)", mul(in.slope(), diag(in.a)),
            "row norms", mul(in.slope().sqr(), sum(in.a.sqr(), 1))));
        put("two layers", in -> dot(in.b, in.hidden()), in ->
            Map.of("diag(J)", sum(mul(mul(in.b, in.slope()), in.a.get(all(), upTo(in.b.type().dim(0))).T()), 1)));
        put("softmax", in -> softmax(in.x), in -> Map.of("diag(J)", sub(softmax(in.x), softmax(in.x).sqr())));
        put("logsumexp", in -> logsumexp(add(in.a, in.x), 1), _ -> Map.of());
        put("cumsum", in -> cumsum(in.x), _ -> Map.of());
        put("banded", in -> mul(in.x.get(from(1)), in.x.get(upTo(-1))), _ -> Map.of());
        put("recurrent", in -> scan(in.x, 0.5, (e, s) -> tanh(add(mul(0.5, s), e))), _ -> Map.of());
        put("loss", in -> sum(tanh(dot(in.b, in.hidden())).sqr()), _ -> Map.of());
    }

    int m() { return y.type().dim(0); }
    int n() { return x.type().dim(0); }

    /// A, as many rows as J where the function has a matrix.
    Expr a() { return given.getFirst(); }

    /// A direction that depends on x.
    Expr moved() { return mul(v, x); }

    List<Expr> inputs() {
        var all = new ArrayList<>(List.of(x, u, v, rows, columns));
        all.addAll(given);
        return List.copyOf(all);
    }

    /// The same with variables in place of the derivatives.
    Setting withMatrices() {
        return new Setting(x, y, cost, z, dmatrix("J", m(), n()), dmatrix("H", n(), n()), dmatrix("K", n(), n()), u, v, rows, columns, given, closed);
    }

    /// Random values of all inputs, and those of the matrices where they are given.
    Map<Expr, NDArray> values(@Nullable Setting matrices) {
        var random = new Random(m());
        var at = new IdentityHashMap<Expr, NDArray>();
        for (var input : inputs()) at.put(input, random(input, random));
        if (matrices == null) return at;
        at.put(matrices.j, Graph.eval(j, at));
        at.put(matrices.h, Graph.eval(h, at));
        at.put(matrices.k, Graph.eval(k, at));
        return at;
    }

    private static NDArray random(Expr e, Random random) {
        var dims = e.type().dims().stream().mapToInt(d -> d).toArray();
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), i -> random.nextGaussian() / Math.sqrt(dims[dims.length - 1]));
    }

    Expr forward(Expr t) { return rop(y, x, t); }
    Expr backward(Expr t) { return lop(y, x, t); }
}
