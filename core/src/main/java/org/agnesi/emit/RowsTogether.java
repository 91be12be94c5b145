package org.agnesi.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmts;
import org.jspecify.annotations.Nullable;

/// The body of a loop over rows, each of which is folded, for four rows at once: one fold that has the accumulators of all.
///
/// The 32 accumulators of a row may be so few vectors that each waits for its last sum; those of other rows need not wait. What is the same
/// for all rows, the vector that a matrix is multiplied by, is read once. Each row's values meet in the same order.
record RowsTogether(Stmt body) {
    static final int ROWS = 4;
    /// The most vectors of accumulators: as many as sums are under way at a time. Of more some would have to leave the registers, and
    /// HotSpot took four times as long for four rows of float64.
    private static final int VECTORS = 8;

    /// A row's statements: what has a name before the fold, the fold, and what is done with its totals.
    private record Row(List<Let> before, Fold fold, List<Let> points, List<Stmt> after) {
        /// What is computed before anything is stored.
        List<Scalar> read() {
            var roots = new ArrayList<Scalar>();
            for (var let : before) roots.add(let.value());
            for (var let : points) roots.add(let.value());
            for (var loop : fold.loops()) roots.add(loop.extent());
            for (var a : fold.accumulators()) roots.add(a.value());
            return Scalars.inOrder(roots);
        }

        /// Whether something is read along the fold that is the same for all rows.
        boolean shares(Local index) {
            Set<Integer> own = names(), along = Set.of(fold.loops().getFirst().index().id());
            own.add(index.id());
            return read().stream().anyMatch(x -> x instanceof Load && isOf(x, along) && !isOf(x, own));
        }

        /// The names that differ from row to row.
        Set<Integer> names() {
            var names = new HashSet<Integer>();
            for (var let : before) names.add(let.local().id());
            for (var let : points) names.add(let.local().id());
            for (var a : fold.accumulators()) names.add(a.local().id());
            for (var step : after) if (step instanceof Let(var local, _)) names.add(local.id());
            return names;
        }
    }

    /// Null where a row has vectors enough or does more than a light fold, where nothing is read that all have in common, so that four
    /// streams from memory were slower than one, or where a row might read what another stores.
    static @Nullable RowsTogether of(For loop, Emitter emitter) {
        var row = emitter.simd && Simd.width() > 0 ? row(loop.body()) : null;
        if (row == null || !row.shares(loop.index()) || !isApart(loop, row, emitter)) return null;
        var several = new Several(loop, row, emitter);
        return vectors(several.fold()) <= VECTORS && isLight(several.fold(), emitter) ? new RowsTogether(several.body()) : null;
    }

    private static @Nullable Row row(Stmt body) {
        var steps = steps(body);
        int at = lets(steps).size();
        if (at == steps.size() || !(steps.get(at) instanceof Fold fold)) return null;
        List<Stmt> after = steps.subList(at + 1, steps.size()), points = steps(fold.body());
        boolean isPlain = fold.loops().size() == 1 && lets(points).size() == points.size()
            && after.stream().allMatch(step -> step instanceof Let || step instanceof Store);
        return isPlain ? new Row(lets(steps), fold, lets(points), after) : null;
    }

    private static List<Stmt> steps(Stmt body) { return body instanceof Seq(var all) ? all : List.of(body); }

    /// Those that only give names, before the first other one.
    private static List<Let> lets(List<Stmt> steps) {
        return steps.stream().takeWhile(Let.class::isInstance).map(Let.class::cast).toList();
    }

    private static boolean isApart(For loop, Row row, Emitter emitter) {
        var stored = new HashSet<Integer>();
        for (var step : row.after) if (step instanceof Store(var buffer, _, _)) {
            stored.add(buffer);
            if (emitter.inPlace.get(buffer) instanceof Integer in) stored.add(in);
        }
        var names = row.names();
        names.add(loop.index().id());
        return row.read().stream().noneMatch(x -> x instanceof Load load && stored.contains(load.buffer()))
            && Scalars.inOrder(Stmts.scalars(loop)).stream().noneMatch(emitter.exposed::contains)
            && !isOf(row.fold.loops().getFirst().extent(), names)
            && row.fold.accumulators().stream().allMatch(a -> a.local().dtype().isFloating() && !a.combine().isExact());
    }

    /// Whether a scalar is computed from any of these locals.
    private static boolean isOf(Scalar root, Set<Integer> ids) {
        return Scalars.inOrder(List.of(root)).stream().anyMatch(x -> x instanceof Local local && ids.contains(local.id()));
    }

    private static int vectors(Fold fold) {
        return fold.accumulators().stream().mapToInt(a -> Fold.WIDTH * 8 * a.local().dtype().bytes() / Simd.width()).sum();
    }

    private static boolean isLight(Fold fold, Emitter emitter) {
        return emitter.vectors(fold.loops().getFirst().index(), fold.body(), fold.accumulators()) instanceof VectorBody body
            && body.weight() <= VectorLoop.LIGHT;
    }

    /// A row's statements for the rows from the index on.
    private static final class Several {
        private final Row row;
        private final List<Copy> copies = new ArrayList<>();

        Several(For loop, Row row, Emitter emitter) {
            this.row = row;
            var names = row.names();
            for (int k = 0; k < ROWS; k++) copies.add(new Copy(loop.index(), k, names, emitter));
        }

        Stmt body() {
            var steps = new ArrayList<Stmt>();
            for (var copy : copies) for (var let : row.before) steps.add(Stmts.map(let, copy));
            steps.add(fold());
            for (var copy : copies) for (var step : row.after) steps.add(Stmts.map(step, copy));
            return Stmt.seq(steps);
        }

        Fold fold() {
            var all = copies.stream().flatMap(copy -> row.fold.accumulators().stream().map(a ->
                new Accumulator(copy.local(a.local()), a.combine(), copy.scalar(a.value())))).toList();
            var points = copies.stream().flatMap(copy -> row.points.stream().map(let -> Stmts.map(let, copy))).toList();
            return new Fold(row.fold.loops(), Stmt.seq(points), all);
        }
    }

    /// What stands for a row's scalars in the `k`-th row from the index on.
    private static final class Copy implements Stmts.Change {
        private final Set<Integer> names;
        private final Emitter emitter;
        private final Map<Scalar, Scalar> done = new IdentityHashMap<>();
        private final Map<Integer, Local> locals = new HashMap<>();
        private final Local index;
        private final Scalar place;

        Copy(Local index, int k, Set<Integer> names, Emitter emitter) {
            this.index = index;
            this.names = names;
            this.emitter = emitter;
            place = k == 0 ? index : new Binary(BinaryFunction.ADD, index.dtype(), index, Const.of((long) k));
        }

        @Override public Scalar scalar(Scalar x) {
            return Scalars.map(x, part -> !(part instanceof Local local) ? part : local.equals(index) ? place : local(local), done);
        }

        @Override public Local local(Local local) {
            return names.contains(local.id()) ? locals.computeIfAbsent(local.id(), _ -> emitter.freshAlike(local)) : local;
        }
    }
}
