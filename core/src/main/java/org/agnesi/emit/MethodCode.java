package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmts;

/// One method being written: where its locals, arrays, sizes and accumulators are.
///
/// Its first parameters are those of [Code#run]; at its start it takes from them what its statements use.
final class MethodCode {
    /// A local of the program as a variable of the method.
    record Variable(int slot, TypeKind kind) {}

    final CodeBuilder code;
    final Emitter emitter;
    final ScalarCode scalars;
    private final int arguments;
    private final Map<Integer, Variable> locals = new HashMap<>();
    private final Map<Integer, Integer> arrays = new HashMap<>();
    private final Map<Size, Integer> sizes = new HashMap<>();
    private final Map<TypeKind, Integer> lanes = new HashMap<>();

    /// @param arguments the slot of the first parameter, the arrays
    MethodCode(CodeBuilder code, Emitter emitter, int arguments) {
        this.code = code;
        this.emitter = emitter;
        this.arguments = arguments;
        scalars = new ScalarCode(this);
    }

    /// Reads what `stmt` needs of the parameters.
    void prologue(Stmt stmt) {
        var _ = Stmts.map(stmt, x -> {
            for (var part : Scalars.inOrder(List.of(x))) need(part);
            return x;
        }, buffer -> {
            needArray(buffer);
            return buffer;
        });
    }

    void need(Scalar x) {
        if (x instanceof Load(var buffer, _, _)) needArray(buffer);
        if (x instanceof Size size && !sizes.containsKey(size)) {
            int slot = code.allocateLocal(TypeKind.INT);
            code.aload(arguments + 1).loadConstant(size.operand()).aaload().loadConstant(size.axis()).iaload().istore(slot);
            sizes.put(size, slot);
        }
    }

    private void needArray(int buffer) {
        if (arrays.containsKey(buffer)) return;
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(arguments).loadConstant(buffer).aaload().checkcast(Jvm.array(dtype(buffer))).astore(slot);
        arrays.put(buffer, slot);
    }

    /// Reads the accumulators' array, once.
    void needLanes(TypeKind kind) {
        if (lanes.containsKey(kind)) return;
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        var name = kind == TypeKind.DOUBLE ? "reals" : kind == TypeKind.FLOAT ? "floats" : "wholes";
        code.aload(arguments + 2).getfield(Jvm.LANES, name, Jvm.type(kind).arrayType()).astore(slot);
        lanes.put(kind, slot);
    }

    DType dtype(int buffer) { return emitter.program.buffers().get(buffer).dtype(); }

    void array(int buffer) { code.aload(arrays.get(buffer)); }

    void lanes(TypeKind kind) { code.aload(lanes.get(kind)); }

    void size(Size size) { code.iload(sizes.get(size)); }

    /// The variable of a local, made when it is first met.
    Variable variable(Local local) {
        return locals.computeIfAbsent(local.id(), _ -> {
            var kind = emitter.kind(local);
            return new Variable(code.allocateLocal(kind), kind);
        });
    }

    /// Says that a parameter holds a local.
    void parameter(Local local, int slot) { locals.put(local.id(), new Variable(slot, emitter.kind(local))); }

    boolean knows(Local local) { return locals.containsKey(local.id()); }

    /// How many points an outermost loop goes on for: a parameter of [Code#run].
    void chunk() { code.iload(arguments + 3); }

    /// The parameters that an outermost loop's method takes over.
    void parameters() { code.aload(arguments).aload(arguments + 1).aload(arguments + 2); }
}
