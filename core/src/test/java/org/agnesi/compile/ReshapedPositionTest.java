package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Scalar;
import org.junit.jupiter.api.Test;

/// Positions after a reshape are found axis by axis as far as sizes tell.
class ReshapedPositionTest {
    private final Terms terms = new Terms();
    private final Scalar n = size(0), m = size(1);

    private Scalar size(int axis) { return terms.term(new Scalar.Size(0, axis)); }

    private Scalar number(long k) { return terms.term(Scalar.constant(k)); }

    private String of(List<Scalar> from, List<Scalar> to) {
        return new ReshapedPosition(terms, from, to).of(terms.here(from.size())).toString();
    }

    @Test void onlyTheAxesThatChangeAreDivided() {
        assertThat(of(List.of(terms.mul(n, number(2)), m), List.of(n, number(2), m))).isEqualTo("[i0 // 2, i0 % 2, i1]");
        assertThat(of(List.of(n, terms.mul(m, number(5))), List.of(n, m, number(5)))).isEqualTo("[i0, i1 // 5, i1 % 5]");
        assertThat(of(List.of(n, m, number(5)), List.of(n, terms.mul(number(5), m)))).isEqualTo("[i0, i1 * 5 + i2]");
    }

    @Test void whatTakesAllAxesIsFoundByPlace() {
        assertThat(of(List.of(n, m), List.of(m, n)))
            .isEqualTo("[(i0 * x0.shape[1] + i1) // x0.shape[0], (i0 * x0.shape[1] + i1) % x0.shape[0]]");
        assertThat(of(List.of(n), List.of(m, number(3)))).isEqualTo("[i0 // 3, i0 % 3]");
    }

    @Test void axesOfOneElementTakeNone() {
        assertThat(of(List.of(n), List.of(number(1), n, number(1)))).isEqualTo("[0, i0, 0]");
        assertThat(of(List.of(n, number(1)), List.of(n))).isEqualTo("[i0]");
        assertThat(of(List.of(n, number(1), m), List.of(n, m))).isEqualTo("[i0, i2]");
    }

    @Test void repeatedRowsAreCopied() {
        var x = dmatrix("x");
        assertThat(function(x, repeat(x, 5, 0)).kernels()).contains("""
            for i < reshape.shape[0]:
                t0 = i * x.shape[1]
                t1 = i // 5 * x.shape[1]
                for j < x.shape[1]:
                    reshape[t0 + j] = x[t1 + j]
            """.indent(4));
    }

    @Test void valuesAreThoseOfTheDefinition() {
        var z = tensor("z", DType.FLOAT64, -1, -1, -1);
        var turned = z.dimshuffle(1, 0, 2).reshape(z.length(1), z.length(0).times(z.length(2)));
        var f = function(inputs(z), outputs(tile(z, 2, 3, 2), List.of(repeat(z, 3, 1), turned, z.dimshuffle(2, 1, 0).reshape(-1))));
        for (int n : new int[] {0, 1, 7, 9}) for (int m : new int[] {0, 1, 8}) {
            var a = NDArray.generateDoubles(DType.FLOAT64, Shape.of(n, 3, m), k -> k);
            var got = f.callAll(a);
            for (int i = 0; i < 2 * n; i++) for (int j = 0; j < 9; j++) for (int k = 0; k < 2 * m; k++)
                assertThat(got.get(0).doubleAt((i * 9 + j) * 2 * m + k)).isEqualTo(a.doubleAt((i % n * 3 + j % 3) * m + k % m));
            for (int i = 0; i < n; i++) for (int j = 0; j < 9; j++) for (int k = 0; k < m; k++) {
                assertThat(got.get(1).doubleAt((i * 9 + j) * m + k)).isEqualTo(a.doubleAt((i * 3 + j / 3) * m + k));
                assertThat(got.get(2).doubleAt(j % 3 * n * m + i * m + k)).isEqualTo(a.doubleAt((i * 3 + j % 3) * m + k));
                assertThat(got.get(3).doubleAt((k * 3 + j % 3) * n + i)).isEqualTo(a.doubleAt((i * 3 + j % 3) * m + k));
            }
        }
    }
}
