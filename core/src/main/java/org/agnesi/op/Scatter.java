package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
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

/// `x` with the elements that [Gather] reads replaced by `v`, or with `v` added to them; args are `x`, `v` and the positions.
///
/// Where a position repeats, adding adds all of them, replacing keeps the last in C order.
///
/// @param axes as of [Gather]
/// @param at   as of [Gather]; `v` has the shape of its result
/// @param adds whether to add
public record Scatter(List<Integer> axes, int at, boolean adds) implements OpN {
    private static final int MOST_PLACES = 4096;

    public Scatter { axes = List.copyOf(axes); }

    static Expr scatter(Expr x, Expr v, List<Integer> axes, int at, List<Expr> positions, boolean adds) {
        var args = new ArrayList<>(List.of(x, v));
        args.addAll(Gather.positions(positions));
        return Expr.of(new Scatter(axes, at, adds), args);
    }

    private Gather gather() { return new Gather(axes, at); }

    private static List<Expr> read(List<Expr> in) { return Slice.args(in.getFirst(), in.subList(2, in.size())); }

    private Expr again(Expr x, Expr v, List<Expr> in) { return scatter(x, v, axes, at, in.subList(2, in.size()), adds); }

    @Override public TensorType type(List<Expr> in) {
        var read = gather().type(read(in));
        var v = in.get(1).type();
        for (int i = 0; i < read.rank(); i++) if (v.rank() != read.rank() || read.isKnown(i) && v.isKnown(i) && v.dim(i) != read.dim(i))
            throw new ShapeError("""
                %s of %s needs values of type %s, but got %s of type %s
                Reshape or broadcast them to the indexed shape.""".formatted(name(), in.get(0), read, in.get(1), v));
        return in.getFirst().type();
    }

    /// The values have the shape of what the positions read.
    @Override public List<Fact> facts(List<Expr> in) {
        var read = read(in);
        var facts = new ArrayList<>(gather().facts(read));
        facts.addAll(Sizes.same(in.get(1), () -> Expr.of(gather(), read), gather().type(read)));
        return facts;
    }

    @Override public NDArray value(List<NDArray> in) {
        var y = in.get(0).copy();
        var v = in.get(1);
        var positions = in.subList(2, in.size());
        var read = gather().shape(y.shape(), positions.getFirst().shape());
        if (!v.shape().equals(read)) throw new ShapeError("""
            %s needs values of shape %s, that of what is indexed, but got shape %s
            Reshape or broadcast them to the indexed shape.""".formatted(name(), read, v.shape()));
        gather().verify(y.shape(), positions);
        for (int from = 0; from < v.size(); from++)
            Positions.put(y, gather().source(y.shape(), positions, v.shape().index(from)), v, from, adds);
        return y;
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.getFirst().lengths()); }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var x = in.get(0);
        var v = in.get(1);
        var partials = new ArrayList<Partial>(Collections.nCopies(in.size(), Partial.disconnected()));
        partials.set(0, Partial.symmetric(g -> adds ? g : again(g, Slice.zeros(v, g), in)));
        partials.set(1, Partial.linear(dv -> again(Slice.zeros(x, dv), dv, in), g -> adds || isKnownDistinct(in) ? taken(g, in)
            : Where.where(stays(in), taken(g, in), Constant.of(0, g.type().dtype()))));
        return partials;
    }

    /// Whether no position repeats, as far as constants along axes of known lengths tell.
    private boolean isKnownDistinct(List<Expr> in) {
        var read = Shape.of(in.get(2).type().isStatic() ? in.get(2).type().dims().stream().mapToInt(d -> d).toArray() : new int[0]);
        var places = new HashSet<List<Integer>>();
        for (int k = 0; k < axes.size(); k++) {
            boolean known = in.getFirst().type().isKnown(axes.get(k)) && in.get(2 + k).type().equals(in.get(2).type());
            if (!known || !(in.get(2 + k).node().op() instanceof Constant) || read.size() > MOST_PLACES) return false;
        }
        for (int i = 0; i < read.size(); i++) places.add(place(in, i));
        return places.size() == read.size();
    }

    private List<Integer> place(List<Expr> in, int i) {
        return IntStream.range(0, axes.size()).mapToObj(k -> Window.position(axes.get(k), in.getFirst().type().dim(axes.get(k)),
            ((Constant) in.get(2 + k).node().op()).value().longAt(i))).toList();
    }

    private Expr taken(Expr g, List<Expr> in) { return Gather.gather(g, axes, at, in.subList(2, in.size())); }

    /// Which values are the last at their position: those whose number is read back after all numbers are written.
    private Expr stays(List<Expr> in) {
        var v = in.get(1);
        var numbers = Reshape.reshape(Arange.arange(Sizes.product(v.lengths())), v.lengths());
        return Compare.eq(taken(again(Fill.fill(in.getFirst(), Constant.index(0)), numbers, in), in), numbers);
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Scatter(adds ? Combine.ADD : null, 0, 1, gather().index(in.getFirst(), in.subList(2, in.size())), axes);
    }

    @Override public Optional<List<Expr>> batch(Batch b) {
        return Optional.of(List.of(new BatchedPositions(axes, at, b, 2).put(b.full(1), adds)));
    }

    @Override public boolean isStructural() { return true; }
    @Override public Symbol symbol() { return Symbol.template("$0.at" + gather().text(2) + (adds ? ".add($1)" : ".set($1)")); }

}
