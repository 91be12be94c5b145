package org.agnesi.run;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.emit.OutsideException;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;

/// Turns statements into small objects that run them.
final class StmtCompiler {
    private final boolean blocks;
    private int locals;
    private int lanes;
    private int registers;

    /// How many registers the blocks compiled so far need.
    int registers() { return registers; }

    /// @param blocks whether innermost loops may run in blocks
    StmtCompiler(boolean blocks) { this.blocks = blocks; }

    /// How many locals a [Frame] needs for the statements compiled so far.
    int locals() { return locals; }

    /// How many lanes the folds compiled so far need in a [Frame].
    int lanes() { return lanes; }

    Step step(Stmt stmt) {
        return switch (stmt) {
            case Seq(var steps) -> sequence(steps);
            case For(var index, var extent, var body) -> loop(index, ScalarCompiler.whole(extent), body);
            case While(var condition, var body) -> repeat(ScalarCompiler.whole(condition), step(body));
            case If(var condition, var then, var otherwise) -> choose(ScalarCompiler.whole(condition), step(then), step(otherwise));
            case Let(var local, var value) -> assign(local, value);
            case Assign(var local, var value) -> assign(local, value);
            case Store(var buffer, var index, var value) -> Loads.store(buffer, ScalarCompiler.whole(index), value);
            case Accumulate sum -> step(sum.store());
            case Check check -> check(check, ScalarCompiler.whole(check.index()), ScalarCompiler.whole(check.size()));
            case Fold fold -> fold(fold);
        };
    }

    private Step sequence(List<Stmt> stmts) {
        var steps = stmts.stream().map(this::step).toArray(Step[]::new);
        if (steps.length == 1) return steps[0];
        return f -> {
            for (var step : steps) step.run(f);
        };
    }

    private Step fold(Fold fold) {
        fold.loops().forEach(loop -> slot(loop.index()));
        fold.accumulators().forEach(a -> slot(a.local()));
        int first = lanes;
        lanes += fold.accumulators().size() * Fold.WIDTH;
        var accumulators = new ArrayList<LaneStep>();
        for (var a : fold.accumulators()) accumulators.add(LaneStep.of(a, first + accumulators.size() * Fold.WIDTH));
        return new FoldStep(fold.loops(), step(fold.body()), accumulators, blocks(fold, accumulators));
    }

    /// The fold's blocks: its body, then each accumulator; none where it goes point by point.
    private List<BlockStep> blocks(Fold fold, List<LaneStep> accumulators) {
        if (!blocks || fold.loops().size() != 1) return List.of();
        var block = Block.of(fold.loops().getFirst().index(), fold.body(), fold.accumulators().stream().map(Accumulator::value).toList());
        if (block == null) return List.of();
        registers = Math.max(registers, block.registers());
        var steps = new ArrayList<>(BlockLoop.steps(block, fold.body()));
        for (var accumulator : accumulators) steps.add(accumulator.block(block));
        return steps;
    }

    private Step loop(Local index, Whole extent, Stmt inside) {
        int slot = slot(index);
        var pointwise = pointwise(slot, extent, step(inside));
        var block = blocks ? Block.of(index, inside, List.of()) : null;
        if (block == null) return pointwise;
        registers = Math.max(registers, block.registers());
        return new BlockLoop(extent, BlockLoop.steps(block, inside), pointwise);
    }

    private static Step pointwise(int slot, Whole extent, Step body) {
        return f -> {
            long n = extent.at(f);
            for (long i = 0; i < n; i++) {
                f.wholes[slot] = i;
                body.run(f);
            }
        };
    }

    private int slot(Local local) {
        locals = Math.max(locals, local.id() + 1);
        return local.id();
    }

    private static Step repeat(Whole condition, Step body) {
        return f -> {
            while (condition.at(f) != 0) body.run(f);
        };
    }

    private static Step choose(Whole condition, Step then, Step otherwise) {
        return f -> {
            if (condition.at(f) != 0) then.run(f);
            else otherwise.run(f);
        };
    }

    private Step assign(Local local, Scalar value) {
        int slot = slot(local);
        if (local.dtype().isFloating()) {
            var x = ScalarCompiler.real(value);
            return f -> f.reals[slot] = x.at(f);
        }
        var n = ScalarCompiler.whole(value);
        return f -> f.wholes[slot] = n.at(f);
    }

    private static Step check(Check check, Whole index, Whole size) {
        return f -> {
            long i = index.at(f);
            long n = size.at(f);
            if (i < 0 || i >= n) throw new OutsideException(check.site(), check.axis(), i, n);
        };
    }
}
