package org.agnesi.fuzz;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.agnesi.array.NDArray;
import org.agnesi.error.AgnesiException;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A specimen made smaller as long as the same is wrong with it: one root of several, a part instead of the whole, a variable
/// instead of a part, rounder values.
final class Shrinking {
    private static final int MOST = 400;

    private Specimen best;
    private final Function<Specimen, @Nullable Verdict> judge;
    private final String kind;
    private int tries;

    private Shrinking(Specimen specimen, Function<Specimen, @Nullable Verdict> judge, String kind) {
        this.best = specimen;
        this.judge = judge;
        this.kind = kind;
    }

    /// @param judge what is wrong with a specimen, as with this one
    static Specimen of(Specimen specimen, Function<Specimen, @Nullable Verdict> judge) {
        var shrinking = new Shrinking(specimen, judge, Objects.requireNonNull(judge.apply(specimen)).kind());
        while (shrinking.step()) {
            // as long as something helps
        }
        return shrinking.best;
    }

    private boolean step() { return oneRoot() || aPart() || aVariable() || knownSizes() || rounder(); }

    private boolean oneRoot() {
        if (best.roots().size() == 1) return false;
        for (var root : best.roots()) if (accepts(List.of(root), best.values())) return true;
        return false;
    }

    /// An argument of the root instead of it.
    private boolean aPart() {
        for (var node : best.nodes()) for (var result : node.results())
            if (!best.roots().contains(result) && accepts(List.of(result), best.values())) return true;
        return false;
    }

    /// A variable with the value of a part, the latest first.
    private boolean aVariable() {
        for (var node : best.nodes().reversed()) {
            if (best.roots().stream().anyMatch(root -> isOf(node, root))) continue;
            var values = best.values();
            var replaced = new IdentityHashMap<Expr, Expr>();
            try {
                for (var part : node.results()) {
                    var x = Variable.variable("x", part.type());
                    values.put(x, Graph.eval(part, best.values()));
                    replaced.put(part, x);
                }
                if (accepts(Graph.replace(best.roots(), replaced), values)) return true;
            } catch (AgnesiException e) {
                // a choice's side that has no value
            }
        }
        return false;
    }

    private static boolean isOf(Node node, Expr root) { return root.node().equals(node); }

    /// All sizes declared or none.
    private boolean knownSizes() {
        for (int k = 0; k < best.inputs().size(); k++) {
            var x = best.inputs().get(k);
            if (x.type().isStatic()) continue;
            var known = Variable.variable("x", TensorType.of(x.type().dtype(), best.at().get(k).shape().dims()));
            var values = best.values();
            values.put(known, best.at().get(k));
            try {
                if (accepts(Graph.replace(best.roots(), Map.of(x, known)), values, true)) return true;
            } catch (AgnesiException e) {
                // sizes that are known are compared when the graph is built
            }
        }
        return false;
    }

    /// Values with fewer digits.
    private boolean rounder() {
        for (int k = 0; k < best.inputs().size(); k++) {
            var x = best.at().get(k);
            if (!x.dtype().isFloating()) continue;
            for (double unit : new double[] {1, 8, 128}) {
                var round = NDArray.generateDoubles(x.dtype(), x.shape(), i -> Math.rint(x.doubleAt(i) * unit) / unit);
                if (round.equals(x)) break;
                var values = best.values();
                values.put(best.inputs().get(k), round);
                if (accepts(best.roots(), values, true)) return true;
            }
        }
        return false;
    }

    private boolean accepts(List<Expr> roots, Map<Expr, NDArray> values) { return accepts(roots, values, false); }

    /// Takes the specimen if it is smaller, or `simpler` otherwise, and the same is wrong with it.
    private boolean accepts(List<Expr> roots, Map<Expr, NDArray> values, boolean simpler) {
        var smaller = Specimen.of(values, roots);
        if (tries >= MOST || !simpler && smaller.size() >= best.size()) return false;
        tries++;
        var verdict = judge.apply(smaller);
        if (verdict == null || !verdict.kind().equals(kind)) return false;
        best = smaller;
        return true;
    }
}
