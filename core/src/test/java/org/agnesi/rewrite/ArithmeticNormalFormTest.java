package org.agnesi.rewrite;

import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.cos;
import static org.agnesi.Tensors.dimshuffle;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.compile.Pipeline;
import org.agnesi.derive.Gradient;
import org.agnesi.op.Contract;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

class ArithmeticNormalFormTest {
    private final Expr x = dscalar("x"), y = dscalar("y"), z = dscalar("z");

    private static List<Expr> collected(Strictness strictness, Expr... roots) { return new ArithmeticNormalForm(strictness).run(List.of(roots), new Trace()); }

    private static Expr rewritten(Expr root) { return Pipeline.of(Strictness.DEFAULT).rewrite(List.of(root)).roots().getFirst(); }

    private static Expr collected(Expr root) { return collected(Strictness.DEFAULT, root).getFirst(); }

    @Test void sumsAreFlattened() { assertThat(collected(add(add(x, y), add(z, 1)))).hasToString("1.0 + x + y + z"); }

    @Test void equalTermsCollect() { assertThat(collected(add(add(x, y), x))).hasToString("2.0 * x + y"); }

    @Test void multiplesCollect() { assertThat(collected(sub(mul(3, x), mul(x, 0.5)))).hasToString("2.5 * x"); }

    @Test void multiplesOfProductsCollect() { assertThat(collected(add(mul(mul(2, x), y), mul(x, y)))).hasToString("3.0 * x * y"); }

    @Test void whatIsAddedInsideMultiplesMeetsWhatIsAddedOutside() {
        assertThat(collected(add(mul(3, add(mul(x, y), z)), mul(3, mul(x, y))))).hasToString("3.0 * (2.0 * x * y + z)");
        assertThat(collected(sub(mul(3, add(x, y)), mul(3, z)))).hasToString("3.0 * ((x + y) - z)");
        assertThat(collected(add(mul(3, add(x, y)), mul(2, z)))).as("other numbers").hasToString("3.0 * (x + y) + 2.0 * z");
        var shared = add(x, y);
        assertThat(collected(Strictness.DEFAULT, add(mul(3, shared), mul(3, z)), shared).getFirst()).as("others read it")
            .hasToString("3.0 * (x + y) + 3.0 * z");
    }

    @Test void contractionsOfMultiplesAreMultiples() {
        var a = dmatrix("A");
        var p = dvector("p");
        var q = dvector("q");
        var u = dvector("u");
        assertThat(rewritten(sub(mul(u, dot(a, p)), mul(q, dot(mul(3, p), a.T()))))).hasToString("u * (A \\dot p) - 3.0 * q * (A \\dot p)");
        assertThat(rewritten(add(outer(mul(0.5, p), q), outer(p, mul(0.5, q))))).hasToString("2.0 * outer(0.5 * p, q)");
    }

    @Test void productsThatAreRepeatedAreOneWithThoseOfWhatIs() {
        var a = dmatrix("A");
        var p = dvector("p");
        var q = dvector("q");
        assertThat(rewritten(add(mul(mul(a, p), q), mul(a, mul(p, q))))).hasToString("2.0 * A * p * q");
        assertThat(rewritten(add(mul(mul(a, dimshuffle(p, 0, "x")), dimshuffle(q, 0, "x")), mul(a, dimshuffle(mul(p, q), 0, "x")))))
            .hasToString("2.0 * A * dimshuffle(p, 0, \"x\") * dimshuffle(q, 0, \"x\")");
    }

    @Test void negativeTermsAreSubtracted() { assertThat(collected(add(sub(neg(x), y), z))).hasToString("z - (x + y)"); }

    @Test void numbersGoInFront() { assertThat(collected(mul(mul(2, x), 3))).hasToString("6.0 * x"); }

    @Test void factorsBecomePowers() {
        assertThat(collected(mul(x, x))).hasToString("x ** 2.0");
        assertThat(collected(mul(x.pow(2), x))).hasToString("x ** 3.0");
        assertThat(collected(div(x.pow(3), x))).hasToString("x ** 2.0");
    }

    @Test void rootsDoNotBecomePowers() { assertThat(collected(mul(x.pow(0.5), x.pow(0.5)))).hasToString("(x ** 0.5) ** 2.0"); }

    @Test void aDivisionByANumberStays() { assertThat(collected(div(x, 3))).hasToString("x / 3.0"); }

