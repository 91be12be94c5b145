package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.IndexError;
import org.agnesi.error.Place;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `x[1:3, i, ::-1]`: spans and single positions of each axis; args are `x` and the positions that are expressions, int64 scalars.
///
/// @param cuts one per axis of `x`
public record Slice(List<Cut> cuts) implements OpN {
    public Slice { cuts = List.copyOf(cuts); }

    static Expr slice(Expr x, List<Cut> cuts, List<Expr> given) {
        return cuts.stream().allMatch(Cut.ALL::equals) ? x : Expr.of(new Slice(cuts), args(x, given));
    }

    /// `x[i]` along the first axis.
    static Expr element(Expr x, long i) {
        return slice(x, along(x, 0, new Cut.One(new Cut.Edge.Fixed(i))), List.of());
    }

    /// `x[from:to]` along one axis.
    public static Expr piece(Expr x, int axis, Expr from, Expr to) {
        var given = new ArrayList<Expr>();
        return slice(x, along(x, axis, new Cut.Span(edge(from, given), edge(to, given), 1)), given);
    }

    private static List<Cut> along(Expr x, int axis, Cut cut) {
        var cuts = new ArrayList<>(Collections.nCopies(x.type().rank(), Cut.ALL));
        cuts.set(axis, cut);
        return cuts;
    }

    /// A position as an edge; one that is not known goes to the arguments.
    static Cut.Edge edge(Expr position, List<Expr> given) {
        if (Sizes.known(position)) return new Cut.Edge.Fixed(Sizes.value(position));
        given.add(position);
        return Cut.GIVEN;
    }

    static List<Expr> args(Expr x, List<Expr> given) { return Stream.concat(Stream.of(x), given.stream()).toList(); }

    @Override public TensorType type(List<Expr> in) { return type(in.getFirst(), cuts); }

    /// The slice's type, or an error that names `x`.
    static TensorType type(Expr x, List<Cut> cuts) {
        try {
            return x.type().withDims(Window.dims(cuts, x.type()));
        } catch (IndexError e) {
            throw e.in(x.toString(), x.type().toString(), Place.current());
        }
    }

    @Override public NDArray value(List<NDArray> in) {
        var x = in.getFirst();
        var windows = Window.of(cuts, x.shape().dims(), in.stream().skip(1).map(NDArray::toLong).toList());
        var shape = Shape.of(windows.stream().filter(w -> !w.dropped()).mapToInt(Window::count).toArray());
        return Positions.gather(x, shape, at -> place(x.shape(), windows, at));
    }

    /// The flat position in `x` of the slice's element at `at`.
    static int place(Shape x, List<Window> windows, int[] at) {
        var strides = x.strides();
        int flat = 0, k = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            var w = windows.get(axis);
            flat += strides[axis] * (int) (w.start() + (w.dropped() ? 0 : (long) w.step() * at[k++]));
        }
        return flat;
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        return List.copyOf(CutLengths.of(cuts, in.getFirst(), in.subList(1, in.size())));
    }

    /// The transpose of taking is putting into zeros.
    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var x = in.getFirst();
        var given = in.subList(1, in.size());
        var partials = new ArrayList<Partial>(Collections.nCopies(in.size(), Partial.disconnected()));
        partials.set(0, Partial.linear(dx -> slice(dx, cuts, given), g -> PutSlice.put(zeros(x, g), g, cuts, given, true)));
        return partials;
    }

    static Expr zeros(Expr like, Expr g) { return Fill.fill(like, Constant.of(0, g.type().dtype())); }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        var x = in.getFirst();
        var index = CutIndex.of(cuts, x, in.subList(1, in.size()));
        var bounds = IntStream.range(0, cuts.size()).filter(axis -> cuts.get(axis).drops() && !(isFixed(axis) && x.dims().get(axis) >= 0))
            .mapToObj(axis -> new Lowering.Bound(index.get(axis), x.size(axis), axis)).toList();
        return bounds.isEmpty() && Cut.given(cuts) == 0 ? new Lowering.View(0, index) : new Lowering.Gather(x.at(index), bounds);
    }

    private boolean isFixed(int axis) { return cuts.get(axis) instanceof Cut.One(Cut.Edge.Fixed _); }

    /// Positions that differ by row make a gather; bounds that do are refused, since the rows' lengths could differ.
    @Override public Optional<List<Expr>> batch(Batch b) {
        if (b.onlyFirst(1)) return Optional.of(List.of(slice(b.in(0), whole(cuts), b.in().subList(1, b.in().size()))));
        return BatchedCuts.of(cuts, b, 1).map(batched -> List.of(batched.get()));
    }

    /// The cuts of a batch of `x`.
    static List<Cut> whole(List<Cut> cuts) { return Stream.concat(Stream.of(Cut.ALL), cuts.stream()).toList(); }


    @Override public boolean isStructural() { return true; }
    @Override public Symbol symbol() { return Symbol.template("$0" + Cut.text(cuts, 1)); }
}
