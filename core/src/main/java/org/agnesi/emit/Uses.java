package org.agnesi.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Local;
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

/// The locals that statements use, define and assign.
final class Uses {
    private final Map<Integer, Local> used = new LinkedHashMap<>();
    private final Map<Integer, Local> defined = new LinkedHashMap<>();
    private final List<Local> assigned = new ArrayList<>();

    private Uses() {}

    static Uses of(Stmt stmt) {
        var uses = new Uses();
        uses.read(stmt);
        return uses;
    }

    /// Those from outside.
    List<Local> captured() { return used.values().stream().filter(local -> !defined.containsKey(local.id())).toList(); }

    /// Whether a local from outside is given a value.
    boolean assigns() { return assigned.stream().anyMatch(local -> !defined.containsKey(local.id())); }

    private void read(Stmt stmt) {
        for (var x : Scalars.inOrder(Stmts.scalars(stmt))) use(x);
        define(stmt);
    }

    private void use(Scalar x) {
        if (x instanceof Local local) used.putIfAbsent(local.id(), local);
    }

    private void define(Stmt stmt) {
        switch (stmt) {
            case Seq(var steps) -> steps.forEach(this::define);
            case For(var index, _, var body) -> {
                defined.put(index.id(), index);
                define(body);
            }
            case Fold(var loops, var body, var accumulators) -> {
                loops.forEach(loop -> defined.put(loop.index().id(), loop.index()));
                accumulators.forEach(a -> defined.put(a.local().id(), a.local()));
                define(body);
            }
            case While(_, var body) -> define(body);
            case If(_, var then, var otherwise) -> {
                define(then);
                define(otherwise);
            }
            case Let(var local, _) -> defined.put(local.id(), local);
            case Assign(var local, _) -> assigned.add(local);
            case Store _, Accumulate _, Check _ -> {}
        }
    }
}
