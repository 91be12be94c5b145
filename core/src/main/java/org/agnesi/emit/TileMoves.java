package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import org.agnesi.array.DType;

/// Writes what [TileCode] moves between matrices, panels and tiles; in the comments the parameters.
///
/// @param simd whether what lies together moves by vectors
record TileMoves(Lane lane, boolean simd) {
    private TypeKind element() { return Jvm.element(lane.dtype()); }

    /// Adds two elements on the stack.
    void add(CodeBuilder code) { if (lane.dtype() == DType.FLOAT64) code.dadd(); else code.fadd(); }

    /// `from, base, wide, w0, count, deep, d0, k, to, t0, width`
    void gather(CodeBuilder code) {
        int i = code.allocateLocal(TypeKind.INT), p = code.allocateLocal(TypeKind.INT), at = code.allocateLocal(TypeKind.INT);
        Runnable place = () -> code.aload(9).iload(10).iload(p).iload(11).imul().iadd().iload(i).iadd();
        loop(code, i, () -> code.iload(5), () -> {
            code.iload(2).aload(3).iload(4).iload(i).iadd().iaload().iadd().istore(at);
            loop(code, p, () -> code.iload(8), () -> {
                place.run();
                code.aload(1).iload(at).aload(6).iload(7).iload(p).iadd().iaload().iadd().arrayLoad(element()).arrayStore(element());
            });
        });
    }

    /// `from, base, deep, d0, k, to, t0, width, count`
    void copy(CodeBuilder code) {
        int p = code.allocateLocal(TypeKind.INT), i = code.allocateLocal(TypeKind.INT), vectors = code.allocateLocal(TypeKind.INT);
        Runnable from = () -> code.iload(2).aload(3).iload(4).iload(p).iadd().iaload().iadd().iload(i).iadd();
        Runnable to = () -> code.aload(6).iload(7).iload(p).iload(8).imul().iadd().iload(i).iadd();
        code.iconst_0().istore(i);
        if (simd) for (int whole = 1; whole <= 2; whole++) whole(code, whole, p, from, to);
        if (simd) code.iload(9).loadConstant(-lane.lanes()).iand();
        else code.iconst_0();
        code.istore(vectors);
        loop(code, p, () -> code.iload(5), () -> {
            code.iconst_0().istore(i);
            if (simd) further(code, i, lane.lanes(), () -> code.iload(vectors), () -> move(code, from, to));
            further(code, i, 1, () -> code.iload(9), () -> {
                to.run();
                code.aload(1);
                from.run();
                code.arrayLoad(element()).arrayStore(element());
            });
        });
    }

    /// All terms, where a panel's columns are so many vectors: without a loop for each term's few.
    private void whole(CodeBuilder code, int vectors, int p, Runnable from, Runnable to) {
        var other = code.newLabel();
        code.iload(9).loadConstant(vectors * lane.lanes()).if_icmpne(other);
        loop(code, p, () -> code.iload(5), () -> {
            for (int v = 0; v < vectors; v++) {
                int column = v * lane.lanes();
                move(code, () -> { from.run(); code.loadConstant(column).iadd(); }, () -> { to.run(); code.loadConstant(column).iadd(); });
            }
        });
        code.return_().labelBinding(other);
    }

    private void move(CodeBuilder code, Runnable from, Runnable to) {
        lane.species(code);
        code.aload(1);
        from.run();
        lane.load(code);
        to.run();
        lane.store(code);
    }

    /// `tile, width, c, base, rows, r0, rn, columns, c0, cn, adds`
    void scatter(CodeBuilder code) {
        int i = code.allocateLocal(TypeKind.INT), j = code.allocateLocal(TypeKind.INT), at = code.allocateLocal(TypeKind.INT);
        loop(code, i, () -> code.iload(7), () -> loop(code, j, () -> code.iload(10), () -> {
            code.iload(4).aload(5).iload(6).iload(i).iadd().iaload().iadd();
            code.aload(8).iload(9).iload(j).iadd().iaload().iadd().istore(at);
            code.aload(3).iload(at);
            code.aload(1).iload(i).iload(2).imul().iload(j).iadd().arrayLoad(element());
            code.iload(11).ifThen(_ -> {
                code.aload(3).iload(at).arrayLoad(element());
                add(code);
            });
            code.arrayStore(element());
        }));
    }

    static void loop(CodeBuilder code, int index, Runnable limit, Runnable body) {
        code.iconst_0().istore(index);
        further(code, index, 1, limit, body);
    }

    /// A loop from where its index is.
    private static void further(CodeBuilder code, int index, int step, Runnable limit, Runnable body) {
        var start = code.newLabel();
        var end = code.newLabel();
        code.labelBinding(start).iload(index);
        limit.run();
        code.if_icmpge(end);
        body.run();
        code.iinc(index, step).goto_(start).labelBinding(end);
    }
}
