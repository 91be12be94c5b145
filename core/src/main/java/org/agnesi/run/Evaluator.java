package org.agnesi.run;

import org.agnesi.kernel.Program;

/// The loop evaluator: statements and scalars as small objects over a frame of primitive locals.
final class Evaluator implements Backend.Body {
    private final StmtCompiler compiler;
    private final Step step;
    private final int buffers;

    /// @param blocks whether innermost loops run in blocks where they can
    Evaluator(Program program, boolean blocks) {
        compiler = new StmtCompiler(blocks);
        step = compiler.step(program.body());
        buffers = program.buffers().size();
    }

    @Override public Frame frame() { return new Frame(compiler.locals(), compiler.lanes(), compiler.registers(), buffers); }

    @Override public void run(Frame f) { step.run(f); }
}
