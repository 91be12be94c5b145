package org.agnesi.network;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.oneHot;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensordot;

import org.agnesi.symbolic.Expr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Jacobians of matrices, and with respect to matrices: whatever their products are called, they are sweeps.
class TensorFormsTest {
    /// `Y = tanh(A·X·B)`, its gradient's Jacobian, and directions of both shapes.
    private static final class Setting {
        private final FormSizes forms;
        private final int m;
        private final int n;
        private final int q;
        private final Expr x;
        private final Expr a;
        private final Expr b;
        private final Expr v;
        private final Expr u;
        private final Expr w;
        private final Expr s;

        Setting(int scale, boolean known) {
            forms = new FormSizes(known);
            m = 4 * scale;
            n = 5 * scale;
            q = 3 * scale;
            x = matrix("X", n, q);
            a = matrix("A", m, n);
            b = matrix("B", q, q);
            v = matrix("V", n, q);
            u = matrix("U", m, q);
            w = forms.vector("w", m);
            s = forms.vector("s", q);
        }

        private Expr matrix(String name, int rows, int columns) {
            return forms.input(dmatrix(name, rows, columns), dmatrix(name), rows, columns);
        }
    }

    private static Expr at(Expr x, int i, int j) { return outer(oneHot(constant(i), x.length(0)), oneHot(constant(j), x.length(1))); }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"2, true", "4, true", "3, false"})
    void ofAMatrixByAMatrix(int scale, boolean known) {
        var in = new Setting(scale, known);
        var y = tanh(dot(dot(in.a, in.x), in.b));
        var j = jacobian(y, in.x);
        var forward = rop(y, in.x, in.v);
        var backward = lop(y, in.x, in.u);
        long elements = (long) in.m * in.q * in.n * in.q;
        in.forms.costs("tensordot(J, V, 2)", tensordot(j, in.v, 2), 1, forward, elements);
        in.forms.costs("tensordot(J, V) by axes", tensordot(j, in.v, new int[] {2, 3}, new int[] {0, 1}), 1, forward, elements);
        in.forms.costs("sum(J * V, 2, 3)", sum(mul(j, in.v), 2, 3), 1, forward, elements);
        in.forms.costs("einsum ijkl,kl->ij", einsum("ijkl,kl->ij", j, in.v), 1, forward, elements);
        in.forms.costs("J.T", tensordot(in.v.T(), j.T(), 2), 1, forward, elements);
        in.forms.costs("as a matrix", dot(j.reshape(y.length(0).times(y.length(1)), in.x.length(0).times(in.x.length(1))), in.v.reshape(-1)),
            1, forward, elements);
        in.forms.costs("tensordot(U, J, 2)", tensordot(in.u, j, 2), 1, backward, elements);
        in.forms.costs("einsum ij,ijkl->kl", einsum("ij,ijkl->kl", in.u, j), 1, backward, elements);
        in.forms.costs("einsum ij,ijkl,kl->", einsum("ij,ijkl,kl->", in.u, j, in.v), 1, sum(mul(backward, in.v)), elements);
        in.forms.costs("J[1, 2]", j.get(1, 2), 1, grad(y.get(1, 2), in.x), elements);
        in.forms.costs("J[:, :, 1, 2]", j.get(all(), all(), 1, 2), 1, rop(y, in.x, at(in.x, 1, 2)), elements);
        in.forms.holds();
    }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"2, true", "4, true", "3, false"})
    void ofAVectorByAMatrix(int scale, boolean known) {
        var in = new Setting(scale, known);
        var y = tanh(dot(dot(in.a, in.x), in.s));
        var j = jacobian(y, in.x);
        long elements = (long) in.m * in.n * in.q;
        in.forms.costs("tensordot(J, V, 2)", tensordot(j, in.v, 2), 1, rop(y, in.x, in.v), elements);
        in.forms.costs("einsum ikl,kl->i", einsum("ikl,kl->i", j, in.v), 1, rop(y, in.x, in.v), elements);
        in.forms.costs("sum(J * V, 1, 2)", sum(mul(j, in.v), 1, 2), 1, rop(y, in.x, in.v), elements);
        in.forms.costs("tensordot(w, J, 1)", tensordot(in.w, j, 1), 1, lop(y, in.x, in.w), elements);
        in.forms.holds();
    }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"2, true", "4, true", "6, true", "3, false"})
    void ofAMatrixByAVector(int scale, boolean known) {
        var in = new Setting(scale, known);
        var y = tanh(outer(in.w, in.s));
        var j = jacobian(y, in.w);
        long elements = (long) in.m * in.q * in.m;
        in.forms.costs("dot(J, w)", dot(j, in.w), 1, rop(y, in.w, in.w), elements);
        in.forms.costs("einsum ijk,k->ij", einsum("ijk,k->ij", j, in.w), 1, rop(y, in.w, in.w), elements);
        in.forms.costs("tensordot(U, J, 2)", tensordot(in.u, j, 2), 1, lop(y, in.w, in.u), elements);
        in.forms.holds();
    }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"2, true", "3, false"})
    void hessiansByAMatrix(int scale, boolean known) {
        var in = new Setting(scale, known);
        var cost = sum(tanh(dot(dot(in.a, in.x), in.b)).sqr());
        var h = hessian(cost, in.x);
        var hv = rop(grad(cost, in.x), in.x, in.v);
        long elements = (long) in.n * in.q * in.n * in.q;
        in.forms.costs("tensordot(H, V, 2)", tensordot(h, in.v, 2), 1, hv, elements);
        in.forms.costs("einsum ij,ijkl,kl->", einsum("ij,ijkl,kl->", in.v, h, in.v), 1, sum(mul(in.v, hv)), elements);
        var gradient = grad(cost, in.x);
        in.forms.costs("tensordot(2 H, V, 2) + sum(H, 2, 3)", tensordot(mul(2, h), in.v, 2).plus(sum(h, 2, 3)), 1,
            rop(gradient, in.x, mul(2, in.v).plus(1)), elements);
        in.forms.costs("tensordot(2 H + J, V, 2)", tensordot(mul(2, h).plus(jacobian(tanh(in.x), in.x)), in.v, 2), 1,
            mul(2, hv).plus(rop(tanh(in.x), in.x, in.v)), elements);
        in.forms.holds();
    }
}
