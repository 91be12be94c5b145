package org.agnesi.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agnesi.derive.GradOption;
import org.agnesi.derive.Gradient;
import org.agnesi.save.Document;
import org.agnesi.save.GraphReader;
import org.agnesi.save.GraphWriter;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sample, and its gradient where it has one, is the same graph again after it was written and read.
class EveryOpSavedTest {
    /// All but Java code, which no text holds.
    static Stream<Sample> samples() { return Samples.all().filter(sample -> !sample.label().equals("a user's function")); }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void isReadAsItWasWritten(Sample sample) {
        var trial = Trial.of(sample, sample.dtypes().getFirst(), 1);
        check(trial.xs(), trial.ys());
        if (sample.except().contains(Sample.Except.DERIVATIVE) || !trial.dtype().isFloating()) return;
        var x = trial.differentiated().stream().findFirst().map(trial.xs()::get);
        var y = trial.ys().stream().filter(e -> e.type().dtype().isFloating()).findFirst();
        if (x.isPresent() && y.isPresent())
            check(trial.xs(), List.of(Gradient.grad(Sum.sum(Exp.exp(y.get())), x.get(), GradOption.ignoreDisconnected())));
    }

    private static void check(List<Expr> inputs, List<Expr> outputs) {
        var text = GraphWriter.write(new Document("f", "DEFAULT", inputs, outputs, Map.of()));
        var read = GraphReader.read(text);
        assertThat(read.outputs().stream().map(Expr::type)).isEqualTo(outputs.stream().map(Expr::type).toList());
        assertThat(GraphWriter.write(read)).isEqualTo(text);
    }
}
