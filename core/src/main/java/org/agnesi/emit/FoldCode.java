package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;

/// The accumulators of a program's folds: where each lives in [Lanes], and the code that starts, feeds and finishes it.
///
/// A float has 32 lanes and a tree; an integer one place, since the order of its points does not matter.
final class FoldCode {
    private static final int OWN = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC;

    private final ClassDesc self;
    private final boolean simd;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final Map<TypeKind, Integer> used = new LinkedHashMap<>();
    private final Set<FoldTree> trees = new LinkedHashSet<>();
    private final Set<DType> started = new LinkedHashSet<>();

    /// @param self the class that is written
    /// @param simd whether it may use vectors
    FoldCode(ClassDesc self, boolean simd) {
        this.self = self;
        this.simd = simd;
    }

    /// How many values of a kind the program's accumulators need.
    int used(TypeKind kind) { return used.getOrDefault(kind, 0); }

    /// What an accumulator is kept as: a small integer as a long.
    static TypeKind kind(Accumulator a) { return a.local().dtype().isFloating() ? Jvm.kind(a.local().dtype()) : TypeKind.LONG; }

    /// Where it begins; where there are vectors, space for one more is left behind it.
    int place(Accumulator a) {
        return places.computeIfAbsent(a.local().id(), _ -> {
            int width = !isFloat(a) ? 1 : simd ? Fold.WIDTH + Simd.width() / 8 / a.local().dtype().bytes() : Fold.WIDTH;
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
            code.invokestatic(simd ? self : Jvm.LANES, "start", FoldTree.start(a.local().dtype()));
            if (simd) started.add(a.local().dtype());
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
            var tree = new FoldTree(a.combine(), a.local().dtype(), simd);
            trees.add(tree);
            code.lload(points).invokestatic(self, tree.name(), tree.type());
        } else {
            code.laload();
            code.conversion(TypeKind.LONG, Jvm.kind(a.local().dtype()));
        }
    }

    /// The methods that set and combine lanes.
    void write(ClassBuilder type) {
        for (var tree : trees) type.withMethodBody(tree.name(), tree.type(), OWN, tree::write);
        for (var dtype : started) type.withMethodBody("start", FoldTree.start(dtype), OWN, code -> FoldTree.start(code, dtype));
    }
}
