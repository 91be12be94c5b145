package org.agnesi.run;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.agnesi.kernel.Instructions;
import org.agnesi.kernel.Program;
import org.jspecify.annotations.Nullable;

/// What programs were made ready to run as: one body for all of the same [Instructions], so that a function like one that has run
/// before starts with code that HotSpot has compiled.
///
/// So many as were asked for last are kept, and those only while there is memory. Any number of threads may ask.
final class Bodies {
    static final int MOST = 256;

    private record Made(Instructions instructions, Backend.Body body) {}

    private final Function<Program, Backend.Body> making;
    /// By hash, so that nothing large is kept without memory for it; of two with one hash the later is kept.
    private final Map<Integer, SoftReference<Made>> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override protected boolean removeEldestEntry(Map.Entry<Integer, SoftReference<Made>> eldest) { return size() > MOST; }
    };

    Bodies(Function<Program, Backend.Body> making) { this.making = making; }

    Backend.Body of(Program program) {
        var instructions = Instructions.of(program);
        int hash = instructions.hashCode();
        var known = known(hash, instructions);
        return known != null ? known : keep(hash, instructions, making.apply(program));
    }

    private synchronized Backend.@Nullable Body known(int hash, Instructions instructions) {
        var reference = made.get(hash);
        var found = reference == null ? null : reference.get();
        return found != null && found.instructions.equals(instructions) ? found.body : null;
    }

    /// The body of another thread that was faster, if there is one.
    private synchronized Backend.Body keep(int hash, Instructions instructions, Backend.Body body) {
        var known = known(hash, instructions);
        if (known != null) return known;
        made.put(hash, new SoftReference<>(new Made(instructions, body)));
        return body;
    }
}
