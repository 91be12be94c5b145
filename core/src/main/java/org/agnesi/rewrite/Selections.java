package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.op.Add;
import org.agnesi.op.Arange;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Constant;
import org.agnesi.op.Cut;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Gather;
import org.agnesi.op.PutSlice;
import org.agnesi.op.Reshape;
import org.agnesi.op.Slice;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Elements picked out of what was just put together, and shapes given twice.
final class Selections {
    private Selections() {}

    static final List<Rule> RULES = List.of(
        rule("slice-of-repeated",  Slice.class,   Selections::ofRepeated),
        rule("element-of-stack",   Slice.class,   Selections::ofStack),
        rule("element-of-arange",  Slice.class,   Selections::ofArange),
        rule("slice-of-put",       Slice.class,   Selections::ofPut),
        rule("gather-of-repeated", Gather.class,  Selections::gathered),
        rule("reshape-of-reshape", Reshape.class, Selections::twice),
        rule("useless-reshape",    Reshape.class, Selections::useless),
        rule("reshape-of-repeated", Reshape.class, Selections::repeated));

    /// Every slice of a repeated scalar is that scalar, repeated less often; one that fixes no position cannot be out of bounds.
    private static @Nullable Expr ofRepeated(Node node, Slice slice) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof BroadcastTo) || inner.arg(0).type().rank() != 0 || !isInBounds(slice, node.arg(0))) return null;
        return Reductions.repeated(inner.arg(0), Build.lengths(node));
    }

    /// Elements along an axis on which all are the same: fewer or more of them. Known positions are inside of a known length.
    private static @Nullable Expr gathered(Node node, Gather gather) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof BroadcastTo) || gather.axes().size() != 1 || gather.at() != gather.axes().getFirst()) return null;
        int axis = gather.at(), own = axis - node.arg(0).type().rank() + inner.arg(0).type().rank();
        boolean repeats = own < 0 || inner.arg(0).type().dim(own) == 1;
        boolean inside = node.arg(0).type().isKnown(axis) && node.arg(1).node().op() instanceof Constant;
        return repeats && inside && node.arg(1).type().rank() == 1 ? Reductions.repeated(inner.arg(0), Build.lengths(node)) : null;
    }

    /// Whether no position that the slice fixes can be outside of `x`.
    private static boolean isInBounds(Slice slice, Expr x) {
        return IntStream.range(0, slice.cuts().size()).allMatch(axis -> !slice.cuts().get(axis).drops() || position(slice, axis, x) >= 0);
    }

    /// The known position, counted from the front, that the slice takes along an axis; −1 where it is not known to be inside.
    private static long position(Slice slice, int axis, Expr x) {
        if (!(slice.cuts().get(axis) instanceof Cut.One(Cut.Edge.Fixed(var at))) || !x.type().isKnown(axis)) return -1;
        int size = x.type().dim(axis);
        return at < -size || at >= size ? -1 : at < 0 ? at + size : at;
    }

    /// `[a, b][1]` → `b`, and so `shape(x)[0]` is a length.
    private static @Nullable Expr ofStack(Node node, Slice slice) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof Concatenate(var axis))) return null;
        long at = position(slice, axis, node.arg(0));
        for (int other = 0; other < slice.cuts().size(); other++) if (other != axis && !slice.cuts().get(other).equals(Cut.ALL))
            return null;
        if (at < 0) return null;
        for (var part : inner.args()) {
            int size = part.type().dim(axis);
            if (at < size && size == 1)
                return DimShuffle.dimshuffle(part, IntStream.range(0, part.type().rank()).filter(d -> d != axis).toArray());
            if (size < 0 || at < size) return null;
            at -= size;
        }
        return null;
    }

    private static @Nullable Expr ofArange(Node node, Slice slice) {
        long at = position(slice, 0, node.arg(0));
        return node.arg(0).node().op() instanceof Arange && at >= 0 ? Constant.index(at) : null;
    }

    /// `x.at(i).set(v)[i]` → `v`, and with `add`, `x[i] + v`.
    private static @Nullable Expr ofPut(Node node, Slice slice) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof PutSlice(var cuts, var adds)) || !cuts.equals(slice.cuts())
            || !inner.args().subList(2, inner.args().size()).equals(node.args().subList(1, node.args().size()))) return null;
        var v = inner.arg(1);
        if (!adds) return v;
        var args = new ArrayList<>(node.args());
        args.set(0, inner.arg(0));
        return Add.add(Expr.of(slice, args), v);
    }

    private static List<Expr> sizes(Node reshape) { return reshape.args().subList(1, reshape.args().size()); }

    private static @Nullable Expr twice(Node node, Reshape op) {
        var inner = node.arg(0).node();
        return inner.op() instanceof Reshape ? Reshape.reshape(inner.arg(0), sizes(node)) : null;
    }

    /// `reshape(x, shape(x))` → `x`
    private static @Nullable Expr useless(Node node, Reshape op) {
        var x = node.arg(0);
        if (x.type().rank() != sizes(node).size() || !x.type().refines(node.types().getFirst())) return null;
        for (int axis = 0; axis < x.type().rank(); axis++) if (!Lengths.isLength(sizes(node).get(axis), x, axis)) return null;
        return x;
    }

    /// A repeated scalar under another shape of known size.
    private static @Nullable Expr repeated(Node node, Reshape op) {
        var inner = node.arg(0).node();
        return inner.op() instanceof BroadcastTo && inner.arg(0).type().rank() == 0 && node.arg(0).type().isStatic()
            && node.types().getFirst().isStatic()
            ? Reductions.repeated(inner.arg(0), sizes(node)) : null;
    }
}
