package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.AgnesiException;
import org.agnesi.op.Abs;
import org.agnesi.op.Constant;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// One rule, executed: both sides on a grid of special values and at random, compared as its class promises.
///
/// | class       | grid                                                        | random                       |
/// |-------------|-------------------------------------------------------------|------------------------------|
/// | EXACT       | every bit (NaN is NaN)                                      | every bit                    |
/// | SIGNED_ZERO | every bit but the sign of zero                              | same                         |
/// | STRUCTURAL  | every bit but the sign of zero, where all inputs are finite | same                         |
/// | REAL        | no NaN and no ∞ where the left side had none                | equal up to rounding, NaN too |
/// | REORDERED   | as REAL, where no finite input is huge                      | same                         |
/// | FINITE      | finite where the left side is and inputs are, and not huge  | equal up to rounding, there  |
final class RuleLaw {
    private static final int RANDOM = 8;
    private static final long SEED = 1748;
    private static final int MOST_GRID = 3_000;

    private final Rule rule;
    private final List<Expr> left = new ArrayList<>();
    private final List<Expr> right = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    RuleLaw(Rule rule) {
        this.rule = rule;
        for (var sample : samples()) {
            var made = rule.apply(sample.node());
            if (made == null) continue;
            left.add(sample);
            right.add(made);
        }
    }

    int firings() { return left.size(); }

    List<String> violations() {
        for (int i = 0; i < left.size(); i++) check(left.get(i), right.get(i));
        return violations;
    }

    // samples

    private List<Expr> samples() {
        return switch (rule.body()) {
            case Rule.ByOp _ -> Samples.of(rule);
            case Rule.Pattern(var before, var _, var _) -> patternSamples(before);
        };
    }

    /// The left side on variables of several dtypes and ranks, on expressions that meet common conditions, and on literals.
    private static List<Expr> patternSamples(Expr before) {
        var samples = new ArrayList<Expr>();
        for (var type : List.of(TensorType.of(DType.FLOAT64, -1), TensorType.scalar(DType.FLOAT64), TensorType.of(DType.FLOAT32, -1),
            TensorType.of(DType.INT32, -1), TensorType.of(DType.INT8, -1), TensorType.of(DType.UINT8, -1), TensorType.of(DType.BOOL, -1), TensorType.of(DType.FLOAT64, 3, 3)))
            for (var make : MAKERS)
                for (var literals : LITERALS) {
                    var sample = instance(before, type, make, literals);
                    if (sample != null) samples.add(sample);
                    if (RuleCheck.labels(before).stream().allMatch(label -> !isLiteral(before, label))) break;
                }
        return samples;
    }

    private static final List<UnaryOperator<Expr>> MAKERS = List.of(e -> e, Abs::abs);

    private static final List<List<Double>> LITERALS = List.of(List.of(2.0, 3.0), List.of(-2.0, 2.0), List.of(0.5, -1.0));

    private static boolean isLiteral(Expr before, String label) {
        return Graph.inOrder(List.of(before)).stream().anyMatch(n -> n.op() instanceof Wild(var l, var kind, var _) && l.equals(label) && kind.equals("a literal"));
    }

    private static @Nullable Expr instance(Expr before, TensorType type, UnaryOperator<Expr> make, List<Double> literals) {
        var bound = new HashMap<String, Expr>();
        int next = 0;
        for (var node : Graph.inOrder(List.of(before)))
            if (node.op() instanceof Wild wild && !bound.containsKey(wild.label()))
                bound.put(wild.label(), wild.kind().equals("a literal") ? Constant.constant(literals.get(next++)) : made(wild, type, make));
        try {
            return Build.made(before, new Match(before, bound));
        } catch (AgnesiException _) {
            return null;
        }
    }

    private static Expr made(Wild wild, TensorType type, UnaryOperator<Expr> make) {
        var x = RuleCheck.standIn(wild, type);
        return x.type().dtype().isBool() ? x : make.apply(x);
    }

    // values

    private void check(Expr before, Expr after) {
        var inputs = Graph.inOrder(List.of(before, after)).stream().filter(n -> n.op() instanceof Variable).map(n -> n.result(0)).toList();
        for (var point : points(inputs)) compare(before, after, point, true);
        var random = new Random(SEED);
        for (int i = 0; i < RANDOM; i++) compare(before, after, randomPoint(inputs, random), false);
    }

    /// The grid: each input filled with one special value, in every combination; vectors hold all combinations at once.
    private static List<Map<Expr, NDArray>> points(List<Expr> inputs) {
        boolean flat = inputs.stream().allMatch(x -> x.type().dims().equals(List.of(-1)));
        var points = new ArrayList<Map<Expr, NDArray>>();
        if (flat && !inputs.isEmpty()) points.add(allCombinations(inputs));
        for (var choice : combinations(inputs, flat ? 6 : 46)) points.add(choice);
        return points;
    }

