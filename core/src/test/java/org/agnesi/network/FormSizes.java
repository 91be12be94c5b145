package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dvector;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;

/// Inputs with values, and what formulas of them are held to: the value as written, the cost of sweeps written by hand, and no array of
/// a Jacobian's size.
final class FormSizes {
    private final boolean known;
    private final Random random = new Random(1);
    private final List<Expr> inputs = new ArrayList<>();
    private final List<NDArray> at = new ArrayList<>();
    private final Map<Expr, Long> costs = new IdentityHashMap<>();
    private final List<String> wrong = new ArrayList<>();

    /// @param known whether sizes are known before the call
    FormSizes(boolean known) { this.known = known; }

    Expr input(Expr known, Expr unknown, int... dims) {
        var input = this.known ? known : unknown;
        inputs.add(input);
        at.add(NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian() / 4));
        return input;
    }

    Expr vector(String name, int n) { return input(dvector(name, n), dvector(name), n); }

    Expr matrix(String name, int m, int n) { return input(dmatrix(name, m, n), dmatrix(name), m, n); }

    /// @param times   how many sweeps there are
    /// @param elements of the Jacobian
    void costs(String name, Expr written, double times, Expr sweep, long elements) {
        var f = function(inputs, written);
        var expected = function().inputs(inputs).outputs(written).mode(Mode.REFERENCE).compile().call(at);
        if (!f.call(at).allClose(expected, 1e-9, 1e-9)) wrong.add(name + " differs");
        double byHand = times * costs.computeIfAbsent(sweep, e -> function(inputs, e).cost(at).flops());
        var cost = f.cost(at);
        if (cost.flops() > 1.2 * byHand) wrong.add("%s: %d flops, by hand %.0f\n%s".formatted(name, cost.flops(), byHand, f.pp()));
        if (cost.largestElements() >= elements) wrong.add("%s holds %s\n%s".formatted(name, cost.largest(), f.pp()));
    }

    void holds() { assertThat(wrong).isEmpty(); }
}
