package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
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
    private boolean apart;
    private boolean isLong;
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

    /// Reads what `stmt` needs of the parameters, but for what is written as methods of its own; accumulators too, since a loop may
    /// first need them where not all paths lead.
    ///
    /// @param outermost whether loops become methods of their own
    void prologue(Stmt stmt, boolean outermost) {
        for (var kind : List.of(TypeKind.DOUBLE, TypeKind.FLOAT, TypeKind.LONG)) needLanes(kind);
        need(stmt, outermost);
    }

    private void need(Stmt stmt, boolean outermost) {
        switch (stmt) {
            case Seq(var steps) -> steps.stream().filter(step -> Piece.in(step, this).isEmpty()).forEach(step -> need(step, outermost));
            case For(_, var extent, var body) -> {
                needAll(List.of(extent));
                if (!outermost || Outline.of(stmt, this) == null) need(body, false);
            }
            case Fold fold -> {
                needAll(fold.loops().stream().map(Stmt.Loop::extent).toList());
                if (outermost && !fold.loops().isEmpty() && Outline.of(fold, this) != null) return;
                need(fold.body(), false);
                needAll(fold.accumulators().stream().map(Stmt.Accumulator::value).toList());
            }
            case While(var condition, var body) -> {
                needAll(List.of(condition));
                need(body, outermost);
            }
            case If(var condition, var then, var otherwise) -> {
                needAll(List.of(condition));
                need(then, outermost);
                need(otherwise, outermost);
            }
            case Store(var buffer, _, _) -> needAll(buffer, stmt);
            case Accumulate(var buffer, _, _, _) -> needAll(buffer, stmt);
            case Let _, Assign _, Check _ -> needAll(Stmts.scalars(stmt));
        }
    }

    private void needAll(int buffer, Stmt stmt) {
        needAll(Stmts.scalars(stmt));
        needArray(buffer);
    }

    private void needAll(List<Scalar> scalars) { Scalars.inOrder(scalars).forEach(this::need); }

    /// Reads what these scalars and stores to buffers need, and accumulators.
    void prologue(List<Scalar> scalars, List<Integer> buffers) {
        for (var kind : List.of(TypeKind.DOUBLE, TypeKind.FLOAT, TypeKind.LONG)) needLanes(kind);
        needAll(scalars);
        buffers.forEach(this::needArray);
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

    private void needLanes(TypeKind kind) {
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

    /// How many points an outermost loop goes on for.
    void chunk() { code.iload(arguments + 3); }

    /// Puts on the stack where the points end of the next call for some, of which `step` puts there how many they are.
    ///
    /// @param calls the variable of how many calls there were
    void end(int next, int to, Runnable step, int calls) {
        code.iload(next).iload(to);
        step.run();
        chunk();
        code.iload(calls).invokestatic(Jvm.TASTE, "end", Jvm.method(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int,
            ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
    }

    /// The parameters that all methods with loops share.
    void parameters() { code.aload(arguments).aload(arguments + 1).aload(arguments + 2).iload(arguments + 3); }

    // parts of outermost loops

    /// Makes space for `count` results of each of so many blocks.
    void reserve(TypeKind kind, int blocks, int count) {
        code.aload(arguments + 2).iload(blocks).loadConstant(count);
        code.invokevirtual(Jvm.LANES, name(kind) + "Results",
            Jvm.method(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int));
    }

    /// The array of the results of a fold's blocks.
    void results(TypeKind kind) {
        code.aload(arguments + 2).getfield(Jvm.LANES, name(kind) + "Results", Jvm.type(kind).arrayType());
    }

    private static String name(TypeKind kind) {
        return kind == TypeKind.DOUBLE ? "real" : kind == TypeKind.FLOAT ? "float" : "whole";
    }

    /// Keeps the value of a local for whoever runs a part.
    void capture(int k, Local local) {
        var variable = variable(local);
        emitter.captures(k);
        code.aload(arguments + 2).getfield(Jvm.LANES, "captured", ConstantDescs.CD_long.arrayType()).loadConstant(k);
        code.loadLocal(variable.kind(), variable.slot());
        switch (variable.kind()) {
            case DOUBLE -> Jvm.bits(code, DType.INT64);
            case FLOAT -> {
                Jvm.bits(code, DType.INT32);
                code.i2l();
            }
            case LONG -> {}
            case INT, BOOLEAN, BYTE, CHAR, SHORT, REFERENCE, VOID -> code.i2l();
        }
        code.lastore();
    }

    /// Takes it back.
    void captured(int k, Local local) {
        var variable = variable(local);
        code.aload(arguments + 2).getfield(Jvm.LANES, "captured", ConstantDescs.CD_long.arrayType()).loadConstant(k).laload();
        switch (variable.kind()) {
            case DOUBLE -> Jvm.bits(code, DType.FLOAT64);
            case FLOAT -> {
                code.l2i();
                Jvm.bits(code, DType.FLOAT32);
            }
            case LONG -> {}
            case INT, BOOLEAN, BYTE, CHAR, SHORT, REFERENCE, VOID -> code.l2i();
        }
        code.storeLocal(variable.kind(), variable.slot());
    }

    /// Says that loops right inside its own are methods too, and whether all in one would be long.
    void separate(boolean isLong) {
        apart = true;
        this.isLong = isLong;
    }

    boolean isApart() { return apart; }

    boolean isLong() { return isLong; }

    /// Writes code in which they are not.
    void together(Runnable body) {
        boolean before = apart;
        apart = false;
        body.run();
        apart = before;
    }

    /// Has the team run `n` parts of an outline.
    void team(int number, int n, int step) {
        code.aload(arguments + 2).aload(0).loadConstant(number).aload(arguments).aload(arguments + 1).iload(n).iload(step);
        code.iload(arguments + 3).invokevirtual(Jvm.LANES, "split", Jvm.method(ConstantDescs.CD_void, Jvm.CODE, ConstantDescs.CD_int,
            Jvm.OBJECTS, Jvm.DIMS, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
    }
}
