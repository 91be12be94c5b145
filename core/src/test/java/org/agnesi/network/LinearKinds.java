package org.agnesi.network;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dimshuffle;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.network.Linear.jacobianOf;
import static org.agnesi.network.Linear.leaf;
import static org.agnesi.network.Linear.one;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.agnesi.network.Linear.Inputs;
import org.agnesi.network.Linear.Rule;
import org.agnesi.symbolic.Expr;

/// More matrices than [Linear] has: blocks of Hessians, derivatives of products, by matrices and of matrices, through loops,
/// and Gauss-Newton's.
final class LinearKinds {
    private LinearKinds() {}

    static final List<Rule> LEAVES = Stream.concat(Linear.LEAVES.stream(), Stream.of(
        leaf("block of a Hessian", in -> {
            var cost = sum(mul(tanh(dot(in.a(), in.x())), sin(dot(in.w(), in.v()))).sqr());
            return new Linear(hessian(cost, List.of(in.x(), in.v())).get(0).get(1), t -> rop(grad(cost, in.x()), in.v(), t),
                t -> rop(grad(cost, in.v()), in.x(), t));
        }),
        jacobianOf("H v", in -> dot(hessian(cost(in), in.x()), mul(in.v(), in.x())),
            in -> rop(grad(cost(in), in.x()), in.x(), mul(in.v(), in.x()))),
        jacobianOf("J.T J v", in -> dot(jacobian(in.hidden(), in.x()).T(), dot(jacobian(in.hidden(), in.x()), in.v())),
            in -> lop(in.hidden(), in.x(), rop(in.hidden(), in.x(), in.v()))),
        leaf("by a matrix", in -> new Linear(einsum("iab,b->ia", jacobian(in.hidden(), in.a()), in.v()),
            t -> rop(in.hidden(), in.a(), outer(t, in.v())), t -> dot(lop(in.hidden(), in.a(), t), in.v()))),
        leaf("of a matrix", in -> {
            var y = outer(in.hidden(), sin(in.x()));
            return new Linear(einsum("ikj,k->ij", jacobian(y, in.x()), in.u()), t -> dot(rop(y, in.x(), t), in.u()),
                t -> lop(y, in.x(), outer(t, in.u())));
        }),
        jacobianOf("loop", in -> scan(arange(3), in.x(), (_, s) -> tanh(dot(in.a(), s))).get(-1)),
        jacobianOf("rolled", in -> concatenate(List.of(in.hidden().get(from(1)), in.x().get(upTo(1)).sqr()), 0)),
        jacobianOf("logsumexp", in -> logsumexp(add(in.a(), in.x()), 1)))).toList();

    static final List<Rule> INNER = Stream.concat(Linear.INNER.stream(), Stream.of(
        one("weighted square", (in, m) -> new Linear(dot(m.matrix().T(), mul(dimshuffle(in.u(), 0, "x"), m.matrix())),
            t -> m.backward().apply(mul(in.u(), m.forward().apply(t))), t -> m.backward().apply(mul(in.u(), m.forward().apply(t))))),
        one("damped square", (in, m) -> new Linear(add(dot(m.matrix().T(), m.matrix()), mul(0.1, eye(in.x().length()))),
            t -> add(m.backward().apply(m.forward().apply(t)), mul(0.1, t)),
            t -> add(m.backward().apply(m.forward().apply(t)), mul(0.1, t)))),
        one("plus outer", (in, m) -> new Linear(add(m.matrix(), outer(in.u(), in.v())),
            t -> add(m.forward().apply(t), mul(in.u(), dot(in.v(), t))), t -> add(m.backward().apply(t), mul(dot(t, in.u()), in.v())))),
        one("symmetric part", (_, m) -> new Linear(mul(0.5, add(m.matrix(), m.matrix().T())),
            t -> mul(0.5, add(m.forward().apply(t), m.backward().apply(t))),
            t -> mul(0.5, add(m.forward().apply(t), m.backward().apply(t))))))).toList();

    /// Those whose sweeps hold an array of J's size themselves.
    static final Set<String> LARGE = Set.of("of a matrix", "logsumexp");

    private static Expr cost(Inputs in) { return sum(sin(in.hidden())); }
}
