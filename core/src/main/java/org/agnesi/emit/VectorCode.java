package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Bits;
import org.agnesi.kernel.Scalar.Cast;
import org.agnesi.kernel.Scalar.Compare;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Fma;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Input;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalar.Unary;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.UnaryFunction;

/// Writes scalars for some neighbouring points at once: each is a vector on the JVM's stack, a bool a mask with the lanes of
/// the loop's widest dtype. No vector leaves the method: HotSpot would make an object of it.
final class VectorCode {
    private final MethodCode method;
    private final CodeBuilder code;
    private final VectorBody body;
    private final Lane main;
    private final Map<Scalar, Integer> fixed = new IdentityHashMap<>();
    private final Map<Scalar, Integer> known = new IdentityHashMap<>();
    private final Map<Integer, Integer> named = new HashMap<>();
    private final VectorPart part;
    private final int from;

    /// A body in one piece.
    VectorCode(MethodCode method, VectorBody body) {
        this(method, VectorPart.whole(body), 0);
    }

    /// A part of a body, whose points begin at the value of the variable `from`.
    VectorCode(MethodCode method, VectorPart part, int from) {
        this.method = method;
        this.code = method.code;
        this.part = part;
        this.from = from;
        body = part.body;
        main = body.lane();
    }

    Lane lane(DType dtype) { return main.of(dtype); }

    /// Before the loop: what is the same at all points, as vectors.
    void prologue() {
        var resolved = new IdentityHashMap<Scalar, Scalar>();
        var shared = List.copyOf(part.fixed);
        var roots = shared.stream().map(x -> body.resolved(x, resolved)).toList();
        resolved.forEach((from, anew) -> method.emitter.exposeAlike(anew, from));
        var values = new StmtCode(method, false).named(roots);
        for (int k = 0; k < shared.size(); k++) {
            var x = shared.get(k);
            broadcast(x.dtype(), values.get(k));
            int slot = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(slot);
            fixed.put(x, slot);
        }
    }

    private void broadcast(DType dtype, Scalar value) {
        if (dtype == DType.BOOL) main.maskAll(code, () -> method.scalars.emit(value));
        else lane(dtype).broadcast(code, () -> method.scalars.emit(value));
    }

    /// The statements for the points from the index on.
    void statements() {
        known.clear();
        named.clear();
        for (var store : part.stores) store(store.buffer(), store.index(), store.value());
        part.exports.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(export -> {
            emit(export.getKey());
            kept(export.getKey(), export.getValue());
            lane(export.getKey().dtype()).store(code);
        });
    }

    /// The array and the place in it of a value that crosses from part to part, on the stack.
    private void kept(Scalar x, int place) {
        method.lanes(Jvm.kind(x.dtype()));
        code.loadConstant(place).iload(method.variable(body.index).slot()).iload(from).isub().iadd();
    }

    private void store(int buffer, Scalar index, Scalar value) {
        emit(value);
        method.array(buffer);
        method.scalars.low(body.resolved(index));
        if (value.dtype() == DType.BOOL) Lane.storeMask(code);
        else lane(value.dtype()).store(code);
    }

    /// The vector on the stack with the accumulator's values at the points taken in.
    void combine(Accumulator a) {
        emit(a.value());
        lane(a.local().dtype()).combine(code, a.combine());
    }

    /// A scalar's values at all lanes.
    void emit(Scalar x) {
        if (fixed.get(x) instanceof Integer slot) code.aload(slot);
        else if (!body.varies(x)) broadcast(x.dtype(), body.resolved(x));
        else if (known.get(x) instanceof Integer slot) code.aload(slot);
        else {
            compute(x);
            if (body.uses.getOrDefault(x, 0) < 2 || x instanceof Local) return;
            int slot = code.allocateLocal(TypeKind.REFERENCE);
            code.dup().astore(slot);
            known.put(x, slot);
        }
    }

