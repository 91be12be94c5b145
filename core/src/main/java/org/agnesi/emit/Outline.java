package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmts;
import org.jspecify.annotations.Nullable;

/// An outermost loop as a method of its own, called for some thousand points at a time: HotSpot replaces slow code by
/// fast code when a method is called, not in the middle of a loop. What the loop takes from its surroundings are
/// parameters.
///
/// ```
/// static void loop(Object[] arrays, int[][] dims, Lanes lanes, int chunk, captured …, int from, int to)
/// ```
///
/// A fold has a second one, over its blocks. A loop whose parts do not see each other, and every fold, is a part of
/// [Code#part], which a [Team] may run on several threads: there the captured values are in the lanes.
///
/// @param own    the scratch that each thread needs for itself; null where the loop is no such part
/// @param inside whether it is a loop inside an outermost one, called for all points at a time
record Outline(int number, Stmt loop, List<Local> captured, @Nullable Set<Integer> own, boolean inside) {
    /// A loop with loops inside is called for so many times fewer points.
    private static final int INSIDE = 128;
    /// Points of a loop inside which are called for with less ado than they take.
    private static final int SHORT = 16;
    /// Scalars above which all in one method would be long: HotSpot would take some tenths of a second for it, once for each loop in which
    /// it is running.
    private static final int LONG = 150;
    /// The parameter that says how many points a call is for.
    static final int CHUNK = 3;
    /// The JVM allows 255 slots of parameters.
    static final int MOST = 100;

    /// The outline of a loop where it can have one: it gives no value to locals of its surroundings but by its accumulators.
    static @Nullable Outline of(Stmt loop, MethodCode method) { return of(loop, method, false); }

    /// The same of a loop right inside an outermost one; of a fold the points of a block.
    static @Nullable Outline inside(Stmt loop, MethodCode method) { return of(loop, method, true); }

    private static @Nullable Outline of(Stmt loop, MethodCode method, boolean inside) {
        var uses = Uses.of(loop);
        var captured = uses.captured();
        if (uses.assigns() || captured.size() > MOST) return null;
        var emitter = method.emitter;
        return emitter.outlines.computeIfAbsent(loop, _ ->
            new Outline(emitter.outlines.size(), loop, captured, inside ? null : Independence.of(loop, emitter.program), inside));
    }

    boolean isSplit() { return own != null; }

    /// Whether loops right inside it are methods: long ones are in code of numbers, so that HotSpot compiles each by itself, and not
    /// all of them anew from where each is running. A loop over steps has many short ones.
    private boolean separates(Emitter emitter) {
        boolean several = Stmts.innermost(loop) > 1;
        return inside ? several : emitter.apart || !emitter.simd && (isSplit() || several && isLong());
    }

    private boolean isLong() { return Scalars.inOrder(Stmts.scalars(loop)).size() > LONG; }

