package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.agnesi.array.NDArray;

/// The values of some shared variables at one moment, and the way to replace them if no one else has done so since.
///
/// Readers are optimistic: they read between two looks at the variables' stamps and start again when one has moved.
/// Writers lock in order of creation, so that no two wait for each other.
///
/// @param values the arrays themselves, which are never written to
public record Snapshot(List<Shared> variables, List<NDArray> values) {
    private static final int PATIENCE = 16;
    private static final Comparator<Shared> CREATION = Comparator.comparingLong(shared -> shared.node().number());

    /// All values as they were at one moment.
    public static Snapshot of(List<Shared> variables) {
        if (variables.isEmpty()) return new Snapshot(variables, List.of());
        var stamps = new long[variables.size()];
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            for (int i = 0; i < stamps.length; i++) stamps[i] = variables.get(i).lock.tryOptimisticRead();
            var values = read(variables);
            if (holds(variables, stamps)) return new Snapshot(variables, values);
            Thread.onSpinWait();
        }
        var stop = locked(variables);
        try {
            return new Snapshot(variables, read(variables));
        } finally {
            stop.run();
        }
    }

    private static List<NDArray> read(List<Shared> variables) {
        var values = new ArrayList<NDArray>(variables.size());
        for (var shared : variables) values.add(shared.current);
        return values;
    }

    private static boolean holds(List<Shared> variables, long[] stamps) {
        for (int i = 0; i < stamps.length; i++)
            if (!variables.get(i).lock.validate(stamps[i])) return false;
        return true;
    }

    /// Replaces the values of some of the variables, if all of them still hold what they held; false otherwise.
    public boolean commit(Map<Shared, NDArray> updates) {
        var stop = locked(variables);
        try {
            for (int i = 0; i < variables.size(); i++)
                if (variables.get(i).current != values.get(i)) return false;
            updates.forEach((shared, value) -> shared.current = value);
            return true;
        } finally {
            stop.run();
        }
    }

    /// Locks all for writing; the result unlocks them.
    private static Runnable locked(List<Shared> variables) {
        var ordered = variables.stream().sorted(CREATION).distinct().toList();
        var stamps = ordered.stream().mapToLong(shared -> shared.lock.writeLock()).toArray();
        return () -> {
            for (int i = 0; i < stamps.length; i++) ordered.get(i).lock.unlockWrite(stamps[i]);
        };
    }
}
