package org.agnesi.run;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.emit.Emitter;
import org.agnesi.emit.Tiles;
import org.agnesi.error.ArgumentError;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Program;
import org.jspecify.annotations.Nullable;

/// What computes a program: a loop evaluator or emitted code. The bits are the same.
///
/// | backend    | a program is                                                                                       |
/// |------------|----------------------------------------------------------------------------------------------------|
/// | [#POINTS]  | small objects that compute one point at a time: the oracle for all others                          |
/// | [#BLOCKS]  | the same, 256 points at a time where no point sees what another has written                        |
/// | [#SCALAR]  | a class of its own, one point at a time                                                            |
/// | [#SIMD]    | the same with innermost loops as vectors where that pays and the JVM has them                      |
/// | [#parallel] | SIMD, large loops on several threads                                                                |
/// | [#tiered]  | SCALAR, and parallel when it has run long enough: vector code is slow until HotSpot has compiled it |
public interface Backend {
    Backend POINTS = named("points", program -> new Evaluator(program, false), false);
    Backend BLOCKS = named("blocks", program -> new Evaluator(program, true), false);
    Backend SCALAR = named("scalar", program -> emitted(program, false, null), false);
    Backend SIMD = named("simd", program -> emitted(program, true, null), true);

    /// All that start no threads.
    List<Backend> ALL = List.of(POINTS, BLOCKS, SCALAR, SIMD);

    /// SIMD on several threads.
    static Backend parallel(Workers workers) {
        var bodies = new Bodies(program -> emitted(program, true, workers));
        return named("parallel", bodies::of, (dtype, _, _) -> Tiles.of(dtype, true), workers);
    }

    static Backend tiered(Workers workers) {
        var doubles = new TieredTiles(DType.FLOAT64, workers);
        var floats = new TieredTiles(DType.FLOAT32, workers);
        return named("tiered", new Bodies(program -> Tiered.of(program, workers))::of,
            (dtype, flops, kinds) -> (dtype == DType.FLOAT64 ? doubles : floats).tiles(flops, kinds), workers);
    }

    /// The backend of this name.
    static Backend of(String name, Workers workers) {
        var threaded = Map.<String, Function<Workers, Backend>>of("parallel", Backend::parallel, "tiered", Backend::tiered);
        for (var backend : ALL) if (backend.toString().equals(name)) return backend;
        if (threaded.containsKey(name)) return threaded.get(name).apply(workers);
        var names = Stream.concat(ALL.stream().map(Backend::toString), threaded.keySet().stream().sorted());
        throw new ArgumentError("""
            -Dagnesi.kernels needs the name of what runs programs, but got '%s'
            The names are %s.""".formatted(name, names.collect(Collectors.joining(", "))));
    }

    /// The program made ready to run; those of several threads share bodies between programs of the same instructions.
    Body body(Program program);

    /// What multiplies blocks of matrices.
    ///
    /// @param flops how many operations it is wanted for
    /// @param kinds the kinds of tiles that it needs for them, as bits
    Tiles tiles(DType dtype, long flops, int kinds);

    /// Who helps with large work; null where nobody does.
    @Nullable Workers workers();

    /// The library for products and decompositions; null where they are our own.
    @Nullable Blas blas();

    /// The same with a library, which is asked for when it is first needed.
    default Backend with(Supplier<? extends @Nullable Blas> blas) {
        var own = this;
        return new Backend() {
            @Override public Body body(Program program) { return own.body(program); }
            @Override public Tiles tiles(DType dtype, long flops, int kinds) { return own.tiles(dtype, flops, kinds); }
            @Override public @Nullable Workers workers() { return own.workers(); }
            @Override public @Nullable Blas blas() { return blas.get(); }
            @Override public String toString() { return own + " with a library"; }
        };
    }

    /// Chooses [#tiles].
    interface Multiplier {
        Tiles tiles(DType dtype, long flops, int kinds);
    }

    /// What runs a program on a frame that it made. Several threads may run it, each on its own frame.
    interface Body {
        Frame frame();

        void run(Frame f);
    }

    private static Body emitted(Program program, boolean simd, @Nullable Workers workers) {
        var vectors = simd ? Emitter.emit(program, true) : null;
        var emitted = vectors != null ? vectors : Emitter.emit(program, false);
        return emitted == null ? new Evaluator(program, true) : new EmittedBody(program, emitted, workers);
    }

    private static Backend named(String name, Function<Program, Body> bodies, boolean simd) {
        return named(name, bodies, (dtype, _, _) -> Tiles.of(dtype, simd), null);
    }

    private static Backend named(String name, Function<Program, Body> bodies, Multiplier multiplier,
        @Nullable Workers workers) {
        return new Backend() {
            @Override public Body body(Program program) { return bodies.apply(program); }
            @Override public Tiles tiles(DType dtype, long flops, int kinds) { return multiplier.tiles(dtype, flops, kinds); }
            @Override public @Nullable Workers workers() { return workers; }
            @Override public @Nullable Blas blas() { return null; }
            @Override public String toString() { return name; }
        };
    }
}
