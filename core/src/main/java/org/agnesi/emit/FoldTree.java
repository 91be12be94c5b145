package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.agnesi.array.DType;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Stmt.Fold;

/// The method that combines a fold's 32 accumulators in [Lanes], `float finish(float[] v, int first, long points)`:
///
/// ```
/// if (points ≥ 32) return the same, written out, and as vectors down to one
/// for (w = 16; w > 0; w /= 2) for (i = 0; i < w && i + w < points; i++) v[first + i] ∘= v[first + i + w]
/// ```
///
/// Rows of some hundred elements take little longer than this does.
///
/// @param simd whether it may use vectors
record FoldTree(Combine combine, DType dtype, boolean simd) {
    private static final int LANES = 0, FIRST = 1, POINTS = 2;

    String name() { return "finish" + combine + dtype; }

    MethodTypeDesc type() {
        var value = Jvm.desc(dtype.carrier());
        return Jvm.method(value, value.arrayType(), ConstantDescs.CD_int, ConstantDescs.CD_long);
    }

    /// What sets accumulators to the identity, `void start(float[] v, int first, long points, float identity)`: that of [Lanes],
    /// and for 32 points and more one of vectors.
    static MethodTypeDesc start(DType dtype) {
        var value = Jvm.desc(dtype.carrier());
        return Jvm.method(ConstantDescs.CD_void, value.arrayType(), ConstantDescs.CD_int, ConstantDescs.CD_long, value);
    }

    static void start(CodeBuilder code, DType dtype) {
        var lane = lane(dtype);
        int identity = POINTS + 2, all = code.allocateLocal(TypeKind.REFERENCE);
        var few = code.newLabel();
        code.lload(POINTS).loadConstant((long) Fold.WIDTH).lcmp().iflt(few);
        lane.broadcast(code, () -> code.loadLocal(Jvm.kind(dtype), identity));
        code.astore(all);
        for (int i = 0; i < Fold.WIDTH; i += lane.lanes()) {
            code.aload(all);
            place(code, i);
            lane.store(code);
        }
        code.return_().labelBinding(few);
        code.aload(LANES).iload(FIRST).lload(POINTS).loadLocal(Jvm.kind(dtype), identity);
        code.invokestatic(Jvm.LANES, "start", start(dtype)).return_();
    }

    private static Lane lane(DType dtype) { return new Lane(dtype, Simd.width() / 8 / dtype.bytes()); }

    private TypeKind kind() { return Jvm.kind(dtype); }

    void write(CodeBuilder code) {
        int n = code.allocateLocal(TypeKind.INT);
        var few = code.newLabel();
        code.lload(POINTS).invokestatic(Jvm.LANES, "reached", Jvm.method(ConstantDescs.CD_int, ConstantDescs.CD_long)).istore(n);
        code.iload(n).loadConstant(Fold.WIDTH).if_icmplt(few);
        all(code, 0, 1, simd ? vectors(code) : Fold.WIDTH);
        code.return_(kind()).labelBinding(few);
        few(code, n);
    }

    /// What place `i` comes to when those from `w` on are taken in, on the stack: of all, `width` are left.
    private void all(CodeBuilder code, int i, int w, int width) {
        if (w == width) {
            place(code, i);
            code.arrayLoad(kind());
        } else {
            all(code, i, 2 * w, width);
            all(code, i + w, 2 * w, width);
            Jvm.combine(code, combine, kind());
        }
    }

    /// Leaves as many as a vector has lanes, and says how many.
    private int vectors(CodeBuilder code) {
        var lane = lane(dtype);
        vectors(code, lane, 0, lane.lanes());
        int one = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(one).aload(one);
        place(code, 0);
        lane.store(code);
        return lane.lanes();
    }

    private void vectors(CodeBuilder code, Lane lane, int i, int w) {
        if (w == Fold.WIDTH) {
            lane.species(code);
            place(code, i);
            lane.load(code);
        } else {
            vectors(code, lane, i, 2 * w);
            vectors(code, lane, i + w, 2 * w);
            lane.combine(code, combine);
        }
    }

    private static void place(CodeBuilder code, int i) { code.aload(LANES).iload(FIRST).loadConstant(i).iadd(); }

    private void few(CodeBuilder code, int n) {
        int w = code.allocateLocal(TypeKind.INT), i = code.allocateLocal(TypeKind.INT);
        var widths = code.newLabel();
        var points = code.newLabel();
        var narrower = code.newLabel();
        var end = code.newLabel();
        code.loadConstant(Fold.WIDTH / 2).istore(w);
        code.labelBinding(widths).iload(w).ifle(end).iconst_0().istore(i);
        code.labelBinding(points).iload(i).iload(w).if_icmpge(narrower).iload(i).iload(w).iadd().iload(n).if_icmpge(narrower);
        code.aload(LANES).iload(FIRST).iload(i).iadd().dup2().arrayLoad(kind());
        code.aload(LANES).iload(FIRST).iload(i).iadd().iload(w).iadd().arrayLoad(kind());
        Jvm.combine(code, combine, kind());
        code.arrayStore(kind()).iinc(i, 1).goto_(points);
        code.labelBinding(narrower).iload(w).iconst_1().ishr().istore(w).goto_(widths);
        code.labelBinding(end).aload(LANES).iload(FIRST).arrayLoad(kind()).return_(kind());
    }
}
