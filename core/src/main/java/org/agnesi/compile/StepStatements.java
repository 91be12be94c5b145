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
        return Stmts.map(run.program().body(), to);
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
