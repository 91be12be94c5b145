package org.agnesi.bench;

import static org.agnesi.Agnesi.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.agnesi.Compiled;
import org.agnesi.array.NDArray;
import org.agnesi.bench.Work.Formula;
import org.agnesi.symbolic.Expr;

/// How a function began, in ns.
///
/// @param compiling its function
/// @param calling   it first
/// @param ends      when calls ended, the first included, counted from the formula on
/// @param times     what they took
record Beginning(long compiling, long calling, List<Long> ends, List<Long> times) {
    /// A function of formulas that no other has had, since one number in it is another: its classes are new.
    ///
    /// @param watched ns from the formula on in which calls follow the first
    static Beginning of(Formula formula, int number, long watched) {
        var f = new Timeline();
        var results = scaled(formula.results(), number);
        f.start();
        var compiled = function(formula.inputs(), results);
        f.compiled = System.nanoTime();
        var outs = compiled.callAll(formula.at());
        f.ended(f.compiled);
        while (System.nanoTime() - f.started < watched) f.call(compiled, outs, formula.at());
        return new Beginning(f.compiled - f.started, f.times.getFirst(), f.ends, f.times);
    }

    /// The results times a number near 1.
    static List<Expr> scaled(List<? extends Expr> results, int number) {
        return results.stream().<Expr>map(y -> y.times(1 + number * 0x1p-12)).toList();
    }

    private static final class Timeline {
        long started, compiled;
        final List<Long> ends = new ArrayList<>(), times = new ArrayList<>();

        void start() { started = System.nanoTime(); }

        void ended(long begun) {
            long now = System.nanoTime();
            ends.add(now - started);
            times.add(now - begun);
        }

        void call(Compiled f, List<NDArray> outs, List<NDArray> at) {
            long begun = System.nanoTime();
            f.callInto(outs, at);
            ended(begun);
        }
    }

    /// From the formula to the first result.
    long result() { return compiling + calling; }

    /// When first a call took at most three times `steady`, counted from the formula on; infinite where that was later than watched.
    double settled(double steady) {
        for (int k = 0; k < times.size(); k++) if (times.get(k) <= 3 * steady) return ends.get(k);
        return Double.POSITIVE_INFINITY;
    }

    static <T> double median(List<T> of, ToDoubleFunction<T> what) {
        var values = of.stream().mapToDouble(what).sorted().toArray();
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }

    static double median(List<Double> values) { return median(values, Double::doubleValue); }
}
