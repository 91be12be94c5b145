package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;
import org.agnesi.kernel.Storage;
import org.agnesi.kernel.Work;

/// Counts what one run of a program does: statements times the extents around them.
final class ProgramCount {
    private final Program program;
    private final Extents extents;
    private final Map<Integer, Const> locals = new HashMap<>();
    private final Map<Integer, Scalar> lets = new HashMap<>();
    private final Map<Integer, Map<Long, Const>> stored = new HashMap<>();
    private final List<Scalar> unknown = new ArrayList<>();
    private final Tally tally;
    private boolean bySizes = true;
    private int loops;

    /// How often things happen; per buffer, how many elements are read and written.
    private static final class Tally {
        long flops;
        long elementary;
        final long[] reads;
        final long[] writes;

        Tally(int buffers) {
            reads = new long[buffers];
            writes = new long[buffers];
        }

        void add(Tally inner, long times) {
            flops = Math.addExact(flops, Math.multiplyExact(inner.flops, times));
            elementary = Math.addExact(elementary, Math.multiplyExact(inner.elementary, times));
            for (int k = 0; k < reads.length; k++) {
                reads[k] = Math.addExact(reads[k], Math.multiplyExact(inner.reads[k], times));
                writes[k] = Math.addExact(writes[k], Math.multiplyExact(inner.writes[k], times));
            }
        }
    }

    /// @param extents of the program's inputs and outputs
    ProgramCount(Program program, Extents extents) {
        this.program = program;
        this.extents = extents;
        tally = count(program.body());
    }

    Work work() {
        long read = 0;
        long written = 0;
        for (int k = 0; k < program.buffers().size(); k++) {
            var buffer = program.buffers().get(k);
            if (buffer.role() == Storage.Role.INPUT) read += bytes(k, tally.reads[k]);
            if (buffer.role() == Storage.Role.OUTPUT) written += bytes(k, tally.writes[k]);
        }
        return new Work(tally.flops, tally.elementary, read, written);
    }

    /// Each element goes through memory once.
    private long bytes(int k, long accesses) {
        var buffer = program.buffers().get(k);
        return Math.multiplyExact(Math.min(accesses, extents.count(k, buffer.rank())), buffer.dtype().bytes());
    }

    /// Elements of outputs that are known without running, by buffer and place: what later sizes may depend on.
    Map<Integer, Map<Long, Const>> stored() { return stored; }

    /// The extents of loops that are not known, over the program's buffers.
    List<Scalar> unknown() { return unknown; }

    /// Whether sizes alone tell how far loops run.
    boolean bySizes() { return bySizes; }

    private Tally count(Stmt stmt) {
        var own = new Tally(program.buffers().size());
        switch (stmt) {
            case Seq(var steps) -> steps.forEach(step -> own.add(count(step), 1));
            case For loop -> {
                scalars(own, List.of(loop.extent()));
                loop(own, loop, extent(loop.extent()));
            }
            case While(var condition, var body) -> {
                scalars(own, List.of(condition));
                unknown.add(condition);
                own.add(inside(body), 0);
            }
            case If(var condition, var then, var otherwise) -> {
                scalars(own, List.of(condition));
                own.add(one(condition, count(then), count(otherwise)), 1);
            }
            case Let(var local, var value) -> let(own, local, value);
            case Assign(var local, var value) -> {
                scalars(own, List.of(value));
                locals.remove(local.id());
            }
            case Store(var buffer, var index, var value) -> store(own, buffer, index, value);
            case Accumulate(var buffer, var index, _, var value) -> {
                scalars(own, List.of(index, value));
                own.flops += value.dtype().isFloating() ? 1 : 0;
                own.writes[buffer]++;
            }
            case Check(var index, var size, _, _) -> scalars(own, List.of(index, size));
            case Fold fold -> fold(own, fold);
        }
        return own;
    }

    /// How far loops inside go may depend on the index: then the passes are counted one by one.
    private void loop(Tally own, For loop, long extent) {
        int before = unknown.size();
        var each = inside(loop.body());
        if (unknown.size() == before || !tellsExtents(loop, before)) {
            own.add(each, extent);
            return;
        }
        unknown.subList(before, unknown.size()).clear();
        for (long i = 0; i < extent; i++) own.add(at(loop, i), 1);
    }

    /// Whether the first index tells how far the loops inside go, of which some are not known by sizes alone.
    private boolean tellsExtents(For loop, int before) {
        var without = List.copyOf(unknown);
        unknown.subList(before, unknown.size()).clear();
        at(loop, 0);
        boolean tells = unknown.size() == before;
        unknown.clear();
        unknown.addAll(without);
        return tells;
    }

    private Tally at(For loop, long i) {
        locals.put(loop.index().id(), Const.of(i));
        var pass = inside(loop.body());
        locals.remove(loop.index().id());
        return pass;
    }

    private void let(Tally own, Local local, Scalar value) {
        scalars(own, List.of(value));
        lets.put(local.id(), value);
        var known = extents.value(value, locals);
        if (known != null) locals.put(local.id(), known);
    }

    private void store(Tally own, int buffer, Scalar index, Scalar value) {
        scalars(own, List.of(index, value));
        own.writes[buffer]++;
        if (loops > 0) return;
        var place = extents.value(index, locals);
        var known = extents.value(value, locals);
        if (place != null && known != null) stored.computeIfAbsent(buffer, _ -> new HashMap<>()).put(place.bits(), known);
    }

    private void fold(Tally own, Fold fold) {
        scalars(own, fold.loops().stream().map(Stmt.Loop::extent).toList());
        var point = inside(fold.body());
        scalars(point, fold.accumulators().stream().map(Stmt.Accumulator::value).toList());
        for (var a : fold.accumulators()) point.flops += a.value().dtype().isFloating() ? 1 : 0;
        long points = 1;
        for (var loop : fold.loops()) points = Math.multiplyExact(points, extent(loop.extent()));
        own.add(point, points);
    }

    private Tally inside(Stmt body) {
        loops++;
        var inner = count(body);
        loops--;
        return inner;
    }

    /// The dearer side; but sides that sizes choose between are two ways to do the same, of which one may count what the other's folds
    /// do besides.
    private static Tally one(Scalar condition, Tally a, Tally b) {
        boolean same = Scalars.inOrder(List.of(condition)).stream().noneMatch(x -> x instanceof Load || x instanceof Local);
        return a.flops >= b.flops != same ? a : b;
    }

    private long extent(Scalar extent) {
        var known = extents.value(extent, locals);
        var formula = expanded(extent);
        for (var x : Scalars.inOrder(List.of(formula))) if (x instanceof Load) bySizes = false;
        if (known != null) return Math.max(0, known.bits());
        unknown.add(formula);
        return 0;
    }

    /// A scalar with the names in it replaced by what they stand for.
    private Scalar expanded(Scalar x) {
        return Scalars.map(x, part -> part instanceof Local(var id, _) && lets.containsKey(id) ? expanded(lets.get(id)) : part);
    }

    private static void scalars(Tally own, List<Scalar> roots) {
        for (var x : Scalars.inOrder(roots)) {
            own.flops += Work.flopsOf(x);
            if (Work.isElementary(x)) own.elementary++;
            if (x instanceof Load(var buffer, _, _)) own.reads[buffer]++;
        }
    }
}
