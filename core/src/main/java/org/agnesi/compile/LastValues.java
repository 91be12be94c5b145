package org.agnesi.compile;

import java.util.List;
import java.util.TreeSet;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// Lets loops over steps keep only the last value of states of which nothing else is read, or nothing at all.
///
/// Such a value, if any, is read as the last row, be it of the loop's own or of the initial value and the loop's joined; both stay
/// as they are, of one row now.
final class LastValues {
    private final Readers readers;

    private LastValues(List<Expr> roots) { readers = new Readers(roots); }

    static List<Expr> of(List<Expr> roots) {
        if (!Graph.hasOp(roots, op -> op instanceof Scan)) return roots;
        var values = new LastValues(roots);
        return LoopPass.each(roots, values::kept);
    }

    private List<Expr> kept(Node old, Node node) {
        var scan = (Scan) node.op();
        var lasts = new TreeSet<>(scan.spec().lasts());
        for (int k = 0; k < scan.spec().states(); k++)
            if (readers.areOfLastRow(old.result(k), scan.spec().backwards())) lasts.add(k);
        var all = List.copyOf(lasts);
        return all.equals(scan.spec().lasts()) ? node.results() : Expr.all(scan.keepingLast(all), node.args());
    }
}