    private static Map<Expr, NDArray> allCombinations(List<Expr> inputs) {
        long all = inputs.stream().mapToLong(x -> SpecialValues.of(x.type().dtype()).length).reduce(1, (a, b) -> a * b);
        int total = (int) Math.min(MOST_GRID, all);
        var random = new Random(SEED);
        var arrays = new LinkedHashMap<Expr, NDArray>();
        for (var x : inputs) arrays.put(x, NDArray.zeros(x.type().dtype(), Shape.of(total)));
        for (int i = 0; i < total; i++) {
            long which = all == total ? i : random.nextLong(all);
            for (var x : inputs) {
                var values = SpecialValues.of(x.type().dtype());
                arrays.get(x).setDoubleAt(i, values[(int) (which % values.length)]);
                which /= values.length;
            }
        }
        return arrays;
    }

    private static List<Map<Expr, NDArray>> combinations(List<Expr> inputs, int most) {
        var points = new ArrayList<Map<Expr, NDArray>>();
        var random = new Random(SEED);
        for (int i = 0; i < most; i++) {
            var point = new IdentityHashMap<Expr, NDArray>();
            for (var x : inputs) {
                var values = SpecialValues.of(x.type().dtype());
                double value = inputs.size() == 1 ? values[i % values.length] : values[random.nextInt(values.length)];
                point.put(x, NDArray.full(x.type().dtype(), shape(x), value));
            }
            points.add(point);
        }
        return points;
    }

    private static Map<Expr, NDArray> randomPoint(List<Expr> inputs, Random random) {
        var point = new IdentityHashMap<Expr, NDArray>();
        for (var x : inputs) {
            var array = NDArray.zeros(x.type().dtype(), shape(x));
            for (int i = 0; i < array.size(); i++) array.setDoubleAt(i, x.type().dtype().isFloating() ? 6 * random.nextDouble() - 3 : random.nextInt(7) - 3);
            point.put(x, array);
        }
        return point;
    }

    /// Unknown dimensions are 4 long; grids of vectors are as long as they need to be.
    private static Shape shape(Expr x) { return Shape.of(x.type().dims().stream().mapToInt(d -> d < 0 ? 4 : d).toArray()); }

    private void compare(Expr before, Expr after, Map<Expr, NDArray> point, boolean isGrid) {
        var l = Graph.eval(before, point);
        var r = Graph.eval(after, point);
        if (l.dtype() != r.dtype() || !l.shape().equals(r.shape())) {
            violate(before, after, point, -1, l + " of " + l.dtype() + l.shape(), r + " of " + r.dtype() + r.shape());
            return;
        }
        for (int i = 0; i < l.size(); i++)
            if (!holds(l, r, i, isGrid, isFinite(point, i, rule.kind()), isHuge(point))) {
                violate(before, after, point, i, "" + l.doubleAt(i), "" + r.doubleAt(i));
                return;
            }
    }

    private static boolean isFinite(Map<Expr, NDArray> point, int i, RuleClass kind) {
        return point.values().stream().allMatch(x -> Math.abs(x.doubleAt(i < x.size() ? i : 0)) <= (kind == RuleClass.FINITE ? 1e15 : Double.MAX_VALUE));
    }

    private boolean holds(NDArray l, NDArray r, int i, boolean isGrid, boolean finite, boolean huge) {
        if (!l.dtype().isFloating()) return l.longAt(i) == r.longAt(i);
        double a = l.doubleAt(i), b = r.doubleAt(i);
        return switch (rule.kind()) {
            case EXACT -> Double.compare(a, b) == 0;
            case SIGNED_ZERO -> a == b || Double.compare(a, b) == 0;
            case STRUCTURAL -> !finite || a == b;
            case REORDERED -> huge || isReal(a, b, l.dtype(), isGrid);
            case REAL -> isReal(a, b, l.dtype(), isGrid);
            case FINITE -> !finite || !Double.isFinite(a) || (isGrid ? Double.isFinite(b) : close(a, b, l.dtype()));
        };
    }

    private static boolean isReal(double a, double b, DType dtype, boolean isGrid) {
        return isGrid ? Double.isFinite(b) || !Double.isFinite(a) && (Double.isNaN(a) || !Double.isNaN(b)) : close(a, b, dtype);
    }

    /// Whether a sum of some inputs' elements may overflow.
    private static boolean isHuge(Map<Expr, NDArray> point) {
        return point.values().stream().anyMatch(x -> {
            double most = (x.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE) / 1_000;
            return IntStream.range(0, x.size()).mapToDouble(x::doubleAt).anyMatch(v -> Double.isFinite(v) && Math.abs(v) > most);
        });
    }

    private static boolean close(double a, double b, DType dtype) {
        if (Double.isNaN(a) || Double.isNaN(b) || Double.isInfinite(a) || Double.isInfinite(b)) return Double.compare(a, b) == 0 || a == b;
        double eps = dtype == DType.FLOAT32 ? 1e-5 : 1e-13;
        return Math.abs(a - b) <= eps * (1 + Math.abs(b));
    }

    private void violate(Expr before, Expr after, Map<Expr, NDArray> point, int i, String l, String r) {
        if (violations.size() > 5) return;
        var at = new StringBuilder();
        point.forEach((x, v) -> at.append(" ").append(x).append(" of ").append(x.type()).append(" = ").append(i < 0 ? v.toString() : "" + v.doubleAt(i < v.size() ? i : 0)));
        violations.add("%s at%s: %s is %s, %s is %s".formatted(rule.name(), at, before, l, after, r));
    }
}
