package org.agnesi.op;

import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.ellipsis;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.newAxis;
import static org.agnesi.Tensors.norm;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.op.Constant.constant;
import static org.agnesi.op.Counted.counted;
import static org.agnesi.op.Counted.gives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.agnesi.Agnesi;
import org.agnesi.Tensors;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.IndexError;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Pull;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Indexing by value, where expected values are NumPy's, and by its texts.
class IndexingTest {
    private final Expr v = counted(6);
    private final Expr m = counted(3, 4);
    private final Expr x = counted(2, 3, 4);
    private final Expr i = constant(new long[] {1, 0});
    private final Expr j = constant(new long[] {0, -1});

    @Test void takesTheLargestSteps() {
        var x = dvector("x");
        for (int step : new int[] {Integer.MIN_VALUE, -Integer.MAX_VALUE})
            assertThat(Agnesi.function(x, x.get(all().by(step))).call(new double[] {1, 2, 3})).isEqualTo(NDArray.of(new double[] {3}));
        assertThat(constant(new double[] {1, 2, 3}).get(all().by(Integer.MIN_VALUE)).type()).hasToString("float64[1]");
    }

    @Test void spansAreClippedAsInPython() {
        gives(v.get(range(1, 3)), new double[] {1, 2});
        gives(v.get(range(-3, -1)), new double[] {3, 4});
        gives(v.get(range(-9, 2)), new double[] {0, 1});
        gives(v.get(range(4, 2)), new double[0]);
        gives(v.get(from(4)), new double[] {4, 5});
        gives(v.get(upTo(-4)), new double[] {0, 1});
    }

    @Test void negativeStepsGoBackwards() {
        gives(v.get(all().by(-1)), new double[] {5, 4, 3, 2, 1, 0});
        gives(v.get(all().by(Integer.MIN_VALUE)), new double[] {5});
        gives(v.get(all().by(Integer.MAX_VALUE)), new double[] {0});
        gives(v.get(range(4, 0, -2)), new double[] {4, 2});
        gives(v.get(range(9, -9, -3)), new double[] {5, 2});
        gives(v.get(upTo(-10).by(-1)), new double[] {5, 4, 3, 2, 1, 0});
    }

    @Test void boundsMayBeExpressions() {
        gives(v.get(range(i.get(0), v.length().minus(2))), new double[] {1, 2, 3});
        gives(v.get(range(v.length(), i.get(0), -2)), new double[] {5, 3});
    }

    @Test void positionsDropTheirAxis() {
        gives(m.get(1), new double[] {4, 5, 6, 7});
        gives(m.get(-1, -1), 11.0);
        gives(m.get(all(), 0), new double[] {0, 4, 8});
        gives(m.get(i.get(0), j.get(1)), 7.0);
    }

    @Test void anEllipsisIsTheRest() {
        gives(x.get(ellipsis(), 1), new double[] {1, 5, 9, 13, 17, 21}, 2, 3);
        gives(x.get(0, ellipsis(), upTo(1), newAxis()), new double[] {0, 4, 8}, 3, 1, 1);
    }

    @Test void positionTensorsSideBySideStayInPlace() {
        gives(x.get(all(), i, j), new double[] {4, 3, 16, 15}, 2, 2);
        gives(x.get(all(), 0, i), new double[] {1, 0, 13, 12}, 2, 2);
        gives(m.get(i.get(all(), newAxis()), j), new double[] {4, 7, 0, 3}, 2, 2);
    }

    @Test void positionTensorsApartComeFirst() {
        gives(x.get(i, all(), j), new double[] {12, 16, 20, 3, 7, 11}, 2, 3);
        gives(x.get(0, all(), i), new double[] {1, 5, 9, 0, 4, 8}, 2, 3);
        gives(x.get(i, newAxis(), j), new double[] {12, 13, 14, 15, 8, 9, 10, 11}, 2, 1, 4);
        gives(x.get(all(), i, newAxis(), 0), new double[] {4, 16, 0, 12}, 2, 2, 1);
    }

    @Test void masksPickWhereTheyAreTrue() {
        gives(m.get(m.gt(6)), new double[] {7, 8, 9, 10, 11});
        gives(x.get(all(), m.get(all(), 0).gt(0)).get(all(), all(), 1), new double[] {5, 9, 17, 21}, 2, 2);
        gives(x.get(x.get(all(), all(), 0).gt(13)), new double[] {16, 17, 18, 19, 20, 21, 22, 23}, 2, 4);
        gives(x.get(1, all(), x.get(0, 0).gt(1)), new double[] {14, 18, 22, 15, 19, 23}, 2, 3);
        gives(m.get(new boolean[] {true, false, true}, 1), new double[] {1, 9});
    }

