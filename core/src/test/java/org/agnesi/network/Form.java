package org.agnesi.network;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.ignoreDisconnected;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.matmul;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.oneHot;
import static org.agnesi.Tensors.ones;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.stack;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensordot;
import static org.agnesi.Tensors.trace;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.Tensors.zeros;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.agnesi.symbolic.Expr;

/// A way to use Jacobians, and the same by sweeps, written by hand.
///
/// @param written   with J, H, K
/// @param sweeps    one or several ways without; the cheapest counts
record Form(String name, Function<Setting, Expr> written, List<Sweeps> sweeps) {
    /// What is written by hand, and how often it is done.
    record Sweeps(Function<Setting, Expr> once, ToIntFunction<Setting> times) {}

    static final List<Form> PRODUCTS = new ArrayList<>();
    /// Those that need more than a few sweeps if nothing is known of J.
    static final List<Form> PASSES = new ArrayList<>();
    /// Those of products' derivatives, which cannot be written with a matrix that is given.
    static final List<Form> NESTED = new ArrayList<>();

    private static final Function<Setting, Expr> ROP = s -> s.forward(s.v());
    private static final Function<Setting, Expr> LOP = s -> s.backward(s.u());
    private static final Function<Setting, Expr> U_ROP = s -> dot(s.u(), s.forward(s.v()));
    private static final Function<Setting, Expr> LOP_V = s -> dot(s.backward(s.u()), s.v());
    private static final Function<Setting, Expr> GAUSS_NEWTON = s -> s.backward(s.forward(s.v()));
    private static final Function<Setting, Expr> HVP = s -> rop(grad(s.cost(), s.x()), s.x(), s.v());
    private static final Function<Setting, Expr> V_HVP = s -> dot(s.v(), HVP.apply(s));

    private static final Function<Setting, Expr> ROP_NORM = s -> sum(s.forward(s.v()).sqr());
    private static final Function<Setting, Expr> LOP_NORM = s -> sum(s.backward(s.u()).sqr());

    private static void product(String name, Function<Setting, Expr> written, Function<Setting, Expr> sweeps) {
        product(name, written, List.of(sweeps));
    }

    private static void product(String name, Function<Setting, Expr> written, List<Function<Setting, Expr>> ways) {
        PRODUCTS.add(new Form(name, written, once(ways)));
    }

    private static void nested(String name, Function<Setting, Expr> written, Function<Setting, Expr> sweeps) {
        NESTED.add(new Form(name, written, once(List.of(sweeps))));
    }

    private static List<Sweeps> once(List<Function<Setting, Expr>> ways) { return ways.stream().map(e -> new Sweeps(e, _ -> 1)).toList(); }

    /// Something with a sweep for each column, or with one for each row.
    private static void passes(String name, Function<Setting, Expr> written, Function<Setting, Expr> column, Function<Setting, Expr> row) {
        PASSES.add(new Form(name, written, List.of(new Sweeps(column, Setting::n), new Sweeps(row, Setting::m))));
    }

    private static void curvature(String name, Function<Setting, Expr> written) {
        PASSES.add(new Form(name, written, List.of(new Sweeps(HVP, Setting::n))));
    }

    private static final Function<Setting, Expr> CHAIN = s -> dot(s.u(), s.forward(rop(s.z(), s.x(), s.v())));
    private static final Function<Setting, Expr> CHAIN_BACK = s -> dot(lop(s.z(), s.x(), s.backward(s.u())), s.v());
    private static final Function<Setting, Expr> CHAIN_MEETS = s -> dot(s.backward(s.u()), rop(s.z(), s.x(), s.v()));

    private static final List<Function<Setting, Expr>> CHAINS = List.of(CHAIN, CHAIN_BACK, CHAIN_MEETS);
    private static final List<Function<Setting, Expr>> BILINEAR = List.of(U_ROP, LOP_V);

