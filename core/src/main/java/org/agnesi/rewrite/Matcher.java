package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.agnesi.op.Cast;
import org.agnesi.op.Constant;
import org.agnesi.op.Nary;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.jspecify.annotations.Nullable;

/// One attempt to see a pattern in an expression, with backtracking bounded by a number of steps.
///
/// Sums and products match in any order. Of one with more operands than its pattern, the last variable takes those left
/// over; where the pattern has no variable to spare, they stay beside the replacement if it is the whole pattern's root.
final class Matcher {
    private static final int MOST_STEPS = 500;

    private final Expr pattern;
    private final Expr root;
    private final Map<String, Expr> bound = new HashMap<>();
    private List<Expr> rest = List.of();
    private int steps;
    private @Nullable Expr wanted;
    private @Nullable Expr got;

    /// @param pattern as [#ordered]
    Matcher(Expr pattern, Expr root) {
        this.pattern = pattern;
        this.root = root;
    }

    /// A quick look at the ops below the root, which rules most rules out; false only where nothing can match.
    static boolean isPossible(Expr pattern, Node node) {
        var ps = pattern.node().args();
        if (ps.size() > node.args().size()) return false;
        for (int i = 0; i < ps.size(); i++) {
            var op = ps.get(i).node().op();
            if (op instanceof Wild || op instanceof Constant) continue;
            if (pattern.node().op().isCommutative() ? !anyOf(op, node) : node.arg(i).node().op().getClass() != op.getClass()) return false;
        }
        return true;
    }

    private static boolean anyOf(Op op, Node node) {
        for (var arg : node.args()) if (arg.node().op().getClass() == op.getClass()) return true;
        return false;
    }

    /// Whether the pattern matches such that `accepted` holds of the bindings.
    boolean find(BooleanSupplier accepted) { return matches(pattern, root, accepted); }

    /// What the variables stand for, once found.
    Match match() { return new Match(root, bound); }

    /// Operands of the root that the pattern did not use.
    List<Expr> rest() { return rest; }

    int steps() { return steps; }

    /// Where the attempt that came furthest failed.
    String failure() { return wanted == null || got == null ? "it does not match" : "wanted " + written(wanted) + ", got " + got; }

    private static String written(Expr p) {
        return p.node().op() instanceof Wild(var label, var kind, var _) && !kind.isEmpty() ? label + ", " + kind : p.toString();
    }

    private boolean matches(Expr p, Expr e, BooleanSupplier next) {
        if (++steps > MOST_STEPS) return false;
        var op = p.node().op();
        if (op instanceof Wild wild) return binds(wild, p, e, next);
        if (op instanceof Constant(var literal, var _)) return Uniform.matches(literal, e) ? next.getAsBoolean() : fail(p, e);
        var node = e.node();
        if (!op.equals(node.op()) || node.size() != 1) return fail(p, e);
        if (op instanceof Nary) return operands(p, e, next);
        var args = node.args();
        if (args.size() != p.node().args().size()) return fail(p, e);
        if (inOrder(p.node().args(), args, 0, next)) return true;
        return op.isCommutative() && args.size() == 2 && inOrder(p.node().args(), args.reversed(), 0, next);
    }

    private boolean inOrder(List<Expr> ps, List<Expr> es, int i, BooleanSupplier next) {
        return i == ps.size() ? next.getAsBoolean() : matches(ps.get(i), es.get(i), () -> inOrder(ps, es, i + 1, next));
    }

    private boolean binds(Wild wild, Expr p, Expr e, BooleanSupplier next) {
        var earlier = bound.get(wild.label());
        if (earlier != null) return earlier == e && next.getAsBoolean();
        if (!wild.accepts().test(e)) return fail(p, e);
        bound.put(wild.label(), e);
        if (next.getAsBoolean()) return true;
        bound.remove(wild.label());
        return false;
    }

    private boolean operands(Expr p, Expr e, BooleanSupplier next) {
        var ps = p.node().args();
        int n = e.node().args().size();
        // a part of a sum of mixed dtypes would be computed in another dtype than the whole
        if (n < ps.size() || n > ps.size() && isMixed(e)) return fail(p, e);
        return new Operands(ps, e, p == pattern, new boolean[n], next).assign(0);
    }

    private static boolean isMixed(Expr e) {
        for (var arg : e.node().args()) if (arg.type().dtype() != e.type().dtype()) return true;
        return false;
    }

    private boolean fail(Expr p, Expr e) {
        wanted = p;
        got = e;
        return false;
    }

    /// `pattern` with the operands of sums and products in the order they are looked for: literals, then ops, then variables.
    static Expr ordered(Expr pattern) {
        var node = pattern.node();
        if (node.args().isEmpty()) return pattern;
        var args = new ArrayList<Expr>();
        int last = node.op() instanceof Nary ? 2 : 0;
        for (int freedom = 0; freedom <= last; freedom++)
            for (var arg : node.args()) if (last == 0 || freedom(arg) == freedom) args.add(ordered(arg));
        return args.equals(node.args()) ? pattern : Expr.of(node.op(), args);
    }

    private static int freedom(Expr p) { return p.node().op() instanceof Constant ? 0 : p.node().op() instanceof Wild ? 2 : 1; }

    /// The search for operands of one sum or product, in any order.
    private final class Operands {
        final List<Expr> patterns;
        final Expr whole;
        final boolean isRoot;
        final boolean[] used;
        final BooleanSupplier next;

        Operands(List<Expr> patterns, Expr whole, boolean isRoot, boolean[] used, BooleanSupplier next) {
            this.patterns = patterns;
            this.whole = whole;
            this.isRoot = isRoot;
            this.used = used;
            this.next = next;
        }

        boolean assign(int i) {
            if (i == patterns.size()) return complete();
            var p = patterns.get(i);
            if (i == patterns.size() - 1 && p.node().op() instanceof Wild wild && !bound.containsKey(wild.label()))
                return binds(wild, p, together(unused()), next);
            for (int j = 0; j < used.length; j++) {
                if (used[j]) continue;
                used[j] = true;
                if (matches(p, whole.node().arg(j), () -> assign(i + 1))) return true;
                used[j] = false;
            }
            return false;
        }

        private boolean complete() {
            var left = unused();
            if (!left.isEmpty() && !isRoot) return false;
            if (isRoot) rest = left;
            return next.getAsBoolean();
        }

        private List<Expr> unused() {
            var left = new ArrayList<Expr>();
            for (int j = 0; j < used.length; j++) if (!used[j]) left.add(whole.node().arg(j));
            return left;
        }

        /// The operands left over, as one expression.
        private Expr together(List<Expr> left) {
            if (left.size() == 1) return left.getFirst();
            return Expr.of(whole.node().op(), left.stream().map(x -> Cast.cast(x, whole.type().dtype())).toList());
        }
    }
}
