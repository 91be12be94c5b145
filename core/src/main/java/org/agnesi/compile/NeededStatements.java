package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.agnesi.compile.WrittenOutSteps.Place;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmts;

/// Which of a step's statements without loops are needed: those that somebody sees after the loop, and what they need at this step or
/// the one before.
final class NeededStatements {
    private final StepBuffers buffers;
    /// Scratch that is read before it is written.
    private final Set<Integer> read = new HashSet<>();
    private final Set<Scalar> needed = Collections.newSetFromMap(new IdentityHashMap<>());

    NeededStatements(StepBuffers buffers) { this.buffers = buffers; }

    List<Stmt> of(List<Stmt> all) {
        for (int before = -1; before < read.size() + needed.size();) {
            before = read.size() + needed.size();
            for (var stmt : all.reversed()) if (isNeeded(stmt)) need(stmt);
        }
        return lastStores(all.stream().filter(this::isNeeded).toList());
    }

    private boolean isNeeded(Stmt stmt) {
        return switch (stmt) {
            case Let(var local, _) -> needed.contains(local);
            case Store(var buffer, _, _) -> !buffers.isScratch(buffer) || read.contains(buffer);
            case Stmt _ -> true;
        };
    }

    private void need(Stmt stmt) {
        for (var x : Scalars.inOrder(Stmts.scalars(stmt), x -> !needed.contains(x))) {
            needed.add(x);
            if (x instanceof Load(var buffer, _, _)) read.add(buffer);
        }
    }

    /// Without stores to what is stored to again before it is read.
    private List<Stmt> lastStores(List<Stmt> all) {
        var last = new ArrayList<Stmt>();
        var later = new HashSet<Place>();
        for (var stmt : all.reversed()) {
            if (stmt instanceof Store(var buffer, var index, _) && !later.add(Place.of(buffers.terms(), buffer, index))) continue;
            if (stmt instanceof Let(_, Load(var buffer, _, _))) later.removeIf(place -> place.buffer() == buffer);
            last.addFirst(stmt);
        }
        return last;
    }
}
