package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `x` with a slice of it replaced by `v`, or with `v` added to it; args are `x`, `v` and the slice's positions.
///
/// @param cuts as of [Slice]; `v` has the shape of that slice
/// @param adds whether to add
public record PutSlice(List<Cut> cuts, boolean adds) implements OpN {
    public PutSlice { cuts = List.copyOf(cuts); }

    static Expr put(Expr x, Expr v, List<Cut> cuts, List<Expr> given, boolean adds) {
        var args = new ArrayList<>(List.of(x, v));
        args.addAll(given);
        return Expr.of(new PutSlice(cuts, adds), args);
    }

    private Expr again(Expr x, Expr v, List<Expr> in) { return put(x, v, cuts, in.subList(2, in.size()), adds); }

    @Override public TensorType type(List<Expr> in) {
        var slice = Slice.type(in.get(0), cuts);
        var v = in.get(1).type();
        for (int i = 0; i < slice.rank(); i++) if (v.rank() != slice.rank() || slice.isKnown(i) && v.isKnown(i) && v.dim(i) != slice.dim(i))
            throw new ShapeError("""
                %s of %s needs values of type %s, but got %s of type %s
                Reshape or broadcast them to the slice.""".formatted(name(), in.get(0), slice, in.get(1), v));
        return in.get(0).type();
    }

    /// The values have the shape of the slice.
    @Override public List<Fact> facts(List<Expr> in) {
        return Sizes.same(in.get(1), () -> Slice.slice(in.get(0), cuts, in.subList(2, in.size())), Slice.type(in.get(0), cuts));
    }

    @Override public NDArray value(List<NDArray> in) {
        var y = in.get(0).copy();
        var v = in.get(1);
        var windows = Window.of(cuts, y.shape().dims(), in.stream().skip(2).map(NDArray::toLong).toList());
        var slice = Shape.of(windows.stream().filter(w -> !w.dropped()).mapToInt(Window::count).toArray());
        if (!slice.equals(v.shape())) throw new ShapeError("""
            the slice %s of shape %s has shape %s, but the values have %s
            Give values of the slice's shape.""".formatted(Cut.text(cuts, 2), y.shape(), slice, v.shape()));
        for (int from = 0; from < v.size(); from++) Positions.put(y, Slice.place(y.shape(), windows, v.shape().index(from)), v, from, adds);
        return y;
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.getFirst().lengths()); }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var x = in.get(0);
        var given = in.subList(2, in.size());
        var partials = new ArrayList<Partial>(Collections.nCopies(in.size(), Partial.disconnected()));
        partials.set(0, Partial.symmetric(g -> adds ? g : again(g, Slice.zeros(in.get(1), g), in)));
        partials.set(1, Partial.linear(dv -> again(Slice.zeros(x, dv), dv, in), g -> Slice.slice(g, cuts, given)));
        return partials;
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Scatter(adds ? Combine.ADD : null, 0, 1, CutIndex.of(cuts, in.getFirst(), in.subList(2, in.size())),
            IntStream.range(0, cuts.size()).filter(axis -> cuts.get(axis).drops()).boxed().toList());
    }

    @Override public Optional<List<Expr>> batch(Batch b) {
        if (b.onlyFirst(2))
            return Optional.of(List.of(put(b.full(0), b.full(1), Slice.whole(cuts), b.in().subList(2, b.in().size()), adds)));
        return BatchedCuts.of(cuts, b, 2).map(batched -> List.of(batched.put(b.full(1), adds)));
    }

    @Override public boolean isStructural() { return true; }
    @Override public Symbol symbol() { return Symbol.template("$0.at" + Cut.text(cuts, 2) + (adds ? ".add($1)" : ".set($1)")); }
}
