package org.agnesi.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;
import org.agnesi.kernel.Stmts;

/// The loads that may lie outside their array: those that feed a side of a `select`, maybe by way of another array, or an `if`, or
/// stand behind a check. What they give there is thrown away, but they must not fail.
final class Exposed {
    private final Map<Integer, Scalar> lets = new HashMap<>();
    private final Map<Integer, List<Scalar>> stored = new HashMap<>();
    private final Set<Scalar> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Scalar> roots = new ArrayList<>();

    private Exposed() {}

    static Set<Scalar> of(Stmt body) {
        var exposed = new Exposed();
        exposed.collect(body, false);
        exposed.spread();
        return exposed.reached;
    }

    private void collect(Stmt stmt, boolean guarded) {
        switch (stmt) {
            case Seq(var steps) -> steps.forEach(step -> collect(step, guarded));
            case For(_, _, var body) -> collect(body, guarded);
            case While(_, var body) -> collect(body, guarded);
            case Fold fold -> collect(fold.body(), guarded);
            case If(_, var then, var otherwise) -> {
                collect(then, true);
                collect(otherwise, true);
            }
            case Let(var local, var value) -> lets.put(local.id(), value);
            case Store(var buffer, _, var value) -> stored.computeIfAbsent(buffer, _ -> new ArrayList<>()).add(value);
            case Assign _, Accumulate _, Check _ -> {}
        }
        var scalars = Scalars.inOrder(Stmts.scalars(stmt));
        for (var x : scalars) {
            if (x instanceof Select(_, _, var a, var b)) roots.addAll(List.of(a, b));
            if (x instanceof Rare(_, _, var slow, var fast)) roots.addAll(List.of(slow, fast));
        }
        if (guarded) roots.addAll(scalars);
    }

    private void spread() {
        while (!roots.isEmpty()) {
            var x = roots.removeLast();
            if (!reached.add(x)) continue;
            roots.addAll(Scalars.parts(x));
            if (x instanceof Load load) roots.addAll(stored.getOrDefault(load.buffer(), List.of()));
            if (x instanceof Local local && lets.get(local.id()) instanceof Scalar value) roots.add(value);
        }
        reached.removeIf(x -> !(x instanceof Load));
    }
}
