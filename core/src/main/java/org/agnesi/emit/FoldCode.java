package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;

/// The accumulators of a program's folds: where each lives in [Lanes], and the code that starts, feeds and finishes it.
///
/// A float has 32 lanes and a tree; an integer one place, since the order of its points does not matter.
final class FoldCode {
    private final ClassDesc self;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final Map<TypeKind, Integer> used = new LinkedHashMap<>();
    private final Map<String, Tree> trees = new LinkedHashMap<>();

    private record Tree(Combine combine, TypeKind kind) {
        String name() { return "finish" + combine + kind; }
        ClassDesc array() { return Jvm.type(kind).arrayType(); }
        MethodTypeDesc type() { return Jvm.method(Jvm.type(kind), array(), ConstantDescs.CD_int, ConstantDescs.CD_long); }
    }

    FoldCode(ClassDesc self) { this.self = self; }

    /// How many values of a kind the program's accumulators need.
    int used(TypeKind kind) { return used.getOrDefault(kind, 0); }

    /// What an accumulator is kept as: a small integer as a long.
    static TypeKind kind(Accumulator a) { return a.local().dtype().isFloating() ? Jvm.kind(a.local().dtype()) : TypeKind.LONG; }

    int place(Accumulator a) {
        return places.computeIfAbsent(a.local().id(), _ -> {
            int width = isFloat(a) ? Fold.WIDTH : 1;
            return used.merge(kind(a), width, Integer::sum) - width;
        });
    }

    /// Space for `n` values of a kind, beside the accumulators.
    int scratch(TypeKind kind, int n) { return used.merge(kind, n, Integer::sum) - n; }

    static boolean isFloat(Accumulator a) { return a.local().dtype().isFloating(); }

    /// Before the first point of a block; `points` holds how many it has.
    void start(MethodCode method, Accumulator a, int points) {
        var code = method.code;
        var kind = kind(a);
        var identity = a.combine().identity(a.local().dtype());
        method.lanes(kind);
        code.loadConstant(place(a));
        if (isFloat(a)) {
            code.lload(points);
            Jvm.constant(code, identity);
            code.invokestatic(Jvm.LANES, "start", Jvm.method(ConstantDescs.CD_void,
                Jvm.type(kind).arrayType(), ConstantDescs.CD_int, ConstantDescs.CD_long, Jvm.type(kind)));
        } else {
            code.loadConstant(identity.bits()).lastore();
        }
    }

    /// At a point, whose number is in the int variable `point`.
    void feed(MethodCode method, Accumulator a, int point) {
        var code = method.code;
        var kind = kind(a);
        element(method, a, point);
        code.dup2().arrayLoad(kind);
        if (isFloat(a)) {
            method.scalars.emit(a.value());
            Jvm.combine(code, a.combine(), kind);
        } else {
            integer(method, a);
        }
        code.arrayStore(kind);
    }

    /// The array and the place in it where a point's value goes, on the stack.
    void element(MethodCode method, Accumulator a, int point) {
        method.lanes(kind(a));
        method.code.loadConstant(place(a));
        if (isFloat(a)) method.code.iload(point).loadConstant(Fold.WIDTH - 1).iand().iadd();
    }

    /// Takes in values that lie at `place` for the points from `index` on: those from `point` up to `end`, one after the other.
    void takeIn(MethodCode method, Accumulator a, int place, int point, int index, Runnable end) {
        var code = method.code;
        var kind = kind(a);
        var again = code.newLabel();
        var done = code.newLabel();
        code.labelBinding(again).iload(point);
        end.run();
        code.if_icmpge(done);
        element(method, a, point);
        code.dup2().arrayLoad(kind);
        method.lanes(kind);
        code.loadConstant(place).iload(point).iload(index).isub().iadd().arrayLoad(kind);
        Jvm.combine(code, a.combine(), kind);
        code.arrayStore(kind).iinc(point, 1).goto_(again).labelBinding(done);
    }

    /// The integer on the stack, a long, combined with the value.
    private static void integer(MethodCode method, Accumulator a) {
        method.code.conversion(TypeKind.LONG, Jvm.kind(a.local().dtype()));
        combined(method, a, a.value());
        method.code.conversion(Jvm.kind(a.local().dtype()), TypeKind.LONG);
    }

    /// The value on the stack combined with another.
    private static void combined(MethodCode method, Accumulator a, Scalar value) {
        var before = new Scalar.Local(method.emitter.fresh(), a.local().dtype());
        var variable = method.variable(before);
        method.code.storeLocal(variable.kind(), variable.slot());
        method.scalars.emit(new Binary(a.combine().function(), a.local().dtype(), before, value));
    }

    /// The local is the identity: no block has been combined yet.
    void empty(MethodCode method, Accumulator a) {
        Jvm.constant(method.code, a.combine().identity(a.local().dtype()));
        set(method, a);
    }

    /// Takes the value on the stack, a block's, into the local.
    void join(MethodCode method, Accumulator a) {
        combined(method, a, a.local());
        set(method, a);
    }

    private static void set(MethodCode method, Accumulator a) {
        var variable = method.variable(a.local());
        method.code.storeLocal(variable.kind(), variable.slot());
    }

    /// After the last point of a block: its points' values combined, on the stack.
    void finish(MethodCode method, Accumulator a, int points) {
        var code = method.code;
        var kind = kind(a);
        method.lanes(kind);
        code.loadConstant(place(a));
        if (isFloat(a)) {
            var tree = new Tree(a.combine(), kind);
            trees.put(tree.name(), tree);
            code.lload(points).invokestatic(self, tree.name(), tree.type());
        } else {
            code.laload();
            code.conversion(TypeKind.LONG, Jvm.kind(a.local().dtype()));
        }
    }

    /// The methods that combine lanes.
    void write(ClassBuilder type) {
        for (var tree : trees.values())
            type.withMethodBody(tree.name(), tree.type(), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> body(code, tree));
    }

    /// `for (w = 16; w > 0; w /= 2) for (i = 0; i < w && i + w < n; i++) v[first + i] ∘= v[first + i + w]`
    private static void body(CodeBuilder code, Tree tree) {
        int lanes = 0;
        int first = 1;
        int n = code.allocateLocal(TypeKind.INT);
        int w = code.allocateLocal(TypeKind.INT);
        int i = code.allocateLocal(TypeKind.INT);
        var widths = code.newLabel();
        var points = code.newLabel();
        var narrower = code.newLabel();
        var end = code.newLabel();
        code.lload(2).invokestatic(Jvm.LANES, "reached", Jvm.method(ConstantDescs.CD_int, ConstantDescs.CD_long)).istore(n);
        code.loadConstant(Fold.WIDTH / 2).istore(w);
        code.labelBinding(widths).iload(w).ifle(end).iconst_0().istore(i);
        code.labelBinding(points).iload(i).iload(w).if_icmpge(narrower).iload(i).iload(w).iadd().iload(n).if_icmpge(narrower);
        code.aload(lanes).iload(first).iload(i).iadd().dup2().arrayLoad(tree.kind());
        code.aload(lanes).iload(first).iload(i).iadd().iload(w).iadd().arrayLoad(tree.kind());
        Jvm.combine(code, tree.combine(), tree.kind());
        code.arrayStore(tree.kind()).iinc(i, 1).goto_(points);
        code.labelBinding(narrower).iload(w).iconst_1().ishr().istore(w).goto_(widths);
        code.labelBinding(end).aload(lanes).iload(first).arrayLoad(tree.kind()).return_(tree.kind());
    }

}
