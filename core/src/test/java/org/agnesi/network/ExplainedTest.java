package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import org.agnesi.Mode;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What is said of Jacobians: which rule fired, and why one did not.
class ExplainedTest {
    private static final String PRODUCT = "jacobian-product";

    private final Expr x = dvector("x");
    private final Expr v = dvector("v");
    private final Expr elementwise = jacobian(exp(x), x);
    private final Expr full = jacobian(softmax(x), x);
    private final Expr sums = jacobian(sin(cumsum(x)), x);

    @Test void aProductIsASweep() {
        assertThat(function(inputs(x, v), dot(elementwise, v)).explain()).isEqualTo("""
            jacobian-product
                jacobian(exp(x), x) \\dot v → rop(exp(x), x, v)
            inline
                rop(exp(x), x, v) → v * exp(x)""");
    }

    @Test void theRuleThatFired() {
        assertThat(function(inputs(x, v), dot(full, v)).explain(PRODUCT)).isEqualTo("""
            jacobian-product fired: jacobian-product
                jacobian(softmax(x, axis=0), x) \\dot v → rop(softmax(x, axis=0), x, v)""");
    }

    @Test void aJacobianWhoseEntriesAreWanted() {
        assertThat(function(x, exp(full)).explain(PRODUCT)).isEqualTo("""
            jacobian-product did not fire: the value of jacobian(softmax(x, axis=0), x) is needed, and no product makes it less""");
    }

    @Test void aDiagonalMeetsNoVector() {
        assertThat(function(x, diag(sums)).explain(PRODUCT)).isEqualTo("""
            jacobian-product did not fire: diagonal(jacobian(sin(cumsum(x, axis=0)), x)) meets no vector, so jacobian-in-chunks fired""");
    }

    @Test void oneProductAndOneValue() {
        assertThat(function(inputs(x, v), dot(full, v).plus(exp(sums).sum(0))).explain(PRODUCT)).isEqualTo("""
            jacobian-product fired: jacobian-product
                jacobian(softmax(x, axis=0), x) \\dot v → rop(softmax(x, axis=0), x, v)
            but not everywhere: the value of jacobian(sin(cumsum(x, axis=0)), x) is needed, and no product makes it less""");
    }

    @Test void aReshapedOneAsksForTheSizes() {
        var reshaped = dot(full.reshape(v.length(), v.length()), v);
        assertThat(function(inputs(x, v), reshaped).explain(PRODUCT))
            .startsWith("jacobian-product fired: jacobian-product\n    reshape(jacobian(softmax(x, axis=0), x), (v.length(0), v.length(0))) \\dot v → "
                + "ifElse(and(eq(x.length(0), v.length(0)), eq(x.length(0), v.length(0))), rop(softmax(x, axis=0), x, v), ")
            .endsWith("""
                but not everywhere: the value of jacobian(softmax(x, axis=0), x) is needed, and no product makes it less""");
    }

    @Test void aDiagonalMatrixIsNotMultiplied() {
        assertThat(function(inputs(x, v), dot(diag(v), outer(x, x))).explain("product-with-diagonal")).isEqualTo("""
            product-with-diagonal fired: product-with-diagonal
                diag(v) \\dot outer(x, x) → dimshuffle(v, 0, "x") * outer(x, x)""");
    }

    @Test void aModeWithoutTheRule() {
        var f = function().inputs(x, v).outputs(dot(full, v)).mode(Mode.STRICT).compile();
        assertThat(f.explain(PRODUCT)).isEqualTo("""
            jacobian-product did not fire: it is of class REAL, which this mode leaves out""");
    }
}
