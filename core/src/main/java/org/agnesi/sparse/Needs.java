package org.agnesi.sparse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.kernel.Lowering.Arg;
import org.agnesi.kernel.Lowering.Branch;
import org.agnesi.kernel.Lowering.Contract;
import org.agnesi.kernel.Lowering.Eval;
import org.agnesi.kernel.Lowering.Gather;
import org.agnesi.kernel.Lowering.Library;
import org.agnesi.kernel.Lowering.Loop;
import org.agnesi.kernel.Lowering.Piecewise;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Lowering.Prefix;
import org.agnesi.kernel.Lowering.Reduce;
import org.agnesi.kernel.Lowering.Replay;
import org.agnesi.kernel.Lowering.Reshape;
import org.agnesi.kernel.Lowering.Scatter;
import org.agnesi.kernel.Lowering.View;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalars;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// What a pattern must know at a call: sizes, the positions that gathers read at, and the integers that choose.
///
/// A choice counts as one by index data only where no float decides it: else what is taken at one point would hide what
/// is taken at another.
final class Needs {
    private final Set<Expr> found = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Expr> order = new ArrayList<>();
    private final Map<Expr, Expr> outside;

    private Needs(Map<Expr, Expr> outside) { this.outside = outside; }

    /// The lengths and index data by which `result` depends on `tangent`.
    ///
    /// @param outside what the graph's variables stand for
    static List<Expr> of(Expr result, Expr tangent, Map<Expr, Expr> outside) {
        var needs = new Needs(outside);
        needs.lengths(tangent);
        needs.lengths(result);
        Moved.of(List.of(result), tangent).order().forEach(needs::add);
        return needs.order;
    }

    private void add(Node node) {
        var lowering = node.lowering();
        if (!(lowering instanceof Pointwise)) {
            node.args().forEach(this::lengths);
            node.results().forEach(this::lengths);
        }
        switch (lowering) {
            case Pointwise(var body) -> body(node, body);
            case Gather(var body, _) -> body(node, body);
            case Reduce(_, _, var body) -> body(node, body);
            case Prefix(_, _, var body) -> body(node, body);
            case View(_, var index) -> positions(node, index);
            case Scatter(_, _, _, var index, _) -> positions(node, index);
            case Reshape _, Arg _, Contract _, Piecewise _, Library _, Loop _, Replay _, Branch _, Eval _ -> { }
        }
    }

    private void body(Node node, Scalar body) {
        for (var x : Scalars.inOrder(List.of(body))) switch (x) {
            case Scalar.At(_, _, var index) -> positions(node, index);
            case Scalar.Select(_, var condition, _, _) -> choice(node, condition);
            case Scalar.Const _, Scalar.Input _, Scalar.Index _, Scalar.Size _, Scalar.Unary _, Scalar.Binary _, Scalar.Compare _,
                Scalar.Cast _, Scalar.Fma _, Scalar.Bits _, Scalar.Rare _, Scalar.Local _, Scalar.Load _ -> { }
        }
    }

    private void positions(Node node, List<Scalar> index) {
        for (int operand : PointCode.operands(index)) need(node.arg(operand));
    }

    private void choice(Node node, Scalar condition) {
        for (int operand : PointCode.operands(List.of(condition))) if (isIndexData(node.arg(operand))) need(node.arg(operand));
    }

    private void lengths(Expr e) {
        for (int axis = 0; axis < e.type().rank(); axis++) if (!e.type().isKnown(axis)) need(e.length(axis));
    }

    private void need(Expr e) {
        if (e.constantLong().isEmpty() && found.add(e)) order.add(e);
    }

    /// Whether no float's value and no random draw decides it.
    private boolean isIndexData(Expr e) {
        var inside = Graph.replace(List.of(e), outside).getFirst();
        if (inside.type().dtype().isFloating()) return false;
        var decides = Collections.<Expr>newSetFromMap(new IdentityHashMap<>());
        for (var node : Graph.inOrder(List.of(inside), node -> !(node.op() instanceof Length))) {
            boolean leaf = node.args().isEmpty() && !node.op().isMergeable();
            if (leaf && node.types().getFirst().dtype().isFloating() || node.args().stream().anyMatch(decides::contains))
                decides.addAll(node.results());
        }
        return !decides.contains(inside);
    }
}
