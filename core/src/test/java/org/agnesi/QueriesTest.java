package org.agnesi;

import static org.agnesi.Agnesi.dependsOn;
import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.isLinear;
import static org.agnesi.Agnesi.isQuadratic;
import static org.agnesi.Agnesi.sparsity;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.cast;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;

import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class QueriesTest {
    private final Expr x = dvector("x");
    private final Expr a = dmatrix("A");

    @Test void linearWithAnOffsetIsLinear() { assertThat(isLinear(add(dot(a, x), 1), x)).isTrue(); }
    @Test void aConstantIsLinear() { assertThat(isLinear(sum(a), x)).isTrue(); }
    @Test void aSquareIsQuadraticOnly() { assertThat(isLinear(x.pow(2), x)).isFalse(); assertThat(isQuadratic(x.pow(2), x)).isTrue(); }
    @Test void aQuadraticFormIsQuadratic() { assertThat(isQuadratic(dot(x, dot(a, x)), x)).isTrue(); }
    @Test void aCubeIsNotQuadratic() { assertThat(isQuadratic(sum(x.pow(3)), x)).isFalse(); }
    @Test void piecewiseLinearIsNotLinear() { assertThat(isLinear(where(gt(x, 0), x, 0), x)).isFalse(); }
    @Test void expIsNeither() { assertThat(isQuadratic(exp(x), x)).isFalse(); }

    @Test void lengthsAreNoDependence() { assertThat(dependsOn(x.length(), x)).isFalse(); }
    @Test void sizesAreNoDependence() { assertThat(dependsOn(mul(add(sum(a), x.length()), 1), x)).isFalse(); }
    @Test void indicesAreADependence() { assertThat(dependsOn(a.get(cast(sum(x), DType.INT64)), x)).isTrue(); }
    @Test void anotherVariableIsNoDependence() { assertThat(dependsOn(sin(a), x)).isFalse(); }

    private NDArray pattern(Expr y) { return function(x, sparsity(y, x)).call(new double[] {0, 0, 0}); }

    @Test void elementwiseIsDiagonal() {
        assertThat(pattern(sin(x))).isEqualTo(NDArray.of(new boolean[][] {{true, false, false}, {false, true, false}, {false, false, true}}));
    }

    @Test void neighboursAreBanded() {
        assertThat(pattern(mul(x.get(from(1)), x.get(upTo(-1)))))
            .isEqualTo(NDArray.of(new boolean[][] {{true, true, false}, {false, true, true}}));
    }

    @Test void aDerivativeThatIsZeroAtAPointCounts() {
        assertThat(pattern(x.pow(2))).isEqualTo(NDArray.of(new boolean[][] {{true, false, false}, {false, true, false}, {false, false, true}}));
    }

    @Test void aSumSpreads() {
        assertThat(pattern(sub(x, sum(x)))).isEqualTo(NDArray.of(new boolean[][] {{true, true, true}, {true, true, true}, {true, true, true}}));
    }
}
