package org.agnesi.network;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dimshuffle;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.matmul;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensordot;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.agnesi.symbolic.Expr;

/// A square matrix as it is written, and its products with vectors by sweeps: `forward(v)` is M·v and `backward(u)` is u·M.
record Linear(Expr matrix, UnaryOperator<Expr> forward, UnaryOperator<Expr> backward) {
    /// The variables: A, W, and what depends on nothing else.
    record Inputs(Expr x, Expr u, Expr v, Expr a, Expr w) {
        List<Expr> list() { return List.of(x, u, v, a, w); }
        Expr hidden() { return tanh(dot(a, x)); }
    }

    /// How a matrix is made of others.
    record Rule(String name, int arity, BiFunction<Inputs, List<Linear>, Linear> of) {}

    /// A Jacobian, of a function in which there are none itself, or else of how it is by sweeps.
    static Rule jacobianOf(String name, Function<Inputs, Expr> y, Function<Inputs, Expr> swept) {
        return leaf(name, in -> {
            var bySweeps = swept.apply(in);
            return new Linear(jacobian(y.apply(in), in.x), v -> rop(bySweeps, in.x, v), u -> lop(bySweeps, in.x, u));
        });
    }

    static Rule jacobianOf(String name, Function<Inputs, Expr> y) { return jacobianOf(name, y, y); }

    static Rule leaf(String name, Function<Inputs, Linear> of) { return new Rule(name, 0, (in, _) -> of.apply(in)); }

    static Rule one(String name, BiFunction<Inputs, Linear, Linear> of) { return new Rule(name, 1, (in, m) -> of.apply(in, m.getFirst())); }

    private static Rule two(String name, BinaryOperator<Linear> of) { return new Rule(name, 2, (_, m) -> of.apply(m.get(0), m.get(1))); }

    private static Linear given(Expr matrix) { return new Linear(matrix, v -> dot(matrix, v), u -> dot(u, matrix)); }

    private Linear written(Expr other) { return new Linear(other, forward, backward); }

    private Linear transposed() { return new Linear(matrix.T(), backward, forward); }

    private Linear times(Linear right) {
        return new Linear(dot(matrix, right.matrix), v -> forward.apply(right.forward.apply(v)), u -> right.backward.apply(backward.apply(u)));
    }

    private Linear plus(Linear other) {
        return new Linear(add(matrix, other.matrix), v -> add(forward.apply(v), other.forward.apply(v)),
            u -> add(backward.apply(u), other.backward.apply(u)));
    }

    /// Rows scaled by `left`, and the columns by `right`.
    private Linear scaledRows(Expr by) { return new Linear(mul(dimshuffle(by, 0, "x"), matrix), v -> mul(by, forward.apply(v)),
        u -> backward.apply(mul(by, u))); }

    private Linear scaledColumns(Expr by) { return new Linear(mul(matrix, by), v -> forward.apply(mul(by, v)),
        u -> mul(by, backward.apply(u))); }

    private Linear times(double factor) { return new Linear(mul(factor, matrix), v -> mul(factor, forward.apply(v)),
        u -> mul(factor, backward.apply(u))); }

    static final List<Rule> LEAVES = List.of(
        jacobianOf("elementwise", in -> mul(sin(in.x), in.x)),
        jacobianOf("layer", Inputs::hidden),
        jacobianOf("two layers", in -> dot(in.w, exp(mul(0.1, dot(in.a, in.x))))),
        jacobianOf("softmax", in -> softmax(in.x)),
        jacobianOf("cumsum", in -> cumsum(mul(in.x, in.x))),
        jacobianOf("gradient", in -> grad(sum(in.hidden().pow(2)), in.x)),
        jacobianOf("product", in -> dot(jacobian(in.hidden(), in.x), mul(in.v, in.x)), in -> rop(in.hidden(), in.x, mul(in.v, in.x))),
        leaf("hessian", in -> {
            var cost = sum(sin(in.hidden()));
            var gradient = grad(cost, in.x);
            return new Linear(hessian(cost, in.x), v -> rop(gradient, in.x, v), u -> rop(gradient, in.x, u));
        }),
        leaf("W", in -> given(in.w)));

    static final List<Rule> INNER = List.of(
        one("transposed", (_, m) -> m.transposed()),
        one("einsum ij->ji", (_, m) -> m.transposed().written(einsum("ij->ji", m.matrix))),
        one("less I", (in, m) -> new Linear(sub(m.matrix, mul(0.5, eye(in.x.length()))), v -> sub(m.forward.apply(v), mul(0.5, v)),
            u -> sub(m.backward.apply(u), mul(0.5, u)))),
        one("scaled", (_, m) -> m.times(-2).times(1 / 3.0)),
        one("columns scaled", (in, m) -> m.scaledColumns(in.u)),
        one("columns by einsum", (in, m) -> m.scaledColumns(in.v).written(einsum("ij,j->ij", m.matrix, in.v))),
        one("rows scaled", (in, m) -> m.scaledRows(in.u)),
        one("rows by diag", (in, m) -> m.scaledRows(in.v).written(dot(diag(in.v), m.matrix))),
        one("flat and back", (in, m) -> m.written(m.matrix.reshape(-1).reshape(in.x.length(), in.x.length()))),
        two("sum", Linear::plus),
        two("difference", (a, b) -> a.plus(b.times(-1)).written(sub(a.matrix, b.matrix))),
        two("dot", Linear::times),
        two("matmul", (a, b) -> a.times(b).written(matmul(a.matrix, b.matrix))),
        two("tensordot", (a, b) -> a.times(b).written(tensordot(a.matrix, b.matrix, new int[] {1}, new int[] {0}))),
        two("einsum ij,kj->ki", (a, b) -> b.times(a.transposed()).written(einsum("ij,kj->ki", a.matrix, b.matrix))),
        two("einsum ji,jk->ik", (a, b) -> a.transposed().times(b).written(einsum("ji,jk->ik", a.matrix, b.matrix))));
}
