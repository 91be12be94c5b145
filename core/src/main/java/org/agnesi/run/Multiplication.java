package org.agnesi.run;

import java.util.Objects;
import org.agnesi.compile.Task;
import org.agnesi.kernel.Product;
import org.jspecify.annotations.Nullable;

/// Multiplies matrices block by block: packs a block of each into panels, then computes tiles of the result from two panels.
///
/// A block of `b` stays in the cache while all of `a` passes, a panel of it while a block of `a` does. Several threads each
/// take some products of the batch, or some rows or columns of one. After a few runs nothing is allocated.
final class Multiplication implements Action {
    /// Operations per ns of a core, roughly: says whether others are worth waking.
    private static final int SPEED = 16;
    /// Pieces of one product per thread: more would pack the other operand more often.
    private static final int PIECES = 2;

    private final Task.Multiply task;
    private final Backend backend;
    private final Idle<Call> idle = new Idle<>();

    Multiplication(Task.Multiply task, Backend backend) {
        this.task = task;
        this.backend = backend;
    }

    @Override public void run(State state) {
        state.allocate(task.out().getFirst());
        var found = idle.take();
        var call = found != null ? found : new Call();
        call.run(state);
        idle.give(call);
    }

    @Override public Prepared prepared(State state) {
        state.allocate(task.out().getFirst());
        return () -> run(state);
    }

    @Override public void letGo() { idle.clear(); }

    /// One run: what several threads share.
    final class Call {
        private final ProductHand own = new ProductHand(task, backend, this);
        private final @Nullable Crew crew;
        @Nullable State state;
        /// Of each product of the batch.
        int pieces = 1;

        Call() {
            var workers = backend.workers();
            crew = workers == null || workers.threads() == 1 ? null : new Crew(workers, () -> new ProductHand(task, backend, this));
        }

        void run(State state) {
            this.state = state;
            own.begin();
            pieces = 1;
            int batch = own.at.batchC.count;
            double nanos = 2.0 * batch * own.at.rowsC.count * own.at.columnsC.count * own.at.termsA.count / SPEED;
            if (crew == null || nanos < Objects.requireNonNull(backend.workers()).worth()) {
                own.work(0, batch);
            } else {
                int most = Math.max(own.at.rowsC.count / Product.PANEL, own.at.columnsC.count / Product.WIDE);
                int wanted = PIECES * Objects.requireNonNull(backend.workers()).threads();
                pieces = batch >= wanted ? 1 : Math.clamp(most, 1, wanted);
                crew.run(own, 0, batch * pieces, 1);
            }
            own.end();
            this.state = null;
        }
    }
}
