package org.agnesi.rewrite;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.agnesi.error.RuleError;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// Passes that run one after the other as one pass; what each gives is checked, so that a mistake names its pass.
///
/// Nodes are typed by their ops when they are made: a graph whose roots keep their types and that has no new variables is
/// as good as the one before. Variables are looked for where assertions are on, as in tests: that is a walk per pass.
public record Passes(String name, List<Pass> parts) implements Pass {
    public Passes { parts = List.copyOf(parts); }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var sofar = roots;
        for (var pass : parts) sofar = checked(pass, sofar, pass.run(sofar, trace));
        return sofar;
    }

    private static List<Expr> checked(Pass pass, List<Expr> before, List<Expr> after) {
        if (before.equals(after)) return before;
        if (before.size() != after.size()) throw new RuleError("""
            the pass %s needs as many roots after as before, but got %d of %d
            Give one root for each, in their order.""".formatted(pass.name(), after.size(), before.size()));
        for (int i = 0; i < before.size(); i++)
            if (!after.get(i).type().refines(before.get(i).type())) throw new RuleError("""
                the pass %s needs to keep types, but %s of type %s became %s of type %s
                Cast or broadcast what it makes, or leave the node alone.""".formatted(pass.name(), before.get(i), before.get(i).type(),
                after.get(i), after.get(i).type()));
        assert inventsNothing(pass, before, after);
        return after;
    }

    private static boolean inventsNothing(Pass pass, List<Expr> before, List<Expr> after) {
        var invented = variables(after);
        invented.removeAll(variables(before));
        if (invented.isEmpty()) return true;
        throw new RuleError("""
            the pass %s needs to use the variables of its graph only, but %s became %s, with the new variables %s
            Bind them in a Lambda, or use what the graph has.""".formatted(pass.name(), before, after, invented));
    }

    private static Set<Expr> variables(List<Expr> roots) {
        Set<Expr> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var node : Graph.inOrder(roots)) if (node.op() instanceof Variable) found.add(node.result(0));
        return found;
    }

    /// The names of the passes, one a line; those inside one are indented.
    @Override public String toString() { return described(this).stripTrailing(); }

    private static String described(Pass pass) {
        return pass.name() + "\n" + pass.parts().stream().map(Passes::described).collect(Collectors.joining()).indent(4);
    }
}
