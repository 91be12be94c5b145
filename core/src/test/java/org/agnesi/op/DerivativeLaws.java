package org.agnesi.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.jspecify.annotations.Nullable;

/// What both derivatives of an op owe each other, and its values.
final class DerivativeLaws {
    private DerivativeLaws() {}

    private static final double STEP = 1e-3;

    /// `⟨g, push(dx)⟩ = ⟨pull(g), dx⟩`, for each input alone and for all at once.
    static void transpose(Trial trial) {
        for (var inputs : subsets(trial.differentiated())) {
            var dx = Trial.directions(trial.at(), inputs, trial.seed() + 1);
            var values = trial.values();
            var g = Trial.directions(values, floating(trial.ys()), trial.seed() + 2);
            var dy = trial.eval(present(push(trial.ys(), trial.xs(), dx)), trial.at());
            var back = Pull.pull(trial.ys(), constants(g), pick(trial.xs(), inputs));
            equal(trial, inputs, dot(present(push(trial.ys(), trial.xs(), dx), g), dy),
                dot(present(back, pick(dx, inputs)), trial.eval(present(back), trial.at())));
        }
    }

    /// `push(dx) = lim (f(x + h·dx) − f(x − h·dx)) / 2h`, by a five-point formula.
    static void differences(Trial trial) {
        for (var inputs : subsets(trial.differentiated())) {
            var dx = Trial.directions(trial.at(), inputs, trial.seed() + 1);
            compare(trial, trial.ys(), push(trial.ys(), trial.xs(), dx), dx);
        }
    }

    /// The pulled cotangent is a formula as good as any: its push is its difference quotient, its pull the transpose.
    static void secondOrder(Trial trial) {
        var inputs = trial.differentiated();
        var g = Trial.directions(trial.values(), floating(trial.ys()), trial.seed() + 2);
        var gradient = present(Pull.pull(trial.ys(), constants(g), pick(trial.xs(), inputs)));
        var dx = Trial.directions(trial.at(), inputs, trial.seed() + 3);
        compare(trial, gradient, push(gradient, trial.xs(), dx), dx);
        transpose(new Trial(trial.sample(), trial.dtype(), trial.seed() + 4, trial.xs(), gradient, trial.at()));
    }

    /// In float32 the derivatives are float32, and those of float64 up to its precision.
    static void singlePrecision(Trial trial) {
        var wide = Trial.of(trial.sample(), DType.FLOAT64, trial.dtype(), trial.seed(), false);
        var expected = gradient(wide, trial.seed());
        var got = gradient(trial, trial.seed());
        for (int i = 0; i < got.size(); i++) {
            assertThat(got.get(i).dtype()).isEqualTo(DType.FLOAT32);
            assertClose(trial.toString(), got.get(i), expected.get(i), 1e-3, 1e-4);
        }
    }

    /// The cotangents of the inputs for random ones of the results.
    static List<Expr> gradients(Trial trial) {
        var g = Trial.directions(trial.values(), floating(trial.ys()), trial.seed() + 2);
        return present(Pull.pull(trial.ys(), constants(g), pick(trial.xs(), trial.differentiated())));
    }

    private static List<NDArray> gradient(Trial trial, long seed) {
        var g = Trial.directions(trial.values(), floating(trial.ys()), seed + 2);
        return trial.eval(present(Pull.pull(trial.ys(), constants(g), pick(trial.xs(), trial.differentiated()))), trial.at());
    }

    private static void compare(Trial trial, List<Expr> ys, List<@Nullable Expr> tangents, List<@Nullable NDArray> dx) {
        var far = trial.eval(ys, trial.moved(2 * STEP, dx));
        var near = trial.eval(ys, trial.moved(STEP, dx));
        var nearBack = trial.eval(ys, trial.moved(-STEP, dx));
        var farBack = trial.eval(ys, trial.moved(-2 * STEP, dx));
        for (int i : floating(ys)) {
            int y = i;
            var quotient = NDArray.generateDoubles(DType.FLOAT64, far.get(i).shape(), k ->
                (8 * (near.get(y).doubleAt(k) - nearBack.get(y).doubleAt(k)) - (far.get(y).doubleAt(k) - farBack.get(y).doubleAt(k))) / (12 * STEP));
            var dy = tangents.get(i);
            var got = dy == null ? NDArray.zeros(DType.FLOAT64, quotient.shape()) : trial.eval(List.of(dy), trial.at()).getFirst();
            assertClose(trial + "\nthe tangent of " + ys.get(i) + " is " + dy, got, quotient, 1e-6, 1e-7);
        }
    }

    static void assertClose(String about, NDArray got, NDArray expected, double rtol, double atol) {
        assertThat(got.shape()).as(about).isEqualTo(expected.shape());
        assertThat(got.allClose(expected, rtol, atol)).as("%s%n  got      %s%n  expected %s", about, got, expected).isTrue();
    }

    private static void equal(Trial trial, List<Integer> inputs, double[] left, double[] right) {
        double tolerance = (trial.dtype() == DType.FLOAT64 ? 1e-10 : 1e-4) * (1 + left[1] + right[1]);
        assertThat(Math.abs(left[0] - right[0])).as("%s, inputs %s: ⟨g, push(dx)⟩ = %s, ⟨pull(g), dx⟩ = %s", trial, inputs, left[0], right[0])
            .isLessThanOrEqualTo(tolerance);
    }

    /// The inner product, and the sum of its terms' magnitudes.
    private static double[] dot(List<NDArray> a, List<NDArray> b) {
        double sum = 0, size = 0;
        for (int i = 0; i < a.size(); i++) {
            assertThat(a.get(i).shape()).isEqualTo(b.get(i).shape());
            for (int k = 0; k < a.get(i).size(); k++) {
                sum += a.get(i).doubleAt(k) * b.get(i).doubleAt(k);
                size += Math.abs(a.get(i).doubleAt(k) * b.get(i).doubleAt(k));
            }
        }
        return new double[] {sum, size};
    }

    private static List<@Nullable Expr> push(List<Expr> ys, List<Expr> xs, List<@Nullable NDArray> dx) { return Push.push(ys, xs, constants(dx)); }

    private static List<@Nullable Expr> constants(List<@Nullable NDArray> values) {
        var constants = new ArrayList<@Nullable Expr>();
        for (var value : values) constants.add(value == null ? null : Constant.constant(value));
        return constants;
    }

    private static List<Integer> floating(List<Expr> ys) {
        return IntStream.range(0, ys.size()).filter(i -> ys.get(i).type().dtype().isFloating()).boxed().toList();
    }

    private static List<List<Integer>> subsets(List<Integer> inputs) {
        var subsets = new ArrayList<List<Integer>>();
        inputs.forEach(i -> subsets.add(List.of(i)));
        if (inputs.size() > 1) subsets.add(inputs);
        return subsets;
    }

    private static <T> List<T> pick(List<T> all, List<Integer> which) {
        var picked = new ArrayList<T>();
        for (int i : which) picked.add(all.get(i));
        return picked;
    }

    private static List<Expr> present(List<@Nullable Expr> all) {
        var present = new ArrayList<Expr>();
        for (var e : all) if (e != null) present.add(e);
        return present;
    }

    /// Of `values` those whose partner in `all` is present.
    private static List<NDArray> present(List<@Nullable Expr> all, List<@Nullable NDArray> values) {
        var present = new ArrayList<NDArray>();
        for (int i = 0; i < all.size(); i++) {
            var value = values.get(i);
            if (all.get(i) != null && value != null) present.add(value);
        }
        return present;
    }
}
