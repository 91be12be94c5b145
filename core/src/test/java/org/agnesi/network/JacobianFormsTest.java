package org.agnesi.network;

import static org.agnesi.Agnesi.function;
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
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.matmul;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensordot;
import static org.agnesi.Tensors.trace;
import static org.agnesi.Tensors.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Ten functions, every way to use their Jacobian, two sizes: the explicit matrix's value, and no array of its size.
class JacobianFormsTest {
    /// A Jacobian, or a variable of its shape, among vectors and matrices that fit it.
    private record Setting(Expr j, Expr u, Expr v, Expr rows, Expr columns) {}

    private record Point(int n, Expr x, Expr a, Expr b, Expr y, Expr j) {}

    private static final Map<String, Function<int[], Point>> FUNCTIONS = new LinkedHashMap<>();
    private static final Map<String, Function<Setting, Expr>> FORMS = new LinkedHashMap<>();

    private static void ofX(String name, Function<List<Expr>, Expr> y) {
        FUNCTIONS.put(name, size -> {
            int n = size[0], m = size[1];
            var x = dvector("x", n);
            var a = dmatrix("A", m, n);
            var b = dmatrix("B", m, m);
            var value = y.apply(List.of(x, a, b));
            return value.type().rank() == 0 ? new Point(n, x, a, b, grad(value, x), hessian(value, x))
                : new Point(n, x, a, b, value, jacobian(value, x));
        });
    }

    static {
        ofX("elementwise", in -> mul(sin(in.get(0)), in.get(0)));
        ofX("linear", in -> dot(in.get(1), in.get(0)));
        ofX("layer", in -> tanh(dot(in.get(1), in.get(0))));
        ofX("two layers", in -> dot(in.get(2), tanh(dot(in.get(1), in.get(0)))));
        ofX("softmax", in -> softmax(in.get(0)));
        ofX("logsumexp", in -> logsumexp(add(in.get(1), in.get(0)), 1));
        ofX("cumsum", in -> cumsum(in.get(0)));
        ofX("banded", in -> mul(in.get(0).get(from(1)), in.get(0).get(upTo(-1))));
        ofX("recurrent", in -> scan(in.get(0), 0.5, (e, s) -> tanh(add(mul(0.5, s), e))));
        ofX("loss", in -> sum(tanh(dot(in.get(2), tanh(dot(in.get(1), in.get(0))))).pow(2)));

        FORMS.put("dot(J, v)", s -> dot(s.j, s.v));
        FORMS.put("dot(u, J)", s -> dot(s.u, s.j));
        FORMS.put("dot(J.T, u)", s -> dot(s.j.T(), s.u));
        FORMS.put("dot(v, J.T)", s -> dot(s.v, s.j.T()));
        FORMS.put("matmul(J, v)", s -> matmul(s.j, s.v));
        FORMS.put("tensordot", s -> tensordot(s.j, s.v, new int[] {1}, new int[] {0}));
        FORMS.put("einsum u J v", s -> einsum("i,ij,j->", s.u, s.j, s.v));
        FORMS.put("einsum columns", s -> einsum("ij,j->i", s.j, s.v));
        FORMS.put("sum(J * v, 1)", s -> sum(mul(s.j, s.v), 1));
        FORMS.put("sum(J * u, 0)", s -> sum(mul(s.j, s.u.dimshuffle(0, "x")), 0));
        FORMS.put("sum(outer(u, v) * J)", s -> sum(mul(outer(s.u, s.v), s.j)));
        FORMS.put("J.T J v", s -> dot(s.j.T(), dot(s.j, s.v)));
        FORMS.put("(J.T J) v", s -> dot(dot(s.j.T(), s.j), s.v));
        FORMS.put("J.T W J v", s -> dot(dot(dot(s.j.T(), s.rows), s.j), s.v));
        FORMS.put("Fisher", s -> dot(dot(s.j, s.j.T()), s.u));
        FORMS.put("(J M) v", s -> dot(dot(s.j, s.columns), s.v));
        FORMS.put("(W J + J) v", s -> dot(add(dot(s.rows, s.j), s.j), s.v));
        FORMS.put("(3 J) v / 2", s -> dot(mul(3, s.j), s.v).div(2));
        FORMS.put("diag(u) J v", s -> dot(dot(diag(s.u), s.j), s.v));
        FORMS.put("(J.T J + 0.1 I) v", s -> dot(add(dot(s.j.T(), s.j), mul(0.1, eye(s.v.length()))), s.v));
        FORMS.put("J[0]", s -> s.j.get(0));
        FORMS.put("J[:, -1]", s -> s.j.get(all(), -1));
        FORMS.put("J[2, 3]", s -> s.j.get(2, 3));
        FORMS.put("J[1:] v", s -> dot(s.j.get(from(1)), s.v));
        FORMS.put("J[:, ::2] v[::2]", s -> dot(s.j.get(all(), range(0, 30, 2)), s.v.get(range(0, 30, 2))));
        FORMS.put("J[0:2]", s -> s.j.get(upTo(2)));
        FORMS.put("sum(J)", s -> sum(s.j));
        FORMS.put("sum(J, 0)", s -> sum(s.j, 0));
        FORMS.put("mean(J, 1)", s -> s.j.mean(1));
        FORMS.put("flat", s -> dot(s.j.reshape(-1), outer(s.u, s.v).reshape(-1)));
        FORMS.put("diag(J)", s -> diag(s.j));
        FORMS.put("trace(J)", s -> trace(s.j));
        FORMS.put("|J|²", s -> sum(s.j.sqr()));
        FORMS.put("row norms", s -> sum(s.j.sqr(), 1));
        FORMS.put("trace(J.T J)", s -> trace(dot(s.j.T(), s.j)));
        FORMS.put("diag(J.T J)", s -> diag(dot(s.j.T(), s.j)));
    }

