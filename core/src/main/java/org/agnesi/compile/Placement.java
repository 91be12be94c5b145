package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Loop;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;
import org.agnesi.kernel.Stmts;

/// Gives names to values: what is used twice is computed once, and each value in the outermost loop that knows it.
///
/// Takes statements whose scalars are shared terms, gives statements whose scalars are small trees.
final class Placement {
    /// How deep a tree may grow before a part of it gets a name.
    private static final int HIGH = 30;
    /// Of what may change at any statement: no loop takes it out.
    private static final int ANY = Integer.MAX_VALUE;

    private final Map<Local, Integer> depths;
    private final Map<Scalar, Integer> depthOf = new IdentityHashMap<>();
    private final Set<Integer> written = new HashSet<>();
    private int next;

    /// @param depths in how many loops a local's value may change; locals not named here never change
    /// @param next   the first number for new locals
    Placement(Map<Local, Integer> depths, int next) {
        this.depths = depths;
        this.next = next;
    }

    Stmt place(Stmt stmt) {
        Stmts.map(stmt, x -> x, buffer -> {
            written.add(buffer);
            return buffer;
        });
        var scope = new Scope(0, new IdentityHashMap<>());
        scope.count(stmt, List.of());
        scope.emit(stmt);
        return Stmt.seq(scope.out);
    }

    private int depth(Scalar root) {
        for (var x : depthOf.containsKey(root) ? List.<Scalar>of() : Scalars.inOrder(List.of(root))) {
            int depth = x instanceof Local local ? depths.getOrDefault(local, 0)
                : x instanceof Load load && written.contains(load.buffer()) ? ANY : 0;
            for (var part : Scalars.parts(x)) depth = Math.max(depth, depthOf.get(part));
            depthOf.put(x, depth);
        }
        return depthOf.get(root);
    }

    private static boolean named(Scalar x) { return x instanceof Const || x instanceof Local || x instanceof Size; }

    /// The statements of one loop body.
    private final class Scope {
        final int depth;
        final Map<Scalar, Local> bound;
        final Map<Scalar, Integer> uses = new IdentityHashMap<>();
        final Map<Scalar, Integer> heights = new IdentityHashMap<>();
        final List<Stmt> out = new ArrayList<>();

        Scope(int depth, Map<Scalar, Local> bound) {
            this.depth = depth;
            this.bound = bound;
        }

        void count(Stmt stmt, List<Accumulator> accumulators) {
            var roots = new ArrayList<Scalar>();
            roots(stmt, roots);
            for (var a : accumulators) roots.add(a.value());
            var seen = new IdentityHashMap<Scalar, Boolean>();
            var work = new ArrayList<>(roots);
            for (var root : roots) uses.merge(root, 1, Integer::sum);
            while (!work.isEmpty()) {
                var x = work.removeLast();
                if (bound.containsKey(x) || seen.put(x, true) != null) continue;
                for (var part : Scalars.parts(x)) {
                    uses.merge(part, 1, Integer::sum);
                    work.add(part);
                }
            }
        }

        /// What is computed in this scope: by its own statements, and by those in its loops from what it knows.
        private void roots(Stmt stmt, List<Scalar> roots) {
            switch (stmt) {
                case Seq(var steps) -> steps.forEach(step -> roots(step, roots));
                case For(_, var extent, var body) -> {
                    roots.add(extent);
                    roots.addAll(hoisted(Stmts.scalars(body)));
                }
                case Fold fold -> {
                    for (var loop : fold.loops()) roots.add(loop.extent());
                    roots.addAll(hoisted(inside(fold)));
                }
                case If(var condition, var then, var otherwise) -> {
                    roots.add(condition);
                    for (var side : List.of(then, otherwise)) if (Stmts.depth(side) == 0) roots(side, roots);
                }
                case Let _, Assign _, Store _, Accumulate _, Check _, While _ -> roots.addAll(Stmts.scalars(stmt));
            }
        }

        private List<Scalar> inside(Fold fold) {
            var scalars = new ArrayList<>(Stmts.scalars(fold.body()));
            for (var a : fold.accumulators()) scalars.add(a.value());
            return scalars;
        }

