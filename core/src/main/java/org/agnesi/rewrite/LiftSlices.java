package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.op.Contract;
import org.agnesi.op.Cut;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Reduction;
import org.agnesi.op.Slice;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.jspecify.annotations.Nullable;

/// What is taken of a product, a reduction or a transposed tensor is taken of its operands before: `dot(A, x)[i]` → `dot(A[i], x)`.
///
/// Only where nobody reads the rest, since else it is there already; and only along axes that one operand has, since sizes that
/// must agree are still to be checked. What works element by element needs no such pass: its loop goes over the slice. Of a loop's
/// states, transposed, nothing but the last is kept then. A product's sums may be added up in another order, and a span of a matrix is
/// copied, which is worth it only where much is left out.
public record LiftSlices(Strictness strictness) implements Pass {
    private static final int DEEPEST = 64;

    @Override public String name() { return "lift-slices"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var nodes = Graph.inOrder(roots);
        boolean none = !strictness.allows(RuleClass.REAL) || nodes.stream().noneMatch(node -> node.op() instanceof Slice);
        return none ? roots : new Walk(trace).run(roots, nodes);
    }

    /// What a slice takes of one tensor: a cut for each axis, with the positions that are expressions.
    private record Taken(List<Cut> cuts, List<List<Expr>> given) {
        static Taken of(Slice slice, List<Expr> args) {
            var rest = args.subList(1, args.size()).iterator();
            return new Taken(slice.cuts(), slice.cuts().stream()
                .map(cut -> cut.edges().stream().filter(Cut.GIVEN::equals).map(_ -> rest.next()).toList()).toList());
        }

        static Taken all(int rank) {
            return new Taken(new ArrayList<>(Collections.nCopies(rank, Cut.ALL)),
                new ArrayList<>(Collections.nCopies(rank, List.of())));
        }

        void put(int axis, Taken other, int from) {
            cuts.set(axis, other.cuts.get(from));
            given.set(axis, other.given.get(from));
        }

        boolean isAll() { return cuts.stream().allMatch(Cut.ALL::equals); }

        /// Of these, one for each axis, those whose axis stays.
        List<Integer> left(List<Integer> axes) {
            return IntStream.range(0, axes.size()).filter(k -> !cuts.get(k).drops()).mapToObj(axes::get).toList();
        }

        Expr of(Expr x) {
            var args = new ArrayList<>(List.of(x));
            given.forEach(args::addAll);
            return isAll() ? x : Expr.of(new Slice(cuts), args);
        }
    }

    private static final class Walk {
        private final Trace trace;
        private final Map<Expr, Integer> readers = new IdentityHashMap<>();
        private final Map<Expr, Expr> done = new IdentityHashMap<>();

        Walk(Trace trace) { this.trace = trace; }

        List<Expr> run(List<Expr> roots, List<Node> nodes) {
            for (var node : nodes) for (var arg : node.args()) readers.merge(arg, 1, Integer::sum);
            for (var root : roots) readers.merge(root, 1, Integer::sum);
            for (var node : nodes) {
                var results = Origin.inherit(node.origin(), () -> visit(node));
                for (int k = 0; k < node.size(); k++) {
                    done.put(node.result(k), results.get(k));
                    readers.put(results.get(k), readers.getOrDefault(node.result(k), 1));
                }
            }
            return roots.stream().map(done::get).toList();
        }

        private List<Expr> visit(Node node) {
            var rebuilt = node.map(done::get);
            if (!(rebuilt.op() instanceof Slice slice)) return rebuilt.results();
            var lifted = lifted(rebuilt.arg(0), Taken.of(slice, rebuilt.args()), 0);
            if (lifted == null) return rebuilt.results();
            trace.fired("lift-slices", rebuilt.result(0), lifted);
            return List.of(lifted);
        }

        /// What is taken of `e`, made of less; null where that is not possible.
        private @Nullable Expr lifted(Expr e, Taken taken, int depth) {
            if (readers.getOrDefault(e, 1) > 1 || depth > DEEPEST || taken.isAll()) return null;
            return switch (e.node().op()) {
                case Contract product -> product(product, e.node(), taken, depth);
                case Reduction reduction -> reduced(reduction, e.node().arg(0), taken, depth);
                case DimShuffle(var pattern) -> shuffled(pattern, e.node().arg(0), taken, depth);
                default -> null;
            };
        }

        private Expr of(Expr e, Taken taken, int depth) {
            var lifted = lifted(e, taken, depth + 1);
            return lifted == null ? taken.of(e) : lifted;
        }

        private @Nullable Expr product(Contract op, Node node, Taken taken, int depth) {
            var a = Taken.all(op.left().size());
            var b = Taken.all(op.right().size());
            for (int axis = 0; axis < op.out().size(); axis++) {
                if (taken.cuts.get(axis).equals(Cut.ALL)) continue;
                int inA = op.left().indexOf(op.out().get(axis)), inB = op.right().indexOf(op.out().get(axis));
                if (inA >= 0 && inB >= 0) return null;
                var of = inA >= 0 ? node.arg(0) : node.arg(1);
                if (leavesMost(taken, axis, of, Math.max(inA, inB))) return null;
                if (inA >= 0) a.put(inA, taken, axis);
                else b.put(inB, taken, axis);
            }
            return Contract.contract(of(node.arg(0), a, depth), a.left(op.left()),
                of(node.arg(1), b, depth), b.left(op.right()), taken.left(op.out()));
        }

        /// Whether a tensor of several axes would be copied but for a little of one of them.
        private static boolean leavesMost(Taken taken, int cut, Expr of, int axis) {
            return of.type().rank() > 1 && taken.cuts.get(cut) instanceof Cut.Span span
                && span.leavesMost(of.type().dim(axis), taken.given.get(cut));
        }

        private @Nullable Expr shuffled(List<Integer> pattern, Expr x, Taken taken, int depth) {
            var own = Taken.all(x.type().rank());
            for (int axis = 0; axis < pattern.size(); axis++) {
                boolean isNew = pattern.get(axis) == DimShuffle.NEW;
                if (isNew && !taken.cuts.get(axis).equals(Cut.ALL)) return null;
                if (!isNew) own.put(pattern.get(axis), taken, axis);
            }
            var kept = own.left(IntStream.range(0, x.type().rank()).boxed().toList());
            return DimShuffle.dimshuffle(of(x, own, depth), taken.left(pattern).stream().mapToInt(kept::indexOf).toArray());
        }

        private Expr reduced(Reduction op, Expr x, Taken taken, int depth) {
            var own = Taken.all(x.type().rank());
            var left = op.left(x.type().rank());
            for (int k = 0; k < left.size(); k++) own.put(left.get(k), taken, k);
            var axes = IntStream.range(0, x.type().rank()).boxed().toList();
            var kept = own.left(axes);
            return op.over(of(x, own, depth), op.axes().stream().map(kept::indexOf).toList());
        }
    }
}
