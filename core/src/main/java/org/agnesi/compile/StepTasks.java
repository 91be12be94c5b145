package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Stmt;

/// The statements of a step: those of its tasks, and of a branch those of the side that is taken.
final class StepTasks {
    private final StepArrays arrays;
    private final StepProgram loop;

    private StepTasks(StepArrays arrays, StepProgram loop) {
        this.arrays = arrays;
        this.loop = loop;
    }

    static List<Stmt> of(StepArrays arrays, StepProgram loop) {
        var tasks = new StepTasks(arrays, loop);
        var all = new ArrayList<Stmt>();
        for (var task : arrays.tasks()) all.add(tasks.of(task));
        return all;
    }

    private Stmt of(Task task) {
        return switch (task) {
            case Task.Run run -> StepStatements.of(run, arrays, loop);
            case Task.Copy(var from, var to) -> loop.copy(arrays.place(from), arrays.place(to), arrays.type(from));
            case Task.Verify(var check, _) -> held(check);
            case Task.Multiply multiply -> {
                var product = StepProduct.of(multiply, arrays, loop);
                if (product == null) arrays.refuse();
                yield product == null ? Stmt.NOTHING : product;
            }
            case Task.Choose choose -> branch(choose);
            case Task.Eval _, Task.Rename _, Task.Repeat _, Task.Replay _ -> throw new IllegalStateException("no program, but " + task);
        };
    }

    /// Both sides give what has the same sizes, in the same place.
    private Stmt branch(Task.Choose choose) {
        var both = new ArrayList<Stmt>();
        for (var side : arrays.sides(choose)) {
            for (int r = 0; r < choose.out().size(); r++) {
                var place = arrays.place(choose.out().get(r));
                var dims = side.dims(side.outputs().get(r));
                for (int axis = 0; axis < dims.size(); axis++) loop.equal(dims.get(axis), place.dims().get(axis));
                side.put(side.outputs().get(r), place);
            }
            both.add(Stmt.seq(of(side, loop)));
        }
        var condition = arrays.place(choose.in().getFirst());
        return new Stmt.If(arrays.terms().term(new Load(condition.buffer(), DType.BOOL, condition.start())), both.get(0), both.get(1));
    }

    /// Sizes are the same at all steps: what is checked of them is a condition of the loop.
    private Stmt held(SizeCheck check) {
        switch (check) {
            case SizeCheck.Equal(_, var fact, var a, var b) ->
                loop.equal(arrays.over(a.get(fact.axisA())), arrays.over(b.get(fact.axisB())));
            case SizeCheck.Count(_, var from, var to) -> loop.equal(arrays.terms().product(from.stream().map(arrays::over).toList()),
                arrays.terms().product(to.stream().map(arrays::over).toList()));
            case SizeCheck.Within(_, _, _, var size, var read) ->
                loop.demand(arrays.terms().term(Scalar.le(arrays.over(read), arrays.over(size))));
        }
        return Stmt.NOTHING;
    }
}
