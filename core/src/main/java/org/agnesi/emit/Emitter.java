package org.agnesi.emit;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.agnesi.array.DType;
import org.agnesi.kernel.InPlace;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.For;
import org.jspecify.annotations.Nullable;

/// Writes one program as a hidden class that implements [Code].
///
/// `run` holds the program's statements; each outermost loop is an [Outline]; functions and the trees of folds are
/// methods beside them. Everything is static but `run`.
public final class Emitter {
    /// HotSpot never compiles a longer method.
    static final int HUGE = 8000;
    /// HotSpot's first compiler gives up at longer methods of vectors, which then wait long for the second.
    private static final int LONG = 2500;

    final Program program;
    final ClassDesc self;
    final Functions functions;
    final FoldCode folds;
    final Bounds bounds;
    final Set<Scalar> exposed;
    /// By the buffer of an output, the input whose array it may be.
    final Map<Integer, Integer> inPlace;
    final Map<Stmt, Outline> outlines = new IdentityHashMap<>();
    final Map<Stmt, Piece> pieces = new IdentityHashMap<>();
    final List<PartMethod.Written> partMethods = new ArrayList<>();
    private final Set<Integer> narrow;
    private final Map<Stmt, Optional<RowsTogether>> together = new IdentityHashMap<>();
    final boolean simd;
    final boolean apart;
    /// Whether a [Taste] may leave out points.
    final boolean tastes;
    private int fresh = Integer.MAX_VALUE;
    private boolean vectors;
    private int captured;
    private int parts;

    /// @param apart whether loops right inside an outermost loop, and pieces, are methods too, since all in one would be too long
    Emitter(Program program, boolean simd, boolean apart) {
        this.program = program;
        this.simd = simd;
        this.apart = apart;
        self = ClassDesc.of(Emitter.class.getPackageName(), "Emitted");
        functions = new Functions(this);
        folds = new FoldCode(self, simd && Simd.width() > 0);
        tastes = Taste.isOf(program.body(), program);
        bounds = new Bounds(program.body());
        exposed = Exposed.of(program.body());
        inPlace = simd ? InPlace.of(program) : Map.of();
        narrow = new HashSet<>(Narrow.of(program.body()));
    }

    /// A program's code and what it needs beside buffers.
    ///
    /// @param vectors whether some of its loops are vectors
    /// @param tastes  whether a chunk below 0 asks for a [Taste]
    /// @param own     the scratch that each thread needs for itself in the parts of each loop, by the loop's number
    public record Emitted(Code code, boolean vectors, boolean tastes, List<Set<Integer>> own, int reals, int floats, int wholes,
        int captured) {

        /// A place for its accumulators.
        public Lanes lanes() { return new Lanes(reals, floats, wholes, captured); }
    }

    /// The code of a program, or null where HotSpot would never compile it.
    ///
    /// @param simd whether innermost loops are vectors where that pays; the bits are the same
    public static @Nullable Emitted emit(Program program, boolean simd) {
        return written(program, simd, Emitter::emitted);
    }

    /// A program's class as text: its methods, and which of them each calls; null where [#emit] gives none.
    public static @Nullable String listing(Program program, boolean simd) {
        return written(program, simd, (_, bytes) -> Listing.of(bytes));
    }

    /// What is made of the class, in longer methods if it may be.
    private static <T> @Nullable T written(Program program, boolean simd, BiFunction<Emitter, byte[], T> made) {
        for (boolean apart : new boolean[] {false, true}) {
            var emitter = new Emitter(program, simd, apart);
            var bytes = emitter.bytes();
            boolean isLong = !apart && emitter.vectors && bytes != null && hasLonger(bytes, LONG);
            if (bytes != null && !isLong) return made.apply(emitter, bytes);
        }
        return null;
    }

    /// The class file; null where HotSpot would never compile it.
    byte @Nullable [] bytes() {
        try {
            var bytes = ClassFile.of().build(self, this::write);
            return hasLonger(bytes, HUGE) ? null : bytes;
        } catch (IllegalArgumentException e) {
            return null;   // a method may have 64 KB, and the class file API says so by this
        }
    }

