package org.agnesi.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Integers;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Input;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.agnesi.sparse.Tensor.Place;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// Scalars of one node's lowering made ready for a walk over points: positions as numbers, bodies as what they depend on.
///
/// A body depends on all elements it reads, but of a choice by index data, such as a diagonal's or a triangle's, only on
/// the side that is taken. What is chosen by other values may be either.
final class PointCode {
    private final Node node;
    private final Known known;
    private final Map<Expr, Tensor> tensors;
    private final IndexSets sets;

    /// @param tensors what depends on anything
    PointCode(Node node, Known known, Map<Expr, Tensor> tensors, IndexSets sets) {
        this.node = node;
        this.known = known;
        this.tensors = tensors;
        this.sets = sets;
    }

    /// What `body` depends on at each point of a space.
    Tensor over(Shape space, Scalar body) {
        if (core(body) instanceof Input(var operand, _)) {
            var tensor = tensors.get(operand(operand));
            return tensor == null ? Tensor.filled(space, IndexSets.EMPTY) : new Tensor(space, tensor.sets());
        }
        var code = body(body);
        var found = new int[space.size()];
        var place = new Place(space);
        for (int i = 0; i < found.length; i++, place.next()) found[i] = code.applyAsInt(place);
        return new Tensor(space, found);
    }

    private Expr operand(int k) { return k < node.args().size() ? node.arg(k) : node.result(k - node.args().size()); }

    private static Scalar core(Scalar body) { return body instanceof Scalar.Cast(_, var x) ? core(x) : body; }

    private ToIntFunction<Place> body(Scalar whole) {
        var body = core(whole);
        if (body instanceof Select(_, var condition, var a, var b) && isKnown(condition)) {
            var test = number(condition);
            var first = body(a);
            var second = body(b);
            return place -> test.applyAsLong(place) != 0 ? first.applyAsInt(place) : second.applyAsInt(place);
        }
        var reads = reads(body);
        return switch (reads.size()) {
            case 0 -> _ -> IndexSets.EMPTY;
            case 1 -> reads.getFirst();
            case 2 -> place -> sets.union(reads.get(0).applyAsInt(place), reads.get(1).applyAsInt(place));
            default -> place -> {
                var all = new int[reads.size()];
                for (int i = 0; i < all.length; i++) all[i] = reads.get(i).applyAsInt(place);
                return sets.union(all, 0, all.length);
            };
        };
    }

    /// Each element that a body reads and that depends on anything.
    private List<ToIntFunction<Place>> reads(Scalar body) {
        var reads = new ArrayList<ToIntFunction<Place>>();
        for (var x : Scalars.inOrder(List.of(body))) {
            if (x instanceof Input(var operand, _) && tensors.get(operand(operand)) instanceof Tensor t)
                reads.add(place -> t.sets()[place.flat]);
            if (x instanceof At(var operand, _, var index) && tensors.get(operand(operand)) instanceof Tensor t) reads.add(at(t, index));
        }
        return reads;
    }

    private ToIntFunction<Place> at(Tensor tensor, List<Scalar> index) {
        if (!index.stream().allMatch(this::isKnown)) {
            int all = sets.union(tensor.sets(), 0, tensor.sets().length);
            return _ -> all;
        }
        var flat = flat(tensor.shape(), index);
        return place -> {
            int at = flat.applyAsInt(place);
            return at < 0 ? IndexSets.EMPTY : tensor.sets()[at];
        };
    }

    /// The place in C order of a position, -1 for one outside of the shape: what reads there says so itself.
    ToIntFunction<Place> flat(Shape shape, List<Scalar> index) {
        @SuppressWarnings({"unchecked", "rawtypes"})   // an array, since this runs once per point
        ToLongFunction<Place>[] along = index.stream().map(this::number).toArray(ToLongFunction[]::new);
        int[] dims = shape.dims();
        return place -> {
            int flat = 0;
            for (int axis = 0; axis < along.length; axis++) {
                long at = along[axis].applyAsLong(place);
                if (at < 0 || at >= dims[axis]) return -1;
                flat = flat * dims[axis] + (int) at;
            }
            return flat;
        };
    }

