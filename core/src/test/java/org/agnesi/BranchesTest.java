package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.call;
import static org.agnesi.Tensors.check;
import static org.agnesi.Tensors.customGradient;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.fvector;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.inverse;
import static org.agnesi.Tensors.print;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.agnesi.array.DType;
import org.agnesi.error.CheckError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Branches, calls, checks and prints as users write them.
class BranchesTest {
    private final Expr x = dscalar("x");

    @Test void theSideNotTakenDoesNotRun() {
        var A = tensor("A", DType.FLOAT64, -1, -1);
        var c = tensor("c", DType.BOOL);
        var y = ifElse(c, inverse(A), A);
        var singular = new double[][] {{1, 2}, {2, 4}};
        for (var mode : List.of(Mode.DEFAULT, Mode.REFERENCE))
            assertThat(function().inputs(c, A).outputs(y).mode(mode).compile().call(false, singular).toString()).isEqualTo("[[1. 2.]\n [2. 4.]]");
    }

    @Test void aSizeThatDependsOnASumIsChecked() {
        var v = fvector("v");
        var e = exp(v);
        var y = ifElse(sum(e).gt(0.1), e.neg(), e);
        var f = function(inputs(v), List.of(y, grad(sum(y.times(y)), v)));
        assertThat(f.callAll(new float[] {0, 1}).get(1)).hasToString("[ 2.       14.778111]");
    }

    @Test void twoSidesMayHaveTwoShapes() {
        var c = tensor("c", DType.BOOL);
        var f = function(inputs(c, x), ifElse(c, dvectorOf(x, 2), dvectorOf(x, 3)));
        assertThat(f.call(true, 1.0)).hasToString("[1. 1.]");
        assertThat(f.call(false, 1.0)).hasToString("[1. 1. 1.]");
    }

    private static Expr dvectorOf(Expr x, int n) { return org.agnesi.Tensors.broadcastTo(x, n); }

    @Test void differentiatesTheSideTaken() {
        var f = function(x, grad(ifElse(x.gt(0), x.pow(2), exp(x)), x));
        assertThat(f.call(3.0).toDouble()).isEqualTo(6);
        assertThat(f.call(0.0).toDouble()).isEqualTo(1);
    }

    @Test void literalsGiveWay() { assertThat(ifElse(x.gt(0), tensor("f", DType.FLOAT32), org.agnesi.Tensors.constant(1.5)).type()).hasToString("float32[]"); }

    @Test void aCallIsInlined() {
        var v = dvector("v");
        var y = call("square", List.of(v), in -> List.of(in.getFirst().pow(2))).getFirst();
        assertThat(y).hasToString("square(v)");
        assertThat(function(v, grad(sum(y), v)).call(new double[] {1, 2})).hasToString("[2. 4.]");
    }

    @Test void aCallMayBringItsOwnGradient() {
        var straight = customGradient("round", List.of(x), in -> List.of(org.agnesi.Tensors.floor(in.getFirst())), (in, g) -> g).getFirst();
        assertThat(function(x, grad(straight.pow(2), x)).call(2.5).toDouble()).isEqualTo(4);
        assertThat(function(x, rop(straight.pow(2), x, x)).call(2.5).toDouble()).isEqualTo(10);
    }

    @Test void aCheckThatFailsSaysWhereAndWhich() {
        var v = dvector("v");
        var f = function(v, check(v.log(), "v is positive", v.gt(0)));
        assertThat(f.call(new double[] {1})).hasToString("[0.]");
        assertThatThrownBy(() -> f.call(new double[] {1, -1})).isInstanceOf(CheckError.class).hasMessageContaining("""
            a check failed: v is positive
            Condition 1 of it is false at element [1].""");
    }

    @Test void aPrintLogsTheValue() {
        var lines = new ArrayList<String>();
        var logger = Logger.getLogger("agnesi.print");
        var handler = new Handler() {
            @Override public void publish(LogRecord line) { lines.add(line.getMessage()); }
            @Override public void flush() { }
            @Override public void close() { }
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            function(x, print(x.times(2), "twice x").plus(1)).call(3.0);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(lines).containsExactly("twice x = 6.0");
    }
}
