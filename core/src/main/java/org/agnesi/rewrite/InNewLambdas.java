package org.agnesi.rewrite;

import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Op;

/// A pass, and then another inside the loops and branches it brought to light: those of what stood for a graph until now.
///
/// @param where  these ops, in words
/// @param pass   on the graph itself
/// @param inside what is done to a new body's results
/// @param which  the ops it is done in
public record InNewLambdas(String where, Pass pass, Pass inside, Predicate<Op> which) implements Pass {
    @Override public String name() { return pass.name() + ", and " + inside.name() + " in " + where + " that come to light"; }

    @Override public List<Pass> parts() { return pass.parts(); }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var before = new HashSet<Lambda>();
        for (var node : Graph.inOrder(roots)) before.addAll(node.op().lambdas());
        var after = pass.run(roots, trace);
        return new InLambdas(where, inside, op -> which.test(op) && !before.containsAll(op.lambdas())).run(after, trace);
    }
}
