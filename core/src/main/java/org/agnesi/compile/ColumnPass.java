package org.agnesi.compile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmts;

/// What [ColumnFolds] do in one pass over the rows.
///
/// @param points what is done at each point
/// @param folds  what is folded, by the slot that it goes to
/// @param after  what is done with each column then
record ColumnPass(List<Stmt> points, Map<Integer, Accumulator> folds, List<Stmt> after) {
    /// The same with other values at points.
    ColumnPass map(UnaryOperator<Scalar> change) {
        var changed = new LinkedHashMap<Integer, Accumulator>();
        folds.forEach((slot, a) -> changed.put(slot, new Accumulator(a.local(), a.combine(), change.apply(a.value()))));
        return new ColumnPass(points.stream().map(stmt -> Stmts.map(stmt, change::apply, buffer -> buffer)).toList(), changed, after);
    }
}
