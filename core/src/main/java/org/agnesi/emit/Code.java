package org.agnesi.emit;

/// A program as machine code to be: what an emitted class implements. It has no state, so any number of threads may run it.
public interface Code {
    /// Runs over the program's buffers, in its order; `dims` are the shapes of its inputs and outputs.
    ///
    /// @param lanes a place for the accumulators of folds, which no other run uses meanwhile
    /// @param chunk how many points an outermost loop goes on for before HotSpot may put faster code in its place, a multiple
    ///              of 32; the bits do not depend on it. Below 0 it is a [Taste], and the outputs are worth nothing
    void run(Object[] arrays, int[][] dims, Lanes lanes, int chunk);

    /// Runs some parts of one of the program's outermost loops, which [Lanes#split] hands to a [Team]: indices of a loop,
    /// or blocks of a fold. Parts of one loop may run at the same time.
    ///
    /// @param lanes the run's, or another that [shares][Lanes#share] what the parts take and leave
    void part(Object[] arrays, int[][] dims, Lanes lanes, int chunk, int loop, int from, int to);
}
