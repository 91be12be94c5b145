package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Local;
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
import org.jspecify.annotations.Nullable;

/// An outermost loop as a method of its own, called for some thousand points at a time: HotSpot replaces slow code by
/// fast code when a method is called, not in the middle of a loop.
///
/// ```
/// static void loop(Object[] arrays, int[][] dims, Lanes lanes, captured …, int from, int to)
/// ```
record Outline(String name, Stmt loop, List<Local> captured) {
    /// A loop with loops inside is called for so many times fewer points.
    private static final int INSIDE = 128;
    /// The JVM allows 255 slots of parameters.
    private static final int MOST = 100;

    /// The outline of a loop where it can have one: it gives no value to locals of its surroundings but by its accumulators.
    static @Nullable Outline of(Stmt loop, MethodCode method) {
        var uses = new Uses();
        uses.read(loop);
        var captured = uses.used.values().stream().filter(local -> !uses.defined.containsKey(local.id())).toList();
        boolean assigns = uses.assigned.stream().anyMatch(local -> !uses.defined.containsKey(local.id()));
        if (assigns || captured.size() > MOST) return null;
        return method.emitter.outlines.computeIfAbsent(loop, _ ->
            new Outline("loop" + method.emitter.outlines.size(), loop, captured));
    }

    private MethodTypeDesc type(Emitter emitter) {
        var parameters = new ArrayList<ClassDesc>(List.of(Jvm.OBJECTS, Jvm.DIMS, Jvm.LANES));
        for (var local : captured) parameters.add(Jvm.type(emitter.kind(local)));
        parameters.addAll(List.of(ConstantDescs.CD_int, ConstantDescs.CD_int));
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    /// Calls it for all points up to the variable `n`, some at a time.
    void call(MethodCode method, int n) {
        var code = method.code;
        int from = code.allocateLocal(TypeKind.INT);
        int to = code.allocateLocal(TypeKind.INT);
        var again = code.newLabel();
        var last = code.newLabel();
        var ready = code.newLabel();
        var end = code.newLabel();
        int chunk = code.allocateLocal(TypeKind.INT);
        method.chunk();
        if (!isInnermost()) code.loadConstant(INSIDE).idiv().iconst_1().invokestatic(Jvm.MATH, "max",
            Jvm.method(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        code.istore(chunk);
        code.iconst_0().istore(from).labelBinding(again).iload(from).iload(n).if_icmpge(end);
        code.iload(n).iload(from).isub().iload(chunk).if_icmple(last);
        code.iload(from).iload(chunk).iadd().istore(to).goto_(ready);
        code.labelBinding(last).iload(n).istore(to).labelBinding(ready);
        method.parameters();
        for (var local : captured) {
            var variable = method.variable(local);
            code.loadLocal(variable.kind(), variable.slot());
        }
        code.iload(from).iload(to).invokestatic(method.emitter.self, name, type(method.emitter));
        code.iload(to).istore(from).goto_(again).labelBinding(end);
    }

    private boolean isInnermost() {
        return switch (loop) {
            case For(_, _, var body) -> isStraight(body);
            case Fold fold -> fold.loops().size() == 1 && isStraight(fold.body());
            case Stmt _ -> throw new IllegalStateException("a loop is outlined, but got " + loop);
        };
    }

    private static boolean isStraight(Stmt stmt) {
        return switch (stmt) {
            case Seq(var steps) -> steps.stream().allMatch(Outline::isStraight);
            case If(_, var then, var otherwise) -> isStraight(then) && isStraight(otherwise);
            case For _, Fold _, While _ -> false;
            case Let _, Assign _, Store _, Accumulate _, Check _ -> true;
        };
    }

    /// The method.
    void write(Emitter emitter, ClassBuilder type) {
        type.withMethodBody(name, type(emitter), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> {
            var method = new MethodCode(code, emitter, 0);
            for (int k = 0; k < captured.size(); k++) method.parameter(captured.get(k), code.parameterSlot(3 + k));
            method.prologue(loop);
            int from = code.parameterSlot(3 + captured.size());
            int to = code.parameterSlot(4 + captured.size());
            var statements = new StmtCode(method, false);
            switch (loop) {
                case For all -> statements.points(all, from, to);
                case Fold fold -> statements.points(fold, from, to);
                case Stmt _ -> throw new IllegalStateException("a loop is outlined, but got " + loop);
            }
            code.return_();
        });
    }

    /// The locals that statements use, define and assign.
    private static final class Uses {
        final Map<Integer, Local> used = new LinkedHashMap<>();
        final Map<Integer, Local> defined = new LinkedHashMap<>();
        final List<Local> assigned = new ArrayList<>();

        void read(Stmt stmt) {
            for (var x : Scalars.inOrder(Stmts.scalars(stmt))) use(x);
            define(stmt);
        }

        private void use(Scalar x) {
            if (x instanceof Local local) used.putIfAbsent(local.id(), local);
        }

        private void define(Stmt stmt) {
            switch (stmt) {
                case Seq(var steps) -> steps.forEach(this::define);
                case For(var index, _, var body) -> {
                    defined.put(index.id(), index);
                    define(body);
                }
                case Fold(var loops, var body, var accumulators) -> {
                    loops.forEach(loop -> defined.put(loop.index().id(), loop.index()));
                    accumulators.forEach(a -> defined.put(a.local().id(), a.local()));
                    define(body);
                }
                case While(_, var body) -> define(body);
                case If(_, var then, var otherwise) -> {
                    define(then);
                    define(otherwise);
                }
                case Let(var local, _) -> defined.put(local.id(), local);
                case Assign(var local, _) -> assigned.add(local);
                case Store _, Accumulate _, Check _ -> {}
            }
        }
    }
}
