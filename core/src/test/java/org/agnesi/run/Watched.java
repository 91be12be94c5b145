package org.agnesi.run;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.emit.Tiles;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Program;
import org.jspecify.annotations.Nullable;

/// What a plan computes with, in the order in which it first does.
final class Watched implements Backend {
    final List<String> programs = new ArrayList<>();

    @Override public Body body(Program program) {
        programs.add(program.toString());
        return BLOCKS.body(program);
    }

    @Override public Tiles tiles(DType dtype, long flops, int kinds) { return BLOCKS.tiles(dtype, flops, kinds); }
    @Override public @Nullable Workers workers() { return null; }
    @Override public @Nullable Blas blas() { return null; }
}
