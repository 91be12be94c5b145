package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.network.Factor.Delta;
import org.agnesi.network.Factor.Move;
import org.agnesi.network.Factor.Movement;
import org.agnesi.op.Constant;
import org.agnesi.op.Cut;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// Networks whose elements are taken from those of others by position: slices, positions, other shapes, parts side by side.
///
/// @param labels of the axes of all of them
record Rearranged(Labels labels) {
    Network sliced(Node node, List<Cut> cuts, Network x) {
        var given = node.args().subList(1, node.args().size()).iterator();
        var moved = x;
        var out = new ArrayList<Integer>();
        int left = 0;
        for (int axis = 0; axis < cuts.size(); axis++) {
            var cut = cuts.get(axis);
            int from = x.out().get(axis);
            var own = new ArrayList<Expr>();
            for (var edge : cut.edges()) if (edge.equals(Cut.GIVEN)) own.add(given.next());
            var to = cut.equals(Cut.ALL) ? List.of(from)
                : cut.drops() ? List.<Integer>of() : List.of(labels.fresh(Length.traced(node.result(0), left)));
            left += to.size();
            out.addAll(to);
            if (cut.equals(Cut.ALL)) continue;
            var move = new Move(new Movement.Slicing(cut, own, labels.size(from)), List.of(from), to);
            moved = moved.map(term -> term.and(move));
        }
        return moved.to(out);
    }

    Network taken(Expr positions, int axis, Network x) {
        int from = x.out().get(axis), to = labels.fresh(Length.traced(positions, 0));
        var move = new Move(new Movement.Taking(positions, labels.size(from)), List.of(from), List.of(to));
        var out = new ArrayList<>(x.out());
        out.set(axis, to);
        return x.map(term -> term.and(move)).to(out);
    }

    /// Axes that keep their sizes stay; others are moved in groups.
    Network reshaped(Node node, Network x) {
        var sizes = node.args().subList(1, node.args().size());
        var moved = x;
        var out = new ArrayList<Integer>();
        int at = 0, next = 0;
        for (var group : Regrouping.of(labels.sizes(x.out(), Regrouping.flat(sizes)), sizes)) {
            var from = x.out().subList(at, at += group.from());
            var to = sizes.subList(next, next += group.to());
            if (group.from() == 1 && group.to() == 1 && labels.isOf(from.getFirst(), to.getFirst())) {
                out.addAll(from);
                continue;
            }
            var fresh = to.stream().map(labels::fresh).toList();
            var move = new Move(new Movement.Reshaping(labels.sizes(from), to), from, fresh);
            moved = moved.map(term -> term.and(move));
            out.addAll(fresh);
        }
        return moved.to(out);
    }

    /// Each part put into its place among zeros.
    Network concatenated(Node node, int axis, List<Network> parts) {
        var out = labels.of(node.result(0));
        Network all = null;
        Expr from = Constant.index(0);
        for (int k = 0; k < parts.size(); k++) {
            var arg = node.arg(k);
            var to = Labels.plus(from, Length.traced(arg, axis));
            var given = new ArrayList<Expr>();
            var cut = new Cut.Span(edge(from, given), edge(to, given), 1);
            int part = labels.fresh(Length.traced(arg, axis));
            var axes = new ArrayList<>(out);
            axes.set(axis, part);
            var move = new Move(new Movement.Slicing(cut, given, labels.size(out.get(axis))), List.of(out.get(axis)), List.of(part));
            var placed = parts.get(k).at(axes, labels).map(term -> term.and(move)).to(out);
            all = all == null ? placed : Network.sum(all, placed);
            from = to;
        }
        return all == null ? new Network(List.of(), out) : all;
    }

    private static Cut.Edge edge(Expr position, List<Expr> given) {
        if (position.constantLong().isPresent()) return new Cut.Edge.Fixed(position.constantLong().getAsLong());
        given.add(position);
        return Cut.GIVEN;
    }

    /// The first positions of a label, as many as another has: a slice where those are not all.
    Factor firstOf(int label, int first, Expr size) {
        if (labels.isOf(label, size)) return new Delta(label, first);
        var given = new ArrayList<Expr>();
        var cut = new Cut.Span(Cut.OPEN, edge(size, given), 1);
        return new Move(new Movement.Slicing(cut, given, labels.size(label)), List.of(label), List.of(first));
    }
}
