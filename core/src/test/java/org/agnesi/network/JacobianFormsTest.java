package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Ten functions, every way to use their Jacobians, two sizes: the explicit matrix's value, at the cost of sweeps written by hand.
class JacobianFormsTest {
    private static final int SMALL = 40;
    private static final int LARGE = 80;

    static Stream<Arguments> cases() {
        return Setting.ALL.keySet().stream().flatMap(f -> Stream.of(SMALL, LARGE).map(m -> arguments(f, m)));
    }

    @ParameterizedTest(name = "{0}, {1} rows")
    @MethodSource("cases")
    void costsWhatSweepsCost(String name, int m) {
        var run = new Run(Setting.ALL.get(name).apply(m, 6 * m / 5), m == SMALL);
        Form.PRODUCTS.forEach(form -> run.check(form, form.written(), run::products));
        Form.PASSES.forEach(form -> run.check(form, form.written(), run::passes));
        Form.NESTED.forEach(form -> run.check(form, form.sweeps().getFirst().once(), run::products));
        assertThat(run.wrong).isEmpty();
    }

    /// One function at one size; values are looked at where they are few.
    private static final class Run {
        /// How many sweeps are made at once.
        private static final int CHUNK = 32;

        final List<String> wrong = new ArrayList<>();
        private final Setting setting;
        private final Setting matrices;
        private final boolean withValues;
        private final Map<Expr, NDArray> at;
        private final List<Expr> inputs;
        private final Map<Function<Setting, Expr>, Cost> known = new HashMap<>();

        Run(Setting setting, boolean withValues) {
            this.setting = setting;
            this.withValues = withValues;
            matrices = setting.withMatrices();
            at = setting.values(withValues ? matrices : null);
            inputs = setting.inputs();
        }

        private List<NDArray> values() { return inputs.stream().map(at::get).toList(); }

        private Cost cost(Expr e) { return function(inputs, e).cost(values()); }

        private Cost cost(Form.Sweeps sweeps) { return known.computeIfAbsent(sweeps.once(), once -> cost(once.apply(setting))); }

        /// No array is larger than those of the sweeps, or else a vector or two.
        long products(Form form) { return Math.max(largest(form), 4L * setting.n()); }

        /// A chunk of sweeps holds as many vectors, or of the arrays that a sweep holds: of vectors less than J at both sizes, and twice
        /// as many numbers at twice the size where J has four times as many.
        long passes(Form form) { return CHUNK * Math.max(setting.n(), largest(form)); }

        private long largest(Form form) { return form.sweeps().stream().mapToLong(s -> cost(s).largestElements()).max().orElseThrow(); }

        void check(Form form, Function<Setting, Expr> same, ToLongFunction<Form> memory) {
            var f = function(inputs, form.written().apply(setting));
            if (withValues && !f.call(values()).allClose(Graph.eval(same.apply(matrices), at), 1e-9, 1e-9)) wrong.add(form.name() + " differs");
            var cost = f.cost(values());
            double byHand = form.sweeps().stream().mapToDouble(s -> s.times().applyAsInt(setting) * (double) cost(s).flops()).min().orElseThrow();
            var closed = setting.closed().get(form.name());
            if (closed != null) byHand = Math.min(byHand, cost(closed).flops());
            if (cost.flops() > 1.2 * byHand) wrong.add("%s: %d flops, by hand %.0f\n%s".formatted(form.name(), cost.flops(), byHand, f.pp()));
            long most = memory.applyAsLong(form);
            if (cost.largestElements() > most) wrong.add("%s: %s, more than %d elements\n%s".formatted(form.name(), cost.largest(), most, f.pp()));
        }
    }
}
