package org.agnesi.op;

import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.moveaxis;
import static org.agnesi.Tensors.stack;
import static org.agnesi.Tensors.tensor;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Movement by value, where expected values are NumPy's, and by its texts.
class MovementTest {
    @Test void tileRepeatsBlocks() {
        gives(Tensors.tile(counted(2, 2), 2, 2), new double[] {0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3}, 4, 4);
        gives(Tensors.tile(counted(2), 2, 1, 2), new double[] {0, 1, 0, 1, 0, 1, 0, 1}, 2, 1, 4);
    }

    @Test void repeatRepeatsElements() { gives(Tensors.repeat(counted(2, 2), 2, 1), new double[] {0, 0, 1, 1, 2, 2, 3, 3}, 2, 4); }

    @Test void rollMovesOn() { gives(Tensors.roll(counted(2, 3), 2, 1), new double[] {1, 2, 0, 4, 5, 3}, 2, 3); }

    @Test void moveaxisKeepsTheOthersInOrder() {
        assertThat(moveaxis(Tensors.zeros(2, 3, 4, 5), new int[] {0, 1}, new int[] {-1, 0}).type()).hasToString("float64[3,4,5,2]");
    }

    @Test void reshapeFindsTheMissingSize() {
        var x = tensor("x", DType.FLOAT64, -1, 6);
        assertThat(x.reshape(-1, 2).type()).hasToString("float64[?,2]");
        assertThat(x.reshape(x.length(0), 2, -1).type()).hasToString("float64[?,2,3]");
        assertThat(x.reshape(2, 3, -1).node().arg(3)).hasToString("x.length(0)");
    }

    @Test void printsAsPeopleWrite() {
        var a = dmatrix("A");
        var s = dscalar("s");
        assertThat(a.reshape(2, a.length(0))).hasToString("reshape(A, (2, A.length(0)))");
        assertThat(a.flatten()).hasToString("reshape(A, ((A.length(0) * A.length(1)),))");
        assertThat(a.shape()).hasToString("[A.length(0), A.length(1)]");
        assertThat(stack(s, s)).hasToString("[s, s]");
        assertThat(concatenate(List.of(a, a), 1)).hasToString("concatenate(A, A, axis=1)");
        assertThat(Tensors.flip(a, 1)).hasToString("A[:, ::-1]");
    }

    @Test void joinsPromote() { assertThat(concatenate(tensor("i", DType.INT32, 2), dvector("v")).type()).hasToString("float64[?]"); }

    private static void fails(Class<?> kind, ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(kind).hasMessage(message);
    }

    @Test void reshapeKeepsTheNumberOfElements() {
        fails(ShapeError.class, () -> dmatrix("A", 2, 3).reshape(4, 2), """
            reshape needs sizes that keep the number of elements, one of them -1 at most, but got [4, 2] for A of type float64[2,3]
            Give sizes whose product is that of x's.""");
        fails(ShapeError.class, () -> dmatrix("A", 2, 3).reshape(4, -1), """
            reshape needs sizes that keep the number of elements, one of them -1 at most, but got [4, -1] for A of type float64[2,3]
            Give sizes whose product is that of x's.""");
        fails(ShapeError.class, () -> dmatrix("A").reshape(-1, -1), """
            reshape needs sizes that keep the number of elements, one of them -1 at most, but got [-1, -1] for A of type float64[?,?]
            Give sizes whose product is that of x's.""");
    }

    @Test void reshapeKeepsTheNumberOfElementsAtTheCall() {
        var x = dvector("x");
        fails(ShapeError.class, () -> Graph.eval(x.reshape(-1, 2), Map.of(x, NDArray.of(new double[3]))), """
            reshape keeps the number of elements, but (3,) has 3 and (1, 2) has 2
            Give a shape whose lengths multiply to 3.""");
    }

    @Test void joinsNeedOneShape() {
        fails(ShapeError.class, () -> concatenate(dmatrix("A", 2, 3), dmatrix("B", 2, 4)), """
            concatenate needs tensors that differ along its axis only, but got
              A of type float64[2,3]
              B of type float64[2,4]
            Reshape or slice them to one shape first.""");
        fails(ShapeError.class, () -> stack(dvector("v"), dscalar("s")), """
            stack needs tensors that differ along its axis only, but got
              v of type float64[?]
              s of type float64[]
            Reshape or slice them to one shape first.""");
        fails(TypeError.class, () -> concatenate(), """
            concatenate needs one tensor at least, but got none
            The dtype of nothing is not known; use zeros.""");
    }

    @Test void namesAxesThatAreNone() {
        var a = dmatrix("A");
        fails(TypeError.class, () -> Tensors.expandDims(a, 3), """
            expandDims needs an axis from -3 to 2, but got 3 for A of type float64[?,?]
            The new axis counts in the result.""");
        fails(TypeError.class, () -> stack(List.of(a), -4), """
            stack needs a new axis from -3 to 2, but got -4 for A of type float64[?,?]
            The new axis counts in the result.""");
        fails(TypeError.class, () -> Tensors.transpose(a, 0), """
            transpose needs each of the 2 axes of A of type float64[?,?], but got [0]
            Name every axis once, in the new order.""");
        fails(TypeError.class, () -> moveaxis(a, new int[] {0, 0}, new int[] {0, 1}), """
            moveaxis needs as many places as axes, all different, but got [0, 0] to [0, 1] for A of type float64[?,?]
            Name each axis once and where it goes.""");
        fails(TypeError.class, () -> a.dimshuffle(0, "y"), """
            dimshuffle needs dimensions as ints and "x" for new ones, but got y for A of type float64[?,?]
            Write it as in dimshuffle(x, 1, "x", 0).""");
        fails(ShapeError.class, () -> Tensors.squeeze(a, 0), """
            squeeze needs dimensions known to be 1, but axis 0 of A of type float64[?,?] is not
            Take x.get(0) along it, or declare its size.""");
        fails(ShapeError.class, () -> Tensors.split(dvector("v", 5), 2, 0), """
            split needs parts of equal length, but got 2 parts of axis 0 of v of type float64[5]
            Slice it with range(from, to) where lengths differ.""");
    }
}
