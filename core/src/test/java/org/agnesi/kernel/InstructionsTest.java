package org.agnesi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
import org.junit.jupiter.api.Test;

class InstructionsTest {
    /// `y[i] = value`, where locals count from a number and buffers have a letter.
    private static Program program(DType dtype, int first, String letter, double factor, long checked, int site) {
        var i = new Local(first, DType.INT64);
        var t = new Local(first + 1, dtype);
        var body = Stmt.seq(new Check(i, Scalar.constant(checked), 0, site), new Let(t, Scalar.mul(new Load(0, dtype, i), Scalar.constant(dtype, factor))),
            new Store(1, i, Scalar.add(t, t)));
        return new Program(List.of(Storage.input(letter, dtype, 1), Storage.output(letter + letter, dtype, 1)), new For(i, new Size(0, 0), body));
    }

    private static Instructions of(Program program) { return Instructions.of(program); }

    @Test void namesAndNumbersAreNone() {
        var one = program(DType.FLOAT64, 0, "x", 2, 5, 0);
        var other = program(DType.FLOAT64, 7, "y", 2, 5, 0);
        assertThat(one).isNotEqualTo(other);
        assertThat(of(one)).isEqualTo(of(other)).hasSameHashCodeAs(of(other));
    }

    @Test void allElseIs() {
        var one = of(program(DType.FLOAT64, 0, "x", 2, 5, 0));
        assertThat(one).isNotEqualTo(of(program(DType.FLOAT32, 0, "x", 2, 5, 0))).isNotEqualTo(of(program(DType.FLOAT64, 0, "x", 3, 5, 0)))
            .isNotEqualTo(of(program(DType.FLOAT64, 0, "x", 2, 6, 0))).isNotEqualTo(of(program(DType.FLOAT64, 0, "x", 2, 5, 1)));
        assertThat(of(program(DType.FLOAT64, 0, "x", 0.0, 5, 0))).isNotEqualTo(of(program(DType.FLOAT64, 0, "x", -0.0, 5, 0)));
    }

    @Test void localsAreToldApart() {
        var a = new Local(0, DType.FLOAT64);
        var b = new Local(1, DType.FLOAT64);
        var buffers = List.of(Storage.output("y", DType.FLOAT64, 0));
        var lets = Stmt.seq(new Let(a, Scalar.constant(1.0)), new Let(b, Scalar.constant(2.0)));
        var first = new Program(buffers, Stmt.seq(lets, new Store(0, Scalar.constant(0L), Scalar.sub(a, b))));
        var second = new Program(buffers, Stmt.seq(lets, new Store(0, Scalar.constant(0L), Scalar.sub(b, a))));
        assertThat(of(first)).isNotEqualTo(of(second));
    }

    @Test void scratchHasItsLength() {
        var nothing = Stmt.NOTHING;
        var one = new Program(List.of(Storage.scratch("s", DType.FLOAT64, Scalar.constant(8L))), nothing);
        var other = new Program(List.of(Storage.scratch("s", DType.FLOAT64, Scalar.constant(9L))), nothing);
        assertThat(of(one)).isNotEqualTo(of(other));
    }

    /// Of 2^60 paths, each part is compared once.
    @Test void sharedPartsAreComparedOnce() {
        assertThat(of(doubled(60))).isEqualTo(of(doubled(60))).isNotEqualTo(of(doubled(61)));
    }

    private static Program doubled(int times) {
        Scalar x = new Load(0, DType.FLOAT64, Scalar.constant(0L));
        for (int k = 0; k < times; k++) x = Scalar.add(x, x);
        return new Program(List.of(Storage.input("x", DType.FLOAT64, 0), Storage.output("y", DType.FLOAT64, 0)), new Store(1, Scalar.constant(0L), x));
    }
}