    @Test void addingAccumulatesWherePositionsRepeat() {
        gives(Tensors.zeros(4).at(new int[] {1, 0, 1, -3}).add(constant(new double[] {1, 2, 3, 4})), new double[] {2, 8, 0, 0});
    }

    @Test void settingKeepsTheLastWherePositionsRepeat() {
        gives(Tensors.zeros(4).at(new int[] {1, 0, 1, -3}).set(constant(new double[] {1, 2, 3, 4})), new double[] {2, 4, 0, 0});
    }

    @Test void onlyTheLastOfRepeatedValuesHasADerivative() {
        var values = dvector("values", 4);
        var y = Tensors.zeros(4).at(new int[] {1, 0, 1, -3}).set(values);
        var g = Pull.pull(List.of(y), List.of(constant(new double[] {10, 20, 30, 40})), List.of(values)).getFirst();
        assertThat(Graph.eval(g, Map.of(values, NDArray.of(new double[] {1, 2, 3, 4}))).toDoubleArray()).containsExactly(0, 10, 0, 20);
    }

    @Test void writesGoThroughSpansAndPositionsTogether() {
        gives(m.at(from(1), new int[] {0, 2}).set(constant(new double[] {100, 200})), new double[] {0, 1, 2, 3, 100, 5, 200, 7, 100, 9, 200, 11}, 3, 4);
        gives(m.at(all(), all().by(-2)).add(100), new double[] {0, 101, 2, 103, 4, 105, 6, 107, 8, 109, 10, 111}, 3, 4);
        gives(m.at(m.gt(6)).set(0), new double[] {0, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0}, 3, 4);
    }

    @Test void knowsTheShapeWhereItCan() {
        var a = dmatrix("A", 5, -1);
        assertThat(a.get(from(1)).type()).hasToString("float64[4,?]");
        assertThat(a.get(range(0, 9, 2), newAxis()).type()).hasToString("float64[3,1,?]");
        assertThat(a.get(new int[] {0, 1, 0}).type()).hasToString("float64[3,?]");
        assertThat(a.get(dvector("v", 5).gt(0)).type()).hasToString("float64[?,?]");
    }

    @Test void printsAsPeopleWrite() {
        var a = dmatrix("A");
        var n = tensor("n", DType.INT64);
        assertThat(a.get(range(1, 3))).hasToString("A[1:3]");
        assertThat(a.get(n)).hasToString("A[n]");
        assertThat(a.get(all().by(-1), 0)).hasToString("A[::-1, 0]");
        assertThat(a.get(all(), from(n))).hasToString("A[:, n:]");
        assertThat(a.get(upTo(-1), range(n, n, 2))).hasToString("A[:-1, n:n:2]");
        assertThat(a.get(all(), tensor("i", DType.INT64, -1))).hasToString("A[:, i]");
        assertThat(a.at(0, n).set(1)).hasToString("A.at[0, n].set(1.0)");
        assertThat(a.at(tensor("i", DType.INT64, -1)).add(a)).hasToString("A.at[i].add(A)");
    }

    @Test void derivativesArePrintedAsWrites() {
        var y = dvector("y");
        assertThat(Pull.pull(List.of(y.get(2)), List.of(dscalar("g")), List.of(y)).getFirst()).hasToString("fill(y, 0.0).at[2].add(g)");
    }

    private static void fails(Class<? extends AgnesiException> kind, ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(kind).hasMessage(message);
    }

    @Test void aPositionOutsideIsToldBesideASumOfOneElement() {
        var x = dvector("x");
        var y = dvector("y", 1);
        var f = Agnesi.function(List.of(x, y), List.of(x.get(2).times(3), norm(y)));
        assertThatThrownBy(() -> f.callAll(new double[] {1, 2}, new double[] {1})).isInstanceOf(IndexError.class)
            .hasMessageStartingWith("a position from -2 to 1 is needed along axis 0 of x, but got 2");
    }

    @Test void namesTheTensorOfAPositionOutside() {
        fails(IndexError.class, () -> dvector("x", 3).get(3), """
            a position from -3 to 2 is needed along axis 0 of x, but got 3
              x: float64[3]
            Positions count from 0; negative ones count from the end.""");
        fails(IndexError.class, () -> dmatrix("A", 3, 4).get(all(), new int[] {0, -5}), """
            a position from -4 to 3 is needed along axis 1 of A, but got -5
              A: float64[3,4]
            Positions count from 0; negative ones count from the end.""");
        fails(IndexError.class, () -> dvector("x", 0).get(0), """
            a position along axis 0 of x is impossible, but got 0
              x: float64[0]
            The axis is empty: it has no elements.""");
    }