    static Stream<Arguments> cases() {
        return FUNCTIONS.keySet().stream().flatMap(f -> Stream.of(new int[] {48, 40}, new int[] {96, 80}).map(size -> arguments(f, size)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void theMatrixIsNeverBuilt(String name, int[] size) {
        var p = FUNCTIONS.get(name).apply(size);
        int m = p.y.type().dim(0);
        var u = dvector("u", m);
        var v = dvector("v", p.n);
        var rows = dmatrix("W", m, m);
        var columns = dmatrix("M", p.n, p.n);
        var random = new Random(name.hashCode());
        var at = new IdentityHashMap<Expr, NDArray>();
        var inputs = List.of(p.x, p.a, p.b, u, v, rows, columns);
        for (var input : inputs) at.put(input, random(input, random));
        var matrix = dmatrix("J", m, p.n);
        at.put(matrix, Graph.eval(p.j, at));
        long sweep = Math.max(largest(inputs, rop(p.y, p.x, lop(p.y, p.x, u))), largest(inputs, lop(p.y, p.x, rop(p.y, p.x, v))));
        var wrong = new ArrayList<String>();
        FORMS.forEach((form, make) -> {
            var expected = Graph.eval(make.apply(new Setting(matrix, u, v, rows, columns)), at);
            var f = function(inputs, make.apply(new Setting(p.j, u, v, rows, columns)));
            var got = f.call(inputs.stream().map(at::get).toList());
            if (!got.allClose(expected, 1e-9, 1e-9)) wrong.add(form + " differs");
            long largest = Largest.of(inputs, f);
            if (largest >= Math.max((long) m * p.n, sweep + 1)) wrong.add(form + " has an array of " + largest + " elements\n" + f.pp());
        });
        assertThat(wrong).isEmpty();
    }

    private static long largest(List<Expr> inputs, Expr e) { return Largest.of(inputs, function(inputs, e)); }

    private static NDArray random(Expr e, Random random) {
        var dims = e.type().dims().stream().mapToInt(d -> d).toArray();
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), i -> random.nextGaussian() / Math.sqrt(dims[dims.length - 1]));
    }
}
