package org.agnesi.network;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.ones;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.stack;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.trace;

import java.util.function.UnaryOperator;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sums and products of several square Jacobians, flat and back, scaled, and the gradients of their products, of known and of unknown sizes.
class SeveralJacobiansTest {
    private static final class Square {
        final FormSizes sizes;
        final int n;
        final Expr x, u, v, a, w, layer, wave, sums;
        final Expr j, k, l;

        Square(int n, boolean known) {
            this.n = n;
            sizes = new FormSizes(known);
            x = sizes.vector("x", n);
            u = sizes.vector("u", n);
            v = sizes.vector("v", n);
            a = sizes.matrix("A", n, n);
            w = sizes.matrix("W", n, n);
            layer = tanh(dot(a, x));
            wave = mul(sin(x), x);
            sums = cumsum(mul(x, x));
            j = jacobian(layer, x);
            k = jacobian(wave, x);
            l = jacobian(sums, x);
        }

        void costs(String name, Expr written, Expr byHand) { sizes.costs(name, written, 1, byHand, (long) n * n); }

        void gradient(String name, UnaryOperator<Expr> written, UnaryOperator<Expr> byHand) {
            costs(name, grad(sum(mul(u, written.apply(v))), x), grad(sum(mul(u, byHand.apply(v))), x));
        }

        Expr flatAndBack(Expr matrix) { return matrix.reshape(-1).reshape(x.length(), x.length()); }
        Expr lessI(Expr matrix) { return sub(matrix, mul(0.5, eye(x.length()))); }
        Expr layer(Expr t) { return rop(layer, x, t); }
        Expr wave(Expr t) { return rop(wave, x, t); }
        Expr sums(Expr t) { return rop(sums, x, t); }
    }

    @ParameterizedTest(name = "{0} rows, known: {1}")
    @CsvSource({"24, true", "48, true", "24, false", "48, false"})
    void gradientsOfProducts(int n, boolean known) {
        var s = new Square(n, known);
        s.gradient("u (K + L) diag(v) v", v -> dot(mul(s.k.plus(s.l), v), v), v -> add(s.wave(mul(v, v)), s.sums(mul(v, v))));
        s.gradient("u (K - J) v", v -> dot(s.k.minus(s.j), v), v -> s.wave(v).minus(s.layer(v)));
        s.gradient("u (K L) W v", v -> dot(dot(dot(s.k, s.l), s.w), v), v -> s.wave(s.sums(dot(s.w, v))));
        s.gradient("u (K J) diag(v) v", v -> dot(mul(dot(s.k, s.j), v), v), v -> s.wave(s.layer(mul(v, v))));
        s.gradient("flat and back u K J v", v -> dot(s.flatAndBack(dot(s.k, s.j)), v), v -> s.wave(s.layer(v)));
        s.gradient("flat and back u (J - K) v", v -> dot(s.flatAndBack(s.j.minus(s.k)), v), v -> s.layer(v).minus(s.wave(v)));
        s.gradient("u K flat and back J v", v -> dot(dot(s.k, s.flatAndBack(s.j)), v), v -> s.wave(s.layer(v)));
        s.sizes.holds();
    }

    @ParameterizedTest(name = "{0} rows, known: {1}")
    @CsvSource({"24, true", "48, true", "24, false", "48, false"})
    void flatAndBack(int n, boolean known) {
        var s = new Square(n, known);
        s.costs("(J - I / 2) v", dot(s.flatAndBack(s.lessI(s.j)), s.v), sub(s.layer(s.v), mul(0.5, s.v)));
        s.costs("u diag(v) K", dot(s.u, s.flatAndBack(mul(s.v.dimshuffle(0, "x"), s.k))), s.wave(mul(s.u, s.v)));
        s.costs("u J L v", dot(s.u, dot(dot(s.flatAndBack(s.j), s.flatAndBack(s.l)), s.v)), dot(s.u, s.layer(s.sums(s.v))));
        s.costs("u L.T J v", dot(s.u, dot(einsum("ji,jk->ik", s.l, s.flatAndBack(s.j)), s.v)), dot(s.sums(s.u), s.layer(s.v)));
        s.costs("flat beside an outer product", dot(s.lessI(s.k).reshape(-1), outer(s.u, s.v).reshape(-1)),
            sub(dot(s.u, s.wave(s.v)), mul(0.5, dot(s.u, s.v))));
        s.costs("trace of W J", trace(s.flatAndBack(dot(s.w, s.j))), add(sum(mul(mul(s.w, s.layer), s.a.T())), sum(s.layer)));
        s.costs("diagonal", diag(s.flatAndBack(s.lessI(s.k))), sub(s.wave(s.v), 0.5));
        s.sizes.holds();
    }

