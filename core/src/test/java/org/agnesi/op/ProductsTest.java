package org.agnesi.op;

import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.matmul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.tensordot;
import static org.agnesi.op.Constant.constant;
import static org.agnesi.op.Counted.counted;
import static org.agnesi.op.Counted.gives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.agnesi.Tensors;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Pull;
import org.junit.jupiter.api.Test;

/// Products by value, where expected values are NumPy's, and by their texts.
class ProductsTest {
    @Test void dotOfHigherRanksSumsLastWithSecondToLast() {
        gives(dot(counted(2, 2, 3), counted(2, 3, 2)),
            new double[] {10, 13, 28, 31, 28, 40, 100, 112, 46, 67, 172, 193, 64, 94, 244, 274}, 2, 2, 2, 2);
    }

    @Test void dotOfAScalarMultiplies() { gives(dot(constant(2.0), counted(3)), new double[] {0, 2, 4}); }

    @Test void dotOfBooleansCounts() {
        gives(dot(constant(new boolean[] {true, true, false}), constant(new boolean[] {true, true, true})), 2L);
    }

    @Test void dotOfFloat32AndALiteralStaysFloat32() {
        assertThat(dot(tensor("x", DType.FLOAT32, -1), constant(2.0)).type().dtype()).isEqualTo(DType.FLOAT32);
    }

    @Test void matmulBroadcastsItsBatch() {
        gives(matmul(counted(2, 1, 2, 3), counted(3, 2)), new double[] {10, 13, 28, 40, 46, 67, 64, 94}, 2, 1, 2, 2);
    }

    @Test void tensordotPairsItsAxes() {
        gives(tensordot(counted(2, 3, 2), counted(3, 2, 2), new int[] {1, 0}, new int[] {0, 2}), new double[][] {{176, 236}, {203, 275}});
    }

    @Test void implicitEinsumOrdersItsLetters() {
        gives(einsum("ki,jk", counted(2, 3), counted(2, 2)), new double[][] {{3, 9}, {4, 14}, {5, 19}});
    }

    @Test void einsumTakesDiagonals() {
        gives(einsum("bij,bjb->ib", counted(2, 2, 2), counted(2, 2, 2)), new double[][] {{2, 55}, {6, 79}});
    }

    @Test void einsumSharesAnEllipsis() {
        gives(einsum("...i,i...->i...", counted(2, 2), counted(2, 2)), new double[][] {{0, 2}, {2, 9}});
    }

    @Test void diagonalComesLast() { gives(Tensors.diagonal(counted(2, 3, 4), 1, 0, 2), new double[][] {{1, 14}, {5, 18}, {9, 22}}); }

    @Test void traceIsOverTheFirstTwoAxes() { gives(Tensors.trace(counted(2, 3, 4)), new double[] {16, 18, 20, 22}); }

    @Test void diagGoesBothWays() {
        gives(Tensors.diag(counted(2), 1), new double[][] {{0, 0, 0}, {0, 0, 1}, {0, 0, 0}});
        gives(Tensors.diag(counted(2, 2)), new double[] {0, 3});
    }

    @Test void printsAsPeopleWrite() {
        var a = dmatrix("A");
        var b = dmatrix("B");
        var v = dvector("v");
        assertThat(dot(a, v)).hasToString("A \\dot v");
        assertThat(dot(a.T(), v)).hasToString("A.T \\dot v");
        assertThat(outer(v, v)).hasToString("outer(v, v)");
        assertThat(einsum("ij,jk->ik", a, b)).hasToString("A \\dot B");
        assertThat(einsum("ij,kj->ki", a, b)).hasToString("(B \\dot A.T)");
        assertThat(einsum("ij,ij->", a, b)).hasToString("einsum(\"ij,ij->\", A, B)");
        assertThat(matmul(tensor("X", DType.FLOAT64, -1, -1, -1), tensor("Y", DType.FLOAT64, -1, -1, -1))).hasToString("matmul(X, Y)");
    }

    @Test void derivativesArePrintedAsTransposedProducts() {
        var a = dmatrix("A");
        var b = dmatrix("B");
        var pulled = Pull.pull(List.of(dot(a, b)), List.of(dmatrix("G")), List.of(a, b));
        assertThat(pulled).hasToString("[(G \\dot B.T), (A.T \\dot G)]");
    }