    @Test void numbersInsideAViewGoInFront() {
        var v = dvector("v");
        assertThat(rewritten(mul(2, mul(3, v).get(from(1))))).hasToString("6.0 * v[1:]");
        assertThat(rewritten(mul(2, dmatrix("A").times(3).T()))).hasToString("6.0 * A.T");
    }

    @Test void numbersInsideAViewOfWhatOthersReadStay() {
        var scaled = mul(3, dvector("v"));
        assertThat(collected(Strictness.DEFAULT, mul(2, scaled.get(from(1))), scaled)).hasToString("[2.0 * (3.0 * v)[1:], 3.0 * v]");
    }

    @Test void whatBothSidesOfAChoiceReadIsTakenApartInEach() {
        var a = dmatrix("A");
        var p = dot(a, dvector("p"));
        var chosen = ifElse(gt(x, 0), add(p, dot(a, dvector("q"))), add(p, dvector("r")));
        assertThat(collected(chosen)).hasToString("ifElse(gt(x, 0), A \\dot (p + q), A \\dot p + r)");
        assertThat(collected(Strictness.DEFAULT, chosen, p).getFirst().node().arg(1)).hasToString("A \\dot p + A \\dot q");
    }

    @Test void numbersThatDivideCancel() { assertThat(collected(div(mul(6, x), 3))).hasToString("2.0 * x"); }

    @Test void signsMoveToTheFront() { assertThat(collected(mul(neg(x), div(y, neg(z))))).hasToString("(x * y) / z"); }

    @Test void whatIsUsedTwiceIsNotTakenApart() {
        var shared = add(x, y);
        var roots = collected(Strictness.DEFAULT, add(shared, z), shared);
        assertThat(roots.get(0).node().args()).containsExactly(shared, z);
    }

    @Test void termsThatCancelStayWhereTheyMayBeInfinite() {
        assertThat(collected(sub(add(x, y), x))).hasToString("(x + y) - x");
        assertThat(collected(div(mul(x, y), x))).hasToString("(x * y) / x");
    }

    @Test void termsThatCancelGoWhereTheyAreFinite() {
        assertThat(collected(Strictness.FINITE, sub(add(x, y), x)).getFirst()).isSameAs(y);
        assertThat(collected(Strictness.FINITE, div(mul(x, y), x)).getFirst()).isSameAs(y);
    }

    @Test void integersCancelAlways() {
        var i = tensor("i", DType.INT64);
        var j = tensor("j", DType.INT64);
        assertThat(collected(sub(add(i, j), i))).isSameAs(j);
    }

    @Test void mixedDtypesAreNotTakenApart() {
        var i = tensor("i", DType.INT8);
        var sum = add(x, add(i, i));
        assertThat(collected(sum).node().arg(1).type().dtype()).isEqualTo(DType.INT8);
    }

    @Test void aNumberThatOverflowsIsNotMade() {
        var product = mul(mul(1e200, x), 1e200);
        assertThat(collected(product)).hasToString("(1e+200 * x) * 1e+200");
    }

    @Test void quotientsOfQuotientsStay() {
        var quotient = div(div(x, y), z);
        assertThat(collected(quotient)).isSameAs(quotient);
    }

    @Test void strictLeavesSumsAsTheyAre() {
        var sum = add(add(x, y), x);
        assertThat(collected(Strictness.STRICT, sum)).containsExactly(sum);
    }

    @Test void vectorsKeepTheirType() {
        var v = dvector("v");
        var made = collected(mul(mul(2, v), mul(v, 3)));
        assertThat(made).hasToString("6.0 * v ** 2.0");
        assertThat(made.type()).isEqualTo(v.type());
    }

    @Test void aSecondTimeChangesNothing() {
        var once = collected(add(mul(mul(2, x), mul(y, 3)), sub(neg(z), mul(x, x))));
        assertThat(collected(once)).isSameAs(once);
    }

    @Test void productsOfTheSameFactorsAreOne() {
        var a = mul(sin(x), exp(x));
        var b = mul(a, y);
        var c = mul(sin(x), mul(exp(x), y));
        var merged = new Merge().run(List.of(a, b, cos(b), cos(c)), new Trace());
        var roots = collected(Strictness.DEFAULT, merged.toArray(Expr[]::new));
        assertThat(roots.get(2).node().arg(0)).isSameAs(roots.get(3).node().arg(0));
    }

