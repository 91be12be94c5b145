package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.rule;
import static org.agnesi.rewrite.RuleClass.REAL;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.agnesi.op.Add;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.Cut;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Eye;
import org.agnesi.op.Gather;
import org.agnesi.op.OneHot;
import org.agnesi.op.PutSlice;
import org.agnesi.op.Scatter;
import org.agnesi.op.Slice;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.jspecify.annotations.Nullable;

/// Reads of what was just written, rows of identities, and sums with writes into zeros, which are what gradients of reads are.
final class Writes {
    private static final int MOST_PLACES = 4096;
    private static final Cut FIRST = new Cut.Span(new Cut.Edge.Fixed(0), new Cut.Edge.Fixed(1), 1);
    private static final Cut LAST = new Cut.One(new Cut.Edge.Fixed(-1));

    private Writes() {}

    static final List<Rule> RULES = List.of(
        rule("slice-beside-put",     Slice.class,  Writes::beside),
        rule("first-of-put-at-last", Slice.class,  Writes::first),
        rule("last-of-put-at-first", Slice.class,  Writes::last),
        rule("gather-of-scatter",    Gather.class, Writes::gathered),
        rule("scatter-by-permutation", Scatter.class, Writes::permuted),
        rule("row-of-eye",           Slice.class,  Writes::ofEye),
        rule("add-of-put",           Add.class,    Writes::sum).as(REAL));

