package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.compile.StepArrays.Place;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
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

/// The statements of one of a body's programs, over the arrays of the loop around it.
final class StepStatements implements Stmts.Change {
    private final StepArrays arrays;
    private final StepProgram loop;
    private final List<Place> places = new ArrayList<>();
    private final Map<Integer, Local> locals = new HashMap<>();

    private StepStatements(StepArrays arrays, StepProgram loop) {
        this.arrays = arrays;
        this.loop = loop;
    }

    static Stmt of(Task.Run run, StepArrays arrays, StepProgram loop) {
        var to = new StepStatements(arrays, loop);
        for (int slot : TaskWork.slots(run)) to.places.add(arrays.place(slot));
        for (var buffer : run.program().buffers()) if (buffer.length() != null) {
            var length = to.scalar(buffer.length());
            to.places.add(new Place(arrays.scratch(buffer.name(), buffer.dtype(), length), arrays.zero(), List.of(length)));
        }
        return to.known(Stmts.map(run.program().body(), to));
    }

    /// The statements without checks that sizes decide: those are conditions of the loop.
    private Stmt known(Stmt stmt) {
        return switch (stmt) {
            case Seq(var steps) -> new Seq(steps.stream().map(this::known).toList());
            case For(var index, var extent, var body) -> new For(index, extent, known(body));
            case Fold(var loops, var body, var accumulators) -> new Fold(loops, known(body), accumulators);
            case Check(var index, var size, _, _) when loop.holds(index, size) -> Stmt.NOTHING;
            case Let _, Assign _, Store _, Accumulate _, Check _, If _, While _ -> stmt;
        };
    }

    @Override public Scalar scalar(Scalar x) {
        return Scalars.map(x, part -> switch (part) {
            case Local local -> local(local);
            case Load(var buffer, var dtype, var index) -> new Load(buffer(buffer), dtype, place(buffer, index));
            case Size(var buffer, var axis) -> places.get(buffer).dims().get(axis);
            case Scalar.Const _, Scalar.Input _, Scalar.At _, Scalar.Index _, Scalar.Unary _, Scalar.Binary _, Scalar.Compare _,
                Scalar.Select _, Scalar.Cast _, Scalar.Fma _, Scalar.Bits _, Scalar.Rare _ -> part;
        });
    }

    @Override public Local local(Local local) { return locals.computeIfAbsent(local.id(), _ -> loop.local(local.dtype())); }

    @Override public int buffer(int buffer) { return places.get(buffer).buffer(); }

    @Override public Scalar place(int buffer, Scalar index) {
        var start = places.get(buffer).start();
        return start.equals(arrays.zero()) ? index : arrays.terms().add(start, index);
    }
}
