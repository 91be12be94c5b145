package org.agnesi;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.run.Idle;
import org.jspecify.annotations.Nullable;

/// Calls that write into the caller's arrays.
///
/// Nothing is written before all is known to fit. So the first call with arrays of some shapes computes arrays of its own and
/// copies them; later ones of the same shapes write directly, and allocate nothing.
final class Writing {
    private final Compiled function;
    private final Facts facts;
    private final Engine.Runner runner;
    private final boolean shares;
    private final Idle<List<NDArray>> idle = new Idle<>();
    private volatile @Nullable Fitted fitted;

    /// Shapes that went together before.
    private record Fitted(Shapes arguments, Shapes outs) {}

    Writing(Compiled function, Facts facts, Engine.Runner runner) {
        this.function = function;
        this.facts = facts;
        this.runner = runner;
        shares = !function.shareds().isEmpty();
    }

    void call(List<NDArray> outs, List<?> args) {
        requireDistinct(outs);
        var all = take();
        function.arguments().read(args, all);
        if (!shares && isFitted(outs, all) && areApart(outs, all)) {
            facts.check(all);
            direct(outs, all);
        } else {
            function.run(all.toArray(NDArray[]::new), outs.toArray());
            fitted = new Fitted(Shapes.of(all), Shapes.of(outs));
        }
        give(all);
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

    private boolean isFitted(List<NDArray> outs, List<NDArray> args) {
        var before = fitted;
        if (before == null || !before.arguments.isOf(args) || !before.outs.isOf(outs)) return false;
        for (int i = 0; i < outs.size(); i++) if (outs.get(i).dtype() != function.results().get(i).type().dtype()) return false;
        return true;
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

    /// An empty list for arguments, used by calls before.
    private List<NDArray> take() {
        var found = idle.take();
        return found != null ? found : new ArrayList<>();
    }

    private void give(List<NDArray> arguments) {
        arguments.clear();
        idle.give(arguments);
    }
}