    private Emitted emitted(byte[] bytes) {
        try {
            var type = Emission.HERE.define(bytes, program).lookupClass();
            var code = (Code) type.getDeclaredConstructor().newInstance();
            var own = outlines().stream().map(outline -> Objects.requireNonNullElse(outline.own(), Set.<Integer>of())).toList();
            return new Emitted(code, vectors, tastes, own,
                folds.used(TypeKind.DOUBLE), folds.used(TypeKind.FLOAT), folds.used(TypeKind.LONG), captured);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an emitted class has a constructor", e);
        }
    }

    /// Whether a class has a method of more than `most` bytes; a class that is no longer itself has none.
    static boolean hasLonger(byte[] bytes, int most) {
        return bytes.length > most && ClassFile.of().parse(bytes).methods().stream()
            .anyMatch(method -> method.findAttribute(Attributes.code()).orElseThrow().codeLength() > most);
    }

    private void write(ClassBuilder type) {
        type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withInterfaceSymbols(Jvm.CODE);
        type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, code ->
            code.aload(0).invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
        type.withMethodBody("run", Jvm.RUN, ClassFile.ACC_PUBLIC, code -> {
            var method = new MethodCode(code, this, 1);
            method.prologue(program.body(), true);
            new StmtCode(method, true).emit(program.body());
            code.return_();
        });
        for (int k = 0; k < outlines.size(); k++) outlines().get(k).write(this, type);   // which may make more
        for (var piece : pieces.values()) piece.write(this, type);
        for (var part : partMethods) part.write(this, type);
        var outlines = outlines();
        type.withMethodBody("part", Jvm.PART, ClassFile.ACC_PUBLIC, code -> part(code, outlines));
        functions.write(type);
        folds.write(type);
    }

    private List<Outline> outlines() {
        return outlines.values().stream().sorted(Comparator.comparingInt(Outline::number)).toList();
    }

    /// Chooses a loop by its number.
    private void part(CodeBuilder code, List<Outline> outlines) {
        int loop = code.parameterSlot(4);
        var cases = outlines.stream().filter(Outline::isSplit).map(o -> SwitchCase.of(o.number(), code.newLabel())).toList();
        var none = code.newLabel();
        if (!cases.isEmpty()) code.iload(loop).lookupswitch(none, cases);
        for (var one : cases) {
            code.labelBinding(one.target());
            outlines.get(one.caseValue()).part(new MethodCode(code, this, 1), code.parameterSlot(5), code.parameterSlot(6));
            code.return_();
        }
        code.labelBinding(none).return_();
    }

    /// Says that a loop's parts take at least so many values, and the one after them.
    void captures(int k) { captured = Math.max(captured, k + 1); }

    /// The vector form of an innermost loop where it has one and vectors are wanted.
    @Nullable VectorBody vectors(Local index, Stmt body, List<Accumulator> accumulators) {
        var found = simd ? VectorBody.of(index, body, accumulators) : null;
        vectors |= found != null;
        return found;
    }

    /// Says that a load written anew may lie outside its array where the one it was written from may.
    void exposeAlike(Scalar anew, Scalar from) {
        if (exposed.contains(from)) exposed.add(anew);
    }

    /// What a local is as a variable.
    TypeKind kind(Local local) {
        return local.dtype() == DType.INT64 && narrow.contains(local.id()) ? TypeKind.INT : Jvm.kind(local.dtype());
    }

    /// The number of a part that none has yet.
    int partNumber() { return parts++; }

    /// A local that the program does not have, kept as another is.
    Local freshAlike(Local local) {
        var anew = new Local(fresh(), local.dtype());
        if (narrow.contains(local.id())) narrow.add(anew.id());
        return anew;
    }

    /// A loop's body for several rows at once where it has one.
    Optional<RowsTogether> together(For loop) {
        return together.computeIfAbsent(loop, _ -> Optional.ofNullable(RowsTogether.of(loop, this)));
    }

    /// The number of a local that the program does not have.
    int fresh() { return fresh--; }
}
