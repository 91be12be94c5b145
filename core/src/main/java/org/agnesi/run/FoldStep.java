package org.agnesi.run;

import java.util.List;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.Loop;

/// Runs a [Fold]: an odometer over its loops; each accumulator takes in one value per point.
final class FoldStep implements Step {
    private final int[] index;
    private final Whole[] extents;
    private final Step body;
    private final LaneStep[] accumulators;
    private final List<BlockStep> blocks;

    /// @param blocks the same in blocks, or none
    FoldStep(List<Loop> loops, Step body, List<LaneStep> accumulators, List<BlockStep> blocks) {
        this.blocks = blocks;
        this.index = loops.stream().mapToInt(loop -> loop.index().id()).toArray();
        this.extents = loops.stream().map(loop -> ScalarCompiler.whole(loop.extent())).toArray(Whole[]::new);
        this.body = body;
        this.accumulators = accumulators.toArray(LaneStep[]::new);
    }

    @Override public void run(Frame f) {
        long inner = 1;
        for (int k = 1; k < extents.length; k++) inner *= extents[k].at(f);
        long n = extents.length == 0 ? 1 : extents[0].at(f);
        int block = Fold.block(inner);
        for (var accumulator : accumulators) accumulator.start(f);
        for (int slot : index) f.wholes[slot] = 0;
        for (long from = 0; from < n; from += block) block(f, from * inner, Math.min(n, from + block) * inner);
    }

    private void block(Frame f, long from, long to) {
        for (var accumulator : accumulators) accumulator.open(f);
        if (!blocks.isEmpty() && to - from >= Block.SHORT) BlockLoop.blocks(f, from, to, blocks);
        else if (index.length == 1) along(f, index[0], from, to);
        else across(f, from, to);
        for (var accumulator : accumulators) accumulator.close(f);
    }

    private void along(Frame f, int slot, long from, long to) {
        for (long p = from; p < to; p++) {
            f.wholes[slot] = p;
            body.run(f);
            for (var accumulator : accumulators) accumulator.take(f, (int) p & Fold.WIDTH - 1);
        }
    }

    private void across(Frame f, long from, long to) {
        for (long p = from; p < to; p++) {
            body.run(f);
            for (var accumulator : accumulators) accumulator.take(f, (int) p & Fold.WIDTH - 1);
            advance(f);
        }
    }

    /// The next point: the last loop moves fastest.
    private void advance(Frame f) {
        for (int k = index.length - 1; k >= 0; k--) {
            if (++f.wholes[index[k]] < extents[k].at(f) || k == 0) return;
            f.wholes[index[k]] = 0;
        }
    }
}