    @ParameterizedTest(name = "{0} rows, known: {1}")
    @CsvSource({"24, true", "48, true", "24, false", "48, false"})
    void numbersOfSums(int n, boolean known) {
        var s = new Square(n, known);
        var second = dot(s.w, exp(mul(0.1, dot(s.a, s.x))));
        var gradient = grad(sum(s.layer.sqr()), s.x);
        s.costs("u (J + two layers) v", einsum("i,ij,j->", s.u, s.j.plus(jacobian(second, s.x)), s.v),
            dot(s.u, add(s.layer(s.v), rop(second, s.x, s.v))));
        s.costs("flat outer beside two layers - W diag(u)",
            dot(jacobian(second, s.x).minus(mul(s.w, s.u)).reshape(-1), outer(s.u, s.v).reshape(-1)),
            dot(s.u, dot(s.w, sub(mul(mul(0.1, exp(mul(0.1, dot(s.a, s.x)))), dot(s.a, s.v)), mul(s.u, s.v)))));
        s.costs("outer beside J + gradient's Jacobian turned", sum(mul(outer(s.u, s.v), s.j.plus(jacobian(gradient, s.x).T()))),
            dot(add(lop(s.layer, s.x, s.u), lop(gradient, s.x, s.u)), s.v));
        s.costs("u (J K + J W) v", einsum("i,ij,j->", s.u, dot(s.j, s.k).plus(dot(s.j, s.w)), s.v),
            dot(s.u, s.layer(add(s.wave(s.v), dot(s.w, s.v)))));
        s.costs("diag(u) J (K + W) v", dot(dot(mul(s.u.dimshuffle(0, "x"), s.j), s.k.plus(s.w)), s.v),
            mul(s.u, s.layer(add(s.wave(s.v), dot(s.w, s.v)))));
        s.costs("column sums of (K - I / 2) J", sum(dot(s.lessI(s.k), s.j), 0),
            lop(s.layer, s.x, sub(lop(s.wave, s.x, ones(s.x.length())), 0.5)));
        s.sizes.holds();
    }

    @ParameterizedTest(name = "{0} rows, known: {1}")
    @CsvSource({"48, true", "48, false"})
    void besideGivenMatrices(int n, boolean known) {
        var s = new Square(n, known);
        var second = dot(s.w, exp(mul(0.1, dot(s.a, s.x))));
        s.gradient("-2/3 u L.T v", v -> mul(1 / 3.0, mul(-2, dot(s.l.T(), v))), v -> mul(-2 / 3.0, lop(s.sums, s.x, v)));
        s.gradient("flat and back u J J v", v -> dot(s.flatAndBack(s.j), dot(s.j, v)), v -> s.layer(s.layer(v)));
        s.costs("trace of W (J - W)", trace(dot(s.w, s.j.minus(s.w))),
            add(sum(mul(mul(s.w, s.layer), s.a.T())), sum(mul(s.w, s.w.T()))));
        s.costs("u J (W - W)", dot(s.u, dot(s.j, s.w.minus(s.w))), dot(lop(s.layer, s.x, s.u.minus(s.u)), s.w));
        s.costs("(W - W - K) v", dot(s.w.minus(s.w).minus(s.k), s.v), dot(s.w, s.v.minus(s.v)).minus(s.wave(s.v)));
        s.costs("(J - J) (K + L) v", dot(dot(s.j.minus(s.j), s.k.plus(s.l)), s.v), s.layer(s.wave(s.v).plus(s.sums(s.v))));
        s.costs("outer beside (K - I / 2) (J - J)", sum(mul(outer(s.u, s.v), dot(s.lessI(s.k), s.j.minus(s.j)))),
            dot(s.u, sub(s.wave(s.layer(s.v.minus(s.v))), mul(0.5, s.v))));
        s.costs("v (two layers - W).T K", dot(s.v, dot(jacobian(second, s.x).minus(s.w).T(), s.k)),
            s.wave(dot(s.w, sub(mul(mul(0.1, exp(mul(0.1, dot(s.a, s.x)))), dot(s.a, s.v)), s.v))));
        s.costs("column sums of K - W.T", sum(s.k.minus(s.w.T()), 0), s.wave(ones(s.x.length())).minus(sum(s.w, 1)));
        s.costs("column sums of K (W - I / 2)", sum(dot(s.k, s.lessI(s.w)), 0),
            sub(dot(s.wave(ones(s.x.length())), s.w), mul(0.5, s.wave(ones(s.x.length())))));
        s.costs("diag(diag(K)) (J + L) v", dot(dot(diag(diag(s.k)), s.j.plus(s.l)), s.v),
            mul(s.wave(ones(s.x.length())), add(s.layer(s.v), s.sums(s.v))));
        s.costs("column sums of K diag(u) W", sum(dot(s.k, mul(s.u.dimshuffle(0, "x"), s.w)), 0), dot(mul(s.wave(ones(s.x.length())), s.u), s.w));
        s.costs("outer beside W (K - I / 2)", sum(mul(outer(s.u, s.v), dot(s.w, s.lessI(s.k)))),
            dot(s.u, dot(s.w, sub(s.wave(s.v), mul(0.5, s.v)))));
        s.costs("u (J + two layers) diag(v)", dot(s.u, mul(s.j.plus(jacobian(second, s.x)), s.v)),
            mul(add(lop(s.layer, s.x, s.u), lop(second, s.x, s.u)), s.v));
        s.sizes.holds();
    }

