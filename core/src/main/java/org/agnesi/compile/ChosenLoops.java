package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.op.Constant;
import org.agnesi.op.IfElse;
import org.agnesi.op.Length;
import org.agnesi.op.Logical;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// Takes choices by sizes out of a loop's steps: a loop of what is chosen runs, which what is the same at all its steps can leave.
///
/// Where there are several conditions it is that for which all hold, or else the loop as it is.
final class ChosenLoops {
    private static final int MOST_CONDITIONS = 4;
    private static final int DEEPEST = 8;

    private final ReopenedLoop loop;
    private final Map<Expr, Expr> outside = new IdentityHashMap<>();   // of what is the same at all steps
    private final Set<Expr> sizes = Collections.newSetFromMap(new IdentityHashMap<>());

    private ChosenLoops(Node node) {
        loop = new ReopenedLoop(node);
        outside.putAll(loop.captured());
        outside.putAll(loop.sizes());
    }

    static List<Expr> of(List<Expr> roots) { return LoopPass.each(roots, ChosenLoops::results); }

    private static List<Expr> results(Node node) {
        return node.op() instanceof Scan scan && scan.updates() == 0 ? new ChosenLoops(node).chosen(node) : node.results();
    }

    private List<Expr> chosen(Node node) {
        var conditions = new LinkedHashSet<Expr>();   // Expr compares by identity
        var taken = new ArrayList<Node>();
        for (var inner : Graph.inOrder(loop.body().results())) {
            if (isSize(inner)) sizes.add(inner.result(0));
            if (!(inner.op() instanceof IfElse) || !sizes.contains(inner.arg(0))) continue;
            conditions.add(inner.arg(0));
            taken.add(inner);
        }
        if (conditions.isEmpty() || conditions.size() > MOST_CONDITIONS) return node.results();
        var whether = Graph.replace(List.copyOf(conditions), outside).stream().reduce(Logical::and).orElseThrow();
        return IfElse.ifElse(whether, on(1, taken, node), conditions.size() == 1 ? on(2, taken, node) : node.results());
    }

    /// The loop with one side of choices, those inside others first.
    private static List<Expr> on(int side, List<Node> choices, Node node) {
        var sides = new IdentityHashMap<Expr, Expr>();
        for (var choice : choices) sides.put(choice.result(0), Graph.replace(List.of(choice.arg(side)), sides).getFirst());
        return new ReopenedLoop(node).with(sides);
    }

    /// Whether it is a size of what is there at all steps, or made of such alone.
    private boolean isSize(Node node) {
        if (node.size() != 1 || node.types().getFirst().rank() > 0 || node.types().getFirst().dtype().isFloating()) return false;
        if (outside.get(node.result(0)) instanceof Expr e) return JacobiansInSteps.isSize(e, DEEPEST);
        return node.op() instanceof Constant || node.op() instanceof Length && outside.containsKey(node.arg(0))
            || !node.args().isEmpty() && node.op().isMergeable() && node.args().stream().allMatch(sizes::contains);
    }
}
