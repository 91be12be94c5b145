package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.IndexError;
import org.agnesi.error.Place;
import org.agnesi.error.Required;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `x[i, j]` with tensors of positions: `y[…, u, …] = x[…, i(u), …, j(u), …]`; args are `x` and one tensor per axis, of one shape.
///
/// Negative positions count from the end.
///
/// @param axes the axes of `x` that the positions are along
/// @param at   how many of the other axes come before the positions' dimensions in the result
public record Gather(List<Integer> axes, int at) implements OpN {
    public Gather { axes = List.copyOf(axes); }

    /// The gather with positions repeated to one shape, as int64.
    static Expr gather(Expr x, List<Integer> axes, int at, List<Expr> positions) {
        return Expr.of(new Gather(axes, at), Slice.args(x, positions(positions)));
    }

    static List<Expr> positions(List<Expr> given) {
        return Broadcast.align("an index", given.stream().map(i -> i.node().op() instanceof Constant(var value, var _)
            ? value.dtype() == DType.INT64 ? i : Constant.constant(value.cast(DType.INT64)) : Cast.cast(i, DType.INT64)).toList());
    }

    /// `x` at the positions `i` along an axis.
    public static Expr take(Expr x, Expr i, int axis) {
        Required.arguments("take", x, i);
        int along = Axes.normalize("take", x, axis);
        return gather(x, List.of(along), along, List.of(i));
    }

    /// The axes that the positions are not along.
    static List<Integer> others(int rank, List<Integer> axes) {
        return IntStream.range(0, rank).filter(axis -> !axes.contains(axis)).boxed().toList();
    }

    @Override public TensorType type(List<Expr> in) {
        var x = in.getFirst();
        var positions = in.subList(1, in.size());
        for (int k = 0; k < axes.size(); k++) check(x, axes.get(k), positions.get(k));
        var dims = new ArrayList<>(others(x.type().rank(), axes).stream().map(x.type()::dim).toList());
        dims.addAll(at, common(positions));
        return x.type().withDims(dims);
    }

    private static List<Integer> common(List<Expr> positions) {
        return IntStream.range(0, positions.getFirst().type().rank())
            .mapToObj(i -> positions.stream().mapToInt(p -> p.type().dim(i)).max().orElseThrow()).toList();
    }

    /// Positions that are known are checked now.
    private static void check(Expr x, int axis, Expr positions) {
        if (x.type().isKnown(axis) && positions.node().op() instanceof Constant(var value, var _)) try {
            for (int i = 0; i < value.size(); i++) Window.position(axis, x.type().dim(axis), value.longAt(i));
        } catch (IndexError e) {
            throw e.in(x.toString(), x.type().toString(), Place.current());
        }
    }

    @Override public List<Fact> facts(List<Expr> in) { return in.size() < 3 ? List.of() : new Add().facts(in.subList(1, in.size())); }

    @Override public NDArray value(List<NDArray> in) {
        var x = in.getFirst();
        var positions = in.subList(1, in.size());
        verify(x.shape(), positions);
        return Positions.gather(x, shape(x.shape(), positions.getFirst().shape()), y -> source(x.shape(), positions, y));
    }

    /// Positions outside are an error also where nothing is read there.
    void verify(Shape x, List<NDArray> positions) {
        for (int k = 0; k < axes.size(); k++) for (int i = 0; i < positions.get(k).size(); i++)
            Window.position(axes.get(k), x.dim(axes.get(k)), positions.get(k).longAt(i));
    }

    Shape shape(Shape x, Shape positions) {
        var dims = new ArrayList<>(others(x.rank(), axes).stream().map(x::dim).toList());
        dims.addAll(at, IntStream.of(positions.dims()).boxed().toList());
        return Shape.of(dims.stream().mapToInt(d -> d).toArray());
    }

    /// The flat position in `x` of the result's element at `y`.
    int source(Shape x, List<NDArray> positions, int[] y) {
        int dims = positions.getFirst().rank();
        var u = IntStream.range(0, dims).map(i -> y[at + i]).toArray();
        var others = others(x.rank(), axes);
        var from = new int[x.rank()];
        for (int i = 0; i < others.size(); i++) from[others.get(i)] = y[i < at ? i : i + dims];
        for (int k = 0; k < axes.size(); k++) {
            var along = positions.get(k);
            from[axes.get(k)] = Window.position(axes.get(k), x.dim(axes.get(k)), along.longAt(along.shape().flat(u)));
        }
        return x.flat(from);
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        var x = in.getFirst();
        var dims = new ArrayList<@Nullable Expr>();
        for (int axis : others(x.type().rank(), axes)) dims.add(x.length(axis));
        dims.addAll(at, new Add().outputShape(in.subList(1, in.size())));
        return dims;
    }

    /// The transpose of reading is adding up, so a position that repeats adds up.
    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var x = in.getFirst();
        var positions = in.subList(1, in.size());
        var partials = new ArrayList<Partial>(Collections.nCopies(in.size(), Partial.disconnected()));
        partials.set(0, Partial.linear(dx -> gather(dx, axes, at, positions),
            g -> Scatter.scatter(Slice.zeros(x, g), g, axes, at, positions, true)));
        return partials;
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        var x = in.getFirst();
        var index = index(x, in.subList(1, in.size()));
        return new Lowering.Gather(x.at(index), axes.stream().map(axis -> new Lowering.Bound(index.get(axis), x.size(axis), axis))
            .toList());
    }

    /// Where each axis of `x` is read for the current point of the result.
    List<Scalar> index(Operand x, List<Operand> positions) {
        int dims = positions.getFirst().rank();
        var u = IntStream.range(0, dims).<Scalar>mapToObj(i -> new Scalar.Index(at + i)).toList();
        var others = others(x.rank(), axes);
        return IntStream.range(0, x.rank()).mapToObj(axis -> axes.contains(axis)
            ? CutIndex.fromEnd(positions.get(axes.indexOf(axis)).at(u), x.size(axis))
            : new Scalar.Index(others.indexOf(axis) < at ? others.indexOf(axis) : others.indexOf(axis) + dims)).toList();
    }

    @Override public Optional<List<Expr>> batch(Batch b) { return Optional.of(List.of(new BatchedPositions(axes, at, b, 1).get())); }
    @Override public boolean isStructural() { return true; }
    @Override public Symbol symbol() { return Symbol.template("$0" + text(1)); }

    /// `[:, $1]`; where the positions' dimensions do not stand where the first of the axes was, `[axis=2, $1]`.
    String text(int first) {
        boolean run = IntStream.range(1, axes.size()).allMatch(k -> axes.get(k) == axes.getFirst() + k);
        var items = new ArrayList<String>();
        if (!run || at != axes.getFirst()) items.add("axes=" + axes + " at " + at);
        else items.addAll(Collections.nCopies(at, ":"));
        for (int k = 0; k < axes.size(); k++) items.add("$" + (first + k));
        return "[" + String.join(", ", items) + "]";
    }
}
