package org.agnesi.rewrite;

import static org.agnesi.op.Constant.constant;
import static org.agnesi.rewrite.RuleSamples.variable;

import java.util.List;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Indexing;
import org.agnesi.op.Mul;
import org.agnesi.op.Products;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Index;
import org.agnesi.symbolic.Region;

/// What the rules of [Padding] are tried on.
final class PaddingSamples {
    private PaddingSamples() {}

    /// Zeros of three elements, written to.
    private static Region zeros(Object... places) { return Indexing.at(constant(new double[3]), places); }

    static List<Expr> productsWithPuts() {
        var a = variable("A", 2, 3);
        return List.of(Products.dot(a, zeros(1).set(variable("v"))), Products.dot(zeros(-1).add(variable("v")), variable("B", 3, 2)),
            Products.dot(a, zeros(new Index.Range(1, null, 1)).set(variable("w", 2))));
    }

    static List<Expr> mulsWithPuts() {
        return List.of(Mul.mul(variable("w", 3), zeros(1).set(variable("v"))), Mul.mul(zeros(0).add(variable("v")), variable("w", 3)));
    }

    static List<Expr> turnedPuts() {
        var zeros = constant(new double[][] {{0, 0, 0}, {0, 0, 0}});
        return List.of(DimShuffle.transpose(Indexing.at(zeros, 1).set(variable("w", 3))),
            DimShuffle.transpose(Indexing.at(zeros, new Index.Range(null, null, 1), new Index.Range(1, null, 1)).add(variable("C", 2, 2))));
    }

    static List<Expr> productsWithOnes() {
        var ones = constant(new double[] {1, 1, 1});
        return List.of(Products.dot(variable("A", 2, 3), ones), Products.dot(ones, variable("B", 3, 2)),
            Products.dot(variable("w", 3), Mul.mul(constant(-2.5), ones)));
    }
}
