package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;

/// Where an element of an array is after a reshape: some axes become some others, as few at a time as their sizes tell.
///
/// Of (2·n, m) to (2, n, m) the second axis stays as it is, and only the position along the first is divided.
final class ReshapedPosition {
    private final Terms terms;
    private final List<Scalar> from;
    private final List<Scalar> to;
    private final Function<List<Scalar>, Factors> factors;

    /// @param from sizes of which there are as many elements as of the sizes `to`
    ReshapedPosition(Terms terms, List<Scalar> from, List<Scalar> to, Function<List<Scalar>, Factors> factors) {
        this.terms = terms;
        this.from = from;
        this.to = to;
        this.factors = factors;
    }

    /// The position in sizes `to` of a position in sizes `from`.
    List<Scalar> of(List<Scalar> position) {
        var found = new ArrayList<Scalar>();
        for (int i = 0; i < from.size() || found.size() < to.size(); ) {
            int j = found.size();
            if (isOne(to, j)) found.add(terms.term(Const.of(0L)));
            else if (isOne(from, i)) i++;
            else i = add(found, position, i, end(i, j));
        }
        return found;
    }

    private static boolean isOne(List<Scalar> sizes, int axis) {
        return axis < sizes.size() && sizes.get(axis) instanceof Const c && c.bits() == 1;
    }

    /// Adds the position along the axes that those from one to another become; all that are left where the other is not known.
    private int add(List<Scalar> found, List<Scalar> position, int i, int end) {
        int j = found.size(), k = end < 0 ? from.size() : end, l = end < 0 ? to.size() : other(i, k, j);
        if (k == i + 1 && l == j + 1) found.add(position.get(i));
        else found.addAll(terms.unravel(terms.linear(position.subList(i, k), from.subList(i, k)), to.subList(j, l)));
        return k;
    }

    /// Where the next axes end that have the elements of some of the other ones; -1 where nobody can tell.
    private int end(int i, int j) {
        for (int k = i + 1; k <= from.size(); k++) if (other(i, k, j) >= 0) return k;
        return -1;
    }

    private int other(int i, int k, int j) {
        var size = factors.apply(from.subList(i, k));
        for (int l = j + 1; l <= to.size(); l++) if (factors.apply(to.subList(j, l)).equals(size)) return l;
        return -1;
    }
}
