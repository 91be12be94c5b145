package org.agnesi.op;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agnesi.error.AgnesiException;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Lowering.Reshape;
import org.agnesi.kernel.Lowering.View;
import org.agnesi.kernel.Relation;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Work;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// All [IfElse] of one condition in a graph, and what only their sides use: what [SinkBranches] makes a [Branch] of.
///
/// Within one side the condition is known, so an inner `ifElse` of it is the side itself. Those outside of each other's sides
/// form levels, none of which depends on one of its own level; a level becomes one branch, so that what its members share is
/// computed once. What sides of two levels use is copied into both: the taken side of a gradient computes some of the
/// formula's taken side again, rather than both computing both sides. So is what sides by different conditions use
/// that sizes must be equal.
///
/// At the steps of a loop what is cheap stays where it is, element by element, if sizes are known to be the same: choosing costs less
/// than a branch that the processor guesses wrong. Elsewhere there is a branch even where nothing sinks: a step can be written with
/// one, but with no choice between shapes.
final class Choice {
    /// A side of a choice by another condition, whatever makes no sense without it.
    private static final int ELSEWHERE = 4;

    private final Expr condition;
    private final boolean steps;
    private final Set<Node> always;
    private final Set<Node> outside = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Node, Integer> sides = new IdentityHashMap<>();   // by which sides a node is used: 1, 2 or 3 for both, or of others
    private final TreeMap<Integer, List<Node>> levels = new TreeMap<>(Collections.reverseOrder());

    /// @param always what is [Unconditional]
    /// @param steps  whether it is done at each step of a loop
    Choice(Expr condition, List<Node> order, List<Expr> roots, Set<Node> always, boolean steps) {
        this.condition = condition;
        this.steps = steps;
        this.always = always;
        roots.forEach(root -> outside.add(root.node()));
        for (var node : order.reversed()) markArgs(node);
        var depths = new IdentityHashMap<Node, Integer>();
        for (var node : order) {
            int depth = 0;
            for (var arg : node.args()) depth = Math.max(depth, depths.getOrDefault(arg.node(), 0));
            boolean member = chooses(node) && outside.contains(node);
            if (member) levels.computeIfAbsent(depth, _ -> new ArrayList<>()).add(node);
            depths.put(node, member ? depth + 1 : depth);
        }
    }

    private void markArgs(Node node) {
        if (!sides.containsKey(node) && !outside.contains(node)) return;   // only sides use it that are never taken
        for (int i = 0; i < node.args().size(); i++) {
            var arg = node.arg(i).node();
            int own = isInside(node) ? sides.get(node) : 0;
            boolean isSide = chooses(node) && i > 0;
            if (isSide && own != 0 && (own & (i | ELSEWHERE)) == 0) continue;   // the condition is known there, and says the other side
            int from = isSide ? own == 0 ? i : own & (i | ELSEWHERE) : own == 0 && isOther(node, i) ? ELSEWHERE : own;
            if (from == 0 || always.contains(arg)) outside.add(arg);
            else sides.merge(arg, from, (a, b) -> a | b);
        }
    }

    /// Whether it is a side of a choice by sizes that must be equal; of other choices both may be taken, and what they share costs once.
    private static boolean isOther(Node node, int arg) { return node.op() instanceof IfElse && arg > 0 && isEquality(node.arg(0)); }

    private static boolean isEquality(Expr condition) {
        var work = new ArrayDeque<>(List.of(condition));
        while (!work.isEmpty()) {
            var node = work.pop().node();
            if (node.op() instanceof Logical(var how) && how == Logical.Connective.AND) node.args().forEach(work::push);
            else if (!(node.op() instanceof Compare(var relation)) || relation != Relation.EQ || !ofSizes(node)) return false;
        }
        return true;
    }

    private static boolean ofSizes(Node node) {
        return node.args().stream().allMatch(arg -> arg.type().rank() == 0 && arg.type().dtype().isInteger());
    }

    private boolean chooses(Node node) { return node.op() instanceof IfElse && node.arg(0) == condition; }

    /// Whether only sides use it.
    private boolean isInside(Node node) { return sides.containsKey(node) && !outside.contains(node); }

