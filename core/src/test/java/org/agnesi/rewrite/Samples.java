package org.agnesi.rewrite;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.agnesi.symbolic.Expr;

/// Expressions that the rules without a pattern must rewrite, by the rules' names.
final class Samples {
    private Samples() {}

    private static final Map<String, Supplier<List<Expr>>> BY_RULE = Map.ofEntries(
        entry("neg-of-multiple", RuleSamples::negatedMultiples),
        entry("neg-of-quotient", RuleSamples::negatedQuotients),
        entry("where-not-repeated", RuleSamples::repeatedConditions),
        entry("where-of-same-condition", RuleSamples::choicesInside),
        entry("positive-truth", RuleSamples::positiveTruths),
        entry("compared-with-itself", RuleSamples::comparedWithThemselves),
        entry("choice-made", RuleSamples::choicesMade),
        entry("choice-of-same", RuleSamples::choicesOfSame),
        entry("choice-of-equals", RuleSamples::choicesOfEquals),
        entry("useless-cast", RuleSamples::uselessCasts),
        entry("cast-of-cast", RuleSamples::castsTwice),
        entry("gradient-wrapper", RuleSamples::gradientWrappers),
        entry("fold-constants", RuleSamples::constants),
        entry("literal-dtype", RuleSamples::literals),
        entry("uniform-constant", RuleSamples::uniformConstants),
        entry("transposed-product", ContractionSamples::transposedProducts),
        entry("product-of-transposed", ContractionSamples::productsOfTransposed),
        entry("product-of-turned-terms", ContractionSamples::productsOfTurnedTerms),
        entry("product-with-scalar", ContractionSamples::productsWithScalars),
        entry("diagonal-of-ones", ContractionSamples::diagonalsOfOnes),
        entry("product-with-eye", ContractionSamples::productsWithEye),
        entry("product-with-zeros", ContractionSamples::productsWithZeros),
        entry("product-with-repeated", ContractionSamples::productsWithRepeated),
        entry("product-of-neg", ContractionSamples::productsOfNegs),
        entry("product-of-multiple", ContractionSamples::productsOfMultiples),
        entry("sum-of-product", ContractionSamples::sumsOfProducts),
        entry("product-of-fraction", ContractionSamples::productsOfFractions),
        entry("product-with-diagonal", ContractionSamples::productsWithDiagonals),
        entry("sum-of-diagonal", ContractionSamples::sumsOfDiagonals),
        entry("product-with-put", PaddingSamples::productsWithPuts),
        entry("turned-put", PaddingSamples::turnedPuts),
        entry("mul-with-put", PaddingSamples::mulsWithPuts),
        entry("product-with-ones", PaddingSamples::productsWithOnes),
        entry("power-whole", RuleSamples::wholePowers),
        entry("sum-over-ones", RuleSamples::sumsOverOnes),
        entry("sum-of-broadcast", RuleSamples::sumsOfBroadcasts),
        entry("sum-of-sum", RuleSamples::sumsOfSums),
        entry("sum-of-shuffled", RuleSamples::sumsOfShuffled),
        entry("sum-of-neg", RuleSamples::sumsOfNegs),
        entry("sum-of-multiple", RuleSamples::sumsOfMultiples),
        entry("sum-of-fraction", RuleSamples::sumsOfFractions),
        entry("sum-of-repeated-factor", RuleSamples::sumsOfRepeatedFactors),
        entry("sum-of-repeated-divisor", RuleSamples::sumsOfRepeatedDivisors),
        entry("extremum-of-repeated", RuleSamples::extremaOfRepeated),
        entry("log-of-sum-of-exp", RuleSamples::logsOfSumsOfExps),
        entry("log-of-softmax", RuleSamples::logsOfSoftmax),
        entry("exp-over-sum-of-exp", RuleSamples::softmaxes),
        entry("minus-logsumexp", RuleSamples::logSoftmaxes),
        entry("slice-of-repeated", RuleSamples::slicesOfRepeated),
        entry("element-of-stack", RuleSamples::elementsOfStacks),
        entry("element-of-arange", RuleSamples::elementsOfAranges),
        entry("slice-of-put", RuleSamples::slicesOfPut),
        entry("gather-of-repeated", RuleSamples::gathersOfRepeated),
        entry("reshape-of-reshape", RuleSamples::reshapesTwice),
        entry("useless-reshape", RuleSamples::uselessReshapes),
        entry("reshape-of-repeated", RuleSamples::reshapesOfRepeated),
        entry("length-of", RuleSamples::lengths),
        entry("length-of-steps", RuleSamples::lengthsOfSteps),
        entry("fill", RuleSamples::fills),
        entry("useless-broadcast", RuleSamples::uselessBroadcasts),
        entry("broadcast-of-broadcast", RuleSamples::broadcastsTwice),
        entry("elementwise-of-broadcast", RuleSamples::elementwiseOfBroadcasts),
        entry("identity-dimshuffle", RuleSamples::identityShuffles),
        entry("dimshuffle-of-dimshuffle", RuleSamples::shufflesTwice),
        entry("dimshuffle-of-neg", RuleSamples::shuffledNegatives),
        entry("dimshuffle-of-broadcast", RuleSamples::shuffledScalars),
        entry("slice-beside-put", RuleSamples::slicesBesidePuts),
        entry("first-of-put-at-last", RuleSamples::firstOfPutsAtLast),
        entry("last-of-put-at-first", RuleSamples::lastOfPutsAtFirst),
        entry("gather-of-scatter", RuleSamples::gathersOfScatters),
        entry("scatter-by-permutation", RuleSamples::permutations),
        entry("row-of-eye", RuleSamples::rowsOfEyes),
        entry("add-of-put", RuleSamples::sumsWithPuts));

    static List<Expr> of(Rule rule) {
        var samples = BY_RULE.get(rule.name());
        if (samples == null) throw new AssertionError("the rule " + rule.name() + " needs a line in Samples, with expressions that it rewrites");
        return samples.get();
    }
}
