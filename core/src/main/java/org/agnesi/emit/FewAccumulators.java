package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;

/// Writes the vectors of a fold that is not light but has few vectors of accumulators: once for each of them, with the accumulators in
/// variables. In memory each sum waits until the one before it is stored and read again, which may be the last but one.
///
/// ```
/// for (; index + 32 ≤ to; index += 32) the accumulators take in a vector each
/// ```
final class FewAccumulators {
    /// The most vectors of accumulators.
    private static final int VECTORS = 4;
    /// Scalars of all the points that are written.
    private static final int SCALARS = 160;

    private final MethodCode method;
    private final CodeBuilder code;
    private final VectorBody body;
    private final VectorCode vectors;
    private final int lanes;
    private final int index;

    FewAccumulators(MethodCode method, VectorBody body, VectorCode vectors) {
        this.method = method;
        this.code = method.code;
        this.body = body;
        this.vectors = vectors;
        lanes = body.lane().lanes();
        index = method.variable(body.index).slot();
    }

    static boolean areIn(VectorBody body) {
        int each = Fold.WIDTH / body.lane().lanes();
        return each * body.accumulators.size() <= VECTORS && each * body.weight() <= SCALARS;
    }

    /// @param to the variable that says where the points end
    void emit(int to) {
        var variables = body.accumulators.stream().map(this::loaded).toList();
        var again = code.newLabel();
        var end = code.newLabel();
        int last = code.allocateLocal(TypeKind.INT);
        code.iload(to).loadConstant(Fold.WIDTH).isub().istore(last);
        code.labelBinding(again).iload(index).iload(last).if_icmpgt(end);
        for (int k = 0; k < Fold.WIDTH / lanes; k++) {
            vectors.statements();
            for (int j = 0; j < variables.size(); j++) takenIn(body.accumulators.get(j), variables.get(j).get(k));
            code.iinc(index, lanes);
        }
        code.goto_(again).labelBinding(end);
        for (int j = 0; j < variables.size(); j++) stored(body.accumulators.get(j), variables.get(j));
    }

    private void takenIn(Accumulator a, int slot) {
        code.aload(slot);
        vectors.combine(a);
        code.astore(slot);
    }

    /// An accumulator's variables, from that on which takes the vector at the index.
    private List<Integer> loaded(Accumulator a) {
        var slots = new ArrayList<Integer>();
        for (int ahead = 0; ahead < Fold.WIDTH; ahead += lanes) {
            vectors.lane(a.local().dtype()).species(code);
            place(a, ahead);
            vectors.lane(a.local().dtype()).load(code);
            slots.add(code.allocateLocal(TypeKind.REFERENCE));
            code.astore(slots.getLast());
        }
        return slots;
    }

    private void stored(Accumulator a, List<Integer> slots) {
        for (int k = 0; k < slots.size(); k++) {
            code.aload(slots.get(k));
            place(a, k * lanes);
            vectors.lane(a.local().dtype()).store(code);
        }
    }

    /// The array and the place in it of what takes the points that are `ahead` of the index, on the stack.
    private void place(Accumulator a, int ahead) {
        method.lanes(FoldCode.kind(a));
        code.loadConstant(method.emitter.folds.place(a)).iload(index).loadConstant(ahead).iadd();
        code.loadConstant(Fold.WIDTH - 1).iand().iadd();
    }
}
