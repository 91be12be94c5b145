package org.agnesi;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.emit.OutsideException;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.Required;
import org.agnesi.run.Idle;
import org.agnesi.run.Ready;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Calls that write into the caller's arrays.
///
/// Nothing is written before all is known to fit. So the first call with arrays of some shapes computes arrays of its own and
/// copies them; later ones of the same shapes write directly, and allocate nothing: one comparison per array is all that is
/// between the caller and the engine. After some more, small arrays go [straight to where programs look for them][Ready].
final class Writing {
    /// Calls of one kind after which more are expected, for which arrays are put in place.
    private static final int OFTEN = 100;

    private final Compiled function;
    private final Facts facts;
    private final Engine.Runner runner;
    private final boolean shares;
    private final Idle<Ready> ready = new Idle<>();
    /// Calls of one kind after the other; where several threads count at once it is not exact, which is of no matter.
    private int alike;
    /// Whether arrays of that kind cannot be put in place.
    private boolean refused;
    private volatile @Nullable Fitted fitted;

    /// What went together before.
    private record Fitted(Kinds arguments, Kinds outs) {}

    Writing(Compiled function, Facts facts, Engine.Runner runner) {
        this.function = function;
        this.facts = facts;
        this.runner = runner;
        shares = !function.shareds().isEmpty();
    }

    void call(List<NDArray> outs, List<?> args) {
        Required.of("callInto", "a list of arrays to write into", outs);
        Required.of("callInto", "a list of arguments", args);
        if (isReady(outs, args)) return;
        requireDistinct(outs);
        if (again(outs, args)) return;
        var read = List.of(function.arguments().read(args));
        if (again(outs, read)) return;
        function.run(read.toArray(NDArray[]::new), outs.toArray());
        fits(outs, read);
    }

    private void fits(List<NDArray> outs, List<NDArray> args) {
        alike = 0;
        refused = false;
        if (!shares) fitted = new Fitted(Kinds.of(args), Kinds.of(outs));
    }

    // arrays in place

    /// Arrays in place for whoever asks, to be [given back][#give] or dropped; null where there are none, or someone watches.
    @Nullable Ready take() { return Recorded.isPossible() || runner.isTimed() ? null : ready.take(); }

    void give(Ready used) { ready.give(used); }

    private void expect(List<NDArray> outs, List<NDArray> args) {
        if (refused || ++alike < OFTEN) return;
        var made = facts.areOfShapes() ? runner.ready(outs, args) : null;
        if (made != null) ready.give(made);
        refused = made == null;
    }

    /// Whether these went to where programs look for them; else what is wrong is told elsewhere.
    private boolean isReady(List<NDArray> outs, List<?> args) {
        var taken = take();
        if (taken == null || !fit(taken, outs, args)) return false;
        try {
            taken.run();
        } catch (OutsideException e) {
            return false;
        }
        give(taken);
        return true;
    }

    private boolean fit(Ready taken, List<NDArray> outs, List<?> args) {
        int inputs = function.inputs().size();
        if (args.size() != inputs || outs.size() != function.results().size()) return false;
        for (int k = 0; k < inputs; k++)
            taken.put(k, args.get(k) instanceof NDArray array ? array : function.arguments().read(k, args.get(k)));
        for (int k = 0; k < outs.size(); k++) taken.put(inputs + k, outs.get(k));
        return taken.fits();
    }

    // bound calls

    /// A bound call whose outputs are numbers and then `outs`, each an [NDArray] or a Java array of the output's elements, which are
    /// written directly where such arrays went together before.
    List<NDArray> runInto(NDArray[] args, @Nullable Object[] outs) {
        var read = Arrays.asList(args);
        var into = into(outs);
        if (into != null && again(into, read)) return into;
        var results = function.run(args, outs);
        if (into != null) fits(into, read);
        return results;
    }

    /// A bound call whose outputs are new.
    List<NDArray> runNew(NDArray[] args, @Nullable Object[] outs) {
        var read = Arrays.asList(args);
        var results = function.run(args, outs);
        var before = fitted;
        if (before != null && before.outs.areOf(results) && before.arguments.areOf(read)) expect(results, read);
        else fits(results, read);
        return results;
    }

    /// Arrays for all outputs; null where one is missing, or two are one.
    private @Nullable List<NDArray> into(@Nullable Object[] outs) {
        var results = function.results();
        var into = new ArrayList<NDArray>(results.size());
        for (var result : results) {
            int i = into.size() - results.size() + outs.length;
            var out = i < 0 ? NDArray.zeros(result.type().dtype()) : wrapped(result.type(), outs[i]);
            if (out == null || !areApart(into, List.of(out))) return null;
            into.add(out);
        }
        return into;
    }

    private static @Nullable NDArray wrapped(TensorType type, @Nullable Object out) {
        if (out == null || out instanceof NDArray) return (NDArray) out;
        int length = Array.getLength(out);
        return type.rank() == 1 ? NDArray.wrap(type.dtype(), Shape.of(length), out) : length == 1
            ? NDArray.wrap(type.dtype(), Shape.of(), out) : null;
    }

    /// Writes directly where such arrays went together before; else says no.
    private boolean again(List<NDArray> outs, List<?> args) {
        var before = fitted;
        if (before == null || !before.outs.areOf(outs) || !before.arguments.areOf(args)) return false;
        @SuppressWarnings("unchecked") // they are arrays, each of its kind
        var arrays = (List<NDArray>) args;
        if (!areApart(outs, arrays)) return false;
        facts.checkAgain(arrays);
        direct(outs, arrays);
        expect(outs, arrays);
        return true;
    }

    private void direct(List<NDArray> outs, List<NDArray> args) {
        if (!Recorded.isPossible()) {
            runner.runInto(outs, args);
            return;
        }
        Recorded.call(function.name(), () -> {
            runner.runInto(outs, args);
            return outs;
        });
    }

    private static boolean areApart(List<NDArray> outs, List<NDArray> args) {
        for (int i = 0; i < outs.size(); i++)
            for (int k = 0; k < args.size(); k++) if (outs.get(i).data() == args.get(k).data()) return false;
        return true;
    }

    private void requireDistinct(List<NDArray> outs) {
        int outputs = function.results().size();
        if (outs.size() != outputs) throw new ArgumentError("""
            %s has %d outputs, but got %d arrays to write them into
            Pass one array per output, in that order.""".formatted(function.name(), outputs, outs.size()));
        for (int i = 0; i < outs.size(); i++)
            for (int j = 0; j < i; j++)
                if (outs.get(i).data() == outs.get(j).data()) throw new ArgumentError("""
                    different arrays are needed for the outputs of %s, but those for outputs %d and %d share their elements
                    Make one array per output.""".formatted(function.name(), j, i));
    }
}
