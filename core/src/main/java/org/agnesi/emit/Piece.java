package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Seq;

/// A sequence inside a sequence as a method of its own, such as one of the programs that a loop over steps is made of: their
/// values pass through scratch, and all in one method would be too long.
///
/// ```
/// static void piece(Object[] arrays, int[][] dims, Lanes lanes, int chunk, captured …)
/// ```
record Piece(int number, Seq body, List<Local> captured) {

    /// Statements inside a sequence as a piece, where all in one would be too long.
    static Optional<Piece> in(Stmt step, MethodCode method) {
        return method.emitter.apart && step instanceof Seq part ? of(part, method) : Optional.empty();
    }

    /// The piece, unless it is empty, has loops, changes its surroundings or needs too much of them.
    private static Optional<Piece> of(Seq body, MethodCode method) {
        var emitter = method.emitter;
        var known = emitter.pieces.get(body);
        if (known != null) return Optional.of(known);
        var uses = Uses.of(body);
        if (body.steps().isEmpty() || !isStraight(body) || uses.assigns() || uses.captured().size() > Outline.MOST) return Optional.empty();
        var piece = new Piece(emitter.pieces.size(), body, uses.captured());
        emitter.pieces.put(body, piece);
        return Optional.of(piece);
    }

    private static boolean isStraight(Seq body) {
        return body.steps().stream().allMatch(step ->
            step instanceof Stmt.Let || step instanceof Stmt.Store || step instanceof Stmt.Accumulate || step instanceof Stmt.Check);
    }

    void call(MethodCode method) {
        method.parameters();
        for (var local : captured) {
            var variable = method.variable(local);
            method.code.loadLocal(variable.kind(), variable.slot());
        }
        method.code.invokestatic(method.emitter.self, name(), type(method.emitter));
    }

    void write(Emitter emitter, ClassBuilder type) {
        type.withMethodBody(name(), type(emitter), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> {
            var method = new MethodCode(code, emitter, 0);
            for (int k = 0; k < captured.size(); k++) method.parameter(captured.get(k), code.parameterSlot(4 + k));
            method.prologue(body, false);
            new StmtCode(method, false).emit(body);
            code.return_();
        });
    }

    private String name() { return "piece" + number; }

    private MethodTypeDesc type(Emitter emitter) {
        var parameters = new ArrayList<ClassDesc>(List.of(Jvm.OBJECTS, Jvm.DIMS, Jvm.LANES, ConstantDescs.CD_int));
        for (var local : captured) parameters.add(Jvm.type(emitter.kind(local)));
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }
}
