package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agnesi.array.DType;

/// Writes [TileCode] for one dtype as a hidden class.
///
/// A tile's accumulators are all variables, vectors or scalars: what is multiplied is read once per term, and
/// nothing is written before the last. The loops are those of Goto and van de Geijn, Anatomy of High-Performance Matrix
/// Multiplication (2008).
final class TileEmitter {
    /// Rows of a panel of the first matrix: as many as a tile of the largest kind has.
    private static final int PANEL = 8;

    private final ClassDesc self = ClassDesc.of(TileEmitter.class.getPackageName(), "Tile");
    private final DType dtype;
    private final int bits;
    private final ClassDesc array;
    private final TypeKind element;
    private final Lane lane;
    private final TileMoves moves;

    private TileEmitter(DType dtype, int bits) {
        this.dtype = dtype;
        this.bits = bits;
        array = Jvm.array(dtype);
        element = Jvm.element(dtype);
        lane = new Lane(dtype, bits == 0 ? 1 : bits / 8 / dtype.bytes());
        moves = new TileMoves(lane, bits > 0);
    }

    /// @param bits of a vector; 0 for scalars
    static Tiles emit(DType dtype, int bits) { return new TileEmitter(dtype, bits).tiles(); }

    private Tiles tiles() {
        int rows = bits == 0 || bits == 256 ? PANEL / 2 : PANEL;   // what fits into the registers
        int across = bits == 0 ? Tiles.SCALARS : 2;
        var bytes = ClassFile.of().build(self, type -> write(type, rows, across));
        try {
            var type = Emission.HERE.define(bytes, "blocks of matrices of " + dtype).lookupClass();
            var made = type.getDeclaredConstructor().newInstance();
            return new Tiles((TileCode) made, rows, across * lane.lanes(), lane.lanes(), PANEL * lane.lanes());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an emitted class has a constructor", e);
        }
    }

    private void write(ClassBuilder type, int rows, int across) {
        type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withInterfaceSymbols(Jvm.desc(TileCode.class));
        type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, code ->
            code.aload(0).invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
        method(type, "tile", code -> put(code, sums(code, rows, across, packed(code, PANEL))));
        method(type, "narrow", code -> put(code, sums(code, rows, 1, packed(code, PANEL))));
        method(type, "apart", code -> put(code, sums(code, rows, across, apart(code, rows))));
        method(type, "narrowApart", code -> put(code, sums(code, rows, 1, apart(code, rows))));
        method(type, "row", code -> put(code, sums(code, 1, PANEL, packed(code, 1))));
        method(type, "narrowRow", code -> put(code, sums(code, 1, across, packed(code, 1))));
        method(type, "dots", this::dots);
        method(type, "gather", moves::gather);
        method(type, "copy", moves::copy);
        method(type, "scatter", moves::scatter);
    }

    /// One of the methods of [TileCode], whose arrays of any kind are this dtype's.
    private void method(ClassBuilder type, String name, Consumer<CodeBuilder> body) {
        var declared = Stream.of(TileCode.class.getDeclaredMethods()).filter(m -> m.getName().equals(name)).findFirst().orElseThrow();
        var types = Stream.of(declared.getParameterTypes()).map(Jvm::desc).toList();
        type.withMethodBody(name, Jvm.method(ConstantDescs.CD_void, types.toArray(ClassDesc[]::new)), ClassFile.ACC_PUBLIC, code -> {
            cast(code, declared);
            body.accept(code);
            code.return_();
        });
    }

    private void cast(CodeBuilder code, Method declared) {
        for (int k = 0; k < declared.getParameterCount(); k++)
            if (declared.getParameterTypes()[k] == Object.class) code.aload(k + 1).checkcast(array).astore(k + 1);
    }

    // products; their parameters

    private static final int A = 1, A0 = 2, B = 3, B0 = 4, B_ROW = 5, K = 6, C = 7, C0 = 8, C_ROW = 9, ADDS = 10, A_ROW = 11, A_TERM = 12;

    /// Writes where a row's p-th term is in `a`.
    private interface Term {
        void place(int p, int row);
    }

    private static Term packed(CodeBuilder code, int width) {
        return (p, row) -> code.iload(A0).iload(p).loadConstant(width).imul().iadd().loadConstant(row).iadd();
    }

    private static Term apart(CodeBuilder code, int rows) {
        var starts = new int[rows];
        for (int i = 0; i < rows; i++) {
            starts[i] = code.allocateLocal(TypeKind.INT);
            code.iload(A0).loadConstant(i).iload(A_ROW).imul().iadd().istore(starts[i]);
        }
        return (p, row) -> code.iload(starts[row]).iload(p).iload(A_TERM).imul().iadd();
    }

