package org.agnesi.rewrite;

import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.cast;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.fill;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.log1p;
import static org.agnesi.Tensors.lt;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.rewrite.Condition.nonNegative;
import static org.agnesi.rewrite.Rule.rule;
import static org.agnesi.rewrite.RuleClass.EXACT;
import static org.agnesi.rewrite.RuleClass.FINITE;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.RuleClass.SIGNED_ZERO;
import static org.agnesi.rewrite.Wild.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.error.RuleError;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final Expr x = any("x"), y = any("y");
    private final Expr a = dvector("a"), b = dvector("b"), c = dvector("c");
    private final Rule logOnePlus = rule("log-one-plus", log(Notation.add(1, x))).to(log1p(x)).as(REAL);

    @Test void aRuleReadsAsItIsWritten() {
        assertThat(logOnePlus).hasToString("log-one-plus: log(1 + x) → log1p(x)");
        assertThat(rule("exp-of-log", exp(log(x))).to(x).when(nonNegative(x))).hasToString("exp-of-log: exp(log(x)) → x when nonNegative(x)");
    }

    @Test void operandsAreFoundOnEitherSide() {
        assertThat(logOnePlus.apply(log(add(1, a)).node())).hasToString("log1p(a)");
        assertThat(logOnePlus.apply(log(add(a, 1)).node())).hasToString("log1p(a)");
    }

    @Test void aLiteralIsSeenThroughFillBroadcastTransposeAndCast() {
        var A = dmatrix("A");
        assertThat(logOnePlus.apply(log(add(fill(A, 1), A)).node())).hasToString("log1p(A)");
        assertThat(logOnePlus.apply(log(add(fill(A, 1).T(), A)).node())).hasToString("log1p(A)");
        assertThat(logOnePlus.apply(log(add(cast(fill(A, constant(true)), DType.FLOAT64), A)).node())).hasToString("log1p(A)");
        assertThat(logOnePlus.apply(log(add(constant(new double[] {1, 1, 1}), a)).node())).hasToString("log1p(a)");
    }

    @Test void anotherNumberIsNotTheLiteral() {
        assertThat(logOnePlus.apply(log(add(2, a)).node())).isNull();
        assertThat(logOnePlus.apply(log(add(constant(new double[] {1, 1, 2}), a)).node())).isNull();
    }

    @Test void negativeZeroIsNotZero() {
        var addZero = rule("add-zero", Notation.add(x, 0)).to(x);
        assertThat(addZero.apply(add(a, 0.0).node())).isSameAs(a);
        assertThat(addZero.apply(add(a, -0.0).node())).isNull();
    }

    @Test void aVariableUsedTwiceStandsForOneExpression() {
        var twice = rule("x-plus-x", Notation.add(x, x)).to(Notation.mul(2, x));
        assertThat(twice.apply(add(a, a).node())).hasToString("2 * a");
        assertThat(twice.apply(add(a, b).node())).isNull();
    }

    @Test void operandsThatThePatternLeavesStay() {
        var product = new org.agnesi.op.Mul().apply(List.of(exp(a), c, exp(b)));
        var rule = rule("exp-times-exp", mul(exp(x), exp(y))).to(exp(add(x, y)));
        assertThat(rule.apply(product.node())).hasToString("exp(a + b) * c");
    }

    @Test void theLastVariableTakesWhatIsLeft() {
        var three = new org.agnesi.op.Add().apply(List.of(constant(1.0), a, b));
        assertThat(logOnePlus.apply(log(three).node())).hasToString("log1p(a + b)");
    }

    @Test void aConditionThatIsNotKnownHoldsBack() {
        var rule = rule("exp-of-log", exp(log(x))).to(x).when(nonNegative(x));
        assertThat(rule.apply(exp(log(a)).node())).isNull();
        assertThat(rule.apply(exp(log(exp(a))).node())).hasToString("exp(a)");
    }

    @Test void aScalarResultTakesTheShapeOfWhatItReplaces() {
        var rule = rule("mul-zero", Notation.mul(x, 0)).to(0);
        var made = rule.apply(mul(a, 0).node());
        assertThat(made).isNotNull();
        assertThat(made.type()).isEqualTo(a.type());
    }

    @Test void aResultTakesTheDtypeOfWhatItReplaces() {
        var rule = rule("mul-one", Notation.mul(x, 1)).to(x);
        var i = tensor("i", DType.INT32, -1);
        assertThat(rule.apply(mul(i, 1.0).node())).hasToString("float64(i)");
        assertThat(rule.apply(mul(i, 1).node())).isSameAs(i);
    }

    @Test void aRuleThatInventsAVariableIsRefused() {
        assertThatThrownBy(() -> rule("oops", exp(x)).to(y)).isInstanceOf(RuleError.class).hasMessage("""
            rule "oops": the right side uses y, which the left side exp(x) does not bind
            Use variables of the left side only.""");
    }

    @Test void aRuleThatSeesNothingIsRefused() {
        assertThatThrownBy(() -> rule("all", x).to(x)).isInstanceOf(RuleError.class).hasMessage("""
            rule "all" needs an op with a variable in it on its left side, but got x
            Write what it should see, as log(exp(x)).""");
    }

    @Test void aRuleThatChangesTheDtypeIsRefusedWhenWritten() {
        assertThatThrownBy(() -> rule("sign", log(x)).to(lt(x, exp(x)))).isInstanceOf(RuleError.class).hasMessage("""
            rule "sign" turns log(x) of type float64[3,3]
            into lt(x, exp(x)) of type bool[3,3]; a rule must keep the type.""");
    }

    @Test void aRuleThatChangesTheShapeIsRefused() {
        var bad = rule("sum-away", Sum.class, (node, sum) -> node.arg(0));
        assertThatThrownBy(() -> bad.apply(sum(dmatrix("A"), 0).node())).isInstanceOf(RuleError.class).hasMessage("""
            rule "sum-away" turns sum(A, axis=0) of type float64[?]
            into A of type float64[?,?]; a rule must keep the type.""");
    }

    @Test void theLawFindsARuleThatIsWrongForNegatives() {
        assertThat(new RuleLaw(rule("exp-of-log", exp(log(x))).to(x).as(REAL)).violations()).isNotEmpty();
    }

    @Test void theLawFindsARuleThatIsWrongForOneBranch() {
        var cosh = org.agnesi.op.Cosh.cosh(x);
        var root = org.agnesi.op.Sqrt.sqrt(Notation.pow(x, 2));
        assertThat(new RuleLaw(rule("root-of-square", root).to(x).as(REAL)).violations()).isNotEmpty();
        assertThat(new RuleLaw(rule("log-of-cosh", log(Notation.mul(2, cosh))).to(x).as(REAL)).violations()).isNotEmpty();
    }

    @Test void theLawFindsARuleThatIsOfALooserClass() {
        var zero = rule("mul-zero", Notation.mul(x, 0)).to(0);
        assertThat(new RuleLaw(zero.as(EXACT)).violations()).isNotEmpty();
        assertThat(new RuleLaw(zero.as(SIGNED_ZERO)).violations()).isNotEmpty();
        assertThat(new RuleLaw(zero.as(FINITE)).violations()).isEmpty();
        var addZero = rule("add-zero", Notation.add(x, 0)).to(x);
        assertThat(new RuleLaw(addZero.as(EXACT)).violations()).isNotEmpty();
        assertThat(new RuleLaw(addZero.as(SIGNED_ZERO)).violations()).isEmpty();
    }

    @Test void theLawFindsARuleThatOverflows() {
        assertThat(new RuleLaw(rule("square-root-first", Notation.div(x, y)).to(Notation.div(Notation.mul(x, y), Notation.mul(y, y))).as(REAL)).violations()).isNotEmpty();
    }

}