    @Test void namesTheTensorOfAPositionOutsideAtTheCall() {
        var y = dvector("y");
        var n = tensor("n", DType.INT64);
        assertThatThrownBy(() -> Graph.eval(y.get(n), Map.of(y, NDArray.of(new double[] {1, 2}), n, NDArray.of(2L))))
            .isInstanceOf(IndexError.class).hasMessageStartingWith("""
            a position from -2 to 1 is needed along axis 0 of y, but got 2
              y: (2,)
            Positions count from 0; negative ones count from the end.""");
    }

    @Test void aMaskNeedsTheShapeOfWhatItMasks() {
        fails(ShapeError.class, () -> dmatrix("A", 3, 4).get(dvector("v", 4).gt(0)), """
            a mask of A needs its shape, but got gt(v, 0) of type bool[4] for axis 0 of type float64[3,4]
            Give one truth value per element.""");
        var a = dvector("a");
        var mask = tensor("mask", DType.BOOL, -1);
        assertThatThrownBy(() -> Graph.eval(a.get(mask), Map.of(a, NDArray.of(new double[3]), mask, NDArray.of(new boolean[2]))))
            .isInstanceOf(ShapeError.class).hasMessageStartingWith("""
            nonzero needs axis 0 of mask and axis 0 of a to be equal, but got
              mask: (2,)
              a: (3,)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void refusesWhatIsNoIndex() {
        fails(TypeError.class, () -> dvector("x").get(1.5), """
            an index of x needs integers, spans, or tensors of integers or booleans, but got 1.5
            Write all(), range(1, 3), from(1), upTo(-1), newAxis(), ellipsis(), or cast to int64.""");
        fails(TypeError.class, () -> dvector("x").get(dvector("y")), """
            an index of x needs integers, spans, or tensors of integers or booleans, but got y of type float64[?]
            Write all(), range(1, 3), from(1), upTo(-1), newAxis(), ellipsis(), or cast to int64.""");
        fails(TypeError.class, () -> dvector("x").get(0, all()), """
            an index of x of type float64[?] needs at most one item per dimension, 1 in all, but got 2
            newAxis() makes new dimensions.""");
        fails(TypeError.class, () -> dmatrix("A").get(ellipsis(), ellipsis()), """
            an index of A needs one ellipsis() at most, but got more
            Write all() for each other whole dimension.""");
        fails(TypeError.class, () -> dvector("x").get(all().by(0)), """
            a span of x needs a step, but got 0
            Negative steps go backwards.""");
        fails(TypeError.class, () -> dvector("x").get(range(0, 1.5)), """
            a span needs integers or integer scalars, but got 1.5
            Pass an int, or an expression such as x.length(0).""");
    }

    @Test void writesNeedValuesThatFit() {
        fails(ShapeError.class, () -> dmatrix("A", 3, 4).at(0).set(dvector("v", 3)), """
            set needs values that broadcast to A[0] of type float64[4], but got v of type float64[3]
            Reshape them to that shape.""");
        fails(TypeError.class, () -> arange(3).at(0).add(0.5), """
            add keeps the dtype of arange(3), which is int64, but got values 0.5 of type float64[]
            Cast one of them first.""");
    }

    @Test void writesNeedValuesThatFitAtTheCall() {
        var a = dvector("a");
        var b = dvector("b");
        assertThatThrownBy(() -> Graph.eval(a.at(from(1)).set(b), Map.of(a, NDArray.of(new double[3]), b, NDArray.of(new double[3]))))
            .isInstanceOf(ShapeError.class).hasMessage("""
            the slice [1:] of shape (3,) has shape (2,), but the values have (3,)
            Give values of the slice's shape.""");
    }

    @Test void asManyValuesAsPositionsAreWritten() {
        var a = dvector("a");
        var b = dvector("b");
        assertThatThrownBy(() -> Graph.eval(a.at(a.gt(0)).set(b), Map.of(a, NDArray.of(new double[] {1, 0, 1}), b, NDArray.of(new double[3]))))
            .isInstanceOf(ShapeError.class).hasMessage("""
            scatter needs values of shape (2,), that of what is indexed, but got shape (3,)
            Reshape or broadcast them to the indexed shape.""");
    }

    @Test void aScalarIsReplacedAsAWhole() {
        var s = dscalar("s");
        assertThat(Graph.eval(s.at(ellipsis()).set(7), Map.of(s, NDArray.of(1.0)))).isEqualTo(NDArray.of(7.0));
        assertThat(Graph.eval(s.at().add(7), Map.of(s, NDArray.of(1.0)))).isEqualTo(NDArray.of(8.0));
    }
}
