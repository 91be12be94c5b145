package org.agnesi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.agnesi.array.NDArray;
import org.agnesi.op.Constant;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// Sees to it that a result shares its elements with nothing else: no argument, constant, shared variable or other result.
final class Ownership {
    private final Set<Object> constants = identities();

    /// @param results the graph whose constants must not get out
    Ownership(List<Expr> results) {
        var waiting = new ArrayDeque<List<Expr>>(List.of(results));
        while (!waiting.isEmpty())
            for (var node : Graph.inOrder(waiting.pop())) {
                if (node.op() instanceof Constant(var value, var _)) constants.add(value.data());
                for (var lambda : node.op().lambdas()) waiting.push(lambda.results());
            }
    }

    /// The results, copied where they are someone else's.
    List<NDArray> own(List<NDArray> results, List<NDArray> inputs) {
        var taken = identities();
        for (var input : inputs) taken.add(input.data());
        var owned = new ArrayList<NDArray>(results.size());
        for (var result : results) {
            boolean free = !constants.contains(result.data()) && taken.add(result.data());
            owned.add(free ? result : result.copy());
        }
        return owned;
    }

    private static Set<Object> identities() { return Collections.newSetFromMap(new IdentityHashMap<>()); }
}
