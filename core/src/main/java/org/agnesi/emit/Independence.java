package org.agnesi.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
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
import org.agnesi.kernel.Stmts;
import org.agnesi.kernel.Storage;
import org.jspecify.annotations.Nullable;

/// Whether no index of a loop sees what another has written, so that they may run at the same time.
///
/// That is so where each array that the loop writes is accessed at places `i * s + r` only, with one `s` and 0 ≤ r < s,
/// where i is the loop's index, or at places `row * n + (i * s + r)` with `i * s + r < n` too, its own columns; and for scratch that
/// each index writes before it reads it, of which each thread gets its own.
final class Independence {
    private record Access(int buffer, Scalar place, boolean isStore, boolean isSure) {}

    private final Local outer;
    private final Map<Integer, Scalar> extents = new HashMap<>();
    private final Map<Integer, Scalar> lets = new HashMap<>();
    private final List<Access> accesses = new ArrayList<>();
    /// Whether a local of the loop's surroundings changes.
    private boolean carries;

    private Independence(Local outer) { this.outer = outer; }

    /// The scratch that each thread needs for itself; null where indices depend on each other, or nobody can tell.
    static @Nullable Set<Integer> of(Stmt loop, Program program) {
        var independence = switch (loop) {
            case For(var index, _, _) -> new Independence(index);
            case Fold(var loops, _, _) -> new Independence(loops.getFirst().index());
            case Stmt _ -> throw new IllegalArgumentException("a loop is asked about, but got " + loop);
        };
        independence.read(loop, true);
        return independence.own(program, elsewhere(program.body(), loop));
    }

    private @Nullable Set<Integer> own(Program program, Set<Integer> elsewhere) {
        if (carries) return null;
        var own = new HashSet<Integer>();
        var written = new HashSet<Integer>();
        for (var access : accesses) if (access.isStore()) written.add(access.buffer());
        for (int buffer : written) {
            var all = accesses.stream().filter(a -> a.buffer() == buffer).toList();
            boolean scratch = program.buffers().get(buffer).role() == Storage.Role.SCRATCH && !elsewhere.contains(buffer);
            if (scratch && all.getFirst().isStore() && all.getFirst().isSure()) own.add(buffer);
            else if (!isApart(all)) return null;
        }
        return own;
    }

    private boolean isApart(List<Access> all) { return isSame(all, this::sizes) || isSame(all, this::columns); }

    private static boolean isSame(List<Access> all, Function<Scalar, @Nullable List<Scalar>> form) {
        var first = form.apply(all.getFirst().place());
        return first != null && all.stream().allMatch(a -> first.equals(form.apply(a.place())));
    }

    /// The n and s of a place `row * n + (i * s + r)` with 0 ≤ r < s and i * s + r < n, or the n of `row * n + i` with i < n; null where
    /// it is another.
    private @Nullable List<Scalar> columns(Scalar place) {
        if (!(resolved(place) instanceof Binary(var plus, _, Binary(var times, _, _, var n), var column))
            || plus != BinaryFunction.ADD || times != BinaryFunction.MUL) return null;
        if (column.equals(outer)) return n.equals(resolved(extents.get(outer.id()))) ? List.of(n) : null;
        if (!(column instanceof Binary(var sum, _, var start, Local r)) || sum != BinaryFunction.ADD) return null;
        if (!(start instanceof Binary(var times2, _, var i, var s)) || times2 != BinaryFunction.MUL || !i.equals(outer)) return null;
        var extent = extents.containsKey(r.id()) ? resolved(extents.get(r.id())) : null;
        return Scalar.min(s, Scalar.sub(n, start)).equals(extent) ? List.of(n, s) : null;
    }

    private Scalar resolved(Scalar x) {
        return Scalars.map(x, part -> part instanceof Local local ? lets.getOrDefault(local.id(), part) : part);
    }