    /// `x.at(i).set(v)[j]` → `x[j]` where the two have no element in common.
    private static @Nullable Expr beside(Node node, Slice slice) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof PutSlice(var cuts, var _)) || !areApart(cuts, slice.cuts(), inner.arg(0))) return null;
        return Expr.of(slice, replaced(node.args(), inner.arg(0)));
    }

    /// `zeros.at(-1).set(v)[0:1]` → `where(length == 1, v, zeros[0:1])`: what comes back to the value before a loop of any length.
    private static @Nullable Expr first(Node node, Slice slice) {
        var put = intoZeros(node, LAST);
        if (put == null || !isOnly(slice.cuts(), FIRST)) return null;
        return Where.where(isSingle(put), DimShuffle.expandDims(put.arg(1), 0), Expr.of(slice, List.of(put.arg(0))));
    }

    /// `zeros.at[0:1].set(v)[-1]` → `where(length == 1, v[-1], zeros[-1])`: the derivative of that along the other way.
    private static @Nullable Expr last(Node node, Slice slice) {
        var put = intoZeros(node, FIRST);
        if (put == null || !isOnly(slice.cuts(), LAST)) return null;
        return Where.where(isSingle(put), Expr.of(slice, List.of(put.arg(1))), Expr.of(slice, List.of(put.arg(0))));
    }

    /// A write of rows into zeros, of which it is not known how many there are.
    private static @Nullable Node intoZeros(Node read, Cut rows) {
        var put = read.arg(0).node();
        return put.op() instanceof PutSlice(var cuts, var _) && isOnly(cuts, rows) && !put.arg(0).type().isKnown(0)
            && Uniform.valueOf(put.arg(0)) == 0 ? put : null;
    }

    private static Expr isSingle(Node put) { return Compare.eq(put.arg(0).length(0), Constant.index(1)); }

    private static boolean isOnly(List<Cut> cuts, Cut first) {
        return cuts.getFirst().equals(first) && cuts.stream().skip(1).allMatch(Cut.ALL::equals);
    }

    /// Whether along some axis of known length the two take other positions, and no position that the first fixes can be outside.
    private static boolean areApart(List<Cut> written, List<Cut> read, Expr x) {
        boolean apart = false;
        for (int axis = 0; axis < written.size(); axis++) {
            var a = places(written.get(axis), x, axis);
            var b = places(read.get(axis), x, axis);
            if (a.isEmpty() && written.get(axis).drops()) return false;
            apart |= !a.isEmpty() && !b.isEmpty() && Collections.disjoint(a, b);
        }
        return apart;
    }

    /// The positions along an axis, where they are known; else none.
    private static Set<Long> places(Cut cut, Expr x, int axis) {
        int size = x.type().dim(axis);
        return size < 0 || size > MOST_PLACES ? Set.of() : Set.copyOf(cut.places(size));
    }

    /// `x.at(i).set(v)[i]` → `v` where no position repeats, with `add` → `x[i] + v`; `x[j]` where j has no position of i.
    private static @Nullable Expr gathered(Node node, Gather gather) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof Scatter(var axes, var at, var adds)) || axes.size() != 1 || !axes.equals(gather.axes())) return null;
        var x = inner.arg(0);
        var written = positions(inner.arg(2), x, axes.getFirst());
        var read = positions(node.arg(1), x, axes.getFirst());
        if (written == null || read == null) return null;
        var before = Expr.of(gather, replaced(node.args(), x));
        if (Collections.disjoint(written, new HashSet<>(read))) return before;
        boolean same = at == gather.at() && written.equals(read) && isDistinct(written)
            && inner.arg(2).type().equals(node.arg(1).type());
        return !same ? null : adds ? Add.add(before, inner.arg(1)) : inner.arg(1);
    }

    /// `x.at([2, 0, 1]).add(v)` → `x + v[[1, 2, 0]]` where the positions are all there are, each once; with `set`, without `x`.
    private static @Nullable Expr permuted(Node node, Scatter scatter) {
        if (scatter.axes().size() != 1 || scatter.at() != scatter.axes().getFirst() || node.arg(2).type().rank() != 1) return null;
        var x = node.arg(0);
        var v = node.arg(1);
        int axis = scatter.at();
        var to = positions(node.arg(2), x, axis);
        if (to == null || to.size() != x.type().dim(axis) || !isDistinct(to) || v.type().dtype() != x.type().dtype()) return null;
        var from = new long[to.size()];
        for (int i = 0; i < from.length; i++) from[to.get(i).intValue()] = i;
        var moved = Gather.take(v, Constant.constant(from), axis);
        return scatter.adds() ? Add.add(x, moved) : moved;
    }

    /// Known positions along an axis of known length, counted from the front.
    private static @Nullable List<Long> positions(Expr e, Expr x, int axis) {
        int size = x.type().dim(axis);
        if (size < 0 || !(e.node().op() instanceof Constant(var value, var _)) || value.size() > MOST_PLACES) return null;
        return IntStream.range(0, value.size()).mapToObj(i -> Math.floorMod(value.longAt(i), (long) size)).toList();
    }

    private static boolean isDistinct(List<Long> positions) { return new HashSet<>(positions).size() == positions.size(); }

    /// `eye(n)[i]` → `oneHot(i, n)`, and a column likewise.
    private static @Nullable Expr ofEye(Node node, Slice slice) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof Eye(int offset, var dtype))) return null;
        int along = slice.cuts().getFirst().drops() ? 0 : 1;
        if (!slice.cuts().get(1 - along).equals(Cut.ALL) || !slice.cuts().get(along).drops()) return null;
        var place = places(slice.cuts().get(along), node.arg(0), along);
        if (place.isEmpty()) return null;
        long hot = place.iterator().next() + (along == 0 ? offset : -offset);
        return OneHot.oneHot(Constant.index(hot), inner.arg(1 - along), dtype);
    }

    /// `a + zeros.at(i).set(v)` → `a.at(i).add(v)`: elements are added, not whole tensors. All such terms at once.
    private static @Nullable Expr sum(Node node, Add add) {
        var dtype = node.types().getFirst().dtype();
        var writes = new ArrayList<Node>();
        var others = new ArrayList<Expr>();
        for (var term : node.args()) {
            boolean isWrite = !dtype.isBool() && term.type().dtype() == dtype && adding(term.node()) != null
                && Uniform.valueOf(term.node().arg(0)) == 0;
            if (isWrite) writes.add(term.node());
            else others.add(term);
        }
        if (writes.isEmpty()) return null;
        if (others.isEmpty()) others.add(writes.removeFirst().result(0));
        var sum = others.size() == 1 ? others.getFirst() : new Add().apply(others);
        if (sum.type().dtype() != dtype) return null;
        for (var write : writes) sum = Expr.of(Objects.requireNonNull(adding(write)), replaced(write.args(), sum));
        return sum;
    }

    /// The op that adds what this write into zeros sets or adds; where positions may repeat, only one that adds does so alike.
    private static @Nullable Op adding(Node write) {
        return switch (write.op()) {
            case PutSlice(var cuts, var _) -> new PutSlice(cuts, true);
            case Scatter(var axes, var at, var _) when axes.size() == 1 && isKnownDistinct(write, axes.getFirst()) ->
                new Scatter(axes, at, true);
            default -> null;
        };
    }

    private static boolean isKnownDistinct(Node scatter, int axis) {
        var written = positions(scatter.arg(2), scatter.arg(0), axis);
        return written != null && isDistinct(written);
    }

    private static List<Expr> replaced(List<Expr> args, Expr first) {
        var all = new ArrayList<>(args);
        all.set(0, first);
        return all;
    }
}
