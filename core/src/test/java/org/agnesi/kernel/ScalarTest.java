package org.agnesi.kernel;

import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.constant;
import static org.agnesi.kernel.Scalar.exp;
import static org.agnesi.kernel.Scalar.index;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Scalar.Const;
import org.junit.jupiter.api.Test;

class ScalarTest {
    private static final Operand A = new Operand(0, DType.FLOAT64, List.of(-1, 3));
    private static final Operand B = new Operand(1, DType.FLOAT64, List.of(-1, 3));

    @Test void readsAsAlgebra() {
        var x = mul(add(A.here(), B.here()), neg(exp(sub(A.here(), like(A.here(), 2)))));
        assertThat(x).hasToString("(x0 + x1) * -exp(x0 - 2.0)");
    }

    @Test void keepsParenthesesThatMatter() {
        var a = A.here();
        assertThat(sub(a, sub(a, a))).hasToString("x0 - (x0 - x0)");
        assertThat(sub(sub(a, a), a)).hasToString("x0 - x0 - x0");
        assertThat(Scalar.pow(neg(a), a)).hasToString("(-x0) ** x0");
    }

    @Test void readsAnElementAtAComputedPosition() {
        var i = index(0);
        assertThat(A.at(sub(sub(A.size(0), constant(1L)), i), index(1))).hasToString("x0[x0.shape[0] - 1 - i0, i1]");
    }

    @Test void knowsItsDtype() {
        assertThat(lt(A.here(), B.here()).dtype()).isEqualTo(DType.BOOL);
        assertThat(select(lt(A.here(), B.here()), A.here(), B.here()).dtype()).isEqualTo(DType.FLOAT64);
        assertThat(A.size(0).dtype()).isEqualTo(DType.INT64);
    }

    @Test void aKnownDimensionIsAConstant() { assertThat(A.size(-1)).isEqualTo(Const.of(3L)); }

    @Test void linearAndUnravelAreWrittenOut() {
        assertThat(A.linear(Scalar.here(2))).hasToString("i0 * 3 + i1");
        assertThat(A.unravel(index(0))).hasToString("[i0 // 3, i0 % 3]");
    }

    @Test void refusesTwoTypes() {
        assertThatThrownBy(() -> add(A.here(), index(0))).isInstanceOf(TypeError.class).hasMessage("""
            ADD needs two scalars of one type, but got x0 of type float64 and i0 of type int64
            Cast one of them first.""");
    }

    @Test void refusesTheExponentialOfAnInteger() {
        assertThatThrownBy(() -> exp(index(0))).isInstanceOf(TypeError.class).hasMessage("""
            EXP needs a float, but got int64
            Cast its argument first.""");
    }

    @Test void printsADeepChainShortly() {
        Scalar x = A.here();
        for (int k = 0; k < 100_000; k++) x = exp(x);
        assertThat(x.toString()).startsWith("exp(exp(").contains("…").hasSizeLessThan(500);
    }

    @Test void visitsSharedScalarsOnce() {
        Scalar x = A.here();
        for (int k = 0; k < 64; k++) x = add(x, x);
        assertThat(Scalars.inOrder(List.of(x))).hasSize(65);
        assertThat(Scalars.inOrder(List.of(Scalars.map(x, y -> y instanceof Scalar.Input ? B.here() : y)))).hasSize(65);
    }

    @Test void foldsConstantsInTheirOwnArithmetic() {
        var x = new Scalar.Input(0, DType.FLOAT32);
        assertThat(ScalarEvaluator.fold(add(x, like(x, 0.1)), List.of(Const.of(DType.FLOAT32, 0.2))).toDouble())
            .isEqualTo((double) (0.2f + 0.1f));
        var n = new Scalar.Input(0, DType.INT8);
        assertThat(ScalarEvaluator.fold(add(n, like(n, 100)), List.of(Const.bits(DType.INT8, 100))).bits()).isEqualTo(-56);
    }
}
