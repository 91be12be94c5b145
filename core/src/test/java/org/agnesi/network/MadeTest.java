package org.agnesi.network;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.oneHot;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.trace;

import org.agnesi.symbolic.Expr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sums of products that need a sweep for each row: what one term has swept, the others do not sweep again.
class MadeTest {
    private static final int N = 48;

    /// A Jacobian that costs twice another, and both in one row of what is written.
    private static final class Square {
        final FormSizes sizes;
        final Expr x, a, b, gradient, layer, g, j;

        Square(boolean known) {
            sizes = new FormSizes(known);
            x = sizes.vector("x", N);
            a = sizes.matrix("A", N, N);
            b = sizes.matrix("B", N, N);
            gradient = grad(sum(tanh(dot(a, x)).sqr()), x);
            layer = sin(dot(b, x));
            g = jacobian(gradient, x);
            j = jacobian(layer, x);
        }

        Expr gradient(Expr t) { return lop(gradient, x, t); }
        Expr layer(Expr t) { return lop(layer, x, t); }
        Expr row() { return oneHot(constant(0), x.length()); }
        void rows(String name, Expr written, Expr row) { sizes.costs(name, written, N, row, (long) N * N); }
    }

    @ParameterizedTest(name = "known: {0}")
    @ValueSource(booleans = {true, false})
    void termsOfADifference(boolean known) {
        var s = new Square(known);
        var once = s.gradient(s.row());
        s.rows("diag((G - J) (G G).T)", diag(dot(s.g.minus(s.j), dot(s.g, s.g).T())), dot(sub(once, s.layer(s.row())), s.gradient(once)));
        s.rows("trace((G - J) (G G).T)", trace(dot(s.g.minus(s.j), dot(s.g, s.g).T())), dot(sub(once, s.layer(s.row())), s.gradient(once)));
        s.rows("diag((G + J) (J - G).T)", diag(dot(s.g.plus(s.j), s.j.minus(s.g).T())),
            dot(add(once, s.layer(s.row())), sub(s.layer(s.row()), once)));
        s.sizes.holds();
    }
}
