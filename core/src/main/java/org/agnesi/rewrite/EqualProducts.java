package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Pow;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Interner;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Products of the same factors are one, however they are nested: `(x·y)/z` and `x·(y·(1/z))`; of two, the first stays. So are
/// `dot(A, p - q)` and `dot(A, q - p)`, but for a sign, and `dot(A, c·p)` is `c·dot(A, p)` where that is there.
///
/// Derivatives are full of them. A factor that is both multiplied with and divided by is left alone: x·y is finite
/// where `x²·y/x` is not.
final class EqualProducts {
    private static final int MOST_FACTORS = 12;

    private final Interner interner;
    private final Map<Expr, Product> products = new IdentityHashMap<>();
    private final Map<Map<Expr, Double>, Expr> known = new HashMap<>();
    private final Map<Contracted, Scaled> contracted = new HashMap<>();
    private final Map<List<Expr>, Expr> differences = new HashMap<>();

    /// @param interner of the graph's nodes
    EqualProducts(Interner interner) { this.interner = interner; }

    /// A contraction with its operands in one order, whichever was written: `dot(v, W)` is `dot(W.T, v)`.
    private record Contracted(Contract op, Expr a, Expr b) {
        static Contracted of(Contract op, Expr a, Expr b) {
            return a.node().number() <= b.node().number() ? new Contracted(op, a, b)
                : new Contracted(new Contract(op.right(), op.left(), op.out()), b, a);
        }
    }

    /// `by · of`
    private record Scaled(double by, Expr of) {}

    /// `coefficient · Π factor^power`
    private record Product(double coefficient, Map<Expr, Double> powers) {
        static Product of(Expr e) { return new Product(1, Map.of(e, 1.0)); }

        /// This times `other^power`; null where a factor cancels, or there are too many.
        @Nullable Product times(Product other, double power) {
            var merged = new HashMap<>(powers);
            for (var entry : other.powers.entrySet()) {
                double before = merged.getOrDefault(entry.getKey(), 0.0), more = entry.getValue() * power;
                if (before * more < 0) return null;
                merged.put(entry.getKey(), before + more);
            }
            double c = coefficient * Math.pow(other.coefficient, power);
            return merged.size() > MOST_FACTORS || c == 0 || !Double.isFinite(c) ? null : new Product(c, merged);
        }
    }

    /// What computes the same as `e` already, or `e`, which then is the one for others.
    Expr first(Expr e) {
        if (!e.type().dtype().isFloating()) return e;
        if (e.node().op() instanceof Contract op) return contracted(e, op);
        var product = product(e);
        products.put(e, product);
        if (isRepeated(e) || product.powers.containsKey(e) || product.powers.isEmpty()) return e;
        var earlier = known.putIfAbsent(product.powers, e);
        if (earlier == null || earlier == e || !earlier.type().equals(e.type())) return e;
        double ratio = product.coefficient / coefficient(earlier);
        return ratio == 1 ? earlier : ratio == -1 && !e.node().isNegation() ? Neg.neg(earlier) : e;
    }

    /// A contraction of what others contract, or of multiples of it, is a multiple of theirs: of an outer product if it is the same.
    private Expr contracted(Expr e, Contract op) {
        var a = scaled(e.node().arg(0));
        var b = scaled(e.node().arg(1));
        var own = new Scaled(a.by * b.by, e);
        var earlier = contracted.putIfAbsent(Contracted.of(op, a.of, b.of), own);
        if (earlier == null || !earlier.of.type().equals(e.type())) return e;
        double ratio = own.by / earlier.by;
        boolean sums = !op.out().containsAll(op.left()) || !op.out().containsAll(op.right());
        if (Math.abs(ratio) != 1 && (!sums || !Double.isFinite(ratio) || ratio == 0)) return e;
        var made = ratio == 1 ? earlier.of : ratio == -1 ? Neg.neg(earlier.of) : Mul.mul(Constant.of(ratio, e.type().dtype()), earlier.of);
        if (ratio != 1) products.put(made, new Product(ratio, Map.of(earlier.of, 1.0)));
        return made;
    }

    /// The first product of the same factors, or the first of two differences, and how often it is this.
    private Scaled scaled(Expr e) {
        var first = positive(e);
        if (first != e) return new Scaled(-1, first);
        var product = products.get(e);
        if (product == null) return new Scaled(1, e);
        var one = product.powers.size() == 1 ? product.powers.entrySet().iterator().next() : null;
        var factors = one != null && one.getValue() == 1.0 ? one.getKey() : known.get(product.powers);
        return factors == null || !factors.type().equals(e.type()) ? new Scaled(1, e)
            : new Scaled(product.coefficient / coefficient(factors), factors);
    }

    private double coefficient(Expr e) { return products.getOrDefault(e, Product.of(e)).coefficient; }

    /// The first of two differences, `p - q` or `q - p`; all else itself.
    private Expr positive(Expr e) {
        if (!e.node().signs().equals(List.of(1, -1))) return e;
        var turned = differences.get(e.node().args().reversed());
        return turned != null && turned.type().equals(e.type()) ? turned : differences.computeIfAbsent(e.node().args(), _ -> e);
    }

    private Product product(Expr e) {
        var args = e.node().args();
        var found = switch (e.node().op()) {
            case BroadcastTo _, DimShuffle _ -> repeated(e);
            case Pow _ -> isWhole(Uniform.valueOf(args.get(1))) ? one().times(of(args.get(0), e), Uniform.valueOf(args.get(1))) : null;
            default -> e.node().isNegation() ? new Product(-1, Map.of()).times(of(args.get(0), e), 1) : all(e, e.node().powers());
        };
        return found == null ? Product.of(e) : found;
    }

    /// Whether elements of one tensor stand where the product needs them.
    private static boolean isRepeated(Expr e) { return e.node().op() instanceof BroadcastTo || e.node().op() instanceof DimShuffle; }

    /// `repeat(x·y)` as the product of what is repeated, which others may have made of `repeat(x)` and `repeat(y)`.
    private @Nullable Product repeated(Expr e) {
        var inner = products.get(e.node().arg(0));
        if (inner == null || inner.powers.keySet().stream().anyMatch(x -> !x.type().equals(e.node().arg(0).type()))) return null;
        var powers = new HashMap<Expr, Double>();
        inner.powers.forEach((x, power) -> powers.put(repeated(e.node(), x), power));
        return new Product(inner.coefficient, powers);
    }

    private Expr repeated(Node repeat, Expr x) {
        var args = new ArrayList<>(repeat.args());
        args.set(0, x);
        return interner.first(repeat.with(args)).result(0);
    }

    private static boolean isWhole(double power) { return power == Math.rint(power) && power != 0 && Math.abs(power) <= 512; }

    private @Nullable Product all(Expr e, List<Double> powers) {
        if (powers.isEmpty() || !powers.stream().allMatch(EqualProducts::isWhole)) return null;
        Product product = one();
        for (int k = 0; k < powers.size(); k++) {
            if (product == null) return null;
            product = product.times(of(e.node().arg(k), e), powers.get(k));
        }
        return product;
    }

    private static Product one() { return new Product(1, Map.of()); }

    /// A factor of `whole`: taken apart where that is known, a number where it is one.
    private Product of(Expr factor, Expr whole) {
        double number = Uniform.valueOf(factor);
        if (number != 0 && Double.isFinite(number)) return new Product(number, Map.of());
        return factor.type().dtype() == whole.type().dtype() ? products.getOrDefault(factor, Product.of(factor)) : Product.of(factor);
    }
}
