package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;

/// The parts of sums that the steps of a loop collect, by what differs from step to step.
///
/// @param captures the first parameter of the body that is the same at all steps
record SummedTerms(Lambda body, int captures) {
    /// A part of a sum that is no sum itself.
    ///
    /// @param isMultiplied whether by a matrix that is the same at all steps
    record Part(Expr e, boolean isMultiplied) {}

    /// Whether a result is a sum of products of floats that differ from step to step, none less than its factors: all steps' factors
    /// are kept.
    boolean fit(Expr sum) {
        return sum.type().dtype().isFloating() && parts(sum).stream().allMatch(part -> fits(part, sum.type().rank()));
    }

    private boolean fits(Part part, int rank) {
        var kept = isProduct(part.e) ? part.e.node().args() : List.of(part.e);
        return (isProduct(part.e) || part.isMultiplied) && kept.stream().allMatch(e -> e.type().rank() <= rank);
    }

    /// Whether both factors differ from step to step.
    boolean isProduct(Expr e) { return e.node().op() instanceof Contract && e.node().args().stream().noneMatch(this::isSame); }

    /// What a sum is linear in.
    List<Part> parts(Expr sum) {
        var parts = new ArrayList<Part>();
        var seen = new HashSet<Part>();   // Expr compares by identity
        var left = new ArrayList<>(List.of(new Part(sum, false)));
        while (!left.isEmpty()) {
            var part = left.removeLast();
            var node = part.e.node();
            if (!seen.add(part)) continue;
            if (!isLinear(node)) parts.add(part);
            else for (var term : terms(node)) left.add(new Part(term, part.isMultiplied || node.op() instanceof Contract));
        }
        return parts;
    }

    boolean isLinear(Node node) { return !terms(node).isEmpty(); }

    /// What is added, subtracted, turned, multiplied by what is the same at all steps; nothing where it is something else.
    private List<Expr> terms(Node node) {
        if (!node.signs().isEmpty() || node.op() instanceof DimShuffle) return node.args();
        boolean isProduct = node.isProduct();
        if (!isProduct && !(node.op() instanceof Contract)) return List.of();
        var differ = node.args().stream().filter(arg -> !isSame(isProduct ? single(arg) : arg)).toList();
        return differ.size() == 1 ? differ : List.of();
    }

    /// What is repeated for all elements, which there are as many of at each step.
    static Expr single(Expr e) { return e.node().op() instanceof BroadcastTo ? e.node().arg(0) : e; }

    /// Whether it depends on no parameter before the captures.
    boolean isSame(Expr e) {
        int least = new Lambda(body.params(), List.of(e)).dependences().getFirst().nextSetBit(0);
        return least < 0 || least >= captures;
    }
}