    @ParameterizedTest(name = "{0} rows, known: {1}")
    @CsvSource({"24, true", "48, true", "24, false", "48, false"})
    void moreFactorsThanHaveAnOrder(int n, boolean known) {
        var s = new Square(n, known);
        var two = dot(s.j, mul(s.k, s.u));
        var six = dot(dot(two, two), mul(two, s.v));
        UnaryOperator<Expr> step = t -> s.layer(s.wave(mul(s.u, t)));
        UnaryOperator<Expr> back = t -> mul(s.u, s.wave(lop(s.layer, s.x, t)));
        s.costs("(J K diag(u))³ diag(v) squared", dot(dot(six.T(), six), s.v),
            mul(s.v, back.apply(back.apply(back.apply(step.apply(step.apply(step.apply(mul(s.v, s.v)))))))));
        var byMatrix = einsum("iab,b->ia", jacobian(s.layer, s.a), s.u);
        var three = dot(s.k, dot(byMatrix, byMatrix));
        UnaryOperator<Expr> along = t -> rop(s.layer, s.a, outer(t, s.u));
        UnaryOperator<Expr> against = t -> dot(lop(s.layer, s.a, t), s.u);
        s.costs("K B B squared, B by a matrix", dot(dot(three.T(), three), s.v),
            against.apply(against.apply(s.wave(s.wave(along.apply(along.apply(s.v)))))));
        s.sizes.holds();
    }

    @ParameterizedTest(name = "{0} rows, known: {1}")
    @CsvSource({"24, true", "48, true", "24, false", "48, false"})
    void squares(int n, boolean known) {
        var s = new Square(n, known);
        var soft = softmax(s.x);
        s.costs("gradient of |(softmax's - I / 2) v|²", grad(sum(dot(s.lessI(jacobian(soft, s.x)), s.v).sqr()), s.x),
            grad(sum(sub(rop(soft, s.x, s.v), mul(0.5, s.v)).sqr()), s.x));
        var cost = sum(sin(s.layer));
        var curved = rop(grad(cost, s.x), s.x, mul(s.v, s.x));
        s.costs("gradient of |(W - H (v x)'s) v|²",
            grad(sum(dot(s.w.minus(jacobian(dot(hessian(cost, s.x), mul(s.v, s.x)), s.x)), s.v).sqr()), s.x),
            grad(sum(dot(s.w, s.v).minus(rop(curved, s.x, s.v)).sqr()), s.x));
        var second = dot(s.w, exp(mul(0.1, dot(s.a, s.x))));
        var moved = dot(s.w, s.v).minus(rop(second, s.x, s.v));
        var difference = s.w.minus(jacobian(second, s.x));
        var back = dot(s.a.T(), exp(mul(0.1, dot(s.w, s.x))));
        UnaryOperator<Expr> bent = t -> rop(grad(cost, s.x), s.x, t).minus(rop(back, s.x, t));
        s.costs("(H - A.T J) [v u]", dot(hessian(cost, s.x).minus(jacobian(back, s.x)), stack(s.v, s.u).T()),
            stack(bent.apply(s.v), bent.apply(s.u)).T());
        s.costs("(W - two layers).T (W - two layers) v", dot(dot(difference.T(), difference), s.v),
            dot(moved, s.w).minus(lop(second, s.x, moved)));
        s.sizes.holds();
    }

    @Test void whatNothingShortensIsComputedAsItIsWritten() {
        var s = new Square(12, false);
        var two = dot(s.j, s.k.plus(s.w));
        var twelve = trace(dot(dot(two, dot(two, two)), dot(dot(two, two), two)));
        s.sizes.costs("trace of twelve", twelve, Double.POSITIVE_INFINITY, s.layer, 13 * 13);
        s.sizes.holds();
    }
}