    /// The sums, by rows of vectors.
    private int[][] sums(CodeBuilder code, int rows, int across, Term a) {
        var sums = new int[rows][across];
        for (var row : sums) for (int v = 0; v < across; v++) {
            row[v] = local(code);
            broadcast(code, () -> code.loadConstant(0).conversion(TypeKind.INT, element));
            store(code, row[v]);
        }
        int p = code.allocateLocal(TypeKind.INT), x = local(code);
        var b = new int[across];
        for (int v = 0; v < across; v++) b[v] = local(code);
        if (bits > 0) Turns.write(code, K);
        TileMoves.loop(code, p, () -> code.iload(K), () -> {
            for (int v = 0; v < across; v++) {
                int column = v * lane.lanes();
                load(code, B, () -> code.iload(B0).iload(p).iload(B_ROW).imul().iadd().loadConstant(column).iadd());
                store(code, b[v]);
            }
            for (int i = 0; i < rows; i++) term(code, a, p, i, x, b, sums[i]);
        });
        return sums;
    }

    /// One term of each sum of a row.
    private void term(CodeBuilder code, Term a, int p, int i, int x, int[] b, int[] sums) {
        broadcast(code, () -> {
            code.aload(A);
            a.place(p, i);
            code.arrayLoad(element);
        });
        store(code, x);
        for (int v = 0; v < b.length; v++) {
            for (int local : new int[] {x, b[v], sums[v]}) load(code, local);
            if (bits == 0) Jvm.math(code, "fma", element, 3);
            else lane.fma(code);
            store(code, sums[v]);
        }
    }

    private void put(CodeBuilder code, int[][] sums) {
        for (int i = 0; i < sums.length; i++) for (int v = 0; v < sums[i].length; v++) put(code, i, v, sums[i][v]);
    }

    private void put(CodeBuilder code, int i, int v, int sum) {
        Runnable place = () -> code.iload(C0).iload(C_ROW).loadConstant(i).imul().iadd().loadConstant(v * lane.lanes()).iadd();
        if (bits == 0) {
            code.aload(C);
            place.run();
            code.dup2().arrayLoad(element);
            var type = Jvm.type(element);
            code.iload(ADDS).invokestatic(Jvm.desc(Tiles.class), "kept", Jvm.method(type, type, ConstantDescs.CD_int));
            load(code, sum);
            moves.add(code);
            code.arrayStore(element);
        } else {
            code.iload(ADDS).ifThen(_ -> {
                load(code, C, place);
                load(code, sum);
                lane.two(code, "add");
                store(code, sum);
            });
            load(code, sum);
            code.aload(C);
            place.run();
            lane.store(code);
        }
    }

    /// `a, a0, aDeep, b, b0, bWide, first, last, bDeep, p0, k, c`; always scalars: the order of the terms leaves nothing to vectors.
    private void dots(CodeBuilder code) {
        int p = code.allocateLocal(TypeKind.INT), at = code.allocateLocal(TypeKind.INT), x = code.allocateLocal(element);
        int[] sums = new int[Tiles.CHAINS], columns = new int[Tiles.CHAINS];
        for (int j = 0; j < Tiles.CHAINS; j++) {
            sums[j] = code.allocateLocal(element);
            columns[j] = code.allocateLocal(TypeKind.INT);
            code.loadConstant(0).conversion(TypeKind.INT, element).storeLocal(element, sums[j]);
            code.iload(5).aload(6).iload(7).loadConstant(j).iadd().iload(8).invokestatic(Jvm.MATH, "min", Jvm.INT2).iaload().iadd();
            code.istore(columns[j]);
        }
        TileMoves.loop(code, p, () -> code.iload(11), () -> {
            code.aload(1).iload(2).aload(3).iload(10).iload(p).iadd().iaload().iadd().arrayLoad(element).storeLocal(element, x);
            code.aload(9).iload(10).iload(p).iadd().iaload().istore(at);
            for (int j = 0; j < Tiles.CHAINS; j++) {
                code.loadLocal(element, x).aload(4).iload(columns[j]).iload(at).iadd().arrayLoad(element).loadLocal(element, sums[j]);
                Jvm.math(code, "fma", element, 3);
                code.storeLocal(element, sums[j]);
            }
        });
        for (int j = 0; j < Tiles.CHAINS; j++) code.aload(12).loadConstant(j).loadLocal(element, sums[j]).arrayStore(element);
    }

    // values, which are vectors or scalars

    private int local(CodeBuilder code) { return code.allocateLocal(bits == 0 ? element : TypeKind.REFERENCE); }

    private void load(CodeBuilder code, int local) { code.loadLocal(bits == 0 ? element : TypeKind.REFERENCE, local); }

    private void store(CodeBuilder code, int local) { code.storeLocal(bits == 0 ? element : TypeKind.REFERENCE, local); }

    private void broadcast(CodeBuilder code, Runnable value) {
        if (bits == 0) value.run();
        else lane.broadcast(code, value);
    }

    private void load(CodeBuilder code, int array, Runnable place) {
        if (bits > 0) lane.species(code);
        code.aload(array);
        place.run();
        if (bits == 0) code.arrayLoad(element);
        else lane.load(code);
    }
}
