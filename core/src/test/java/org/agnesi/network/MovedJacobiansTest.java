package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.flip;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.roll;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.stack;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.tensordot;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Jacobians that are sliced, rolled, turned around, stacked, joined or chosen before they are multiplied.
class MovedJacobiansTest {
    private static final class Setting {
        final FormSizes sizes;
        final int n;
        final Expr x, u, v, w, a, b, y, z, j, k;

        Setting(int n, boolean known) {
            this.n = n;
            sizes = new FormSizes(known);
            x = sizes.vector("x", n);
            u = sizes.vector("u", n);
            v = sizes.vector("v", n);
            w = sizes.vector("w", 2 * n);
            a = sizes.matrix("A", n, n);
            b = sizes.matrix("B", n, n);
            y = tanh(dot(a, x));
            z = sin(dot(b, x));
            j = jacobian(y, x);
            k = jacobian(z, x);
        }

        void costs(String name, Expr written, Expr byHand) { sizes.costs(name, written, 1, byHand, (long) n * n); }
        Expr forward(Expr t) { return rop(y, x, t); }
        Expr backward(Expr t) { return lop(y, x, t); }
    }

    private static Expr firstZero(Expr v) { return concatenate(zeros(1), v); }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"24, true", "48, true", "24, false", "48, false"})
    void sliced(int n, boolean known) {
        var s = new Setting(n, known);
        s.costs("J[1:, :-1] v[1:]", dot(s.j.get(from(1), upTo(-1)), s.v.get(from(1))),
            s.forward(concatenate(s.v.get(from(1)), zeros(1))).get(from(1)));
        s.costs("u[1:] J[1:]", dot(s.u.get(from(1)), s.j.get(from(1))), s.backward(firstZero(s.u.get(from(1)))));
        s.costs("J[::-1] v", dot(flip(s.j, 0), s.v), flip(s.forward(s.v), 0));
        s.costs("J[:, ::-1] v", dot(flip(s.j, 1), s.v), s.forward(flip(s.v, 0)));
        s.costs("J[::2] v", dot(s.j.get(range(0, n, 2)), s.v), s.forward(s.v).get(range(0, n, 2)));
        s.costs("J.T[:, 1:] u[1:]", dot(s.j.T().get(all(), from(1)), s.u.get(from(1))), s.backward(firstZero(s.u.get(from(1)))));
        s.sizes.holds();
    }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"24, true", "48, true", "24, false", "48, false"})
    void joined(int n, boolean known) {
        var s = new Setting(n, known);
        var kv = rop(s.z, s.x, s.v);
        s.costs("[J; K] v", dot(concatenate(s.j, s.k), s.v), concatenate(s.forward(s.v), kv));
        s.costs("w [J; K]", dot(s.w, concatenate(s.j, s.k)), s.backward(s.w.get(upTo(s.x.length()))).plus(lop(s.z, s.x, s.w.get(from(s.x.length())))));
        s.costs("[J, K] w", dot(concatenate(List.of(s.j, s.k), 1), s.w),
            s.forward(s.w.get(upTo(s.x.length()))).plus(rop(s.z, s.x, s.w.get(from(s.x.length())))));
        s.costs("stack(J, K) v", dot(stack(s.j, s.k), s.v), stack(s.forward(s.v), kv));
        s.costs("u stack(J, K)", tensordot(s.u, stack(s.j, s.k), new int[] {0}, new int[] {1}), stack(s.backward(s.u), lop(s.z, s.x, s.u)));
        s.costs("sum(stack(J, K), 0) v", dot(sum(stack(s.j, s.k), 0), s.v), s.forward(s.v).plus(kv));
        s.sizes.holds();
    }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"24, true", "48, true", "24, false", "48, false"})
    void rolled(int n, boolean known) {
        var s = new Setting(n, known);
        s.costs("roll(J, 1, 0) v", dot(roll(s.j, 1, 0), s.v), roll(s.forward(s.v), 1, 0));
        s.costs("roll(J, 1, 1) v", dot(roll(s.j, 1, 1), s.v), s.forward(roll(s.v, -1, 0)));
        s.costs("J[[3, 1, -1, 1]] v", dot(s.j.get(new int[] {3, 1, -1, 1}), s.v), s.forward(s.v).get(new int[] {3, 1, -1, 1}));
        s.costs("u roll(J, 2, 0)", dot(s.u, roll(s.j, 2, 0)), s.backward(roll(s.u, -2, 0)));
        s.sizes.holds();
    }

    @ParameterizedTest(name = "{0}, known {1}")
    @CsvSource({"24, true", "48, true", "24, false", "48, false"})
    void chosen(int n, boolean known) {
        var s = new Setting(n, known);
        var positive = gt(sum(s.u), 0);
        var kv = rop(s.z, s.x, s.v);
        s.costs("ifElse(c, J, K) v", dot(ifElse(positive, s.j, s.k), s.v), ifElse(positive, s.forward(s.v), kv));
        s.costs("ifElse(c, J v, K v)", ifElse(positive, dot(s.j, s.v), dot(s.k, s.v)), ifElse(positive, s.forward(s.v), kv));
        s.costs("u ifElse(c, J, 2 J)", dot(s.u, ifElse(positive, s.j, mul(2, s.j))), ifElse(positive, s.backward(s.u), mul(2, s.backward(s.u))));
        s.sizes.holds();
    }

    /// Which only the call can tell from one that is taken.
    @Test void aSideThatDoesNotFitIsNoErrorUntilItIsTaken() {
        Expr x = dvector("x", 3), w = dmatrix("w", 2, 2), m = dmatrix("m", 2, 2), c = tensor("c", DType.BOOL);
        for (var sides : List.of(List.of(m, jacobian(sin(x), x)), List.of(jacobian(sin(x), x), m))) {
            boolean first = sides.getFirst() == m;
            var y = mul(w, ifElse(c, sides.getFirst(), sides.getLast()));
            var f = function(inputs(x, w, m, c), y);
            var reference = function().inputs(inputs(x, w, m, c)).outputs(y).mode(Mode.REFERENCE).compile();
            var two = NDArray.of(new double[][] {{1, 2}, {3, 4}});
            var three = NDArray.of(new double[] {1, 2, 3});
            assertThat(f.call(three, two, two, first)).isEqualTo(reference.call(three, two, two, first));
            for (var one : List.of(f, reference)) assertThatThrownBy(() -> one.call(three, two, two, !first)).isInstanceOf(ShapeError.class);
        }
    }
}
