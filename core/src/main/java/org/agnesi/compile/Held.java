package org.agnesi.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.kernel.InPlace;

/// Follows how many bytes of temporary arrays a plan holds while it runs.
///
/// Arrays of kernels come from a workspace: one that nothing reads any more is used again where dtype and length agree,
/// and stays otherwise. Arrays that loops, branches and calls make live until nothing reads them any more.
final class Held {
    private final Map<Integer, Integer> heirs;
    private final Map<Key, Integer> free = new HashMap<>();
    private final Map<Integer, Key> taken = new HashMap<>();
    private final Map<Integer, Long> made = new HashMap<>();
    private long kept;
    private long now;
    private long peak;

    private record Key(Class<?> carrier, long length) {}

    /// @param heirs see [Schedule#heirs]
    Held(Map<Integer, Integer> heirs) { this.heirs = heirs; }

    /// A slot gets an array of the workspace, or that of the slot whose heir it is.
    void take(int slot, DType dtype, long length, List<Long> dims) {
        var key = new Key(dtype.carrier(), length);
        taken.put(slot, key);
        if (heirs.containsKey(slot) && InPlace.pays(length, dims.getLast()) && taken.remove(heirs.get(slot), key)) return;
        if (free.merge(key, -1, Integer::sum) >= 0) return;
        free.put(key, 0);
        keep(Math.multiplyExact(length, dtype.bytes()));
    }

    /// Something is made that stays from call to call.
    void keep(long bytes) { kept = Math.addExact(kept, bytes); }

    /// A slot gets an array made for it.
    void make(int slot, long bytes) {
        made.put(slot, bytes);
        now = Math.addExact(now, bytes);
        during(0);
    }

    /// While a task runs it holds some bytes more.
    void during(long bytes) { peak = Math.max(peak, Math.addExact(now, bytes)); }

    void release(int slot) {
        var key = taken.remove(slot);
        if (key != null) free.merge(key, 1, Integer::sum);
        var bytes = made.remove(slot);
        if (bytes != null) now -= bytes;
    }

    /// What stays from call to call.
    long kept() { return kept; }

    /// The most that is held at one time of what does not stay.
    long passing() { return peak; }
}
