package org.agnesi.op;

import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// The elementwise sum `a + b`, of more than two in normal form.
public record Add() implements Nary {
    public static Expr add(Expr a, Expr b) { return new Add().apply(a, b); }

    @Override public double eval(double a, double b) { return a + b; }
    @Override public long eval(long a, long b) { return a + b; }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.add(a, b); }
    @Override public List<Integer> signs(List<Expr> in) { return Collections.nCopies(in.size(), 1); }
    @Override public Symbol symbol() { return Symbol.infix("+", Symbol.SUM); }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        return in.stream().map(_ -> Partial.symmetric(g -> g)).toList();
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) {
        return y.type().dtype().isFloating() && in.stream().allMatch(of);
    }
}
