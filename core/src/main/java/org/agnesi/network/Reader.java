package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.agnesi.derive.Jacobian;
import org.agnesi.network.Factor.Delta;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.Diagonal;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Div;
import org.agnesi.op.Eye;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Gather;
import org.agnesi.op.Mean;
import org.agnesi.op.Mul;
import org.agnesi.op.Reshape;
import org.agnesi.op.Slice;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Reads expressions as [Network]s: one small step per op, given the networks of its args.
///
/// This is the one list of what a product can be made of; what is not here is computed as it is.
public final class Reader {
    static final int MOST_TERMS = 24;
    /// The most factors of which the cheapest order is sought, and the most that may be there before vectors are multiplied.
    static final int MOST_FACTORS = 10;
    private static final int MOST_READ = 24;
    private static final int DEEPEST = 8;

    private final Labels labels;
    private final Rearranged moves;
    private final Predicate<Node> isReadOnce;

    Reader(Labels labels, Predicate<Node> isReadOnce) {
        this.labels = labels;
        this.moves = new Rearranged(labels);
        this.isReadOnce = isReadOnce;
    }

    /// The node's only result as a sum of products; null where it is none, or one of too many parts.
    @Nullable Network read(Node node, Function<Expr, Network> of) {
        if (node.size() != 1 || !node.types().getFirst().dtype().isFloating()) return null;
        var found = step(node, of);
        return found == null || found.terms().size() > MOST_TERMS
            || found.terms().stream().anyMatch(t -> t.factors().size() > MOST_READ) ? null : found;
    }

    private @Nullable Network step(Node node, Function<Expr, Network> of) {
        if (!node.signs().isEmpty()) return isUniform(node) ? sum(signed(node, of)) : null;
        if (!node.powers().isEmpty()) return power(node, of);
        return switch (node.op()) {
            case Jacobian jacobian -> jacobian.isSwept() ? derived(node, jacobian.symmetric()) : null;
            case DimShuffle(var pattern) -> shuffled(of.apply(node.arg(0)), pattern);
            case BroadcastTo _ -> repeated(node, of.apply(node.arg(0)));
            case Sum sum -> left(node, of.apply(node.arg(0)), sum.left(node.arg(0).type().rank()));
            case Mean mean -> mean(node, mean, of);
            case Contract op -> isUniform(node) ? contracted(node, op, of.apply(node.arg(0)), of.apply(node.arg(1))) : null;
            case Diagonal(int offset) -> offset == 0 ? diagonal(of.apply(node.arg(0))) : null;
            case FromDiagonal(int offset) -> offset == 0 ? fromDiagonal(node, of.apply(node.arg(0))) : null;
            case Eye(int offset, var _) -> offset == 0 && Labels.same(node.arg(0), node.arg(1), DEEPEST) ? eye(node) : null;
            case Slice(var cuts) -> moves.sliced(node, cuts, of.apply(node.arg(0)));
            case Reshape _ -> moves.reshaped(node, of.apply(node.arg(0)));
            case Gather(var axes, int at) -> axes.equals(List.of(at)) && node.arg(1).type().rank() == 1
                ? moves.taken(node.arg(1), at, of.apply(node.arg(0))) : null;
            case Concatenate(int axis) -> isUniform(node) ? moves.concatenated(node, axis, node.args().stream().map(of).toList()) : null;
            default -> null;
        };
    }

    private static boolean isUniform(Node node) {
        return node.args().stream().allMatch(arg -> arg.type().dtype() == node.types().getFirst().dtype());
    }

    private static List<Network> signed(Node node, Function<Expr, Network> of) {
        var signs = node.signs();
        return IntStream.range(0, signs.size()).mapToObj(k -> signs.get(k) > 0 ? of.apply(node.arg(k))
            : of.apply(node.arg(k)).map(term -> term.times(signs.get(k)))).toList();
    }

    /// Factors, and squares of them, divided by what derives nothing.
    private @Nullable Network power(Node node, Function<Expr, Network> of) {
        var powers = node.powers();
        if (!powers.contains(1.0) && !powers.contains(2.0)) return null;
        var factors = new ArrayList<Network>();
        for (int k = 0; k < powers.size(); k++) {
            double power = powers.get(k);
            if (power == 0) continue;
            boolean isFew = power == -1 || power == 1 || power == 2;
            if (!isFew || node.arg(k).type().dtype() != node.types().getFirst().dtype()) return null;
            if (power < 0 && of.apply(node.arg(k)).derives()) return null;
            if (power < 0) factors.add(atom(reciprocal(node.arg(k))));
            for (int times = 0; times < power; times++) factors.add(of.apply(node.arg(k)));
        }
        return product(factors);
    }

    /// An expression whose value is simply computed; products and structure in it are seen, so that they can be reordered.
    Network atom(Expr e) { return atom(e, DEEPEST); }

    private Network atom(Expr e, int depth) {
        var node = e.node();
        if (e.type().rank() == 0 && node.op() instanceof Constant(var value, var _))
            return new Network(List.of(new Product(value.toDouble(), List.of())), List.of());
        var found = depth > 0 && isStructured(e, depth) ? read(node, arg -> atom(arg, depth - 1)) : null;
        if (found != null) return found;
        return Network.of(e, labels);
    }

