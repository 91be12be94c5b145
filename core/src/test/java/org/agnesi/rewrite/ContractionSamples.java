package org.agnesi.rewrite;

import static org.agnesi.op.Constant.constant;
import static org.agnesi.rewrite.RuleSamples.A;
import static org.agnesi.rewrite.RuleSamples.eye;
import static org.agnesi.rewrite.RuleSamples.repeated;
import static org.agnesi.rewrite.RuleSamples.variable;
import static org.agnesi.rewrite.RuleSamples.x;

import java.util.List;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Length;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Products;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// Products of tensors that their rules must rewrite.
final class ContractionSamples {
    private ContractionSamples() {}

    private static Expr B() { return variable("B", 3, -1); }

    private static Expr inner(Expr a, Expr b) { return Contract.contract(a, List.of(1, 2), b, List.of(1, 2), List.of()); }

    static List<Expr> transposedProducts() { return List.of(DimShuffle.transpose(Products.dot(A(), B()))); }

    static List<Expr> productsOfTransposed() {
        return List.of(Products.dot(DimShuffle.transpose(B()), B()), Products.dot(A(), DimShuffle.transpose(A())),
            Products.dot(DimShuffle.transpose(A()), x()), inner(A(), DimShuffle.transpose(B())));
    }

    static List<Expr> productsOfTurnedTerms() { return List.of(inner(DimShuffle.transpose(A()), B())); }

    static List<Expr> productsWithEye() {
        return List.of(Products.dot(A(), eye(3)), Products.dot(eye(3), B()), Products.dot(eye(3), variable("w", 3)),
            Products.dot(DimShuffle.transpose(B()), eye(3)));
    }

    static List<Expr> productsWithZeros() {
        return List.of(Products.dot(A(), constant(new double[3])), Products.dot(repeated(constant(0.0), A()), B()));
    }

    static List<Expr> diagonalsOfOnes() {
        return List.of(FromDiagonal.fromDiagonal(repeated(constant(1.0), variable("x", -1)), 0),
            FromDiagonal.fromDiagonal(repeated(constant(1.0), variable("w", 3)), 0));
    }

    static List<Expr> productsWithScalars() {
        var s = variable("s");
        return List.of(Contract.contract(s, List.of(), A(), List.of(0, 1), List.of(0, 1)),
            Contract.contract(A(), List.of(0, 1), s, List.of(), List.of(1, 0)));
    }

    /// A matrix repeated along labels of the other factor and the result, of the other alone, of the result alone, of nothing.
    static List<Expr> productsWithRepeated() {
        Expr T = variable("T", -1, 3, -1), m = variable("m", 3, 3), n = Length.length(T, 0);
        var repeated = BroadcastTo.broadcastTo(m, List.of(n, constant(3L), Length.length(m, 1)));
        var row = BroadcastTo.broadcastTo(variable("r", 1, 3), List.of(n, constant(3L)));
        return List.of(Contract.contract(repeated, List.of(0, 1, 2), T, List.of(0, 1, 3), List.of(0, 2, 3)),
            Contract.contract(T, List.of(0, 1, 3), repeated, List.of(0, 1, 2), List.of(3, 1, 2)),
            Contract.contract(A(), List.of(2, 3), repeated, List.of(0, 1, 3), List.of(2, 0, 1)),
            Contract.contract(repeated, List.of(0, 1, 2), A(), List.of(3, 1), List.of(3, 2)),
            Contract.contract(row, List.of(0, 1), T, List.of(0, 1, 2), List.of(2)));
    }

    static List<Expr> sumsOfProducts() {
        return List.of(Sum.sum(Products.dot(A(), B()), Axes.over(0)), Sum.sum(Products.dot(A(), B())),
            Sum.sum(Contract.contract(A(), List.of(0, 1), B(), List.of(1, 2), List.of(0, 1, 2)), Axes.over(0, 1)));
    }

    static List<Expr> productsOfNegs() { return List.of(Products.dot(Neg.neg(A()), B()), Products.dot(A(), Neg.neg(variable("w", 3)))); }

    static List<Expr> productsOfMultiples() {
        return List.of(Products.dot(Mul.mul(constant(2.0), A()), B()), Products.dot(A(), Mul.mul(constant(-3.0), variable("w", 3))));
    }

    static List<Expr> productsOfFractions() { return List.of(Products.dot(Mul.mul(constant(0.5), A()), B())); }

    static List<Expr> productsWithDiagonals() {
        var w = FromDiagonal.fromDiagonal(variable("w", 3), 0);
        return List.of(Products.dot(diag("x"), variable("B", -1, 3)), Products.dot(variable("A", -1, 3), w),
            Products.dot(w, variable("v", 3)),
            Contract.contract(variable("C", 2, 3), List.of(0, 1), w, List.of(1, 2), List.of(2, 0)));
    }

    static List<Expr> sumsOfDiagonals() {
        return List.of(Sum.sum(diag("x"), Axes.over(0)), Sum.sum(diag("x")),
            Sum.sum(FromDiagonal.fromDiagonal(variable("w", 3), 0), Axes.over(1)));
    }

    private static Expr diag(String v) { return FromDiagonal.fromDiagonal(variable(v, -1), 0); }
}
