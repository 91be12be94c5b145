package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.randomStream;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.key;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.normal;
import static org.agnesi.Tensors.split;
import static org.agnesi.Tensors.subkey;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agnesi.array.NDArray;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

class RandomTest {
    private static NDArray value(Expr e) { return Graph.eval(e, Map.of()); }

    private static double mean(double[] x) { return Arrays.stream(x).average().orElseThrow(); }

    @Test void oneKeyGivesOneDraw() { assertThat(value(uniform(key(7), 3))).isEqualTo(value(uniform(key(7), 3))); }

    @Test void keysGiveDifferentDraws() { assertThat(value(uniform(key(7), 3))).isNotEqualTo(value(uniform(key(8), 3))); }

    @Test void aLongerDrawStartsAsAShorterOne() {
        assertThat(Arrays.copyOf(value(normal(key(3), 10)).toDoubleArray(), 5)).isEqualTo(value(normal(key(3), 5)).toDoubleArray());
    }

    @Test void uniformNumbersAreEvenlySpread() {
        var x = value(uniform(key(1), 100_000)).toDoubleArray();
        assertThat(mean(x)).isCloseTo(0.5, offset(0.005));
        assertThat(mean(Arrays.stream(x).map(v -> v * v).toArray())).isCloseTo(1.0 / 3, offset(0.005));
        assertThat(Arrays.stream(x).allMatch(v -> v >= 0 && v < 1)).isTrue();
    }

    @Test void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
        var x = value(normal(key(2), 100_000)).toDoubleArray();
        assertThat(mean(x)).isCloseTo(0, offset(0.02));
        assertThat(mean(Arrays.stream(x).map(v -> v * v).toArray())).isCloseTo(1, offset(0.02));
        assertThat(mean(Arrays.stream(x).map(v -> v * v * v).toArray())).isCloseTo(0, offset(0.05));
        assertThat(mean(Arrays.stream(x).map(v -> v * v * v * v).toArray())).isCloseTo(3, offset(0.1));
    }

    @Test void splitKeysAreDifferentKeys() {
        assertThat(Arrays.stream(value(split(key(0), 1000)).toLongArray()).distinct()).hasSize(1000);
    }

    @Test void severalKeysDrawSideBySide() {
        var both = value(uniform(split(key(5), 2), 4));
        assertThat(both.shape()).hasToString("(2, 4)");
        assertThat(Arrays.copyOfRange(both.toDoubleArray(), 4, 8)).isEqualTo(value(uniform(subkey(key(5), 1), 4)).toDoubleArray());
    }

    @Test void aKeyIsAnInteger() {
        assertThatThrownBy(() -> uniform(dvector("x"), 3)).isInstanceOf(TypeError.class).hasMessageContaining("""
            a random key is an integer, but got x of type float64[?]
            Make one with key(seed), more with split(key, n).""");
    }

    @Test void aDrawIsAConstantForDerivatives() {
        var x = dvector("x");
        var noise = normal(key(1), x.length());
        assertThat(function(x, grad(sum(mul(x, noise)), x)).call(new double[] {1, 2, 3})).isEqualTo(value(normal(key(1), 3)));
    }

    // streams

    @Test void aStreamDrawsAnewAtEachCall() {
        var f = function(List.of(), randomStream(1).uniform(3));
        assertThat(f.call()).isNotEqualTo(f.call());
    }

    @Test void aStreamRepeatsFromItsSeed() {
        var f = function(List.of(), randomStream(1).normal(3));
        var g = function(List.of(), randomStream(1).normal(3));
        assertThat(f.call()).isEqualTo(g.call());
        assertThat(f.call()).isEqualTo(g.call());
    }

    @Test void twoDrawsOfAStreamAreIndependent() {
        var stream = randomStream(1);
        var both = function(List.of(), List.of(stream.uniform(3), stream.uniform(3))).callAll();
        assertThat(both.get(0)).isNotEqualTo(both.get(1));
    }

    @Test void aLoopDrawsAnewAtEachStep() {
        var stream = randomStream(1);
        var loop = scan().steps(4);
        var draws = loop.collect(stream.uniform());
        var f = function(List.of(), draws.all());
        assertThat(Arrays.stream(f.call().toDoubleArray()).distinct()).hasSize(4);
        assertThat(f.call()).isNotEqualTo(f.call());
    }

    @Test void aLoopInsideALoopDrawsAnewToo() {
        var stream = randomStream(1);
        var x = dvector("x");
        var rows = scan(x, xi -> scan(x, xj -> stream.uniform()));
        var drawn = function(x, rows).call(new double[] {1, 2, 3}).toDoubleArray();
        assertThat(Arrays.stream(drawn).distinct()).hasSize(9);
    }

    @Test void aDrawMadeBeforeALoopStaysTheSameInIt() {
        var noise = randomStream(1).uniform();
        var x = dvector("x");
        var drawn = function(x, scan(x, xi -> noise.plus(xi.times(0)))).call(new double[] {1, 2, 3}).toDoubleArray();
        assertThat(Arrays.stream(drawn).distinct()).hasSize(1);
    }
}
