package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Cotangent;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `c ? a : b` as a whole: one condition chooses between two tensors, which may have different shapes.
///
/// Only the chosen one is computed: [SinkBranches] moves what each side alone uses into a [Branch] before a function
/// is compiled. Like `where` it is safe: nothing comes back through the side not taken.
public record IfElse() implements OpN {
    public static Expr ifElse(Expr c, Expr a, Expr b) {
        Required.arguments("ifElse", c, a, b);
        if (c.type().rank() != 0) throw new TypeError("""
            ifElse needs one condition, but got %s of type %s
            Use where to choose element by element, or reduce it with any or all.""".formatted(c, c.type()));
        var fitted = Promotion.fitLiterals(List.of(a, b));
        var dtype = Promotion.of(fitted);
        return Expr.of(new IfElse(), List.of(Cast.cast(c, DType.BOOL), Cast.cast(fitted.get(0), dtype), Cast.cast(fitted.get(1), dtype)));
    }

    /// The same condition for several results.
    public static List<Expr> ifElse(Expr c, List<? extends Expr> a, List<? extends Expr> b) {
        Required.of("ifElse", "a condition", c);
        Required.all("ifElse", "an expression", a);
        Required.all("ifElse", "an expression", b);
        if (a.size() != b.size()) throw new TypeError("""
            ifElse needs as many results on both sides, but got %d and %d
            Give each side the same list of results.""".formatted(a.size(), b.size()));
        var condition = Cast.cast(c, DType.BOOL);
        return IntStream.range(0, a.size()).mapToObj(i -> ifElse(condition, a.get(i), b.get(i))).toList();
    }

    @Override public TensorType type(List<Expr> in) { return joined(in.get(1), in.get(2)); }

    /// The type that both have: of one dtype and rank, a dimension known where both agree.
    static TensorType joined(Expr a, Expr b) {
        if (a.type().dtype() != b.type().dtype() || a.type().rank() != b.type().rank()) throw new TypeError("""
            ifElse needs two sides of one dtype and rank, but got
              %s of type %s
              %s of type %s
            Reshape or cast one of them.""".formatted(a, a.type(), b, b.type()));
        return a.type().withDims(IntStream.range(0, a.type().rank())
            .mapToObj(d -> a.type().dim(d) == b.type().dim(d) ? a.type().dim(d) : TensorType.UNKNOWN).toList());
    }

    @Override public NDArray value(List<NDArray> in) { return in.getFirst().toBoolean() ? in.get(1) : in.get(2); }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        var dims = new ArrayList<@Nullable Expr>();
        for (int axis = 0; axis < in.get(1).type().rank(); axis++) {
            var a = in.get(1).length(axis);
            var b = in.get(2).length(axis);
            dims.add(a == b || a.constantLong().isPresent() && a.constantLong().equals(b.constantLong()) ? a : ifElse(in.getFirst(), a, b));
        }
        return dims;
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var c = in.getFirst();
        var a = in.get(1);
        var b = in.get(2);
        return List.of(Partial.zero(),
            Partial.linear(dx -> ifElse(c, dx, zeros(b)), g -> ifElse(c, g, zeros(a))),
            Partial.linear(dx -> ifElse(c, zeros(a), dx), g -> ifElse(c, zeros(b), g)));
    }

    static Expr zeros(Expr like) { return Fill.fill(like, Constant.of(0, like.type().dtype().floating())); }

    /// What comes back to a side counts only if it is taken. It has that side's shape even where it is not.
    @Override public List<@Nullable Cotangent> pullMasked(
            List<Expr> in, List<Expr> out, List<@Nullable Cotangent> gs, IntPredicate wanted) {
        var g = Objects.requireNonNull(gs.getFirst());
        return Arrays.asList(null, wanted.test(1) ? back(g, in, 1) : null, wanted.test(2) ? back(g, in, 2) : null);
    }

    private static @Nullable Cotangent back(Cotangent g, List<Expr> in, int side) {
        var x = in.get(side);
        var active = g.active();
        boolean fits = x.type().isStatic() && in.get(3 - side).type().dims().equals(x.type().dims());
        var shaped = fits ? g : new Cotangent(chosen(in.getFirst(), side, g.value(), zeros(x)),
            active == null ? null : chosen(in.getFirst(), side, active, Fill.fill(x, Constant.constant(false))), g.side());
        return shaped.on(in.getFirst(), side == 1, x);
    }

    private static Expr chosen(Expr c, int side, Expr g, Expr other) { return side == 1 ? ifElse(c, g, other) : ifElse(c, other, g); }

    @Override public boolean isChoice() { return true; }

    /// One condition for all rows stays a branch; one per row chooses row by row, both sides computed.
    @Override public Optional<List<Expr>> batch(Batch b) {
        if (!b.has(0)) return Optional.of(List.of(ifElse(b.in(0), b.full(1), b.full(2))));
        var a = b.full(1);
        int[] pattern = IntStream.range(0, a.type().rank()).map(i -> i == 0 ? 0 : DimShuffle.NEW).toArray();
        var c = BroadcastTo.broadcastTo(DimShuffle.dimshuffle(b.in(0), pattern), a.lengths());
        return Optional.of(List.of(Where.where(c, a, b.full(2))));
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        if (!in.get(1).dims().equals(in.get(2).dims()) || in.get(1).dims().contains(TensorType.UNKNOWN))
            return in.get(1).rank() == 0 ? pointwise(in) : new Lowering.Eval("its two sides may have different shapes");
        return pointwise(in);
    }

    private static Lowering pointwise(List<Operand> in) {
        return new Lowering.Pointwise(Scalar.select(in.get(0).at(), in.get(1).here(), in.get(2).here()));
    }
}