    /// Whether a scalar is made of positions, sizes and index data alone.
    boolean isKnown(Scalar root) {
        return Scalars.inOrder(List.of(root)).stream().allMatch(x -> switch (x) {
            case Input(var operand, _) -> known.value(operand(operand)) != null;
            case At(var operand, _, _) -> known.value(operand(operand)) != null;
            case Size(var operand, _) -> known.hasShape(operand(operand));
            case Const _, Index _ -> true;
            case Scalar.Unary _, Scalar.Binary _, Select _, Scalar.Cast _, Scalar.Rare _ -> !x.dtype().isFloating();
            case Scalar.Compare(_, var a, _) -> !a.dtype().isFloating();
            case Scalar.Fma _, Scalar.Bits _, Scalar.Local _, Scalar.Load _ -> false;
        });
    }

    /// The value of a known scalar.
    private ToLongFunction<Place> number(Scalar x) {
        return switch (x) {
            case Const(_, long bits) -> _ -> bits;
            case Index(int axis) -> place -> place.point[axis];
            case Size(int operand, int axis) -> {
                long size = known.size(operand(operand), axis);
                yield _ -> size;
            }
            case Input(int operand, _) -> {
                var data = data(operand);
                yield place -> data.longAt(place.flat);
            }
            case At(int operand, _, var index) -> {
                var data = data(operand);
                var flat = flat(data.shape(), index);
                yield place -> {
                    int at = flat.applyAsInt(place);
                    return at < 0 ? -1 : data.longAt(at);
                };
            }
            case Scalar.Unary(var f, var dtype, var a) -> {
                var of = number(a);
                yield place -> Integers.apply(f, dtype, of.applyAsLong(place));
            }
            case Scalar.Binary(var f, var dtype, var a, var b) -> {
                var left = number(a);
                var right = number(b);
                yield place -> Integers.apply(f, dtype, left.applyAsLong(place), right.applyAsLong(place));
            }
            case Scalar.Compare(var r, var a, var b) -> {
                var left = number(a);
                var right = number(b);
                yield place -> r.holds(left.applyAsLong(place), right.applyAsLong(place)) ? 1 : 0;
            }
            case Select(_, var c, var a, var b) -> chosen(c, a, b);
            case Scalar.Rare(_, var c, var slow, var fast) -> chosen(c, slow, fast);
            case Scalar.Cast(var dtype, var a) -> {
                var of = number(a);
                yield place -> Integers.wrap(dtype, of.applyAsLong(place));
            }
            case Scalar.Fma _, Scalar.Bits _, Scalar.Local _, Scalar.Load _ -> throw new IllegalStateException("no index is made of " + x);
        };
    }

    private ToLongFunction<Place> chosen(Scalar c, Scalar a, Scalar b) {
        var test = number(c);
        var first = number(a);
        var second = number(b);
        return place -> test.applyAsLong(place) != 0 ? first.applyAsLong(place) : second.applyAsLong(place);
    }

    private NDArray data(int operand) {
        var data = known.value(operand(operand));
        if (data != null) return data;
        throw new IllegalStateException(operand(operand) + " is no index data");
    }

    /// The operands whose elements scalars read.
    static int[] operands(List<Scalar> scalars) {
        return Scalars.inOrder(scalars).stream().flatMapToInt(x -> switch (x) {
            case Input(var operand, _) -> IntStream.of(operand);
            case At(var operand, _, _) -> IntStream.of(operand);
            case Const _, Index _, Size _, Scalar.Unary _, Scalar.Binary _, Scalar.Compare _, Select _, Scalar.Cast _, Scalar.Fma _,
                Scalar.Bits _, Scalar.Rare _, Scalar.Local _, Scalar.Load _ -> IntStream.empty();
        }).distinct().toArray();
    }
}