        /// The largest parts of scalars in an inner loop that this scope can compute.
        private List<Scalar> hoisted(List<Scalar> inner) {
            var found = new ArrayList<Scalar>();
            var seen = new IdentityHashMap<Scalar, Boolean>();
            var work = new ArrayList<>(inner.reversed());
            while (!work.isEmpty()) {
                var x = work.removeLast();
                if (named(x) || bound.containsKey(x) || seen.put(x, true) != null) continue;
                if (depth(x) <= depth) found.add(x);
                else work.addAll(Scalars.parts(x).reversed());
            }
            return found;
        }

        void emit(Stmt stmt) {
            switch (stmt) {
                case Seq(var steps) -> steps.forEach(this::emit);
                case For(var index, var extent, var body) -> {
                    var n = use(extent);
                    hoisted(Stmts.scalars(body)).forEach(this::name);
                    var inner = inner(body, List.of());
                    out.add(new For(index, n, Stmt.seq(inner.out)));
                }
                case Fold fold -> emit(fold);
                case If(var condition, var then, var otherwise) -> out.add(new If(use(condition), branch(then), branch(otherwise)));
                case Let(var local, var value) -> out.add(new Let(local, use(value)));
                case Assign(var local, var value) -> out.add(new Assign(local, use(value)));
                case Store(var buffer, var index, var value) -> {
                    var x = use(value);
                    out.add(new Store(buffer, use(index), x));
                }
                case Accumulate(var buffer, var index, var combine, var value) -> {
                    var x = use(value);
                    out.add(new Accumulate(buffer, use(index), combine, x));
                }
                case Check(var index, var size, var axis, var site) -> out.add(new Check(use(index), use(size), axis, site));
                case While _ -> throw new IllegalArgumentException("a while loop is placed by hand, but got " + stmt);
            }
        }

        private void emit(Fold fold) {
            var loops = fold.loops().stream().map(loop -> new Loop(loop.index(), use(loop.extent()))).toList();
            hoisted(inside(fold)).forEach(this::name);
            var inner = inner(fold.body(), fold.accumulators());
            var accumulators = fold.accumulators().stream().map(a -> new Accumulator(a.local(), a.combine(), inner.use(a.value())))
                .toList();
            out.add(new Fold(loops, Stmt.seq(inner.out), accumulators));
        }

        private Scope inner(Stmt body, List<Accumulator> accumulators) {
            var inner = new Scope(depth + 1, new IdentityHashMap<>(bound));
            inner.count(body, accumulators);
            inner.emit(body);
            return inner;
        }

        /// The statements of a branch; the values they need are computed before it, unless it has loops.
        private Stmt branch(Stmt stmt) {
            if (Stmts.depth(stmt) == 0) return Stmts.map(stmt, this::use, buffer -> buffer);
            var inside = new Scope(depth, new IdentityHashMap<>(bound));
            inside.count(stmt, List.of());
            inside.emit(stmt);
            return Stmt.seq(inside.out);
        }

        /// `x` as a small tree, its large and repeated parts named first.
        private Scalar use(Scalar x) {
            for (var part : unbound(x)) {
                int height = 0;
                for (var p : Scalars.parts(part)) height = Math.max(height, bound.containsKey(p) ? 0 : heights.getOrDefault(p, 0));
                heights.put(part, height + 1);
                if (!named(part) && (uses.getOrDefault(part, 0) > 1 || height > HIGH)) name(part);
            }
            return tree(x);
        }

        /// The parts of `x` that no name covers, parts first.
        private List<Scalar> unbound(Scalar x) {
            return bound.containsKey(x) ? List.of() : Scalars.inOrder(List.of(x), part -> !bound.containsKey(part));
        }

        private void name(Scalar x) {
            if (bound.containsKey(x) || named(x)) return;
            var local = new Local(next++, x.dtype());
            var value = rebuilt(x);
            out.add(new Let(local, value));
            bound.put(x, local);
        }

        private Scalar rebuilt(Scalar x) { return Scalars.with(x, Scalars.parts(x).stream().map(this::use).toList()); }

        private Scalar tree(Scalar x) {
            var local = bound.get(x);
            return local != null ? local : Scalars.with(x, Scalars.parts(x).stream().map(this::tree).toList());
        }
    }
}
