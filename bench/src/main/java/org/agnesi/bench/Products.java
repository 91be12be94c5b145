package org.agnesi.bench;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.hessianSparse;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.jacobianSparse;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.cast;
import static org.agnesi.Tensors.diagonal;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.trace;
import static org.agnesi.Tensors.upTo;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agnesi.array.NDArray;
import org.agnesi.bench.Work.Formula;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// What is computed with the Jacobian J of y = tanh(A x) and the Hessian H of Σ y²; and sparse ones.
final class Products {
    private final Floats floats;
    private final int n;
    private final Expr a, x, v, y, cost;

    Products(Floats floats, int n) {
        this.floats = floats;
        this.n = n;
        a = floats.matrix("a");
        x = floats.vector("x");
        v = floats.vector("v");
        y = tanh(dot(a, x));
        cost = sum(sqr(y));
    }

    List<Work> products() {
        var J = jacobian(y, x);
        var H = hessian(cost, x);
        return List.of(work("jv", dot(J, v), push(v)),
            work("uj", dot(v, J), pull(v)),
            work("jtjv", dot(dot(J.T(), J), v), pull(push(v))),
            work("gauss_newton", dot(J.T(), x.times(dot(J, v))), pull(x.times(push(v)))),
            work("hv", dot(H, v), curve(v)),
            work("vhv", dot(v, dot(H, v)), dot(v, curve(v))),
            work("diagonal", diagonal(J), each(e -> dot(e, push(e)))),
            work("laplacian", trace(H), sum(each(e -> dot(e, curve(e))))));
    }

    private Expr push(Expr v) { return rop(y, x, v); }

    private Expr pull(Expr u) { return lop(y, x, u); }

    private Expr curve(Expr v) { return rop(grad(cost, x), x, v); }

    /// For each unit vector, all at once.
    private Expr each(UnaryOperator<Expr> f) { return vectorize(f).apply(cast(eye(n), floats.dtype())); }

    List<Work> matrices() {
        var row = floats.vector("row");
        var example = grad(sum(tanh(row.times(x))), row);
        return List.of(work(Table.MATRICES, "jacobian", jacobian(y, x), null),
            work(Table.MATRICES, "hessian", hessian(cost, x), null),
            work(Table.MATRICES, "examples", vectorize(example, Map.of(row, a)), null));
    }

    private Work work(String name, Expr result, Expr sweeps) { return work(Table.PRODUCTS, name, result, sweeps); }

    private Work work(Table table, String name, Expr result, @Nullable Expr sweeps) {
        return new Work(table, name, n, formula(result), sweeps == null ? null : formula(sweeps));
    }

    private Formula formula(Expr result) {
        List<NDArray> point = List.of(floats.scaled(1 / Math.sqrt(n), 0, n, n), floats.wave(1, n), floats.wave(2, n));
        return new Formula(List.of(a, x, v), result, point);
    }

    List<Work> sparse() {
        var banded = jacobianSparse(x.get(from(1)).times(x.get(upTo(-1))), x).values();
        var hessian = hessianSparse(Works.rosenbrock(x), x).values();
        return List.of(new Work(Table.SPARSE, "banded", n, new Formula(x, banded, floats.wave(0, n))),
            new Work(Table.SPARSE, "rosenbrock_hessian", n, new Formula(x, hessian, floats.wave(0, n))));
    }
}
