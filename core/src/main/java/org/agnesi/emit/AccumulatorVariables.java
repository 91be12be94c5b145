package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;

/// The accumulators of a fold in variables, a vector each, while its points are taken in; before and after that they are in memory.
final class AccumulatorVariables {
    /// Puts the place of an accumulator's `k`-th element on the stack.
    interface Place {
        void push(Accumulator a, int k);
    }

    private final MethodCode method;
    private final CodeBuilder code;
    private final VectorBody body;
    private final VectorCode vectors;
    private final int index;
    private final int to;

    /// @param to the variable that says where the points end
    AccumulatorVariables(MethodCode method, VectorBody body, VectorCode vectors, int to) {
        this.method = method;
        this.code = method.code;
        this.body = body;
        this.vectors = vectors;
        this.to = to;
        index = method.variable(body.index).slot();
    }

    /// `for (; index + count · lanes ≤ to; index += count · lanes)` each accumulator's variables in turn.
    void takeIn(int count, List<List<Integer>> variables) {
        int lanes = body.lane().lanes(), last = code.allocateLocal(TypeKind.INT);
        var again = code.newLabel();
        var end = code.newLabel();
        code.iload(to).loadConstant(count * lanes).isub().istore(last);
        code.labelBinding(again).iload(index).iload(last).if_icmpgt(end);
        for (int k = 0; k < count; k++) {
            vectors.statements();
            for (int j = 0; j < variables.size(); j++) {
                int slot = variables.get(j).get(k);
                code.aload(slot);
                vectors.combine(body.accumulators.get(j));
                code.astore(slot);
            }
            code.iinc(index, lanes);
        }
        code.goto_(again).labelBinding(end);
    }

    /// An accumulator's variables, from that on which takes in the next points.
    List<Integer> loaded(Accumulator a, Place place) {
        var slots = new ArrayList<Integer>();
        for (int k = 0; k < Fold.WIDTH; k += body.lane().lanes()) {
            lane(a).species(code);
            method.lanes(FoldCode.kind(a));
            place.push(a, k);
            lane(a).load(code);
            slots.add(code.allocateLocal(TypeKind.REFERENCE));
            code.astore(slots.getLast());
        }
        return slots;
    }

    void store(Accumulator a, List<Integer> slots, Place place) {
        for (int j = 0; j < slots.size(); j++) {
            code.aload(slots.get(j));
            method.lanes(FoldCode.kind(a));
            place.push(a, j * body.lane().lanes());
            lane(a).store(code);
        }
    }

    private Lane lane(Accumulator a) { return vectors.lane(a.local().dtype()); }
}
