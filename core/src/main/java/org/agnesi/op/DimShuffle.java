package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Permutes dimensions, inserts some of size 1 and drops some that are statically 1.
///
/// @param pattern per dimension of the result, the dimension of `x` it is, or [#NEW]
public record DimShuffle(List<Integer> pattern) implements Op1 {
    /// A new dimension of size 1; the users' `"x"`.
    public static final int NEW = -1;

    public DimShuffle { pattern = List.copyOf(pattern); }

    public static Expr dimshuffle(Expr x, int... pattern) {
        return Expr.of(new DimShuffle(IntStream.of(pattern).boxed().toList()), x);
    }

    /// `x` with its dimensions reversed.
    public static Expr transpose(Expr x) {
        int rank = x.type().rank();
        return dimshuffle(x, IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    }

    /// `x` with a new dimension of size 1 at `axis` of the result; negative ones count from its end.
    public static Expr expandDims(Expr x, int axis) {
        int rank = Required.argument("expandDims", x).type().rank(), place = axis < 0 ? axis + rank + 1 : axis;
        if (place >= 0 && place <= rank)
            return dimshuffle(x, IntStream.rangeClosed(0, rank).map(i -> i == place ? NEW : i < place ? i : i - 1).toArray());
        throw new TypeError("""
            expandDims needs an axis from %d to %d, but got %d for %s of type %s
            The new axis counts in the result.""".formatted(-rank - 1, rank, axis, x, x.type()));
    }

    @Override public TensorType infer(Expr x) {
        var type = x.type();
        for (int d : pattern) if (d != NEW && (d < 0 || d >= type.rank() || pattern.indexOf(d) != pattern.lastIndexOf(d))) throw wrong(x);
        for (int d = 0; d < type.rank(); d++) if (!pattern.contains(d) && type.dim(d) != 1) throw wrong(x);
        return type.withDims(pattern.stream().map(d -> d == NEW ? 1 : type.dim(d)).toList());
    }

    private TypeError wrong(Expr x) {
        return new TypeError("""
            dimshuffle needs each dimension of %s of type %s once, but got %s
            "x" makes a new one; a dimension can only be left out where its size is known to be 1."""
            .formatted(x, x.type(), text()));
    }

    private String text() { return pattern.stream().map(d -> d == NEW ? "\"x\"" : d.toString()).collect(Collectors.joining(", ")); }

    @Override public NDArray eval(NDArray x) {
        var out = Shape.of(pattern.stream().mapToInt(d -> d == NEW ? 1 : x.shape().dim(d)).toArray());
        var strides = x.shape().strides();
        return Positions.gather(x, out, at ->
            IntStream.range(0, at.length).map(i -> pattern.get(i) == NEW ? 0 : at[i] * strides[pattern.get(i)]).sum());
    }

    @Override public List<@Nullable Expr> outputShape(Expr x) {
        var dims = new ArrayList<@Nullable Expr>();
        for (int d : pattern) dims.add(d == NEW ? Constant.index(1) : x.length(d));
        return dims;
    }

    @Override public Partial partial(Expr x, Expr y) {
        int[] back = IntStream.range(0, x.type().rank()).map(pattern::indexOf).toArray();
        return Partial.linear(dx -> Expr.of(this, List.of(dx)), g -> dimshuffle(g, back));
    }

    @Override public Lowering lower(Operand x, Operand y) {
        return new Lowering.View(0, IntStream.range(0, x.dims().size())
            .<Scalar>mapToObj(d -> pattern.contains(d) ? new Scalar.Index(pattern.indexOf(d)) : Scalar.Const.of(0L)).toList());
    }

    @Override public Optional<Expr> batch(Expr x) {
        return Optional.of(dimshuffle(x, IntStream.rangeClosed(0, pattern.size())
            .map(i -> i == 0 ? 0 : pattern.get(i - 1) == NEW ? NEW : pattern.get(i - 1) + 1).toArray()));
    }

    @Override public boolean isStructural() { return true; }

    /// `A.T`, nothing for leading new dimensions, else `dimshuffle(x, 0, "x")`.
    @Override public Symbol symbol() {
        int news = (int) pattern.stream().takeWhile(d -> d == NEW).count();
        var rest = pattern.subList(news, pattern.size());
        if (rest.equals(IntStream.range(0, rest.size()).boxed().toList())) return new Symbol.Hidden();
        var reversed = IntStream.range(0, pattern.size()).map(i -> pattern.size() - 1 - i).boxed().toList();
        return pattern.equals(reversed) ? Symbol.template("$0.T") : Symbol.call("dimshuffle", text());
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return of.test(in.getFirst()); }
    @Override public boolean isFinite(List<Expr> in, Expr y, Predicate<Expr> of) { return of.test(in.getFirst()); }
}