    private MethodTypeDesc type(Emitter emitter) {
        var parameters = new ArrayList<ClassDesc>(List.of(Jvm.OBJECTS, Jvm.DIMS, Jvm.LANES, ConstantDescs.CD_int));
        for (var local : captured) parameters.add(Jvm.type(emitter.kind(local)));
        parameters.addAll(List.of(ConstantDescs.CD_int, ConstantDescs.CD_int));
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    private boolean hasInside() { return Stmts.depth(loop) > 1; }

    private String points() { return "loop" + number; }

    private String rows() { return "rows" + number; }

    private String blocks() { return "blocks" + number; }

    /// Calls a loop inside for the points from one variable's value up to another's; few are written where it would be called.
    void call(MethodCode method, int from, int to, Runnable few) {
        if (method.emitter.apart || hasInside() && method.isLong()) {
            call(method, hasInside() ? rows() : points(), from, to);
            return;
        }
        var code = method.code;
        var called = code.newLabel();
        var end = code.newLabel();
        code.iload(to).iload(from).isub().loadConstant(SHORT).if_icmpge(called);
        method.together(few);
        code.goto_(end).labelBinding(called);
        call(method, hasInside() ? rows() : points(), from, to);
        code.labelBinding(end);
    }

    /// Calls it for all points up to the variable `n`.
    void call(MethodCode method, int n) {
        if (isSplit()) {
            parts(method, n);
        } else {
            int from = method.code.allocateLocal(TypeKind.INT);
            method.code.iconst_0().istore(from);
            chunks(method, from, n);
        }
    }

    /// Calls it for the points from one variable's value up to another's, some at a time; leaves both the same.
    void chunks(MethodCode method, int from, int to) {
        var code = method.code;
        int next = code.allocateLocal(TypeKind.INT);
        int end = code.allocateLocal(TypeKind.INT);
        var again = code.newLabel();
        var done = code.newLabel();
        int step = step(method), calls = code.allocateLocal(TypeKind.INT);
        code.iload(from).istore(next).iconst_0().istore(calls).labelBinding(again).iload(next).iload(to).if_icmpge(done);
        method.end(next, to, () -> code.iload(step), calls);
        code.istore(end);
        call(method, points(), next, end);
        code.iload(end).istore(next).iinc(calls, 1).goto_(again).labelBinding(done);
    }

    /// The variable of how many points one call is for.
    private int step(MethodCode method) {
        var code = method.code;
        int step = code.allocateLocal(TypeKind.INT);
        method.chunk();
        if (method.emitter.tastes) code.invokestatic(Jvm.MATH, "abs", Jvm.method(ConstantDescs.CD_int, ConstantDescs.CD_int));
        if (hasInside()) code.loadConstant(INSIDE).idiv().iconst_1().invokestatic(Jvm.MATH, "max", Jvm.INT2);
        code.istore(step);
        return step;
    }

    private void call(MethodCode method, String name, int from, int to) {
        method.parameters();
        for (var local : captured) {
            var variable = method.variable(local);
            method.code.loadLocal(variable.kind(), variable.slot());
        }
        method.code.iload(from).iload(to).invokestatic(method.emitter.self, name, type(method.emitter));
    }

    /// Makes space for the results of a fold's blocks, whose number is in a variable.
    void reserve(MethodCode method, Fold fold, int blocks) {
        for (var kind : fold.accumulators().stream().map(FoldCode::kind).distinct().toList()) {
            int count = (int) fold.accumulators().stream().filter(a -> FoldCode.kind(a) == kind).count();
            method.reserve(kind, blocks, count);
        }
    }

    /// Has a team run the parts from 0 up to the variable `n`; a fold's parts are its blocks. Few are run here, unless each may be long.
    void parts(MethodCode method, int n) {
        var code = method.code;
        var few = code.newLabel();
        var end = code.newLabel();
        int zero = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(zero);
        if (isSplit()) {
            int step = loop instanceof Fold ? one(code) : step(method);
            if (method.emitter.tastes) {
                method.chunk();
                code.iflt(few);
            }
            code.iload(n).iload(Stmts.depth(loop) > 2 ? one(code) : step).if_icmple(few);
            for (int k = 0; k < captured.size(); k++) method.capture(k, captured.get(k));
            method.team(number, n, step);
            code.goto_(end).labelBinding(few);
        }
        if (loop instanceof Fold) call(method, blocks(), zero, n);
        else chunks(method, zero, n);
        code.labelBinding(end);
    }

    private static int one(CodeBuilder code) {
        int one = code.allocateLocal(TypeKind.INT);
        code.iconst_1().istore(one);
        return one;
    }

    /// Runs the parts from one parameter of [Code#part] up to another.
    void part(MethodCode method, int from, int to) {
        for (int k = 0; k < captured.size(); k++) method.captured(k, captured.get(k));
        call(method, loop instanceof Fold ? blocks() : points(), from, to);
    }

    /// Its methods.
    void write(Emitter emitter, ClassBuilder type) {
        method(emitter, type, points(), (method, from, to) -> {
            method.prologue(loop, false);
            var statements = new StmtCode(method, false);
            switch (loop) {
                case For all -> statements.points(all, from, to);
                case Fold fold -> statements.points(fold, from, to);
                case Stmt _ -> throw new IllegalStateException("a loop is outlined, but got " + loop);
            }
        });
        if (inside && hasInside()) method(emitter, type, rows(), this::chunks);
        if (!inside && loop instanceof Fold fold)
            method(emitter, type, blocks(), (method, from, to) -> {
                method.prologue(loop, false);
                new FoldBlocks(method, fold).parts(this, from, to);
            });
    }

    private interface Body {
        void write(MethodCode method, int from, int to);
    }

    private void method(Emitter emitter, ClassBuilder type, String name, Body body) {
        type.withMethodBody(name, type(emitter), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> {
            var method = new MethodCode(code, emitter, 0);
            for (int k = 0; k < captured.size(); k++) method.parameter(captured.get(k), code.parameterSlot(4 + k));
            if (separates(emitter)) method.separate(isLong());
            int from = code.parameterSlot(4 + captured.size()), to = code.parameterSlot(5 + captured.size());
            if (emitter.simd) Turns.write(emitter, code, from, to);
            body.write(method, from, to);
            code.return_();
        });
    }
}
