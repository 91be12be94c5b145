package org.agnesi;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.agnesi.compile.Pipeline;
import org.agnesi.error.Required;
import org.agnesi.op.Length;
import org.agnesi.op.Variable;
import org.agnesi.rewrite.RuleSet;
import org.agnesi.rewrite.Simplify;
import org.agnesi.rewrite.Strictness;
import org.agnesi.rewrite.Trace;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Push;
import org.jspecify.annotations.Nullable;

/// What can be said of how a formula depends on a variable, without values: yes is a proof, no is what the rewrites leave open.
final class Queries {
    private Queries() {}

    static boolean dependsOn(Expr y, Expr x) {
        check("dependsOn", y, x);
        return uses(Pipeline.of(Strictness.DEFAULT).rewrite(List.of(y)).roots().getFirst(), x);
    }

    /// Whether elements of `x` are read, and not only its sizes.
    private static boolean uses(Expr y, Expr x) {
        var read = Collections.<Expr>newSetFromMap(new IdentityHashMap<>());
        read.add(x);
        for (var node : Graph.inOrder(List.of(y)))
            if (!(node.op() instanceof Length) && node.args().stream().anyMatch(read::contains)) read.addAll(node.results());
        return read.contains(y);
    }

    /// Of degree one at most: the derivative does not depend on where it is taken.
    static boolean isLinear(Expr y, Expr x) {
        check("isLinear", y, x);
        var dy = derivative(y, x);
        return dy == null ? !dependsOn(y, x) : !dependsOn(dy, x);
    }

    /// Of degree two at most: the derivative is linear.
    static boolean isQuadratic(Expr y, Expr x) {
        check("isQuadratic", y, x);
        var dy = derivative(y, x);
        return dy == null ? !dependsOn(y, x) : isLinear(dy, x);
    }

    private static void check(String what, Expr y, Expr x) {
        Required.argument(what, y);
        Required.of(what, "a variable", x);
    }

    private static @Nullable Expr derivative(Expr y, Expr x) {
        var simpler = new Simplify(RuleSet.GENERAL, Strictness.DEFAULT).run(List.of(y), new Trace());
        return Push.push(simpler, List.of(x), List.of(Variable.variable("dx", x.type().with(x.type().dtype().floating())))).getFirst();
    }
}
