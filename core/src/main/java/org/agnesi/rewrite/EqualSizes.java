package org.agnesi.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.agnesi.op.IfElse;
import org.agnesi.op.Logical;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// A whole graph as it is planned where all sizes are equal that may be, or else each of its products as the call tells.
///
/// What one product gives is a choice, and would be on both sides of the choices of those that are made of it.
final class EqualSizes {
    private final Set<Expr> choices;
    private final Map<Expr, Set<Expr>> conditions = new IdentityHashMap<>();   // of each choice, one by one
    private final Set<Expr> all;

    /// @param supposed the conditions for the whole
    /// @param choices  of single products
    EqualSizes(Set<Expr> supposed, Set<Expr> choices) {
        this.choices = choices;
        var asked = new ArrayList<>(supposed);
        choices.forEach(choice -> asked.add(choice.node().arg(0)));
        var merged = new Merge().run(asked, new Trace());   // equal formulas are one
        int k = supposed.size();
        for (var choice : choices) conditions.put(choice, each(merged.subList(k, ++k)));
        all = each(merged.subList(0, supposed.size()));
    }

    private static Set<Expr> each(List<Expr> conditions) {
        var each = new LinkedHashSet<Expr>();
        var work = new ArrayDeque<>(conditions);
        while (!work.isEmpty()) {
            var c = work.pop();
            if (c.node().op() instanceof Logical(var how) && how == Logical.Connective.AND) c.node().args().reversed().forEach(work::push);
            else each.add(c);
        }
        return each;
    }

    /// @param equal the roots where all conditions hold
    /// @param plain the roots with the choices in them
    List<Expr> chosen(List<Expr> equal, List<Expr> plain) {
        var when = all.stream().reduce(Logical::and).orElseThrow();
        return IntStream.range(0, plain.size()).mapToObj(k -> {
            var own = choices(plain.get(k));
            return own.isEmpty() ? plain.get(k)
                : Build.refined(IfElse.ifElse(when, equal.get(k), otherwise(plain.get(k), own)), plain.get(k));
        }).toList();
    }

    private List<Expr> choices(Expr root) {
        return Graph.inOrder(List.of(root)).stream().filter(node -> node.op() instanceof IfElse).map(node -> node.result(0))
            .filter(choices::contains).toList();
    }

    /// Where they do not all hold, none does that needs all.
    private Expr otherwise(Expr root, List<Expr> own) {
        var sides = new IdentityHashMap<Expr, Expr>();
        for (var choice : own)
            if (of(choice).containsAll(all)) sides.put(choice, Graph.replace(List.of(choice.node().arg(2)), sides).getFirst());
        return Graph.replace(List.of(root), sides).getFirst();
    }

    private Set<Expr> of(Expr choice) { return Objects.requireNonNull(conditions.get(choice)); }
}
