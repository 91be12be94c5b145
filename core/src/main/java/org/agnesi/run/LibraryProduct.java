package org.agnesi.run;

import java.util.Objects;
import org.agnesi.compile.Task;
import org.agnesi.kernel.Blas;
import org.jspecify.annotations.Nullable;

/// A product by a [Blas] where that is the quicker one and rows or columns lie as it needs them: small products of matrices, and
/// a matrix times a vector. Others are our own [Multiplication].
///
/// Above [Blas#MOST] multiplications our own is as quick, and a call would take longer than the JVM should wait for.
/// What is a call of the library depends on sizes alone, and no two calls write to one place: so the bits do not depend on threads.
final class LibraryProduct implements Action {
    /// Columns that one call with a vector takes, of at most [Blas#FAR] elements: more are others' share.
    private static final int ACROSS = 256;
    /// Operations, and elements read, in a ns of a core, roughly.
    private static final int SPEED = 16, READS = 4;

    private final Task.Multiply task;
    private final Backend backend;
    private final @Nullable Workers workers;
    private final Action own;
    private final Idle<Call> idle = new Idle<>();
    /// Null until the first product that is for it: opening it takes a while.
    private volatile @Nullable Library library;

    LibraryProduct(Task.Multiply task, Backend backend, Action own) {
        this.task = task;
        this.backend = backend;
        this.workers = backend.workers();
        this.own = own;
    }

    @Override public void run(State state) {
        if (library == Library.NONE) {
            own.run(state);
            return;
        }
        state.allocate(task.out().getFirst());
        var found = idle.take();
        var call = found != null ? found : new Call();
        var blas = call.fits(state) ? library().blas() : null;
        if (blas != null) call.run(state, blas);
        else own.run(state);
        idle.give(call);
    }

    @Override public Prepared prepared(State state) {
        state.allocate(task.out().getFirst());
        return () -> run(state);
    }

    @Override public void letGo() {
        idle.clear();
        own.letGo();
    }

    private Library library() {
        var known = library;
        if (known == null) library = known = opened();
        return known;
    }

    private Library opened() {
        var blas = backend.blas();
        boolean multiplies = blas != null && blas.multiplies(task.node().types().getFirst().dtype().carrier());
        return multiplies ? new Library(blas, "") : Library.NONE;
    }

    /// One run: where everything is, read by all threads at it.
    private final class Call implements Crew.Hand {
        private final Operands at = new Operands(task);
        private final @Nullable Crew crew = workers == null || workers.threads() == 1 ? null : new Crew(workers, () -> this);
        private @Nullable Blas blas;
        private Object arrayA = Frame.NONE;
        private Object arrayB = Frame.NONE;
        private Object arrayC = Frame.NONE;
        private int m, n, k;
        private boolean vector;
        /// Whether the library must read `a` or `b` transposed, and from row to row of each as it lies.
        private boolean turnsA, turnsB;
        private int rowA, rowB, rowC;
        /// Calls for each product of the batch, and columns of the result in each.
        private int pieces, width;

        /// Whether the library is to do it.
        boolean fits(State state) {
            at.find(state.frame);
            m = at.rowsC.count;
            n = at.columnsC.count;
            k = at.termsA.count;
            vector = m == 1;
            if (m == 0 || n == 0 || k == 0 || !vector && (long) m * n * k > Blas.MOST) return false;
            turnsA = lies(at.termsA, at.rowsA) == 0;
            turnsB = lies(at.columnsB, at.termsB) == 0;
            rowA = turnsA ? lies(at.rowsA, at.termsA) : lies(at.termsA, at.rowsA);
            rowB = turnsB ? lies(at.termsB, at.columnsB) : lies(at.columnsB, at.termsB);
            rowC = lies(at.columnsC, at.rowsC);
            return rowB > 0 && rowC > 0 && (vector ? at.termsA.step > 0 : rowA > 0);
        }

        /// From one row to the next where what goes along a row lies together; 0 where it does not, or rows are not alike.
        private static int lies(Places along, Places rows) {
            if (along.count > 1 && along.step != 1) return 0;
            if (rows.count == 1) return along.count;
            return rows.step >= along.count ? rows.step : 0;
        }

        void run(State state, Blas by) {
            blas = by;
            arrayA = state.array(at.a);
            arrayB = state.array(at.b);
            arrayC = state.array(at.out);
            width = !vector || (long) n * k <= Blas.FAR ? n : turnsB ? Math.max(1, Blas.FAR / k) : ACROSS;
            pieces = (n + width - 1) / width;
            double nanos = vector ? (double) at.batchC.count * n * k / READS : 2.0 * at.batchC.count * m * n * k / SPEED;
            if (crew == null || workers == null || nanos < workers.worth()) work(0, at.batchC.count * pieces);
            else crew.run(this, 0, at.batchC.count * pieces, 1);
            arrayA = arrayB = arrayC = Frame.NONE;
        }

        @Override public void begin() {}

        @Override public void end() {}

        @Override public void work(int from, int to) {
            var blas = Objects.requireNonNull(this.blas);
            for (int part = from; part < to; part++) {
                int one = part / pieces, left = part % pieces * width;
                if (vector) vector(blas, one, left, Math.min(width, n - left));
                else blas.gemm(turnsA, turnsB, m, n, k, arrayA, at.batchA.at[one], rowA, arrayB, at.batchB.at[one], rowB, 0,
                    arrayC, at.batchC.at[one], rowC);
            }
        }

        private void vector(Blas blas, int one, int left, int count) {
            int b0 = at.batchB.at[one] + at.columnsB.at[left], c0 = at.batchC.at[one] + left;
            if (turnsB) blas.gemv(false, count, k, arrayB, b0, rowB, arrayA, at.batchA.at[one], at.termsA.step, 0, arrayC, c0, 1);
            else blas.gemv(true, k, count, arrayB, b0, rowB, arrayA, at.batchA.at[one], at.termsA.step, 0, arrayC, c0, 1);
        }
    }
}
