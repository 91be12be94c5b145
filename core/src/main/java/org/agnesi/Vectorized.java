package org.agnesi;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agnesi.compile.Pipeline;
import org.agnesi.derive.Jacobian;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.op.Cast;
import org.agnesi.op.Variable;
import org.agnesi.rewrite.Pass;
import org.agnesi.rewrite.Passes;
import org.agnesi.rewrite.RuleSet;
import org.agnesi.rewrite.Simplify;
import org.agnesi.rewrite.Strictness;
import org.agnesi.rewrite.Trace;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.TensorType;
import org.agnesi.symbolic.Vectorize;

/// A formula once per element of a batch, as one formula over the whole batch: no loop, each op works along the batch at once.
///
/// Products with Jacobians become sweeps before they are batched, so that no matrix is made per element.
final class Vectorized {
    private Vectorized() {}

    static List<Expr> vectorize(List<? extends Expr> es, Map<? extends Expr, ? extends Expr> batched) {
        if (Required.of("vectorize", "a map from variables to batches", batched).isEmpty()) throw new TypeError("""
            vectorize needs an input with a batch, but got none
            Map a variable of the formula to an expression with more leading axes.""");
        int axes = -1;
        var values = new IdentityHashMap<Expr, Expr>();
        for (var entry : batched.entrySet()) {
            Expr x = Required.of("vectorize", "a variable", entry.getKey());
            Expr batch = Required.of("vectorize", "a batch of " + x, entry.getValue());
            int own = batch.type().rank() - x.type().rank();
            if (own < 1 || axes >= 0 && own != axes || !fits(x.type(), batch.type(), own)) throw mismatch(x, batch, axes);
            axes = own;
            values.put(x, Cast.cast(batch, x.type().dtype()));
        }
        var formulas = Required.<Expr>all("vectorize", "an expression", es);
        Replaced.check("vectorize", values.keySet(), formulas);
        return along(withoutJacobians(formulas), values, axes);
    }

    static UnaryOperator<Expr> vectorize(UnaryOperator<Expr> f) {
        Required.of("vectorize", "a function", f);
        return batch -> {
            if (Required.of("vectorize", "a batch", batch).type().rank() == 0) throw new TypeError("""
                vectorize needs a batch of at least one axis, but got the scalar %s of type %s
                Call the function on it as it is.""".formatted(batch, batch.type()));
            var type = batch.type().withDims(batch.type().dims().subList(1, batch.type().rank()));
            var x = Variable.variable(batch.name() == null ? "x" : batch.name(), type);
            return vectorize(List.of(Required.result("vectorize", f.apply(x))), Map.of(x, batch)).getFirst();
        };
    }

    private static boolean fits(TensorType x, TensorType batch, int axes) {
        for (int i = 0; i < x.rank(); i++)
            if (x.isKnown(i) && batch.isKnown(i + axes) && x.dim(i) != batch.dim(i + axes)) return false;
        return true;
    }

    private static TypeError mismatch(Expr x, Expr batch, int axes) {
        return new TypeError("""
            vectorize needs %s leading axes before those of its variable, but got %s of type %s for %s of type %s
            Stack the values along new axes in front.""".formatted(
            axes < 0 ? "some" : "the same " + axes, batch, batch.type(), x, x.type()));
    }

    /// The innermost axis of the batch first.
    private static List<Expr> along(List<Expr> es, Map<Expr, Expr> values, int axes) {
        var inner = es;
        var places = values;
        if (axes > 1) {
            places = new IdentityHashMap<>();
            var rows = new IdentityHashMap<Expr, Expr>();
            for (var entry : values.entrySet()) {
                var type = entry.getValue().type();
                var row = Variable.variable("row", type.withDims(type.dims().subList(1, type.rank())));
                rows.put(entry.getKey(), row);
                places.put(row, entry.getValue());
            }
            inner = along(es, rows, axes - 1);
        }
        return Vectorize.batch(inner, places, places.values().iterator().next().length(0));
    }

    /// What products are made of is told by shapes in their normal form; the rest stays as it is written.
    private static List<Expr> withoutJacobians(List<Expr> es) {
        if (Graph.inOrder(es).stream().noneMatch(node -> node.op() instanceof Jacobian)) return es;
        var passes = new ArrayList<Pass>(List.of(new Simplify(RuleSet.GENERAL.without("gradient-wrapper"), Strictness.DEFAULT)));
        passes.addAll(Pipeline.sweeps(Strictness.DEFAULT));
        return new Passes("sweeps", passes).run(es, new Trace());
    }
}
