package org.agnesi.run;

import java.util.List;
import org.agnesi.emit.Emitter;
import org.agnesi.kernel.Program;

/// What computes a program: a loop evaluator or emitted code. The bits are the same.
///
/// | backend    | a program is                                                                                       |
/// |------------|----------------------------------------------------------------------------------------------------|
/// | [#POINTS]  | small objects that compute one point at a time: the oracle for all others                          |
/// | [#BLOCKS]  | the same, 256 points at a time where no point sees what another has written                        |
/// | [#SCALAR]  | a class of its own, one point at a time                                                            |
/// | [#SIMD]    | the same with innermost loops as vectors where that pays and the JVM has them                      |
/// | [#tiered]  | SCALAR, and SIMD when it has run long enough: vector code is slow until HotSpot has compiled it    |
public interface Backend {
    Backend POINTS = named("points", program -> new Evaluator(program, false));
    Backend BLOCKS = named("blocks", program -> new Evaluator(program, true));
    Backend SCALAR = named("scalar", program -> emitted(program, false));
    Backend SIMD = named("simd", program -> emitted(program, true));

    /// All that start no threads.
    List<Backend> ALL = List.of(POINTS, BLOCKS, SCALAR, SIMD);

    static Backend tiered(Workers workers) { return named("tiered", program -> Tiered.of(program, workers)); }

    /// The program made ready to run.
    Body body(Program program);

    /// What runs a program on a frame that it made. Several threads may run it, each on its own frame.
    interface Body {
        Frame frame();

        void run(Frame f);
    }

    private static Body emitted(Program program, boolean simd) {
        var emitted = Emitter.emit(program, simd);
        return emitted == null ? new Evaluator(program, true) : new EmittedBody(program, emitted);
    }

    private static Backend named(String name, Backend backend) {
        return new Backend() {
            @Override public Body body(Program program) { return backend.body(program); }
            @Override public String toString() { return name; }
        };
    }
}
