package org.agnesi.network;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.derive.Jacobian;
import org.agnesi.network.Factor.Composed;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;
import org.agnesi.op.Constant;
import org.agnesi.op.Fill;
import org.agnesi.op.Length;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A Jacobian as a sum of products of what it is made of: `diag(d)·A` for `tanh(A·x)`, the matrix itself for a linear map.
///
/// It is read off the forward sweep, which is linear in its tangent: the tangent taken out of each product leaves the matrix.
final class Structure {
    private static final int MOST_TERMS = 8;

    private final Reader reader;
    private final Labels labels;
    private final UnaryOperator<List<Expr>> simplify;
    private final Map<Node, List<Network>> known = new IdentityHashMap<>();
    private final Map<Expr, Expr> tangents = new IdentityHashMap<>();

    /// @param simplify brings a graph to its normal form
    Structure(Reader reader, Labels labels, UnaryOperator<List<Expr>> simplify) {
        this.reader = reader;
        this.labels = labels;
        this.simplify = simplify;
    }

    /// A value made of what was taken apart: of the tangents only the sizes are left in it, and those are x's.
    Expr finished(Expr value) { return Graph.replace(List.of(value), tangents).getFirst(); }

    /// The product with each Jacobian taken apart; empty where one cannot be.
    ///
    /// @param out the labels that are not summed
    List<Product> of(Product product, List<Integer> out, DType dtype) {
        var all = List.of(new Product(product.scale(), List.of()));
        for (var f : product.factors()) {
            if (f instanceof Composed) return List.of();
            if (!(f instanceof Derived j)) {
                all = all.stream().map(p -> p.and(f)).toList();
                continue;
            }
            var found = known.computeIfAbsent(j.jacobian(), this::read);
            if (found.isEmpty() || all.size() * found.getFirst().terms().size() > MOST_TERMS) return List.of();
            var parts = found.getFirst().at(j.labels(), labels).terms();
            all = all.stream().flatMap(p -> parts.stream().map(p::times)).toList();
        }
        var gone = product.labels().stream().filter(label -> !out.contains(label)).toList();
        var counted = all.stream().map(p -> labels.counted(p, gone, dtype)).toList();
        return counted.stream().allMatch(p -> p.factors().size() <= Reader.MOST_FACTORS) ? counted : List.of();
    }

    private List<Network> read(Node node) {
        var jacobian = (Jacobian) node.op();
        var x = node.arg(0);
        var tangent = Variable.variable("t", x.type().with(x.type().dtype().floating()));
        tangents.put(tangent, Fill.fill(x, Constant.of(0, tangent.type().dtype())));
        var swept = jacobian.times(node.args(), tangent);
        var plain = swept.node().op().expand(swept.node().args()).orElseThrow();
        var network = read(simplify.apply(plain).getFirst(), tangent);
        if (network != null) network.labels().forEach(label -> labels.replace(label, tangent, x));
        return network == null || network.terms().size() > MOST_TERMS ? List.of() : List.of(network);
    }

    /// `dy`, a sum of products with one tangent each, as a matrix.
    private @Nullable Network read(Expr dy, Expr tangent) {
        var found = new IdentityHashMap<Expr, Network>();
        var own = labels.of(tangent);
        found.put(tangent, new Network(List.of(Product.of(new Dense(tangent, own))), own));
        for (var node : Graph.inOrder(List.of(dy))) {
            if (node.op() instanceof Length || node.args().stream().noneMatch(found::containsKey)) continue;
            if (node.size() != 1) return null;
            var network = reader.read(node, arg -> {
                var read = found.get(arg);
                return read == null ? reader.atom(arg) : read;
            });
            if (network == null) return null;
            found.put(node.result(0), network);
        }
        var network = found.get(dy);
        return network == null ? null : transposed(network, tangent);
    }

    private @Nullable Network transposed(Network dy, Expr tangent) {
        var x = labels.of(tangent);
        var terms = new ArrayList<Product>();
        for (var term : dy.terms()) {
            var tangents = term.factors().stream().filter(f -> f instanceof Dense(var value, var _) && value == tangent).toList();
            if (tangents.size() != 1) return null;
            var others = new ArrayList<>(term.factors());
            others.remove(tangents.getFirst());
            var own = tangents.getFirst().labels();
            var product = new Product(term.scale(), others);
            for (int i = 0; i < x.size(); i++) product = product.and(new Factor.Delta(own.get(i), x.get(i)));
            terms.add(product);
        }
        return new Network(terms, Factor.joined(dy.out(), x));
    }
}