    @Test void productsWithOneMatrixAreOne() {
        var a = dmatrix("A");
        var p = dvector("p");
        var q = dvector("q");
        assertThat(collected(add(dot(a, p), neg(dot(a, q))))).hasToString("A \\dot (p - q)");
        assertThat(collected(neg(add(dot(p, a), dot(q, a))))).hasToString("-((p + q) \\dot A)");
        assertThat(rewritten(add(dot(a, p), mul(2, dot(a, q))))).hasToString("A \\dot (p + 2.0 * q)");
    }

    @Test void soAreThoseOfWhichTheSameIsTakenOrMade() {
        var a = dmatrix("A");
        var p = dvector("p");
        var q = dvector("q");
        var u = dvector("u");
        assertThat(collected(add(dot(a, p).get(from(1)), neg(dot(a, q).get(from(1)))))).hasToString("(A \\dot (p - q))[1:]");
        assertThat(rewritten(add(mul(u, dot(a, p)), mul(-2, mul(dot(a, q), u))))).hasToString("u * (A \\dot (p - 2.0 * q))");
        assertThat(rewritten(sub(dot(a, p), dot(q, a.T())))).as("from either side").hasToString("A \\dot (p - q)");
        var apart = List.of(add(dot(a, p).get(from(1)), dot(a, q).get(upTo(-1))), add(mul(u, dot(a, p)), mul(q, dot(a, q))),
            add(concatenate(dot(a, p), u), concatenate(dot(a, q), u)));
        for (var sum : apart) assertThat(collected(sum)).isSameAs(sum);
    }

    @Test void soAreThoseToAPartOfWhichSomethingIsAdded() {
        var a = dmatrix("A");
        var p = dvector("p");
        var q = dvector("q");
        var u = dvector("u");
        var added = dot(a, p).at(from(1)).add(u);
        assertThat(collected(add(added, dot(a, q)))).hasToString("(A \\dot (p + q)).at[1:].add(u)");
        assertThat(collected(sub(dot(a, q), added))).hasToString("(A \\dot (q - p)).at[1:].add(-u)");
        assertThat(rewritten(add(mul(2, dot(a, q)).at(upTo(1)).add(p), added)))
            .hasToString("(2.0 * (A \\dot …)).at[1:].add(u).at[:1].add(p)");
        var apart = List.of(add(added, u), add(dot(a, p).at(from(1)).set(u), dot(a, q)));
        for (var sum : apart) assertThat(collected(sum)).isSameAs(sum);
    }

    @Test void productsThatOthersReadStayTwo() {
        var product = dot(dmatrix("A"), dvector("p"));
        var sum = add(product, dot(product.node().arg(0), dvector("q")));
        assertThat(collected(Strictness.DEFAULT, sum, exp(product)).getFirst()).isSameAs(sum);
    }

    @Test void matricesAreNotAddedForTheirProductsWithOneVector() {
        var v = dvector("v");
        var sum = add(dot(dmatrix("A"), v), dot(dmatrix("B"), v));
        assertThat(collected(sum)).isSameAs(sum);
    }

    @Test void aProductWrittenFromEitherSideIsOne() {
        var a = dmatrix("A");
        var v = dvector("v");
        var turned = Contract.contract(a, List.of(0, 1), v, List.of(0), List.of(1));
        var roots = collected(Strictness.DEFAULT, dot(v, a), turned);
        assertThat(roots.get(1)).isSameAs(roots.get(0));
    }

    @Test void aProductWithADifferenceTurnedAroundIsTheOtherNegated() {
        var a = dmatrix("A");
        var p = dvector("p");
        var q = dvector("q");
        var roots = collected(Strictness.DEFAULT, tanh(dot(a, sub(p, q))), exp(dot(a, sub(q, p))));
        assertThat(roots.get(1)).hasToString("exp(-(A \\dot (p - q)))");
        assertThat(roots.get(1).node().arg(0).node().arg(0)).isSameAs(roots.get(0).node().arg(0));
    }

    @Test void theSixthDerivativeStaysSmall() {
        var f = div(mul(sin(x), exp(mul(-0.5, mul(x, x)))), add(1, x.pow(2)));
        for (int order = 0; order < 6; order++) f = Gradient.grad(f, x);
        int before = Graph.inOrder(List.of(f)).size();
        int after = Graph.inOrder(Pipeline.of(Strictness.DEFAULT).rewrite(List.of(f)).roots()).size();
        assertThat(after).isLessThan(before / 3).isLessThan(2000);
    }
}