    private void compute(Scalar x) {
        if (part.imports.get(x) instanceof Integer place) {
            lane(x.dtype()).species(code);
            kept(x, place);
            lane(x.dtype()).load(code);
            return;
        }
        switch (x) {
            case Local local -> local(local);
            case Load load -> load(load);
            case Unary(var f, var dtype, var a) -> unary(f, dtype, a);
            case Binary(var f, var dtype, var a, var b) -> binary(f, dtype, a, b);
            case Compare(var r, var a, var b) -> {
                emit(a);
                lane(a.dtype()).compare(code, r, () -> emit(b));
                if (!a.dtype().equals(main.dtype())) main.castMask(code);
            }
            case Select(var dtype, var condition, var a, var b) -> {
                emit(b);
                emit(a);
                blend(dtype, condition);
            }
            case Cast(var to, var a) -> {
                emit(a);
                lane(a.dtype()).convert(code, lane(to));
            }
            case Fma(var dtype, var a, var b, var c) -> {
                emit(a);
                emit(b);
                emit(c);
                lane(dtype).fma(code);
            }
            case Bits(var to, var a) -> {
                emit(a);
                lane(a.dtype()).reinterpret(code, lane(to));
            }
            case Rare rare -> new RareLanes(method, body, this).emit(rare);
            case Const _, Size _, At _, Index _, Input _ -> throw new IllegalStateException("the same at all points: " + x);
        }
    }

    private void blend(DType dtype, Scalar condition) {
        emit(condition);
        if (dtype != main.dtype()) lane(dtype).castMask(code);
        lane(dtype).blend(code);
    }

    private void local(Local local) {
        if (named.get(local.id()) instanceof Integer slot) code.aload(slot);
        else if (body.isIndex(local)) {
            lane(DType.INT64).broadcast(code, () -> method.scalars.emit(local));
            lane(DType.INT64).addIndex(code);
        } else {
            emit(Objects.requireNonNull(body.value(local), "a name of the loop"));
            int slot = code.allocateLocal(TypeKind.REFERENCE);
            named.put(local.id(), slot);
            code.dup().astore(slot);
        }
    }

    private void load(Load load) {
        boolean mask = load.dtype() == DType.BOOL;
        (mask ? main : lane(load.dtype())).species(code);
        method.array(load.buffer());
        method.scalars.low(body.resolved(load.index()));
        if (mask) Lane.loadMask(code);
        else lane(load.dtype()).load(code);
    }

    private void unary(UnaryFunction f, DType dtype, Scalar a) {
        emit(a);
        switch (f) {
            case NEG -> lane(dtype).one(code, "neg");
            case ABS -> lane(dtype).one(code, "abs");
            case SQRT -> lane(dtype).one(code, "sqrt");
            case NOT -> Lane.maskNot(code);
            case SIGN, FLOOR, CEIL, RINT, EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH,
                ERF, ERFC, LGAMMA, DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR -> throw scalar(f);
        }
    }

    private static IllegalStateException scalar(Enum<?> f) { return new IllegalStateException("no vector instruction for " + f); }

    private void binary(BinaryFunction f, DType dtype, Scalar a, Scalar b) {
        emit(a);
        if (dtype == DType.BOOL) {
            emit(b);
            Lane.maskTwo(code, switch (f) {
                case ADD, MAX, OR -> "or";
                case MUL, MIN, AND -> "and";
                case XOR -> "xor";
                case SUB, DIV, POW, FLOOR_DIV, REM, SHL, SHR, USHR, MULTIPLY_HIGH, ATAN2, POW_FAR, ATAN2_FAR -> throw scalar(f);
            });
            return;
        }
        var lane = lane(dtype);
        switch (f) {
            case ADD -> two(lane, "add", b);
            case SUB -> two(lane, "sub", b);
            case MUL -> two(lane, "mul", b);
            case DIV -> two(lane, "div", b);
            case MAX -> two(lane, "max", b);
            case MIN -> two(lane, "min", b);
            case AND, OR, XOR -> lane.lanewise(code, f.name(), true, () -> emit(b));
            case SHL -> lane.lanewise(code, "LSHL", false, () -> emit(b));
            case SHR -> lane.lanewise(code, "ASHR", false, () -> emit(b));
            case USHR -> lane.lanewise(code, "LSHR", false, () -> emit(b));
            case POW, FLOOR_DIV, REM, MULTIPLY_HIGH, ATAN2, POW_FAR, ATAN2_FAR -> throw scalar(f);
        }
    }

    private void two(Lane lane, String name, Scalar b) {
        emit(b);
        lane.two(code, name);
    }

    /// Computes a scalar now, so that it is there in a branch and after it.
    void remember(Scalar x) {
        emit(x);
        if (known.containsKey(x) || x instanceof Local) {
            code.pop();
            return;
        }
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(slot);
        known.put(x, slot);
    }
}
