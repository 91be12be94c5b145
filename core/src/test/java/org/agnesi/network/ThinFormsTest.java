package org.agnesi.network;

import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.ones;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;

import java.util.List;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tall and wide Jacobians, products with matrices of few columns or rows, norms: as many sweeps as there are, and no more.
class ThinFormsTest {
    private static final int FEW = 4;

    private final FormSizes forms = new FormSizes(true);

    private Expr matrix(String name, int rows, int columns) {
        return forms.input(dmatrix(name, rows, columns), dmatrix(name), rows, columns);
    }

    private Expr vector(String name, int size) { return forms.input(dvector(name, size), dvector(name), size); }

    @ParameterizedTest(name = "{0} rows, {1} columns")
    @CsvSource({"32, 16", "20, 40", "64, 32"})
    void asManySweepsAsColumns(int m, int n) {
        var x = vector("x", n);
        var v = vector("v", n);
        var w = vector("w", m);
        var a = matrix("A", m, n);
        var columns = matrix("U", n, FEW);
        var rows = matrix("M", FEW, m);
        long elements = (long) m * n;
        for (var y : List.of(tanh(dot(a, x)), softmax(dot(a, x)), scan(dot(a, x), 0.5, (e, s) -> tanh(add(mul(0.5, s), e))))) {
            var j = jacobian(y, x);
            var forward = rop(y, x, v);
            var backward = lop(y, x, w);
            forms.costs("J v", dot(j, v), 1, forward, elements);
            forms.costs("J.T w", dot(j.T(), w), 1, backward, elements);
            forms.costs("J U", dot(j, columns), FEW, forward, elements);
            forms.costs("einsum jk,ij->ki", einsum("jk,ij->ki", columns, j), FEW, forward, elements);
            forms.costs("M J", dot(rows, j), FEW, backward, elements);
            forms.costs("J.T M.T", dot(j.T(), rows.T()), FEW, backward, elements);
            forms.costs("J.T J U", dot(dot(j.T(), j), columns), FEW, lop(y, x, forward), elements);
            forms.costs("norms of columns", sum(j.sqr(), 0), n, sum(forward.sqr()), elements + 1);
            forms.costs("diag(J.T J)", diag(dot(j.T(), j)), n, sum(forward.sqr()), elements + 1);
            forms.costs("|J|²", sum(mul(j, j)), Math.min(m, n), m < n ? sum(backward.sqr()) : sum(forward.sqr()), elements + 1);
        }
        forms.holds();
    }

    /// More sweeps than one chunk: only a chunk of the Jacobian is there at a time.
    @ParameterizedTest(name = "{0} rows, {1} columns")
    @CsvSource({"70, 80", "80, 160"})
    void normsHoldAChunk(int m, int n) {
        var x = vector("x", n);
        var w = vector("w", m);
        var a = matrix("A", m, n);
        var b = matrix("B", m, m);
        var y = tanh(dot(b, tanh(dot(a, x))));
        var j = jacobian(y, x);
        var backward = lop(y, x, w);
        long most = (long) m * n / 2 + 1;   // of 32 sweeps at a time
        forms.costs("norms of columns", sum(j.sqr(), 0), m, sum(backward.sqr()), most);
        forms.costs("diag(J.T J)", diag(dot(j.T(), j)), m, sum(backward.sqr()), most);
        forms.holds();
    }

    @ParameterizedTest(name = "{0} rows, {1} columns")
    @CsvSource({"40, 20", "20, 40"})
    void whatIsKnownInClosedFormTakesNoSweep(int m, int n) {
        var x = vector("x", n);
        var a = matrix("A", m, n);
        long elements = (long) m * n;
        var linear = jacobian(dot(a, x), x);
        forms.costs("the matrix of a linear map", linear, 0, a, elements + 1);
        forms.costs("its norm", sum(linear.sqr()), 1, sum(a.sqr()), elements);
        forms.costs("its columns' norms", diag(dot(linear.T(), linear)), 1, sum(a.sqr(), 0), elements);
        var slope = rop(tanh(x), x, ones(x.length()));
        forms.costs("A diag(d)", jacobian(dot(a, tanh(x)), x), 1, mul(a, slope), elements + 1);
        forms.costs("its columns' norms", sum(jacobian(dot(a, tanh(x)), x).sqr(), 0), 1, mul(sum(a.sqr(), 0), slope.sqr()), elements);
        forms.holds();
    }
}
