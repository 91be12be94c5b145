package org.agnesi.op;

import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.eyeLike;
import static org.agnesi.Tensors.full;
import static org.agnesi.Tensors.linspace;
import static org.agnesi.Tensors.oneHot;
import static org.agnesi.Tensors.ones;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.tri;
import static org.agnesi.Tensors.triu;
import static org.agnesi.Tensors.zeros;
import static org.agnesi.Tensors.zerosLike;
import static org.agnesi.op.Constant.constant;
import static org.agnesi.op.Counted.counted;
import static org.agnesi.op.Counted.gives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agnesi.Tensors;
import org.agnesi.array.DType;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.junit.jupiter.api.Test;

/// Construction by value, where expected values are NumPy's, and by its texts.
class ConstructionTest {
    @Test void arangeCountsLikeNumPy() {
        gives(arange(3), new long[] {0, 1, 2});
        gives(arange(2, 9, 3), new long[] {2, 5, 8});
        gives(arange(7, -2, -3), new long[] {7, 4, 1});
        gives(arange(3, 1), new long[0]);
        gives(arange(0.5, 2, 0.25), new double[] {0.5, 0.75, 1, 1.25, 1.5, 1.75});
    }

    @Test void sizesAreNotNegative() {
        assertThatThrownBy(() -> zeros(3, -2)).isInstanceOf(ShapeError.class).hasMessage("""
            a dimension from 0 to 2147483647 is needed, but got -2
            It is how many elements there are.""");
    }

    @Test void arangeOfALengthPrintsAndKnowsIt() {
        var v = dvector("v");
        assertThat(arange(v.length())).hasToString("arange(v.length(0))");
        assertThat(arange(v.length()).node().op().outputShapes(arange(v.length()).node().args()).getFirst().getFirst()).isSameAs(v.length());
    }

    @Test void linspaceHasBothEnds() { gives(linspace(1, 2, 5), new double[] {1, 1.25, 1.5, 1.75, 2}); }

    @Test void zerosAndOnesTakeADType() {
        gives(zeros(2), new double[] {0, 0});
        gives(ones(DType.INT32, 2), new int[] {1, 1});
        gives(full(7, 2), new long[] {7, 7});
        assertThat(zeros(counted(2, 3).shape()).type()).hasToString("float64[2,3]");
    }

    @Test void likesKeepTheDType() {
        assertThat(zerosLike(tensor("x", DType.FLOAT32, 3)).type()).hasToString("float32[3]");
        assertThat(eyeLike(tensor("x", DType.INT32, 2, 3)).type()).hasToString("int32[2,3]");
    }

    @Test void eyeLikeNeedsAMatrix() {
        assertThatThrownBy(() -> eyeLike(dvector("v"))).isInstanceOf(TypeError.class).hasMessage("""
            eyeLike needs a matrix, but got v of type float64[?]
            Use eye(rows, columns) with the sizes it should have.""");
    }

    @Test void eyeHasItsDiagonal() { gives(eye(2, 3, 1), new double[][] {{0, 1, 0}, {0, 0, 1}}); }

    @Test void oneHotLeavesRowsOutsideEmpty() { gives(oneHot(constant(new int[] {1, -1, 2}), 2), new double[][] {{0, 1}, {0, 0}, {0, 0}}); }

    @Test void trianglesIncludeTheirDiagonal() {
        gives(tri(3, 4, -1), new double[][] {{0, 0, 0, 0}, {1, 0, 0, 0}, {1, 1, 0, 0}});
        gives(triu(counted(3, 4), 1), new double[][] {{0, 1, 2, 3}, {0, 0, 6, 7}, {0, 0, 0, 11}});
    }

    @Test void printsAsPeopleWrite() {
        assertThat(eye(3)).hasToString("eye(3)");
        assertThat(eye(dmatrix("A").length(0), 3, 1)).hasToString("eye(A.length(0), 3, offset=1)");
        assertThat(zerosLike(dvector("v"))).hasToString("fill(v, 0.0)");
    }

    @Test void arangeNeedsAStep() {
        assertThatThrownBy(() -> arange(0, 3, 0)).isInstanceOf(TypeError.class).hasMessage("""
            arange needs a step, but got 0
            Use full for the same number many times.""");
    }

    @Test void arangeOfAnExpressionNeedsIntegers() {
        assertThatThrownBy(() -> arange(dscalar("n"))).isInstanceOf(TypeError.class).hasMessage("""
            arange needs integers or integer scalars, but got n of type float64[]
            Cast it to int64 where that is meant.""");
        assertThatThrownBy(() -> arange(0, dscalar("n"), 0.5)).isInstanceOf(TypeError.class).hasMessage("""
            arange needs numbers where one of them is floating, but got n
            Use linspace, or scale an arange of integers.""");
    }

    @Test void fullNeedsAScalar() {
        assertThatThrownBy(() -> full(dvector("v"), 2)).isInstanceOf(TypeError.class).hasMessage("""
            full needs a scalar, but got v of type float64[?]
            Use broadcastTo for a tensor.""");
    }

    @Test void oneHotNeedsIntegers() {
        assertThatThrownBy(() -> oneHot(dvector("v"), 2)).isInstanceOf(TypeError.class).hasMessage("""
            oneHot needs integer positions, but got v of type float64[?]
            Cast them to int64.""");
    }

    @Test void trianglesNeedAMatrix() {
        assertThatThrownBy(() -> Tensors.tril(dvector("v"))).isInstanceOf(TypeError.class).hasMessage("""
            tril needs two axes at least, but got v of type float64[?]
            Use tri(rows, columns, offset) for the matrix of zeros and ones.""");
    }
}
