package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.IdentityHashMap;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalars;

/// Writes a rare case among vectors: all lanes by the fast way, and where some lane is rare, that one by a call.
final class RareLanes {
    private final MethodCode method;
    private final CodeBuilder code;
    private final VectorBody body;
    private final VectorCode vectors;
    private final Lane main;

    RareLanes(MethodCode method, VectorBody body, VectorCode vectors) {
        this.method = method;
        this.code = method.code;
        this.body = body;
        this.vectors = vectors;
        main = body.lane();
    }

    /// Where some lane is rare, all lanes are computed one by one from what the calls take, and those that are rare replaced.
    void emit(Rare rare) {
        var lane = vectors.lane(rare.dtype());
        int result = code.allocateLocal(TypeKind.REFERENCE);
        int mask = code.allocateLocal(TypeKind.REFERENCE);
        var end = code.newLabel();
        vectors.emit(rare.fast());
        code.astore(result);
        var arguments = body.arguments(rare);
        for (var a : arguments) vectors.remember(a);
        vectors.emit(rare.condition());
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
        vectors.emit(a);
        method.lanes(Jvm.kind(a.dtype()));
        code.loadConstant(place);
        vectors.lane(a.dtype()).store(code);
        return place;
    }

    private int scratch(DType dtype) { return method.emitter.folds.scratch(Jvm.kind(dtype), main.lanes()); }
}
