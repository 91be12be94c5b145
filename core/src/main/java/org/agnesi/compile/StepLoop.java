package org.agnesi.compile;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.jspecify.annotations.Nullable;

/// A loop over steps as one program: what its body does, around it the loop, states and values in between in scratch.
///
/// It stands for the loop where `holds` are all true, which has at least one step then; elsewhere the loop goes step by step.
///
/// @param program   over the loop's arguments, the constants and the loop's results, which have room for all steps
/// @param constants what the body knows
/// @param steps     how many steps there are at most, over the slots of the schedule that the loop is in
/// @param holds     bools over these slots
/// @param rows      the dimensions of one row of each result, over these slots
public record StepLoop(Program program, List<NDArray> constants, Scalar steps, List<Scalar> holds, List<List<Scalar>> rows) {
    public StepLoop {
        constants = List.copyOf(constants);
        holds = List.copyOf(holds);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /// What is known of the program's buffers, where it is known of the slots around the loop.
    Extents extents(Task.Repeat repeat, Extents all) {
        var slots = TaskWork.slots(repeat);
        var outside = all.of(slots);
        int arguments = repeat.in().size();
        return new Extents() {
            @Override public @Nullable Long size(int buffer, int axis) {
                var constant = constant(buffer);
                return constant == null ? outside.size(number(buffer), axis) : Long.valueOf(constant.shape().dim(axis));
            }

            @Override public @Nullable Const element(int buffer, long place) {
                var constant = constant(buffer);
                if (constant != null) return Given.of(constant).elements().apply(place);
                return number(buffer) < slots.size() ? outside.element(number(buffer), place) : null;   // scratch
            }

            private int number(int buffer) { return buffer < arguments ? buffer : buffer - constants.size(); }

            private @Nullable NDArray constant(int buffer) {
                return buffer >= arguments && buffer < arguments + constants.size() ? constants.get(buffer - arguments) : null;
            }
        };
    }
}
