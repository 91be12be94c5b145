package org.agnesi;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.ArgumentError;
import org.jspecify.annotations.Nullable;

/// Calls that write into the caller's arrays.
///
/// Nothing is written before all is known to fit. So the first call with arrays of some shapes computes arrays of its own and
/// copies them; later ones of the same shapes write directly, and allocate nothing: one comparison per array is all that is
/// between the caller and the engine.
final class Writing {
    private final Compiled function;
    private final Facts facts;
    private final Engine.Runner runner;
    private final boolean shares;
    private volatile @Nullable Fitted fitted;

    /// Kinds of arrays that went together before.
    private record Fitted(Kind[] arguments, Kind[] outs) {}

    /// Arrays of one dtype and shape.
    private record Kind(DType dtype, Shape shape) {
        static Kind[] of(List<NDArray> arrays) { return arrays.stream().map(x -> new Kind(x.dtype(), x.shape())).toArray(Kind[]::new); }

        /// Whether these are arrays of these kinds; nothing is made.
        static boolean are(Kind[] kinds, List<?> values) {
            if (kinds.length != values.size()) return false;
            for (int i = 0; i < kinds.length; i++) if (!kinds[i].is(values.get(i))) return false;
            return true;
        }

        private boolean is(@Nullable Object value) {
            return value instanceof NDArray array && array.dtype() == dtype && array.shape().equals(shape);
        }
    }

    Writing(Compiled function, Facts facts, Engine.Runner runner) {
        this.function = function;
        this.facts = facts;
        this.runner = runner;
        shares = !function.shareds().isEmpty();
    }

    void call(List<NDArray> outs, List<?> args) {
        requireDistinct(outs);
        if (again(outs, args)) return;
        var read = List.of(function.arguments().read(args));
        if (again(outs, read)) return;
        function.run(read.toArray(NDArray[]::new), outs.toArray());
        if (!shares) fitted = new Fitted(Kind.of(read), Kind.of(outs));
    }

    /// Writes directly where such arrays went together before; else says no.
    private boolean again(List<NDArray> outs, List<?> args) {
        var before = fitted;
        if (before == null || !Kind.are(before.outs, outs) || !Kind.are(before.arguments, args)) return false;
        @SuppressWarnings("unchecked") // they are arrays, each of its kind
        var arrays = (List<NDArray>) args;
        if (!areApart(outs, arrays)) return false;
        facts.checkAgain(arrays);
        direct(outs, arrays);
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
