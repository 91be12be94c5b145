package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
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

    VectorCode(MethodCode method, VectorBody body) {
        this.method = method;
        this.code = method.code;
        this.body = body;
        main = body.lane();
    }

    Lane lane(DType dtype) { return main.of(dtype); }

    /// Before the loop: what is the same at all points, as vectors.
    void prologue() {
        var resolved = new IdentityHashMap<Scalar, Scalar>();
        var shared = List.copyOf(body.fixed);
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
        for (var step : body.steps) switch (step) {
            case Let(var local, var value) -> {
                if (body.isUsed(local)) name(local, value);
            }
            case Store(var buffer, var index, var value) -> store(buffer, index, value);
            case Stmt other -> throw new IllegalStateException("a let or a store is needed, but got " + other);
        }
    }

    private void name(Local local, Scalar value) {
        emit(value);
        int slot = named.computeIfAbsent(local.id(), _ -> code.allocateLocal(TypeKind.REFERENCE));
        code.astore(slot);
    }

    private void store(int buffer, Scalar index, Scalar value) {
        emit(value);
        method.array(buffer);
        method.scalars.low(body.resolved(index));
        if (value.dtype() == DType.BOOL) Lane.storeMask(code);
        else lane(value.dtype()).store(code);
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
            case Rare rare -> rare(rare);
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
        } else throw new IllegalStateException("a name before its value: " + local);
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
                ERF, ERFC, LGAMMA, DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR -> throw scalar(f);
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

    /// Where some lane is rare, all lanes are computed one by one from what the calls take, and those that are rare replaced.
    private void rare(Rare rare) {
        var lane = lane(rare.dtype());
        int result = code.allocateLocal(TypeKind.REFERENCE);
        int mask = code.allocateLocal(TypeKind.REFERENCE);
        var end = code.newLabel();
        emit(rare.fast());
        code.astore(result);
        var arguments = Vectorizable.arguments(rare.slow()).stream().filter(body::varies).toList();
        for (var a : arguments) remember(a);
        emit(rare.condition());
        code.dup().astore(mask);
        Lane.anyTrue(code);
        code.ifeq(end);
        int place = one(rare, arguments);
        code.aload(result);
        lane.species(code);
        method.lanes(Jvm.kind(rare.dtype()));
        code.loadConstant(place);
        lane.load(code);
        code.aload(mask);
        if (rare.dtype() != main.dtype()) lane.castMask(code);
        lane.blend(code);
        code.astore(result).labelBinding(end).aload(result);
    }

    /// Computes an argument now, so that it is there in the branch and after it.
    private void remember(Scalar x) {
        emit(x);
        if (known.containsKey(x) || x instanceof Local) {
            code.pop();
            return;
        }
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(slot);
        known.put(x, slot);
    }

    /// Lane by lane, by way of space among the accumulators; gives the first place of the results.
    private int one(Rare rare, List<Scalar> arguments) {
        var kind = Jvm.kind(rare.dtype());
        var locals = new IdentityHashMap<Scalar, Scalar>();
        var places = new IdentityHashMap<Scalar, Integer>();
        for (var a : arguments) {
            places.put(a, spill(a));
            locals.put(a, new Local(method.emitter.fresh(), a.dtype()));
        }
        int result = scratch(rare.dtype());
        int lane = code.allocateLocal(TypeKind.INT);
        var again = code.newLabel();
        var end = code.newLabel();
        code.iconst_0().istore(lane).labelBinding(again).iload(lane).loadConstant(main.lanes()).if_icmpge(end);
        for (var a : arguments) {
            method.lanes(Jvm.kind(a.dtype()));
            code.loadConstant(places.get(a)).iload(lane).iadd().arrayLoad(Jvm.kind(a.dtype()));
            var variable = method.variable((Local) locals.get(a));
            code.storeLocal(variable.kind(), variable.slot());
        }
        var slow = new StmtCode(method, false).named(List.of(Scalars.map(rare.slow(), x -> x, locals))).getFirst();
        method.lanes(kind);
        code.loadConstant(result).iload(lane).iadd();
        method.scalars.emit(slow);
        code.arrayStore(kind).iinc(lane, 1).goto_(again).labelBinding(end);
        return result;
    }

    private int spill(Scalar a) {
        int place = scratch(a.dtype());
        emit(a);
        method.lanes(Jvm.kind(a.dtype()));
        code.loadConstant(place);
        lane(a.dtype()).store(code);
        return place;
    }

    private int scratch(DType dtype) { return method.emitter.folds.scratch(Jvm.kind(dtype), main.lanes()); }
}
