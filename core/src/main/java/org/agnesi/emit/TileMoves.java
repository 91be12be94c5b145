package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
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
        int p = code.allocateLocal(TypeKind.INT), i = code.allocateLocal(TypeKind.INT), whole = code.allocateLocal(TypeKind.INT);
        var row = new Row(code.allocateLocal(TypeKind.INT), code.allocateLocal(TypeKind.INT));
        if (simd) for (int vectors = 1; vectors <= 2; vectors++) few(code, vectors, p, i, row);
        if (simd) code.iload(9).loadConstant(-lane.lanes()).iand().istore(whole);
        loop(code, p, () -> code.iload(5), () -> {
            row.begin(code, p);
            code.iconst_0().istore(i);
            if (simd) further(code, i, lane.lanes(), () -> code.iload(whole), () -> vector(code, row, () -> code.iload(i)));
            further(code, i, 1, () -> code.iload(9), () -> element(code, row, i));
        });
    }

    /// Where a term's columns are, as variables: in the matrix, and in the panel.
    private record Row(int from, int to) {
        void begin(CodeBuilder code, int p) {
            code.iload(2).aload(3).iload(4).iload(p).iadd().iaload().iadd().istore(from);
            code.iload(7).iload(p).iload(8).imul().iadd().istore(to);
        }
    }

    /// All terms, where a panel's columns fit into so few vectors: without a loop for each term's. What is moved beyond the columns is
    /// what nobody reads or what the next term writes over; where the matrix or the panel ends before, they are moved one by one.
    private void few(CodeBuilder code, int vectors, int p, int i, Row row) {
        int lanes = vectors * lane.lanes(), last = code.allocateLocal(TypeKind.INT), end = code.allocateLocal(TypeKind.INT);
        var other = code.newLabel();
        code.iload(9).loadConstant(lanes).if_icmpgt(other);
        code.aload(1).arraylength().loadConstant(lanes).isub().istore(last);
        code.iload(7).iload(5).iload(8).imul().iadd().loadConstant(lanes).isub().istore(end);
        loop(code, p, () -> code.iload(5), () -> {
            Label single = code.newLabel(), next = code.newLabel();
            row.begin(code, p);
            code.iload(row.from).iload(last).if_icmpgt(single).iload(row.to).iload(end).if_icmpgt(single);
            for (int v = 0; v < vectors; v++) {
                int column = v * lane.lanes();
                vector(code, row, () -> code.loadConstant(column));
            }
            code.goto_(next).labelBinding(single);
            loop(code, i, () -> code.iload(9), () -> element(code, row, i));
            code.labelBinding(next);
        });
        code.return_().labelBinding(other);
    }

    private void vector(CodeBuilder code, Row row, Runnable column) {
        lane.species(code);
        code.aload(1).iload(row.from);
        column.run();
        code.iadd();
        lane.load(code);
        code.aload(6).iload(row.to);
        column.run();
        code.iadd();
        lane.store(code);
    }

    private void element(CodeBuilder code, Row row, int i) {
        code.aload(6).iload(row.to).iload(i).iadd();
        code.aload(1).iload(row.from).iload(i).iadd().arrayLoad(element()).arrayStore(element());
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