    @Test void aTransposedEinsumIsTheSameOpAsItsProduct() {
        assertThat(einsum("ij,kj->ik", dmatrix("A"), dmatrix("B")).node().op()).isEqualTo(einsum("ac,bc->ab", dmatrix("A"), dmatrix("B")).node().op());
    }

    @Test void namesTheAxesThatDiffer() {
        assertThatThrownBy(() -> dot(dmatrix("A", 3, 4), dvector("v", 5))).isInstanceOf(ShapeError.class).hasMessage("""
            dot needs axis 1 of A and axis 0 of v to be equal, but got
              A: float64[3,4]
              v: float64[5]
            Transpose or reshape one of them.""");
    }

    @Test void namesTheAxesThatDifferAtTheCall() {
        var a = dmatrix("A");
        var v = dvector("v");
        assertThatThrownBy(() -> Graph.eval(dot(a, v), Map.of(a, NDArray.zeros(DType.FLOAT64, 3, 4), v, NDArray.zeros(DType.FLOAT64, 5))))
            .isInstanceOf(ShapeError.class).hasMessageStartingWith("""
            dot needs axis 1 of A and axis 0 of v to be equal, but got
              A: (3, 4)
              v: (5,)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void matmulTakesNoScalar() {
        assertThatThrownBy(() -> matmul(dscalar("x"), dvector("v"))).isInstanceOf(TypeError.class).hasMessage("""
            matmul needs tensors of at least one dimension, but got x of type float64[] and v of type float64[?]
            Multiply by a scalar with mul.""");
    }

    @Test void tensordotCountsAxesThatBothHave() {
        assertThatThrownBy(() -> tensordot(dmatrix("A"), dvector("v"), 2)).isInstanceOf(TypeError.class).hasMessage("""
            tensordot needs a number of axes from 0 to 1, but got 2 for A of type float64[?,?] and v of type float64[?]
            Each counts axes that both have.""");
    }

    @Test void tensordotNeedsAxesInPairs() {
        assertThatThrownBy(() -> tensordot(dmatrix("A"), dvector("v"), new int[] {0, 1}, new int[] {0})).isInstanceOf(ShapeError.class).hasMessage("""
            tensordot needs as many axes of A as of v, but got 2 and 1
            Each axis of one is summed with one of the other.""");
    }

    @Test void einsumWantsALetterPerAxis() {
        assertThatThrownBy(() -> einsum("ij,j->i", dmatrix("A"), dmatrix("B"))).isInstanceOf(ShapeError.class).hasMessage("""
            einsum("ij,j->i") needs 1 axis for "j", but got B of type float64[?,?]
            Give each axis a letter, or the rest of them "...".""");
    }

    @Test void einsumWantsOneLengthPerLetter() {
        assertThatThrownBy(() -> einsum("ij,j->i", dmatrix("A", 3, 4), dvector("v", 5))).isInstanceOf(ShapeError.class).hasMessage("""
            einsum("ij,j->i") needs axis 1 of A and axis 0 of v to be equal, but got
              A: float64[3,4]
              v: float64[5]
            A letter stands for one length.""");
    }

    @Test void einsumWantsAnOperandPerSubscript() {
        assertThatThrownBy(() -> einsum("ij,j->i", dmatrix("A"))).isInstanceOf(TypeError.class).hasMessage("""
            einsum("ij,j->i") needs as many operands as subscripts, but got 1 for 2
            Write it as in "ij,jk->ik".""");
    }

    @Test void einsumWantsKnownOutputLetters() {
        assertThatThrownBy(() -> einsum("ij->k", dmatrix("A"))).isInstanceOf(TypeError.class).hasMessage("""
            einsum("ij->k") needs an output made of the operands' letters, but got 'k'
            Write it as in "ij,jk->ik".""");
    }

    @Test void diagonalWantsAMatrix() {
        assertThatThrownBy(() -> Tensors.diagonal(dmatrix("A"), 0, 1, -1)).isInstanceOf(TypeError.class).hasMessage("""
            diagonal needs two different axes, but got 1 and -1 for A of type float64[?,?]
            Name the axes whose positions grow together.""");
        assertThatThrownBy(() -> Tensors.diag(dscalar("x"))).isInstanceOf(TypeError.class).hasMessage("""
            diag needs a vector or a matrix, but got x of type float64[]
            Use diagonal(x, offset, axis1, axis2) for other ranks.""");
    }
}
