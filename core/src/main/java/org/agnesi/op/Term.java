package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// A tensor with a label on each axis: a factor of a sum of products.
record Term(Expr x, List<Integer> labels) {

    /// The terms without axes that are statically 1 where another term's axis of that label is not.
    static List<Term> broadcast(List<Term> terms, IntPredicate mayRepeat) {
        return terms.stream().map(term -> term.keep(axis -> !mayRepeat.test(term.labels.get(axis)) || term.x.type().dim(axis) != 1
            || terms.stream().allMatch(other -> other.isOne(term.labels.get(axis))))).toList();
    }

    private boolean isOne(int label) { return !labels.contains(label) || x.type().dim(labels.indexOf(label)) == 1; }

    private Term keep(IntPredicate kept) {
        int[] axes = IntStream.range(0, labels.size()).filter(kept).toArray();
        return axes.length == labels.size() ? this
            : new Term(DimShuffle.dimshuffle(x, axes), IntStream.of(axes).mapToObj(labels::get).toList());
    }

    /// This term with each label once: repeated ones become a diagonal.
    Term diagonals() {
        var term = this;
        for (int axis = 0; axis < term.labels.size(); axis++) {
            int label = term.labels.get(axis), again = term.labels.lastIndexOf(label);
            if (again == axis) continue;
            var rest = new ArrayList<>(term.labels);
            rest.remove(again);
            rest.remove(axis);
            rest.add(label);
            term = new Term(Diagonal.diagonal(term.x, 0, axis, again), rest);
            axis = -1;
        }
        return term;
    }

    /// This term summed over labels that nothing needs.
    Term summed(Collection<Integer> needed) {
        int[] gone = IntStream.range(0, labels.size()).filter(axis -> !needed.contains(labels.get(axis))).toArray();
        return gone.length == 0 ? this : new Term(Sum.sum(x, Axes.over(gone)), labels.stream().filter(needed::contains).toList());
    }

    /// This term with its axes in the order `out`.
    Expr ordered(List<Integer> out) {
        return labels.equals(out) ? x : DimShuffle.dimshuffle(x, out.stream().mapToInt(labels::indexOf).toArray());
    }

    static Expr contract(Term a, Term b, List<Integer> out) { return Contract.contract(a.x, a.labels, b.x, b.labels, out); }
}
