package org.agnesi.sparse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Lowering.View;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalars;
import org.agnesi.op.Add;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Constant;
import org.agnesi.op.Fill;
import org.agnesi.op.Reshape;
import org.agnesi.symbolic.Expansion;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A linear map whose matrix is bands: each element of its result is a sum of as many elements of the tangent, at places that
/// move with it, each times a factor.
///
/// Elementwise functions and slices make such maps, as stencils are. A band is followed from node to node as a place and a factor, so
/// the entries are expressions, in their order: no sweep is made, nothing is coloured, and nothing picked.
public final class Bands {
    private static final int MOST = 32;

    private final Expr result;
    private final Map<List<Along>, Expr> bands;

    private Bands(Expr result, Map<List<Along>, Expr> bands) {
        this.result = result;
        this.bands = bands;
    }

    /// A position along an axis of the tangent: `start + step · i`, where `i` is the position along one of the result's axes.
    private record Along(int axis, long step, long start) {
        static final int NONE = -1;

        /// The position where that axis is itself read at a position.
        Along at(List<Along> read) {
            if (axis == NONE) return this;
            var along = read.get(axis);
            return new Along(along.axis, step * along.step, start + step * along.start);
        }

        Along moved() { return new Along(axis, step, 0); }

        /// Null where it is no such position.
        static @Nullable Along of(Scalar index) {
            return switch (index) {
                case Scalar.Const(_, long bits) -> new Along(NONE, 0, bits);
                case Scalar.Index(int axis) -> new Along(axis, 1, 0);
                case Scalar.Binary(var f, _, var a, var b) -> of(a) instanceof Along x && of(b) instanceof Along y ? of(f, x, y) : null;
                case Scalar _ -> null;
            };
        }

        private static @Nullable Along of(BinaryFunction f, Along x, Along y) {
            if (x.axis != NONE && y.axis != NONE) return null;
            if (f == BinaryFunction.ADD) return new Along(Math.max(x.axis, y.axis), x.step + y.step, x.start + y.start);
            return f != BinaryFunction.MUL ? null : x.axis == NONE ? y.times(x.start) : x.times(y.start);
        }

        private Along times(long k) { return new Along(axis, step * k, start * k); }
    }

    /// The bands of `dy`, which is linear in `tangent`; null where its matrix is none.
    public static @Nullable Bands of(Expr dy, Expr tangent) {
        var result = Expansion.of(List.of(dy)).getFirst();
        var found = new IdentityHashMap<Expr, Map<List<Along>, Expr>>();
        found.put(tangent, Map.of(here(tangent), ones(tangent)));
        for (var node : Moved.of(List.of(result), tangent).order()) {
            var bands = through(node, found);
            if (bands == null || bands.size() > MOST) return null;
            found.put(node.result(0), bands);
        }
        var bands = found.get(result);
        return bands == null || !isOrdered(bands) ? null : new Bands(result, bands);
    }

    private static Expr ones(Expr like) { return Fill.fill(like, Constant.of(1, like.type().dtype())); }

    /// The columns of a row are in one order, and different, if all bands move alike.
    private static boolean isOrdered(Map<List<Along>, Expr> bands) {
        return bands.keySet().stream().map(place -> place.stream().map(Along::moved).toList()).distinct().count() == 1;
    }

    private static @Nullable Map<List<Along>, Expr> through(Node node, Map<Expr, Map<List<Along>, Expr>> found) {
        if (node.size() != 1 || !node.result(0).type().dtype().isFloating()) return null;
        return switch (node.lowering()) {
            case Pointwise(var body) when isPlain(body) -> through(node, PointCode.operands(List.of(body)), here(node.result(0)), found);
            case View(int operand, var index) -> through(node, new int[] {operand}, read(index), found);
            case Lowering _ -> null;
        };
    }

    /// @param operands those whose elements are read
    /// @param read     where; null where it is no such place
    private static @Nullable Map<List<Along>, Expr> through(Node node, int[] operands, @Nullable List<Along> read,
        Map<Expr, Map<List<Along>, Expr>> found) {
        if (read == null) return null;
        var bands = new LinkedHashMap<List<Along>, Expr>();
        for (int operand : operands) found.getOrDefault(node.arg(operand), Map.of()).forEach((place, factor) ->
            bands.merge(place.stream().map(along -> along.at(read)).toList(), pushed(node, operand, factor), Add::add));
        return bands;
    }

    private static List<Along> here(Expr e) {
        return IntStream.range(0, e.type().rank()).mapToObj(axis -> new Along(axis, 1, 0)).toList();
    }

    /// Whether all that a body reads counts at every point, as a pattern has it.
    private static boolean isPlain(Scalar body) {
        return Scalars.inOrder(List.of(body)).stream().noneMatch(x -> x instanceof Scalar.Select || x instanceof Scalar.At);
    }

    private static @Nullable List<Along> read(List<Scalar> index) {
        var read = new ArrayList<Along>();
        for (var i : index) {
            var along = Along.of(i);
            if (along == null) return null;
            read.add(along);
        }
        return read;
    }

    /// What a linear node makes of a factor at one of its arguments.
    private static Expr pushed(Node node, int operand, Expr factor) {
        var tangents = new ArrayList<@Nullable Expr>(Collections.nCopies(node.args().size(), null));
        tangents.set(operand, factor);
        var pushed = node.op().pushAll(node.args(), node.results(), tangents).getFirst();
        return pushed == null ? Fill.fill(node.result(0), Constant.of(0, factor.type().dtype())) : pushed;
    }

    /// Whether each element depends on the one at its own place.
    public boolean isDiagonal() {
        var place = bands.keySet().iterator().next();
        return bands.size() == 1 && place.size() == result.type().rank()
            && IntStream.range(0, place.size()).allMatch(axis -> place.get(axis).equals(new Along(axis, 1, 0)));
    }

    /// The entries, row by row.
    public Expr entries() {
        var order = Comparator.<List<Along>>comparingLong(_ -> 0);
        for (int axis = 0; axis < bands.keySet().iterator().next().size(); axis++) {
            int k = axis;
            order = order.thenComparingLong(place -> place.get(k).start());
        }
        var sorted = bands.keySet().stream().sorted(order).map(bands::get).toList();
        return Reshape.reshape(sorted.size() == 1 ? sorted.getFirst() : Concatenate.stack(sorted, -1), -1);
    }
}