    /// What is needed anyway is computed before; what others only need where sizes are equal is made by each: else it may make no sense.
    /// Elements that are only repeated or turned, or tensors made of numbers alone, are better made by each than stored, too.
    private boolean sinks(Node node, int side) {
        if (node.args().isEmpty()) return false;
        return node.op() instanceof DimShuffle || isMadeOfNumbers(node)
            || isInside(node) && (sides.get(node) & side) != 0 && !isLast(node, side);
    }

    /// Whether it is the last value of a loop that is gone through before: else all others would be kept, too.
    private boolean isLast(Node node, int side) {
        var loop = LastRow.loop(node);
        return loop != null && !sinks(loop, side);
    }

    /// Such as zeros and ones, a multiple of I, positions.
    private static boolean isMadeOfNumbers(Node node) {
        return node.op() instanceof BroadcastTo || node.size() == 1 && node.types().getFirst().rank() > 0 && node.op().isMergeable()
            && node.op().lambdas().isEmpty() && node.args().stream().allMatch(arg -> arg.type().rank() == 0);
    }

    /// What stands for the results of one level, the users' first; null where there is nothing to sink.
    @Nullable Map<Expr, Expr> branched() {
        for (var group : levels.values()) {
            Side then, otherwise;
            try {
                then = new Side(group, 1);
                otherwise = new Side(group, 2);
            } catch (AgnesiException e) {   // shapes that do not go together where this condition is known: that never runs
                continue;
            }
            if (steps ? isSelect(group, then, otherwise) : then.sunk.isEmpty() && otherwise.sunk.isEmpty()) continue;
            var captured = new ArrayList<Expr>();
            var params = new IdentityHashMap<Expr, Expr>();
            then.capture(captured, params);
            otherwise.capture(captured, params);
            var args = new ArrayList<>(List.of(condition));
            args.addAll(captured);
            var results = Expr.all(new Branch(then.lambda(captured, params), otherwise.lambda(captured, params)), args);
            var replaced = new IdentityHashMap<Expr, Expr>();
            for (int i = 0; i < group.size(); i++) replaced.put(group.get(i).result(0), results.get(i));
            return replaced;
        }
        return null;
    }

    private static boolean isSelect(List<Node> group, Side then, Side otherwise) {
        return group.stream().allMatch(node -> node.lowering() instanceof Pointwise)
            && Stream.concat(then.sunk.stream(), otherwise.sunk.stream()).allMatch(Choice::isCheap);
    }

    private static boolean isCheap(Node node) {
        return node.lowering() instanceof Pointwise(var body)
            ? Scalars.inOrder(List.of(body)).stream().noneMatch(Work::isElementary)
            : node.lowering() instanceof View || node.lowering() instanceof Reshape || node.args().isEmpty();
    }

    /// One side of a level: its results where the condition is known, and the nodes that go with them.
    private final class Side {
        final List<Expr> results;
        final Set<Node> sunk = Collections.newSetFromMap(new IdentityHashMap<>());

        Side(List<Node> group, int side) {
            var given = group.stream().map(node -> node.arg(side)).toList();
            var known = new IdentityHashMap<Expr, Expr>();
            Set<Node> moved = Collections.newSetFromMap(new IdentityHashMap<>());
            for (var node : Graph.inOrder(given, n -> sinks(n, side) || chooses(n) && isInside(n))) {
                if (chooses(node)) {
                    known.put(node.result(0), known.getOrDefault(node.arg(side), node.arg(side)));
                    continue;
                }
                var there = node.map(arg -> known.getOrDefault(arg, arg));
                moved.add(there);
                for (int i = 0; i < node.size(); i++) known.put(node.result(i), there.result(i));
            }
            this.results = given.stream().map(e -> known.getOrDefault(e, e)).toList();
            sunk.addAll(Graph.inOrder(results, moved::contains));   // without those of sides that are never taken
        }

        /// What comes from outside becomes a param; constants are copied in.
        void capture(List<Expr> captured, Map<Expr, Expr> params) {
            var used = new ArrayList<Expr>(results);
            sunk.forEach(node -> used.addAll(node.args()));
            for (var e : used) {
                if (sunk.contains(e.node()) || e.node().op() instanceof Constant || params.containsKey(e)) continue;
                params.put(e, Variable.variable(e.name() == null ? "c" + captured.size() : e.name(), e.type()));
                captured.add(e);
            }
        }

        Lambda lambda(List<Expr> captured, Map<Expr, Expr> params) {
            return new Lambda(captured.stream().map(params::get).toList(), SinkBranches.sink(Graph.replace(results, params), steps));
        }
    }
}
