package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Pull;
import org.jspecify.annotations.Nullable;

/// The push of an op whose pull is not the transpose of its derivative: the transpose of that pull.
///
/// A pull is linear in the cotangents, so pulling *it* back, from tangents of the inputs to the cotangents' place, gives
/// tangents of the results: both modes then agree on one, deliberately wrong, derivative.
final class Surrogate {
    private Surrogate() {}

    static List<@Nullable Expr> push(Op op, List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        var seeds = new ArrayList<Expr>();   // their values do not matter, their shapes do
        for (var y : out) seeds.add(Fill.fill(y, Constant.of(0, y.type().dtype().floating())));
        var pulled = op.pullAll(in, out, List.copyOf(seeds), i -> dx.get(i) != null);
        var ys = new ArrayList<Expr>();
        var gs = new ArrayList<Expr>();
        for (int i = 0; i < in.size(); i++) {
            var back = pulled.get(i);
            var tangent = dx.get(i);
            if (back == null || tangent == null) continue;
            ys.add(back);
            gs.add(tangent);
        }
        return Pull.pull(ys, gs, seeds);
    }
}
