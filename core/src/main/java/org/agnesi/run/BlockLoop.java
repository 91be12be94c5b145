package org.agnesi.run;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.kernel.Stmt;

/// Runs an innermost loop block by block; short ones point by point.
///
/// @param steps    what each block does, in order
/// @param pointwise the same loop point by point
record BlockLoop(Whole extent, List<BlockStep> steps, Step pointwise) implements Step {

    static List<BlockStep> steps(Block block, Stmt body) {
        var steps = new ArrayList<BlockStep>();
        for (var stmt : Block.steps(body)) steps.add(BlockStep.of(stmt, block));
        return steps;
    }

    @Override public void run(Frame f) {
        long n = extent.at(f);
        if (n < Block.SHORT) pointwise.run(f);
        else blocks(f, 0, n, steps);
    }

    static void blocks(Frame f, long from, long to, List<BlockStep> steps) {
        for (long first = from; first < to; first += Block.SIZE) {
            int size = (int) Math.min(Block.SIZE, to - first);
            for (int k = 0; k < steps.size(); k++) steps.get(k).run(f, first, size);
        }
    }
}
