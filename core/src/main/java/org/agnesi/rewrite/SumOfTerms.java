package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.agnesi.array.DType;
import org.agnesi.op.Add;
import org.agnesi.op.Constant;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Sub;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Interner;

/// A sum taken apart, `c₀ + c₁·x + c₂·y …`, and put together again with each term once.
final class SumOfTerms {
    private static final int MOST_TERMS = 64;

    private final Predicate<Expr> spare;
    private final Interner interner;
    private final Strictness strictness;
    private final Map<Expr, Double> terms = new LinkedHashMap<>();
    private double constant;
    private int found;
    private boolean regular = true;

    /// @param spare    whether an operand is used only here
    /// @param interner makes equal products one, so that their coefficients add up
    SumOfTerms(Predicate<Expr> spare, Interner interner, Strictness strictness) {
        this.spare = spare;
        this.interner = interner;
        this.strictness = strictness;
    }

    /// `e` in normal form; `e` itself where it is in it.
    Expr of(Expr e) {
        var dtype = e.type().dtype();
        take(e, 1, true, dtype);
        if (!regular) return e;
        for (var x : List.copyOf(terms.keySet())) if (x.node().isSum() && spare.test(x)) within(x);
        var joined = CommonTensor.joined(terms, spare);
        var plus = new ArrayList<Expr>();
        var minus = new ArrayList<Expr>();
        boolean anyPlus = joined.values().stream().anyMatch(c -> c > 0);
        if (constant > 0 || constant < 0 && !anyPlus) plus.add(number(constant, dtype));
        if (constant < 0 && anyPlus) minus.add(number(-constant, dtype));
        joined.forEach((x, c) -> { if (c != 0) (c > 0 ? plus : minus).add(times(Math.abs(c), x, dtype)); });
        if (!regular || plus.isEmpty() && minus.isEmpty()) return e;
        var made = minus.isEmpty() ? sum(plus) : plus.isEmpty() ? Neg.neg(sum(minus)) : Sub.sub(sum(plus), sum(minus));
        return Same.structure(e, made, 4) ? e : made;
    }

    private void take(Expr e, double sign, boolean isTop, DType dtype) {
        var args = e.node().args();
        boolean sameDtype = e.type().dtype() == dtype;
        boolean opens = isTop || spare.test(e) && sameDtype;
        var literal = Uniform.of(e);
        if (++found > MOST_TERMS) regular = false;
        if (!regular) return;
        if (literal != null) constant += sign * literal.toDouble();
        else if (opens && e.node().isSum() || sameDtype && e.node().isNegation()) {
            var signs = e.node().signs();
            for (int k = 0; k < signs.size(); k++) take(args.get(k), sign * signs.get(k), false, dtype);
        } else if (sameDtype && e.node().isProduct() && Uniform.of(args.getFirst()) != null && (args.size() == 2 || spare.test(e)))
            term(product(args.subList(1, args.size())), sign * Uniform.valueOf(args.getFirst()), dtype);
        else term(e, sign, dtype);
    }

    /// `c·(x + y) + c·z` → `c·(x + y + z)`, where what is added inside meets what is added outside.
    private void within(Expr sum) {
        double c = Math.abs(terms.getOrDefault(sum, 0.0));
        var alike = terms.keySet().stream().filter(x -> Math.abs(terms.get(x)) == c && x.type().equals(sum.type())).toList();
        if (c == 0 || c == 1 || alike.size() < 2) return;
        var plus = alike.stream().map(x -> Objects.requireNonNull(terms.remove(x)) < 0 ? Neg.neg(x) : x).reduce(Add::add).orElseThrow();
        terms.merge(new SumOfTerms(spare, interner, strictness).of(plus), c, Double::sum);
    }

    private Expr product(List<Expr> factors) {
        return factors.size() == 1 ? factors.getFirst() : interner.first(new Mul().apply(factors).node()).result(0);
    }

    /// Terms that cancel stay where they might be infinite: ∞ − ∞ is not 0.
    private void term(Expr x, double c, DType dtype) {
        double sum = terms.merge(x, c, Double::sum);
        if (!Double.isFinite(sum) || sum == 0 && dtype.isFloating() && !strictness.allows(RuleClass.FINITE)) regular = false;
    }

    private Expr number(double c, DType dtype) {
        if (!dtype.isFloating() && (c != Math.rint(c) || c < dtype.minValue() || c > dtype.maxValue())) regular = false;
        return Constant.of(c, dtype);
    }

    private Expr times(double c, Expr x, DType dtype) {
        if (c == 1) return x;
        var factors = new ArrayList<Expr>();
        factors.add(number(c, dtype));
        if (x.node().isProduct() && x.type().dtype() == dtype) factors.addAll(x.node().args());
        else factors.add(x);
        return new Mul().apply(factors);
    }

    private static Expr sum(List<Expr> terms) { return terms.size() == 1 ? terms.getFirst() : new Add().apply(terms); }
}
