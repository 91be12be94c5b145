package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.DimShuffle;

/// The inputs of an op some of which have a batch dimension in front: what [Op#batch] is asked about.
///
/// @param in      the inputs, batched ones one rank higher than the op's own
/// @param batched which of them are batched; at least one is
/// @param size    the batch's length, an int64 scalar
public record Batch(List<Expr> in, List<Boolean> batched, Expr size) {
    public Batch {
        in = List.copyOf(in);
        batched = List.copyOf(batched);
    }

    public Expr in(int i) { return in.get(i); }

    public boolean has(int i) { return batched.get(i); }

    /// Whether only the inputs before `count` are batched: those after it may be indices or sizes that must not differ by row.
    public boolean onlyFirst(int count) { return !batched.subList(count, batched.size()).contains(true); }

    /// Input `i` with the batch in front, repeated along it where it is not batched.
    public Expr full(int i) {
        var x = in(i);
        if (has(i)) return x;
        var dims = new ArrayList<Expr>(List.of(size));
        dims.addAll(x.lengths());
        return BroadcastTo.broadcastTo(x, dims);
    }

    /// Input `i` with a batch dimension of size 1 where it is not batched; for ops that broadcast along the batch themselves.
    public Expr thin(int i) { return has(i) ? in(i) : DimShuffle.expandDims(in(i), 0); }

    public List<Expr> allFull() {
        var all = new ArrayList<Expr>(in.size());
        for (int i = 0; i < in.size(); i++) all.add(full(i));
        return Collections.unmodifiableList(all);
    }
}