    /// Whether it is read once, where it is a product, thin, so that products with it are taken apart anyway, or a matrix that is only
    /// scaled, or may only be flat and back.
    private boolean isStructured(Expr e, int depth) {
        if (depth == 0 || Thin.isThin(e, depth)) return depth > 0;
        boolean isSum = e.node().isSum(), isProduct = e.node().isProduct();
        if (isSum && e.type().rank() < 2) return false;   // a sum of vectors is one vector, swept once
        if (isProduct && e.type().rank() > 1 && Thin.multiplied(e) != e) return true;
        return switch (e.node().op()) {
            case Contract _ -> isReadOnce.test(e.node());
            case Sum _ -> isReadOnce.test(e.node()) && isStructured(e.node().arg(0), depth - 1);
            case Reshape _ when e.type().rank() > 1 && e.type().rank() == e.node().arg(0).type().rank() -> true;
            case DimShuffle _, Reshape _ -> isStructured(e.node().arg(0), depth - 1);
            default -> (isSum || isProduct || e.node().isNegation()) && e.node().args().stream().anyMatch(a -> isStructured(a, depth - 1));
        };
    }

    private static Expr reciprocal(Expr e) {
        var node = e.node();
        if (!(node.op() instanceof BroadcastTo || node.op() instanceof DimShuffle)) return Div.div(Constant.of(1, e.type().dtype()), e);
        var args = new ArrayList<>(node.args());
        args.set(0, reciprocal(args.getFirst()));
        return Expr.of(node.op(), args);
    }

    /// A symmetric one has rows of the same sizes as its columns, whatever the graph shows.
    private Network derived(Node node, boolean symmetric) {
        var all = labels.of(node.result(0));
        int rank = all.size() - node.arg(0).type().rank();
        var x = all.subList(rank, all.size());
        Agreed.learn(node, all, labels);
        var y = symmetric ? x.stream().map(labels::again).toList() : all.subList(0, rank);
        return new Network(List.of(Product.of(new Derived(node, y, x))), Factor.joined(y, x));
    }

    private Network sum(List<Network> parts) {
        if (parts.size() == 1) return parts.getFirst();
        var first = parts.getFirst().fresh(labels);
        return parts.stream().skip(1).map(p -> p.at(first.out(), labels)).reduce(first, Network::sum);
    }

    private Network product(List<Network> parts) {
        var first = parts.getFirst().fresh(labels);
        return parts.stream().skip(1).map(p -> p.at(first.out(), labels)).reduce(first, (a, b) -> Network.product(a, b, first.out()));
    }

    private Network shuffled(Network x, List<Integer> pattern) {
        return x.to(pattern.stream().map(d -> d == DimShuffle.NEW ? labels.fresh(Constant.index(1)) : x.out().get(d)).toList());
    }

    /// Axes that are repeated have labels of their own; those of size 1 under them are summed, over one element.
    private Network repeated(Node node, Network x) {
        int rank = node.args().size() - 1, missing = rank - x.out().size();
        var out = new ArrayList<Integer>();
        for (int axis = 0; axis < rank; axis++) {
            boolean own = axis >= missing && (node.arg(0).type().dim(axis - missing) != 1 || node.arg(axis + 1).isConstant(1));
            out.add(own ? x.out().get(axis - missing) : labels.fresh(node.arg(axis + 1)));
        }
        return x.to(out);
    }

    private Network left(Node by, Network x, List<Integer> to) { return x.summedTo(to.stream().map(x.out()::get).toList(), labels, by); }

    private Network mean(Node node, Mean mean, Function<Expr, Network> of) {
        var x = of.apply(node.arg(0));
        var left = mean.left(x.out().size());
        var dtype = node.types().getFirst().dtype();
        var count = IntStream.range(0, x.out().size()).filter(i -> !left.contains(i)).mapToObj(i -> labels.size(x.out().get(i)))
            .reduce(Mul::mul).orElse(Constant.index(1));
        var share = new Dense(Div.div(Constant.of(1, dtype), Cast.cast(count, dtype)), List.of());
        return left(node, x.map(term -> term.and(share)), left);
    }

    private Network contracted(Node node, Contract op, Network a, Network b) {
        var axes = new ArrayList<Integer>();
        var first = a.fresh(labels);
        for (int label : op.right()) axes.add(op.left().contains(label) ? first.out().get(op.left().indexOf(label)) : null);
        var second = b.fresh(labels);
        for (int i = 0; i < axes.size(); i++) if (axes.get(i) == null) axes.set(i, second.out().get(i));
        var placed = second.at(axes, labels);
        var out = op.out().stream().map(label ->
            op.left().contains(label) ? first.out().get(op.left().indexOf(label)) : axes.get(op.right().indexOf(label))).toList();
        return Network.product(first, placed, Factor.joined(first.out(), axes)).summedTo(out, labels, node);
    }

    /// One label for row and column; where they may differ in size, for what both have.
    private Network diagonal(Network x) {
        int rank = x.out().size(), row = x.out().get(rank - 2), column = x.out().get(rank - 1);
        labels.learn(x.labels());
        if (labels.same(row, column)) return x.renamed(label -> label == column ? row : label).to(x.out().subList(0, rank - 1));
        var least = Labels.least(labels.size(row), labels.size(column));
        int both = labels.fresh(least);
        return x.map(term -> term.and(moves.firstOf(row, both, least)).and(moves.firstOf(column, both, least)))
            .to(Factor.joined(x.out().subList(0, rank - 2), List.of(both)));
    }

    private @Nullable Network fromDiagonal(Node node, Network x) {
        int row = x.out().getLast();
        if (!labels.isOf(row, node.arg(1)) || !labels.isOf(row, node.arg(2))) return null;
        int column = labels.again(row);
        return x.map(term -> term.and(new Delta(row, column))).to(Factor.joined(x.out(), List.of(column)));
    }

    private Network eye(Node node) {
        int row = labels.fresh(node.arg(0)), column = labels.fresh(node.arg(0));
        return new Network(List.of(Product.of(new Delta(row, column))), List.of(row, column));
    }
}
