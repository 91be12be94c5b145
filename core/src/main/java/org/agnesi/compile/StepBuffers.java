package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmts;
import org.agnesi.kernel.Storage;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// The buffers of a [StepProgram]: the loop's arguments and constants, its results, scratch.
final class StepBuffers {
    private final Names names = new Names();
    private final Terms terms = new Terms();
    private final List<Storage> inputs = new ArrayList<>();
    private final List<Storage> outputs = new ArrayList<>();
    private final List<Storage> scratch = new ArrayList<>();
    private final List<NDArray> constants = new ArrayList<>();
    /// Whole numbers that are known, by their buffers: positions, most often.
    private final Map<Integer, NDArray> known = new HashMap<>();
    private boolean fits = true;

    StepBuffers(Node node) {
        for (var arg : node.args()) {
            inputs.add(Storage.input(names.of(arg), arg.type().dtype(), arg.type().rank()));
            var values = Scheduler.constants(arg.node(), arg.node().lowering());
            if (values != null) know(values.get(arg.index()));
        }
        for (var result : node.results()) outputs.add(Storage.output(names.of(result), result.type().dtype(), result.type().rank()));
    }

    Terms terms() { return terms; }

    Scalar number(long value) { return terms.term(Const.of(value)); }

    /// The number of a constant; all are added before anything else is asked.
    int constant(Expr value, NDArray array) {
        constants.add(array);
        inputs.add(Storage.input(names.of(value), array.dtype(), array.shape().rank()));
        know(array);
        return inputs.size() - 1;
    }

    private void know(NDArray array) {
        if (!array.dtype().isFloating()) known.put(inputs.size() - 1, array);
    }

    /// An element, where it is a whole number that is known.
    @Nullable Const known(int buffer, Scalar index) {
        var array = known.get(buffer);
        return array != null && index instanceof Const i && 0 <= i.bits() && i.bits() < array.size()
            ? Const.element(array, (int) i.bits()) : null;
    }

    List<NDArray> constants() { return constants; }

    List<Storage> all() { return Stream.of(inputs, outputs, scratch).flatMap(List::stream).toList(); }

    /// What statements over these buffers are, without scratch that they do not use.
    Program program(Stmt body) {
        int kept = inputs.size() + outputs.size();
        var used = new TreeSet<Integer>();
        Stmts.map(body, x -> {
            for (var part : Scalars.inOrder(List.of(x))) if (part instanceof Load(var buffer, _, _)) used.add(buffer);
            return x;
        }, buffer -> {
            used.add(buffer);
            return buffer;
        });
        var numbers = new ArrayList<>(used.tailSet(kept));
        var all = new ArrayList<>(all().subList(0, kept));
        for (int number : numbers) all.add(scratch.get(number - kept));
        IntUnaryOperator renumbered = buffer -> buffer < kept ? buffer : kept + numbers.indexOf(buffer);
        return new Program(all, Stmts.map(body, x -> Scalars.map(x, part -> part instanceof Load(var buffer, var dtype, var index)
            ? new Load(renumbered.applyAsInt(buffer), dtype, index) : part), renumbered));
    }

    /// Whether nobody writes a buffer.
    boolean isInput(int buffer) { return buffer < inputs.size(); }

    /// Whether only the program reads a buffer.
    boolean isScratch(int buffer) { return buffer >= inputs.size() + outputs.size(); }

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
