package org.agnesi.op;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every law on every sample in every dtype. Points are random and repeatable; a failure prints its seed.
class EveryOpTest {
    static Stream<Arguments> cases() {
        return Samples.all().flatMap(sample -> {
            var cases = new ArrayList<Arguments>();
            for (var dtype : sample.dtypes())
                for (var law : Law.values()) if (law.applies(sample, dtype)) cases.add(arguments(sample, dtype, law));
            return cases.stream();
        });
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @MethodSource("cases")
    void keepsEveryLaw(Sample sample, DType dtype, Law law) {
        for (long seed = 1; seed <= law.points(); seed++) law.check(Trial.of(sample, dtype, sample.label().hashCode() + seed));
    }
}