    /// The Jacobian of a product with J.
    private static Expr twice(Setting s) { return jacobian(dot(jacobian(s.y(), s.x()), s.moved()), s.x()); }

    private static Expr row(Setting s, int i) { return grad(s.y().get(i), s.x()); }
    private static Expr column(Setting s, int j) { return s.forward(oneHot(constant(j), s.n())); }
    private static Expr evenly(Expr v) { return zeros(v.length()).at(range(0, 30, 2)).set(v.get(range(0, 30, 2))); }

    static {
        product("dot(J, v)", s -> dot(s.j(), s.v()), ROP);
        product("dot(u, J)", s -> dot(s.u(), s.j()), LOP);
        product("dot(J.T, u)", s -> dot(s.j().T(), s.u()), LOP);
        product("dot(v, J.T)", s -> dot(s.v(), s.j().T()), ROP);
        product("matmul(J, v)", s -> matmul(s.j(), s.v()), ROP);
        product("tensordot", s -> tensordot(s.j(), s.v(), new int[] {1}, new int[] {0}), ROP);
        product("einsum u J v", s -> einsum("i,ij,j->", s.u(), s.j(), s.v()), LOP_V);
        product("einsum columns", s -> einsum("ij,j->i", s.j(), s.v()), ROP);
        product("sum(J * v, 1)", s -> sum(mul(s.j(), s.v()), 1), ROP);
        product("sum(J * u, 0)", s -> sum(mul(s.j(), s.u().dimshuffle(0, "x")), 0), LOP);
        product("sum(outer(u, v) * J)", s -> sum(mul(outer(s.u(), s.v()), s.j())), BILINEAR);
        product("J.T J v", s -> dot(s.j().T(), dot(s.j(), s.v())), GAUSS_NEWTON);
        product("(J.T J) v", s -> dot(dot(s.j().T(), s.j()), s.v()), GAUSS_NEWTON);
        product("J.T W J v", s -> dot(dot(dot(s.j().T(), s.rows()), s.j()), s.v()), s -> s.backward(dot(s.rows(), s.forward(s.v()))));
        product("J.T diag(u) J v", s -> dot(s.j().T(), dot(dot(diag(s.u()), s.j()), s.v())), s -> s.backward(mul(s.u(), s.forward(s.v()))));
        product("Fisher", s -> dot(dot(s.j(), s.j().T()), s.u()), s -> s.forward(s.backward(s.u())));
        product("(J M) v", s -> dot(dot(s.j(), s.columns()), s.v()), s -> s.forward(dot(s.columns(), s.v())));
        product("u (J K) v", s -> dot(s.u(), dot(dot(s.j(), s.k()), s.v())), CHAINS);
        product("(u J) (K v)", s -> dot(dot(s.u(), s.j()), dot(s.k(), s.v())), CHAINS);
        product("(W J M K) v", s -> dot(dot(dot(s.rows(), s.j()), dot(s.columns(), s.k())), s.v()),
            s -> dot(s.rows(), s.forward(dot(s.columns(), rop(s.z(), s.x(), s.v())))));
        product("(W J + J) v", s -> dot(add(dot(s.rows(), s.j()), s.j()), s.v()), s -> {
            var t = s.forward(s.v());
            return add(dot(s.rows(), t), t);
        });
        product("(3 J) v / 2", s -> dot(mul(3, s.j()), s.v()).div(2), s -> mul(1.5, s.forward(s.v())));
        product("(J - 2 J) v", s -> dot(s.j().minus(mul(2, s.j())), s.v()), s -> mul(-1, s.forward(s.v())));
        product("diag(u) J v", s -> dot(dot(diag(s.u()), s.j()), s.v()), s -> mul(s.u(), s.forward(s.v())));
        product("(J.T J + 0.1 I) v", s -> dot(add(dot(s.j().T(), s.j()), mul(0.1, eye(s.v().length()))), s.v()),
            s -> add(s.backward(s.forward(s.v())), mul(0.1, s.v())));
        product("(K + 0.1 I) v", s -> dot(add(s.k(), mul(0.1, eye(s.v().length()))), s.v()),
            s -> add(rop(s.z(), s.x(), s.v()), mul(0.1, s.v())));
        product("J[0]", s -> s.j().get(0), s -> row(s, 0));
        product("J[:, -1]", s -> s.j().get(all(), -1), s -> column(s, s.n() - 1));
        product("J[2, 3]", s -> s.j().get(2, 3), List.of(s -> row(s, 2).get(3), s -> column(s, 3).get(2)));
        product("J[1:] v", s -> dot(s.j().get(from(1)), s.v()), s -> s.forward(s.v()).get(from(1)));
        product("J[:, ::2] v[::2]", s -> dot(s.j().get(all(), range(0, 30, 2)), s.v().get(range(0, 30, 2))), s -> s.forward(evenly(s.v())));
        product("J[0:2]", s -> s.j().get(upTo(2)), s -> stack(row(s, 0), row(s, 1)));
        product("sum(J)", s -> sum(s.j()), List.of(s -> sum(s.forward(ones(s.n()))), s -> sum(s.backward(ones(s.m())))));
        product("sum(J, 0)", s -> sum(s.j(), 0), s -> s.backward(ones(s.m())));
        product("mean(J, 1)", s -> s.j().mean(1), s -> s.forward(ones(s.n())).div(s.n()));
        product("flat", s -> dot(s.j().reshape(-1), outer(s.u(), s.v()).reshape(-1)), BILINEAR);
        product("dot(H, v)", s -> dot(s.h(), s.v()), HVP);
        product("dot(v, H)", s -> dot(s.v(), s.h()), HVP);
        product("v H v", s -> dot(s.v(), dot(s.h(), s.v())), V_HVP);
        product("sum(H * outer(v, v))", s -> sum(mul(s.h(), outer(s.v(), s.v()))), V_HVP);
        product("(H + 0.1 I) v", s -> dot(add(s.h(), mul(0.1, eye(s.n()))), s.v()), s -> add(HVP.apply(s), mul(0.1, s.v())));
        product("H[1]", s -> s.h().get(1), s -> rop(grad(s.cost(), s.x()), s.x(), oneHot(constant(1), s.n())));

        passes("diag(J)", s -> diag(s.j()), ROP, LOP);
        passes("trace(J)", s -> trace(s.j()), ROP, LOP);
        passes("|J|²", s -> sum(s.j().sqr()), ROP_NORM, LOP_NORM);
        passes("row norms", s -> sum(s.j().sqr(), 1), s -> s.u().plus(s.forward(s.v()).sqr()), LOP_NORM);
        passes("trace(J.T J)", s -> trace(dot(s.j().T(), s.j())), ROP_NORM, LOP_NORM);
        passes("diag(J.T J)", s -> diag(dot(s.j().T(), s.j())), ROP_NORM, s -> s.v().plus(s.backward(s.u()).sqr()));
        passes("trace(J A.T)", s -> trace(dot(s.j(), s.a().T())), U_ROP, LOP_V);
        curvature("diag(H)", s -> diag(s.h()));
        curvature("trace(H)", s -> trace(s.h()));

        nested("gradient of u J v", s -> grad(sum(mul(s.u(), dot(jacobian(s.y(), s.x()), s.v()))), s.x(), ignoreDisconnected()),
            s -> grad(sum(mul(s.u(), s.forward(s.v()))), s.x(), ignoreDisconnected()));
        nested("jacobian(J v) v", s -> dot(twice(s), s.v()), s -> rop(s.forward(s.moved()), s.x(), s.v()));
        nested("u jacobian(J v)", s -> dot(s.u(), twice(s)), s -> lop(s.forward(s.moved()), s.x(), s.u()));
    }
}
