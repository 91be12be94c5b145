package org.example;

import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.agnesi.Compiled;
import org.agnesi.array.NDArray;
import org.agnesi.error.AgnesiException;

/// Interfaces of a module that exports nothing, bound with and without a lookup.
public final class Main {
    private Main() {}

    /// Public, in a package that is not exported.
    public interface Cost {
        double at(double[] v, double[] gradient);
    }

    interface Split {
        Parts of(double x);
    }

    private interface Price {
        double of(double spot);
        default double twice(double spot) { return 2 * of(spot); }
    }

    record Parts(double square, double cube) {}

    public static void main(String... args) throws Exception {
        var x = dscalar("x");
        var y = dscalar("y");
        var v = dvector("v");
        Compiled square = function(x, x.pow(2));
        say(square.bind(DoubleUnaryOperator.class).applyAsDouble(3));
        DoubleUnaryOperator operator = square.bind(DoubleUnaryOperator.class);
        Function<Double, NDArray> boxed = square.bind(Function.class);
        ToDoubleFunction<double[]> total = function(v, sum(v)).bind(ToDoubleFunction.class);
        Supplier<NDArray> seven = function(List.of(), constant(7)).bind(Supplier.class);
        Callable<NDArray> eight = function(List.of(), constant(8)).bind(Callable.class);
        say(operator.applyAsDouble(4) + " " + boxed.apply(5.0) + " " + total.applyAsDouble(new double[] {1, 2}) + " " + seven.get() + " " + eight.call());
        say(function(inputs(x, y), x.minus(y)).bind(DoubleBinaryOperator.class).applyAsDouble(5, 3));
        var gradient = new double[2];
        say(function(v, outputs(sum(v.times(v)), v.times(2))).bind(Cost.class).at(new double[] {1, 2}, gradient) + " " + gradient[1]);
        say(function(x, outputs(x.pow(2), x.pow(3))).bind(Split.class, MethodHandles.lookup()).of(2));
        say(square.bind(Price.class, MethodHandles.lookup()).twice(3));
        try {
            square.bind(Price.class);
        } catch (AgnesiException e) {
            say(e.getMessage());
        }
        try {
            function(inputs(v, x), v.plus(x)).bind(DoubleUnaryOperator.class, MethodHandles.publicLookup());
        } catch (AgnesiException e) {
            say(e.getMessage());
        }
        try {
            square.bind(DoubleUnaryOperator.class, MethodHandles.publicLookup());
        } catch (AgnesiException e) {
            say(e.getMessage());
        }
    }

    private static void say(Object value) { System.out.println(value); }
}
