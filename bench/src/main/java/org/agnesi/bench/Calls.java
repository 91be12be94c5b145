package org.agnesi.bench;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.sum;

import java.util.concurrent.TimeUnit;
import org.agnesi.Compiled;
import org.agnesi.array.NDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One call of a compiled gradient: of a scalar, and of the logistic over `n` elements.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Calls {
    @Param({"10", "1000", "100000"})
    public int n;

    private final Compiled square = square();
    private final Compiled logistic = logistic();

    @Benchmark public double gradientOfASquare() {
        return square.call(94.2).toDouble();
    }

    @Benchmark public NDArray gradientOfTheLogistic() {
        return logistic.call((Object) new double[n]);
    }

    private static Compiled square() {
        var x = dscalar("x");
        return function(x, grad(x.pow(2), x));
    }

    private static Compiled logistic() {
        var x = dvector("x");
        return function(x, grad(sum(div(1, add(1, exp(neg(x))))), x));
    }
}