    /// The sizes n, m, … of a place `((i * n + j) * m + k) …` with 0 ≤ j < n, 0 ≤ k < m, last first; null where it is another.
    private @Nullable List<Scalar> sizes(Scalar place) {
        var sizes = new ArrayList<Scalar>();
        var rest = resolved(place);
        while (!rest.equals(outer)) {
            if (!(rest instanceof Binary(var plus, _, var row, var inner)) || plus != BinaryFunction.ADD) return null;
            if (!(row instanceof Binary(var times, _, var above, var size)) || times != BinaryFunction.MUL) return null;
            if (!isBelow(inner, size)) return null;
            sizes.add(size);
            rest = above;
        }
        return sizes;
    }

    /// Whether a part of a place is known to be less than a size: an index of a loop that goes no further, or a number.
    private boolean isBelow(Scalar inner, Scalar size) {
        if (inner instanceof Const c) return size instanceof Const n && 0 <= c.bits() && c.bits() < n.bits();
        if (!(inner instanceof Local local)) return false;
        var extent = extents.get(local.id());
        if (extent instanceof Local name) extent = lets.getOrDefault(name.id(), name);
        return size.equals(extent)
            || extent instanceof Binary(var f, _, var a, var b) && f == BinaryFunction.MIN && (size.equals(a) || size.equals(b));
    }

    private void read(Stmt stmt, boolean sure) {
        switch (stmt) {
            case Seq(var steps) -> steps.forEach(step -> read(step, sure));
            case For(var index, var extent, var body) -> {
                load(extent);
                extents.put(index.id(), extent);
                read(body, sure);
            }
            case Fold(var loops, var body, var accumulators) -> {
                for (var loop : loops) {
                    load(loop.extent());
                    extents.put(loop.index().id(), loop.extent());
                }
                read(body, sure);
                for (var a : accumulators) load(a.value());
            }
            case While(var condition, var body) -> {
                load(condition);
                read(body, false);
            }
            case If(var condition, var then, var otherwise) -> {
                load(condition);
                read(then, false);
                read(otherwise, false);
            }
            case Let(var local, var value) -> {
                load(value);
                lets.put(local.id(), resolved(value));
            }
            case Assign(var local, var value) -> {
                load(value);
                carries |= !lets.containsKey(local.id());
            }
            case Check(var index, var size, _, _) -> {
                load(index);
                load(size);
            }
            case Store(var buffer, var place, var value) -> {
                load(place);
                load(value);
                accesses.add(new Access(buffer, place, true, sure));
            }
            case Accumulate(var buffer, var place, _, var value) -> {
                load(place);
                load(value);
                accesses.add(new Access(buffer, place, false, sure));
                accesses.add(new Access(buffer, place, true, sure));
            }
        }
    }

    private void load(Scalar root) {
        for (var x : Scalars.inOrder(List.of(root)))
            if (x instanceof Load(var buffer, _, var place)) accesses.add(new Access(buffer, place, false, true));
    }

    /// The buffers that a program uses outside a loop.
    private static Set<Integer> elsewhere(Stmt body, Stmt loop) {
        var found = new HashSet<Integer>();
        elsewhere(body, loop, found);
        return found;
    }

    @SuppressWarnings("ReferenceEquality") // this loop only
    private static void elsewhere(Stmt stmt, Stmt loop, Set<Integer> found) {
        if (stmt == loop) return;
        if (stmt instanceof Seq(var steps)) for (var step : steps) elsewhere(step, loop, found);
        else if (stmt instanceof If(var condition, var then, var otherwise)) {
            read(condition, found);
            elsewhere(then, loop, found);
            elsewhere(otherwise, loop, found);
        } else used(stmt, found);
    }

    private static void used(Stmt stmt, Set<Integer> found) {
        Stmts.map(stmt, x -> {
            read(x, found);
            return x;
        }, buffer -> {
            found.add(buffer);
            return buffer;
        });
    }

    private static void read(Scalar root, Set<Integer> found) {
        for (var x : Scalars.inOrder(List.of(root))) if (x instanceof Load(var buffer, _, _)) found.add(buffer);
    }
}
