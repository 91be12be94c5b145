package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.agnesi.array.DType;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Div;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Pow;
import org.agnesi.op.Reshape;
import org.agnesi.op.Slice;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;

/// A product taken apart, `c · x^p · y^q …`, and put together again with each factor once.
final class ProductOfPowers {
    private static final int MOST_FACTORS = 64;

    private final Predicate<Expr> spare;
    private final Strictness strictness;
    private final Map<Expr, Double> powers = new LinkedHashMap<>();
    private double coefficient = 1;
    private double divisor = 1;
    private int found;
    private boolean regular = true;

    /// @param spare whether an operand is used only here
    ProductOfPowers(Predicate<Expr> spare, Strictness strictness) {
        this.spare = spare;
        this.strictness = strictness;
    }

    /// `e` in normal form; `e` itself where it is in it, or where taking it apart might change what is finite.
    Expr of(Expr e) {
        var dtype = e.type().dtype();
        take(e, 1, true, dtype);
        if (!regular || powers.isEmpty()) return e;
        var numerators = new ArrayList<Expr>();
        var divisors = new ArrayList<Expr>();
        powers.forEach((base, power) -> { if (power != 0) (power > 0 ? numerators : divisors).add(power(base, Math.abs(power))); });
        if (divisors.size() > 1) return e;   // their product might be zero where no one of them is
        var c = quotient(dtype);
        if (!regular) return e;
        return same(e, assemble(c, numerators, divisors, dtype));
    }

    private void take(Expr e, int sign, boolean isTop, DType dtype) {
        var args = e.node().args();
        boolean opens = isTop || spare.test(e) && e.type().dtype() == dtype;
        var literal = Uniform.of(e);
        if (++found > MOST_FACTORS) regular = false;
        if (!regular) return;
        if (literal != null) number(literal.toDouble(), sign);
        else if (opens && isQuotient(e.node())) {
            var powers = e.node().powers();
            for (int k = 0; k < powers.size(); k++) take(args.get(k), powers.get(k) > 0 ? sign : -sign, false, dtype);
        } else if (opens && e.node().isNegation()) {
            coefficient = -coefficient;
            take(args.getFirst(), sign, false, dtype);
        } else if (opens && e.node().op() instanceof Pow && isWhole(Uniform.valueOf(args.get(1)))) {
            factor(args.getFirst(), sign * Uniform.valueOf(args.get(1)));
        } else if (opens && isMoved(e.node().op()) && spare.test(args.getFirst())) factor(unscaled(e, sign), sign);
        else factor(e, sign);
    }

    /// Whether args multiply and divide each other.
    private static boolean isQuotient(Node node) {
        return node.powers().size() > 1 && node.powers().stream().allMatch(power -> Math.abs(power) == 1);
    }

    /// Whether elements are only moved, each to one place at most.
    private static boolean isMoved(Op op) { return op instanceof Slice || op instanceof DimShuffle || op instanceof Reshape; }

    /// `x[1:]` of `(c·x)[1:]`, the number put in front of all.
    private Expr unscaled(Expr e, int sign) {
        var scaled = e.node().arg(0);
        var factors = scaled.node().args();
        var literal = scaled.node().isProduct() ? Uniform.of(factors.getFirst()) : null;
        var rest = literal == null ? e : product(factors.subList(1, factors.size()));
        if (literal == null || !rest.type().equals(scaled.type())) return e;
        number(literal.toDouble(), sign);
        var args = new ArrayList<>(e.node().args());
        args.set(0, rest);
        return e.node().with(args).result(0);
    }

    private static boolean isWhole(double power) { return power == Math.rint(power) && Math.abs(power) <= 512; }

    private void number(double value, int sign) {
        if (sign > 0) coefficient *= value;
        else divisor *= value;
    }

    /// A power of 0 is 1 only for finite bases other than 0.
    private void factor(Expr base, double power) {
        double sum = powers.merge(base, power, Double::sum);
        if (sum == 0 && !strictness.allows(RuleClass.FINITE)) regular = false;
    }

    /// The number in front: whole where the divisor divides it, else left to a division.
    private double quotient(DType dtype) {
        boolean exact = coefficient % divisor == 0 || Math.abs(Math.getExponent(divisor)) < 64
            && divisor == Math.scalb(1.0, Math.getExponent(divisor));
        if (exact) {
            coefficient /= divisor;
            divisor = 1;
        } else if (Math.abs(coefficient) != 1) {
            coefficient /= divisor;
            divisor = 1;
        }
        regular = fits(coefficient, dtype) && fits(divisor, dtype);
        return coefficient;
    }

    private static boolean fits(double c, DType dtype) {
        if (!dtype.isFloating()) return c == Math.rint(c) && Math.abs(c) < 1L << 31 && c >= dtype.minValue() && c <= dtype.maxValue();
        double size = Math.abs(dtype == DType.FLOAT32 ? (float) c : c);
        return size >= (dtype == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL) && size <= Double.MAX_VALUE;
    }

    private static Expr power(Expr base, double power) { return power == 1 ? base : Pow.pow(base, Constant.constant(power)); }

    private Expr assemble(double c, List<Expr> numerators, List<Expr> divisors, DType dtype) {
        var factors = new ArrayList<Expr>();
        boolean negated = c < 0;
        if (Math.abs(c) != 1 || numerators.isEmpty() && divisors.isEmpty()) factors.add(Constant.of(Math.abs(c), dtype));
        factors.addAll(numerators);
        var denominators = new ArrayList<>(divisors);
        if (divisor != 1) denominators.add(Constant.of(divisor, dtype));
        var top = factors.isEmpty() ? Constant.of(1, dtype) : product(factors);
        var quotient = denominators.isEmpty() ? top : Div.div(top, product(denominators));
        return negated ? Neg.neg(quotient) : quotient;
    }

    private static Expr product(List<Expr> factors) { return factors.size() == 1 ? factors.getFirst() : new Mul().apply(factors); }

    /// `e` where `made` is built of the same things in the same way, so that a second pass changes nothing.
    private static Expr same(Expr e, Expr made) { return Same.structure(e, made, 4) ? e : made; }
}
