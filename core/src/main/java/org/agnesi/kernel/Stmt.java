package org.agnesi.kernel;

import java.util.List;
import org.agnesi.kernel.Scalar.Local;

/// One step of a [Program]. Buffers are named by their place in the program, elements by their linear position.
public sealed interface Stmt {

    /// One after the other.
    record Seq(List<Stmt> steps) implements Stmt {
        public Seq { steps = List.copyOf(steps); }
    }

    /// `for (index = 0; index < extent; index++) body`
    record For(Local index, Scalar extent, Stmt body) implements Stmt {}

    record While(Scalar condition, Stmt body) implements Stmt {}

    record If(Scalar condition, Stmt then, Stmt otherwise) implements Stmt {}

    /// Names a value that does not change in its scope.
    record Let(Local local, Scalar value) implements Stmt {}

    /// Gives a local a new value.
    record Assign(Local local, Scalar value) implements Stmt {}

    record Store(int buffer, Scalar index, Scalar value) implements Stmt {}

    /// `buffer[index] = combine(buffer[index], value)`
    record Accumulate(int buffer, Scalar index, Combine combine, Scalar value) implements Stmt {
        /// The same, written out.
        public Store store() {
            var dtype = value.dtype();
            return new Store(buffer, index, new Scalar.Binary(combine.function(), dtype, new Scalar.Load(buffer, dtype, index), value));
        }
    }

    /// An [IndexError][org.agnesi.error.IndexError] about this axis unless `0 ≤ index < size`; `site` is for whoever knows
    /// which of the program's ops asks.
    record Check(Scalar index, Scalar size, int axis, int site) implements Stmt {}

    /// Reductions over nested loops: at each point `body` runs, then each accumulator takes its value in.
    ///
    /// The result has the same bits wherever it is computed, by one thread or by many: point number p of the flattened
    /// loops goes to virtual accumulator p mod 32, each of which starts from the identity, and the 32 are combined as a
    /// fixed tree, `v[i] ∘= v[i + w]` for i < w, with w = 16, 8, 4, 2, 1. That is done for each [#block] of the first
    /// loop's indices alone; the blocks' results are combined in order.
    record Fold(List<Loop> loops, Stmt body, List<Accumulator> accumulators) implements Stmt {
        public static final int WIDTH = 32;
        /// Points of a block, unless the other loops have more.
        private static final int POINTS = 32_768;

        public Fold {
            loops = List.copyOf(loops);
            accumulators = List.copyOf(accumulators);
        }

        /// How many indices of the first loop are a block, a multiple of 32, where the other loops have `inner` points
        /// together.
        public static int block(long inner) { return WIDTH * (int) Math.max(1, POINTS / WIDTH / Math.max(1, inner)); }
    }

    /// `index` runs from 0 to `extent` - 1.
    record Loop(Local index, Scalar extent) {}

    /// `local` is, after the fold, all values combined.
    record Accumulator(Local local, Combine combine, Scalar value) {}

    /// Nothing to do.
    Stmt NOTHING = new Seq(List.of());

    static Stmt seq(Stmt... steps) { return seq(List.of(steps)); }

    /// The steps as one statement; a single step is itself.
    static Stmt seq(List<Stmt> steps) { return steps.size() == 1 ? steps.getFirst() : new Seq(steps); }
}
