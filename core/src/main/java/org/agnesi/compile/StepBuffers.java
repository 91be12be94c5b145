package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Storage;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// The buffers of a [StepProgram]: the loop's arguments and constants, its results, scratch.
final class StepBuffers {
    private final Names names = new Names();
    private final Terms terms = new Terms();
    private final List<Storage> inputs = new ArrayList<>();
    private final List<Storage> outputs = new ArrayList<>();
    private final List<Storage> scratch = new ArrayList<>();
    private final List<NDArray> constants = new ArrayList<>();
    private boolean fits = true;

    StepBuffers(Node node) {
        for (var arg : node.args()) inputs.add(Storage.input(names.of(arg), arg.type().dtype(), arg.type().rank()));
        for (var result : node.results()) outputs.add(Storage.output(names.of(result), result.type().dtype(), result.type().rank()));
    }

    Terms terms() { return terms; }

    Scalar number(long value) { return terms.term(Const.of(value)); }

    /// The number of a constant; all are added before anything else is asked.
    int constant(Expr value, NDArray array) {
        constants.add(array);
        inputs.add(Storage.input(names.of(value), array.dtype(), array.shape().rank()));
        return inputs.size() - 1;
    }

    List<NDArray> constants() { return constants; }

    List<Storage> all() { return Stream.of(inputs, outputs, scratch).flatMap(List::stream).toList(); }

    int output(int r) { return inputs.size() + r; }

    int scratch(String name, DType dtype, Scalar length) {
        scratch.add(Storage.scratch(name, dtype, length));
        return inputs.size() + outputs.size() + scratch.size() - 1;
    }

    String name(Expr e) { return names.of(e); }

    /// Whether all that was asked for could be told before the first step.
    boolean fits() { return fits; }

    /// Says that the loop goes step by step.
    void refuse() { fits = false; }
}
