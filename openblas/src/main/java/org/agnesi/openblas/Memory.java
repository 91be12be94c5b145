package org.agnesi.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;

/// Memory outside of the heap that is used again, for calls that take long.
final class Memory {
    private static final int MOST = 8;
    /// Bytes above which a piece is not kept: such a call takes long enough for a new one.
    private static final long LARGEST = 32L << 20;
    private static final long ALIGNMENT = 64;

    private final ArrayBlockingQueue<MemorySegment> idle = new ArrayBlockingQueue<>(MOST);

    /// At least so many bytes, the caller's until given back; what is in them does not matter.
    MemorySegment take(long bytes) {
        for (int left = idle.size(); left > 0; left--) {
            var found = idle.poll();
            if (found == null) break;
            if (found.byteSize() >= bytes) return found;
            give(found);
        }
        if (idle.remainingCapacity() == 0) idle.poll();   // one that is too small makes room
        return Arena.ofAuto().allocate(Math.max(bytes, ALIGNMENT), ALIGNMENT);
    }

    void give(MemorySegment piece) {
        if (piece.byteSize() > LARGEST || !idle.offer(piece)) return;   // the collector frees it
    }
}
