package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.ShapeNotes;

/// Operands made of one shape when an expression is built: repeated along dimensions that are statically 1, or missing in front.
///
/// Later refinement of a type can never change what this decided. A dimension of unknown size never repeats.
final class Broadcast {
    private Broadcast() {}

    /// The operands with one rank and, wherever that is known, one size per dimension.
    static List<Expr> align(String what, List<Expr> in) {
        int rank = in.stream().mapToInt(e -> e.type().rank()).max().orElse(0);
        if (rank == 0) return in;
        var sources = new ArrayList<Expr>();
        for (int axis = 0; axis < rank; axis++) sources.add(source(what, in, rank, axis));
        List<Expr> dims = null;
        var aligned = new ArrayList<Expr>(in.size());
        for (var e : in) {
            if (!repeats(e, sources, rank)) {
                aligned.add(e);
                continue;
            }
            if (dims == null) dims = lengths(sources, rank);
            aligned.add(BroadcastTo.broadcastTo(e, dims));
        }
        return Collections.unmodifiableList(aligned);
    }

    /// The operand that decides the size along `axis`: one whose size is known and not 1, else one of unknown size, else any.
    private static Expr source(String what, List<Expr> in, int rank, int axis) {
        Expr found = null;
        for (var e : in) {
            int own = axis - (rank - e.type().rank());
            if (own < 0) continue;
            if (found == null) found = e;
            int size = e.type().dim(own), best = found.type().dim(axis - (rank - found.type().rank()));
            if (size > 1 && best > 1 && size != best || size == 0 && best > 1 || size > 1 && best == 0) throw mismatch(what, in);
            if (best == 1 && size != 1 || best < 0 && size >= 0 && size != 1) found = e;
        }
        return java.util.Objects.requireNonNull(found);
    }

    private static boolean repeats(Expr e, List<Expr> sources, int rank) {
        int missing = rank - e.type().rank();
        if (missing > 0) return true;
        for (int axis = 0; axis < rank; axis++)
            if (e.type().dim(axis) == 1 && sizeOf(sources, rank, axis) != 1) return true;
        return false;
    }

    private static int sizeOf(List<Expr> sources, int rank, int axis) {
        var source = sources.get(axis);
        return source.type().dim(axis - (rank - source.type().rank()));
    }

    private static List<Expr> lengths(List<Expr> sources, int rank) {
        var dims = new ArrayList<Expr>(rank);
        for (int axis = 0; axis < rank; axis++) {
            var source = sources.get(axis);
            dims.add(source.length(axis - (rank - source.type().rank())));
        }
        return dims;
    }

    static ShapeError mismatch(String what, List<Expr> in) {
        var lines = new StringBuilder();
        for (var e : in) lines.append("\n  ").append(e).append(" of type ").append(e.type());
        return new ShapeError("""
            %s needs operands of one shape, but got%s%s
            Shapes broadcast along dimensions that are known to be 1; reshape or dimshuffle one of them.""".formatted(
            what, lines, ShapeNotes.of(in)));
    }
}
