package org.agnesi.rewrite;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.array.NDArray;
import org.agnesi.op.Abs;
import org.agnesi.op.Add;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.Cosh;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Div;
import org.agnesi.op.Erfc;
import org.agnesi.op.Exp;
import org.agnesi.op.Extreme;
import org.agnesi.op.Fill;
import org.agnesi.op.Length;
import org.agnesi.op.Mul;
import org.agnesi.op.Pow;
import org.agnesi.op.Sigmoid;
import org.agnesi.op.Softplus;
import org.agnesi.op.Sqr;
import org.agnesi.op.Sqrt;
import org.agnesi.op.Sum;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;

/// What a graph tells about the values it computes, a few ops deep. "No" means: not known.
final class Known {
    private static final int DEEPEST = 6;

    private Known() {}

    /// Whether every element is ≥ 0, or NaN.
    static boolean nonNegative(Expr e) { return nonNegative(e, DEEPEST); }

    private static boolean nonNegative(Expr e, int depth) {
        var args = e.node().args();
        if (e.type().dtype().isBool()) return true;
        if (depth == 0) return false;
        return switch (e.node().op()) {
            case Constant(var value, var _) -> all(value, v -> !(v < 0) && Double.compare(v, -0.0) != 0);
            case Exp _, Length _, Sqrt _, Sigmoid _, Softplus _, Cosh _, Erfc _ -> true;
            case Abs _, Sqr _ -> floating(e);
            case Extreme extreme when extreme.isLarger() -> args.stream().anyMatch(a -> floating(a) && nonNegative(a, depth - 1));
            case Pow _ -> Uniform.valueOf(args.get(1)) % 2 == 0 && floating(e) || floating(e) && nonNegative(args.getFirst(), depth - 1);
            case Add _, Mul _ -> floating(e) && (isSquare(e) || all(args, depth));
            case Div _ -> all(args, depth);
            case Sum _ -> floating(e) && nonNegative(args.getFirst(), depth - 1);
            case BroadcastTo _, DimShuffle _ -> nonNegative(args.getFirst(), depth - 1);
            case Cast _ -> floating(e) && nonNegative(args.getFirst(), depth - 1);
            case Fill _ -> nonNegative(args.get(1), depth - 1);
            case Where _ -> all(args.subList(1, 3), depth);
            default -> false;
        };
    }

    private static boolean all(List<Expr> args, int depth) { return args.stream().allMatch(a -> nonNegative(a, depth - 1)); }

    private static boolean isSquare(Expr e) {
        var args = e.node().args();
        return e.node().op() instanceof Mul && args.size() == 2 && args.get(0) == args.get(1);
    }

    private static boolean floating(Expr e) { return e.type().dtype().isFloating(); }

    /// Whether no element is infinite or NaN.
    static boolean finite(Expr e) { return finite(e, DEEPEST); }

    private static boolean finite(Expr e, int depth) {
        var args = e.node().args();
        if (!floating(e)) return true;
        if (depth == 0) return false;
        return switch (e.node().op()) {
            case Constant(var value, var _) -> all(value, Double::isFinite);
            case BroadcastTo _, DimShuffle _ -> finite(args.getFirst(), depth - 1);
            case Cast _ -> !floating(args.getFirst()) || args.getFirst().type().dtype() == e.type().dtype()
                && finite(args.getFirst(), depth - 1);
            case Fill _ -> finite(args.get(1), depth - 1);
            case Compare _ -> true;
            case Where _ -> args.subList(1, 3).stream().allMatch(a -> finite(a, depth - 1));
            default -> false;
        };
    }

    private static boolean all(NDArray value, Predicate<Double> holds) {
        if (value.size() > 1024) return false;
        for (int i = 0; i < value.size(); i++) if (!holds.test(value.doubleAt(i))) return false;
        return true;
    }
}
