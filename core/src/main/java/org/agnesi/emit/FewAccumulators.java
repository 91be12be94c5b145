package org.agnesi.emit;

import org.agnesi.kernel.Stmt.Fold;

/// Writes the vectors of a fold that is not light but has few vectors of accumulators: once for each of them, with the accumulators in
/// variables. In memory each sum waits until the one before it is stored and read again, which may be the last but one.
///
/// ```
/// for (; index + 32 ≤ to; index += 32) the accumulators take in a vector each
/// ```
final class FewAccumulators {
    /// The most vectors of accumulators.
    private static final int VECTORS = 4;
    /// Scalars of all the points that are written.
    private static final int SCALARS = 160;

    private FewAccumulators() {}

    static boolean areIn(VectorBody body) {
        int each = Fold.WIDTH / body.lane().lanes();
        return each * body.accumulators.size() <= VECTORS && each * body.weight() <= SCALARS;
    }

    /// @param to     the variable that says where the points end
    /// @param number puts the number of the next point on the stack
    static void emit(MethodCode method, VectorBody body, VectorCode vectors, int to, Runnable number) {
        var variables = new AccumulatorVariables(method, body, vectors, to);
        AccumulatorVariables.Place place = (a, ahead) -> {
            method.code.loadConstant(method.emitter.folds.place(a));
            number.run();
            method.code.loadConstant(ahead).iadd().loadConstant(Fold.WIDTH - 1).iand().iadd();
        };
        var slots = body.accumulators.stream().map(a -> variables.loaded(a, place)).toList();
        variables.takeIn(Fold.WIDTH / body.lane().lanes(), slots);
        for (int j = 0; j < slots.size(); j++) variables.store(body.accumulators.get(j), slots.get(j), place);
    }
}
