package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.compile.Collapse.Axis;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Check;

/// Checks of positions, outside the loops that do not move the position: a loop that runs no time would hide a wrong one.
final class BoundChecks {
    private final ProgramBuilder builder;
    private final Terms terms;

    BoundChecks(ProgramBuilder builder) {
        this.builder = builder;
        this.terms = builder.terms();
    }

    /// Those of the loops that move what is checked.
    List<Axis> moving(Check check, List<Axis> axes) {
        var read = Scalars.inOrder(List.of(check.index(), check.size()));
        return axes.stream().filter(axis -> read.contains(axis.index())).toList();
    }

    /// Whether the position is the index of a loop that runs as far as it may.
    boolean holds(Check check, List<Axis> axes) {
        return axes.stream().anyMatch(axis -> axis.index().equals(check.index()) && terms.id(axis.extent()) == terms.id(check.size()));
    }

    /// Those of the other loops that go through points which there is a position for, though the same at each: where they run no time
    /// there is none to check.
    List<Axis> still(List<Scalar> along, List<Axis> moving, List<Axis> axes) {
        return axes.stream().filter(axis -> along.contains(axis.index()) && !moving.contains(axis)).toList();
    }

    /// A statement once, unless one of the loops runs no time.
    Stmt where(List<Axis> some, Stmt stmt) {
        Scalar once = terms.term(Const.of(1L));
        return Axis.nest(some.stream().map(axis -> terms.term(Scalar.min(axis.extent(), once)))
            .filter(times -> !times.equals(once)).map(times -> new Axis(builder.local(DType.INT64), times)).toList(), stmt);
    }

    /// The check in loops of its own, where none of the others runs no time.
    Stmt alone(Check check, List<Axis> axes, List<Axis> others) {
        var own = new ArrayList<Axis>();
        var index = new HashMap<Scalar, Local>();
        for (var axis : axes) {
            var local = builder.local(DType.INT64);
            builder.depth(local, own.size() + 1);
            index.put(axis.index(), local);
            own.add(new Axis(local, axis.extent()));
        }
        var moved = new Check(at(check.index(), index), at(check.size(), index), check.axis(), check.site());
        return Axis.nest(own, where(others, moved));
    }

    private Scalar at(Scalar x, Map<Scalar, Local> index) {
        return Scalars.map(x, part -> part instanceof Local local && index.containsKey(local) ? index.get(local) : terms.term(part));
    }
}
