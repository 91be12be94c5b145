package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Tensors one after the other along an axis; stacking is this along a new axis, and prints as `[a, b]`.
public record Concatenate(int axis) implements OpN {
    public static Expr concatenate(List<? extends Expr> parts, int axis) {
        var fitted = fit("concatenate", parts);
        return Expr.of(new Concatenate(Axes.normalize("concatenate", fitted.getFirst(), axis)), fitted);
    }

    /// Tensors of one shape along a new axis, which may count from the end of the result.
    public static Expr stack(List<? extends Expr> parts, int axis) {
        var fitted = fit("stack", parts);
        int rank = fitted.getFirst().type().rank(), place = axis < 0 ? axis + rank + 1 : axis;
        if (place < 0 || place > rank) throw new TypeError("""
            stack needs a new axis from %d to %d, but got %d for %s of type %s
            The new axis counts in the result.""".formatted(-rank - 1, rank, axis, fitted.getFirst(), fitted.getFirst().type()));
        for (var part : fitted) if (part.type().rank() != rank) throw mismatch("stack", fitted);
        return Expr.of(new Concatenate(place), fitted.stream().map(part -> DimShuffle.expandDims(part, place)).toList());
    }

    /// The lengths of `x`, an int64 vector.
    public static Expr shape(Expr x) {
        return Required.argument("shape", x).type().rank() == 0 ? Constant.constant(new long[0]) : stack(x.lengths(), 0);
    }

    private static List<Expr> fit(String call, List<? extends Expr> parts) {
        var present = Required.<Expr>all(call, "an expression", parts);
        if (present.isEmpty()) throw nothing(call);
        var fitted = Promotion.fitLiterals(present);
        var dtype = Promotion.of(fitted);
        return fitted.stream().map(part -> part.type().dtype() == dtype ? part : Cast.cast(part, dtype)).toList();
    }

    private static TypeError nothing(String what) {
        return new TypeError("""
            %s needs one tensor at least, but got none
            The dtype of nothing is not known; use zeros.""".formatted(what));
    }

    private static ShapeError mismatch(String what, List<Expr> in) {
        return new ShapeError("""
            %s needs tensors that differ along its axis only, but got%s
            Reshape or slice them to one shape first.""".formatted(what, in.stream()
                .map(e -> "\n  " + e + " of type " + e.type()).collect(Collectors.joining())));
    }

    @Override public TensorType type(List<Expr> in) {
        var dims = new ArrayList<>(in.getFirst().type().dims());
        for (var part : in.subList(1, in.size())) {
            var type = part.type();
            if (type.rank() != dims.size()) throw mismatch(name(), in);
            for (int i = 0; i < dims.size(); i++) {
                int size = type.dim(i), sofar = dims.get(i);
                if (i == axis) dims.set(i, size < 0 || sofar < 0 ? TensorType.UNKNOWN : size + sofar);
                else if (size >= 0 && sofar >= 0 && size != sofar) throw mismatch(name(), in);
                else dims.set(i, Math.max(size, sofar));
            }
        }
        return in.getFirst().type().withDims(dims);
    }

    @Override public List<Fact> facts(List<Expr> in) {
        var facts = new ArrayList<Fact>();
        var a = in.getFirst();
        for (var b : in) for (int i = 0; i < a.type().rank(); i++)
            if (i != axis && b != a && !(a.type().isKnown(i) && b.type().isKnown(i))) facts.add(new Fact(a, i, b, i));
        return facts;
    }

    @Override public NDArray value(List<NDArray> in) {
        int[] dims = in.getFirst().shape().dims();
        dims[axis] = in.stream().mapToInt(part -> part.shape().dim(axis)).sum();
        var out = NDArray.zeros(in.getFirst().dtype(), Shape.of(dims));
        int before = 0;
        for (var part : in) {
            for (int from = 0; from < part.size(); from++) {
                var at = part.shape().index(from);
                at[axis] += before;
                if (out.dtype().isFloating()) out.setDoubleAt(out.shape().flat(at), part.doubleAt(from));
                else out.setLongAt(out.shape().flat(at), part.longAt(from));
            }
            before += part.shape().dim(axis);
        }
        return out;
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        var dims = new ArrayList<@Nullable Expr>(in.getFirst().lengths());
        for (int i = 0; i < dims.size(); i++) {
            int along = i;
            dims.set(i, i == axis ? Sizes.sum(in.stream().map(e -> e.length(axis)).toList())
                : in.stream().filter(e -> e.type().isKnown(along)).findFirst().orElse(in.getFirst()).length(i));
        }
        return dims;
    }

    /// Each part pulls its piece back; a tangent of one part stands between zeros.
    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        return IntStream.range(0, in.size()).mapToObj(i -> Partial.linear(dx -> between(in, i, dx), g -> piece(in, i, g))).toList();
    }

    private Expr between(List<Expr> in, int which, Expr dx) {
        return concatenate(IntStream.range(0, in.size()).mapToObj(i -> i == which
            ? dx : Fill.fill(in.get(i), Constant.of(0, dx.type().dtype()))).toList(), axis);
    }

    /// All parts' tangents in one: a sum of one tangent each between zeros would be as many times as large.
    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        var first = dx.stream().filter(Objects::nonNull).findFirst();
        if (first.isEmpty()) return Collections.singletonList(null);
        var zero = Constant.of(0, first.get().type().dtype());
        var parts = new ArrayList<Expr>();
        for (int i = 0; i < in.size(); i++) parts.add(dx.get(i) instanceof Expr tangent ? tangent : Fill.fill(in.get(i), zero));
        return List.of(concatenate(parts, axis));
    }

    private Expr piece(List<Expr> in, int which, Expr g) {
        var start = Sizes.sum(in.subList(0, which).stream().map(e -> e.length(axis)).toList());
        return Slice.piece(g, axis, start, Sizes.plus(start, in.get(which).length(axis)));
    }

    @Override public Optional<List<Expr>> batch(Batch b) { return Optional.of(List.of(concatenate(b.allFull(), axis + 1))); }
    @Override public Lowering lower(List<Operand> in, List<Operand> out) { return new Lowering.Piecewise(axis); }
    @Override public boolean isStructural() { return true; }

    /// `[a, b]` where scalars or rows are stacked, else `concatenate(a, b, axis=1)`.
    @Override public Symbol symbol(List<Expr> in) {
        boolean stacked = axis == 0 && in.stream().allMatch(e -> e.node().op() instanceof DimShuffle(var pattern)
            && !pattern.isEmpty() && pattern.getFirst() == DimShuffle.NEW && e.node().arg(0).type().rank() == pattern.size() - 1);
        return stacked ? Symbol.template(IntStream.range(0, in.size()).mapToObj(i -> "$" + i).collect(Collectors.joining(", ", "[", "]")))
            : symbol();
    }

    @Override public Symbol symbol() { return axis == 0 ? Symbol.call(name()) : Symbol.call(name(), "axis=" + axis); }
}
