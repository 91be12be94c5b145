package org.agnesi.rewrite;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.agnesi.op.Cast;
import org.agnesi.op.Contract;
import org.agnesi.op.Fill;
import org.agnesi.op.Scan;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// What is zero because something else is: structural zeros, whatever they are multiplied by.
final class AtZero {
    private final Set<Expr> zeros = Collections.newSetFromMap(new IdentityHashMap<>());

    private AtZero() {}

    /// Whether `root` is zeros where `x` is.
    static boolean vanishes(Expr root, Expr x) {
        var at = new AtZero();
        at.zeros.add(x);
        at.visit(List.of(root));
        return at.isZero(root);
    }

    private boolean isZero(Expr e) { return zeros.contains(e) || Uniform.valueOf(e) == 0; }

    private void visit(List<Expr> roots) {
        for (var node : Graph.inOrder(roots)) {
            if (node.op() instanceof Scan scan) loop(node, scan);
            else if (node.size() == 1 && vanishes(node)) zeros.add(node.result(0));
        }
    }

    private boolean vanishes(Node node) {
        var powers = node.powers();
        if (!node.signs().isEmpty()) return node.args().stream().allMatch(this::isZero);
        if (!powers.isEmpty()) return IntStream.range(0, powers.size()).anyMatch(i -> powers.get(i) > 0 && isZero(node.arg(i)));
        return switch (node.op()) {
            case Contract _ -> node.args().stream().anyMatch(this::isZero);
            case Cast _ -> node.args().stream().allMatch(this::isZero);
            case Fill _ -> isZero(node.arg(1));
            case Where _ -> isZero(node.arg(1)) && isZero(node.arg(2));
            default -> node.op().isStructural() && node.args().stream().anyMatch(zeros::contains)
                && node.args().stream().filter(arg -> arg.type().dtype().isFloating()).allMatch(this::isZero);
        };
    }

    /// States that start as zeros stay zeros if each step keeps them so.
    private void loop(Node node, Scan scan) {
        var inside = new AtZero();
        for (int i = 1; i < node.args().size(); i++)
            if (isZero(node.arg(i))) scan.spec().params(i).stream().forEach(p -> inside.zeros.add(scan.body().params().get(p)));
        inside.visit(scan.body().results());
        for (int k = 0; k < scan.spec().states(); k++)
            if (isZero(node.arg(scan.spec().initial(k))) && !inside.isZero(scan.body().results().get(k))) return;
        for (int k = 0; k < scan.spec().states() + scan.spec().collected(); k++) {
            boolean starts = k >= scan.spec().states() || isZero(node.arg(scan.spec().initial(k)));
            if (starts && inside.isZero(scan.body().results().get(k))) zeros.add(node.result(k));
        }
    }
}
