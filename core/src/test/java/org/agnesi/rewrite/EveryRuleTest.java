package org.agnesi.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule is run: both sides on special values and at random, and held to what its class promises.
class EveryRuleTest {
    static Stream<Rule> rules() {
        return Stream.of(RuleSet.CANONICAL, RuleSet.STABLE, RuleSet.SPECIALIZE, RuleSet.FINISH).flatMap(set -> set.rules().stream()).distinct();
    }

    @ParameterizedTest @MethodSource("rules") void keepsWhatItsClassPromises(Rule rule) { assertThat(new RuleLaw(rule).violations()).isEmpty(); }

    @ParameterizedTest @MethodSource("rules") void firesOnItsSamples(Rule rule) { assertThat(new RuleLaw(rule).firings()).isPositive(); }

    @ParameterizedTest @MethodSource("rules") void hasSidesOfOneTypeAndOfOneSetOfVariables(Rule rule) {
        assertThatCode(() -> RuleCheck.check(rule)).doesNotThrowAnyException();
    }

    @Test void namesAreDifferent() {
        var names = rules().map(Rule::name).toList();
        assertThat(names).doesNotHaveDuplicates();
    }
}
