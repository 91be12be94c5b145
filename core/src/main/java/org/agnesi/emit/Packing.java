package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Stmt.Store;

/// Moves what lies apart, as the columns of a matrix do for a loop over its rows, to where vectors find it side by side: before
/// the vectors of some points what they read, after them what they wrote.
final class Packing implements PartMethod.Written {
    private final PartMethod method;
    private final VectorBody body;
    private final List<Read> reads = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();

    private record Read(Load load, int place) {}

    private record Write(Store store, int place) {}

    Packing(PartMethod method, VectorBody body) {
        this.method = method;
        this.body = body;
    }

    @Override public PartMethod method() { return method; }

    /// Says where what is read, or was computed for a store, lies for some points.
    void add(Load load, int place) { reads.add(new Read(load, place)); }

    void add(Store store, int place) { writes.add(new Write(store, place)); }

    boolean isEmpty() { return reads.isEmpty() && writes.isEmpty(); }

    @Override public void write(Emitter emitter, ClassBuilder type) { method.write(emitter, type, this::points); }

    /// `for (index = from; index < to; index++) …`
    private void points(MethodCode method, int from, int to, int first) {
        var resolved = new IdentityHashMap<Scalar, Scalar>();
        var roots = new ArrayList<Scalar>();
        for (var read : reads) roots.add(body.resolved(read.load, resolved));
        for (var write : writes) roots.add(body.resolved(write.store.index(), resolved));
        resolved.forEach((old, anew) -> method.emitter.exposeAlike(anew, old));
        method.prologue(roots, writes.stream().map(write -> write.store.buffer()).toList());
        var code = method.code;
        int index = method.variable(body.index).slot();
        var again = code.newLabel();
        var end = code.newLabel();
        code.iload(from).istore(index).labelBinding(again).iload(index).iload(to).if_icmpge(end);
        var named = new StmtCode(method, false).named(roots);
        for (int k = 0; k < reads.size(); k++) pack(method, reads.get(k).place, named.get(k), from);
        for (int k = 0; k < writes.size(); k++) unpack(method, writes.get(k), named.get(reads.size() + k), from);
        code.iinc(index, 1).goto_(again).labelBinding(end);
    }

    private void pack(MethodCode method, int place, Scalar value, int from) {
        element(method, value, place, from);
        method.scalars.emit(value);
        method.code.arrayStore(Jvm.kind(value.dtype()));
    }

    private void unpack(MethodCode method, Write write, Scalar index, int from) {
        var store = write.store;
        method.array(store.buffer());
        method.scalars.low(index);
        element(method, store.value(), write.place, from);
        method.code.arrayLoad(Jvm.kind(store.value().dtype())).arrayStore(Jvm.element(store.value().dtype()));
    }

    /// The array and the place in it of a point's value, on the stack.
    private void element(MethodCode method, Scalar value, int place, int from) {
        method.lanes(Jvm.kind(value.dtype()));
        method.code.loadConstant(place).iload(method.variable(body.index).slot()).iload(from).isub().iadd();
    }
}
