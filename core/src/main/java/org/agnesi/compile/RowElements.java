package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Lowering.Arg;
import org.agnesi.kernel.Lowering.Bound;
import org.agnesi.kernel.Lowering.Branch;
import org.agnesi.kernel.Lowering.Contract;
import org.agnesi.kernel.Lowering.Eval;
import org.agnesi.kernel.Lowering.Gather;
import org.agnesi.kernel.Lowering.Library;
import org.agnesi.kernel.Lowering.Loop;
import org.agnesi.kernel.Lowering.Piecewise;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Lowering.Prefix;
import org.agnesi.kernel.Lowering.Reduce;
import org.agnesi.kernel.Lowering.Replay;
import org.agnesi.kernel.Lowering.Reshape;
import org.agnesi.kernel.Lowering.Scatter;
import org.agnesi.kernel.Lowering.View;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// The elements of a row, each a scalar of its own: along all axes but the first, positions are numbers.
///
/// What only moves elements within a row costs nothing so: a cross product's turned coordinates, a gradient's zeros with a part set.
/// Sums have the bits that [ShortFolds] gives them.
final class RowElements {
    /// Operands from outside have numbers from here on until they have slots.
    private static final int OUTSIDE = 1 << 24;

    private final Inliner inliner;
    private final Lowerings lowerings;
    private final Terms terms;
    private final Slots slots;
    private final Map<Integer, NDArray> constants;
    private final Scalar row;
    private final Map<Expr, List<Scalar>> known = new IdentityHashMap<>();
    private final Map<Expr, Integer> numbers = new IdentityHashMap<>();
    private final List<Expr> outside = new ArrayList<>();
    private final List<Demand> demands = new ArrayList<>();
    private final Map<Scalar, Scalar> overSlots = new IdentityHashMap<>();
    private boolean inRow;

    /// @param constants values of slots
    RowElements(Inliner inliner, Lowerings lowerings, Slots slots, Map<Integer, NDArray> constants) {
        this.inliner = inliner;
        this.lowerings = lowerings;
        this.slots = slots;
        this.constants = constants;
        terms = inliner.terms();
        row = terms.term(new Index(0));
    }

    /// What must hold of a node's positions.
    record Demand(Node node, Scalar index, Scalar size, int axis) {}

    /// What members demand, over slots, each once.
    List<Demand> demands() {
        var all = new LinkedHashMap<List<Integer>, Demand>();
        for (var demand : demands) {
            var over = overSlots(List.of(demand.index, demand.size));
            all.putIfAbsent(terms.ids(over), new Demand(demand.node, over.getFirst(), over.getLast(), demand.axis));
        }
        return List.copyOf(all.values());
    }

    /// Finds the elements of a node's result; false where one of them needs another row, or a position that only values tell.
    boolean add(Node node) {
        inRow = true;
        int before = demands.size();
        var elements = new ArrayList<Scalar>();
        for (var inner : points(inner(node.result(0)))) {
            elements.add(computed(node, position(inner)));
            if (!inRow) {
                demands.subList(before, demands.size()).clear();
                return false;
            }
        }
        known.put(node.result(0), elements);
        return true;
    }

    /// The elements of a result in C order, over slots; operands from outside get theirs now.
    List<Scalar> elements(Expr e) { return overSlots(known.get(e)); }

    private List<Scalar> overSlots(List<Scalar> scalars) {
        return scalars.stream().map(x -> Scalars.map(x, part -> part instanceof At(var number, _, var index) && number >= OUTSIDE
            ? inliner.element(outside.get(number - OUTSIDE), index) : terms.term(part), overSlots)).toList();
    }

    /// How many scalars the elements of results come to.
    int weight(List<Expr> all) { return Scalars.inOrder(all.stream().flatMap(e -> known.get(e).stream()).toList()).size(); }

    List<Integer> inner(Expr e) {
        return inliner.dims(e).stream().skip(1).map(size -> (int) ((Const) size).bits()).toList();
    }

    List<Scalar> position(List<Integer> inner) {
        var position = new ArrayList<>(List.of(row));
        for (int k : inner) position.add(number(k));
        return position;
    }

    private Scalar number(long k) { return terms.term(Const.of(k)); }

    /// All positions in a space, in C order.
    static List<List<Integer>> points(List<Integer> sizes) {
        var points = List.of(List.<Integer>of());
        for (int size : sizes) points = points.stream().flatMap(point -> IntStream.range(0, size).mapToObj(k -> {
            var further = new ArrayList<>(point);
            further.add(k);
            return List.<Integer>copyOf(further);
        })).toList();
        return points;
    }

    private Scalar elsewhere(DType dtype) {
        inRow = false;
        return terms.term(Const.of(dtype, 0));
    }

    private Scalar element(Expr e, List<Scalar> position) {
        boolean numbers = position.stream().skip(1).allMatch(Const.class::isInstance);
        var own = known.get(e);
        if (own != null) {
            if (!numbers || terms.id(position.getFirst()) != terms.id(row)) return elsewhere(e.type().dtype());
            return isInside(position, inner(e)) ? own.get(place(position, inner(e))) : terms.term(Const.of(e.type().dtype(), 0));
        }
        if (slots.has(e) && constants.get(slots.of(e)) instanceof NDArray values && position.stream().allMatch(Const.class::isInstance))
            return terms.term(Const.element(values, flat(position, values)));
        if (lowerings.inlines(e.node()) && !slots.has(e) && lowerings.reads(e.node()).isEmpty()) return inliner.element(e, position);
        int number = this.numbers.computeIfAbsent(e, _ -> {
            outside.add(e);
            return OUTSIDE + outside.size() - 1;
        });
        return terms.term(new At(number, e.type().dtype(), position));
    }

    /// Whether there is such an element; what is read where there is none is thrown away.
    private static boolean isInside(List<Scalar> position, List<Integer> inner) {
        return IntStream.range(0, inner.size()).allMatch(k -> {
            long at = ((Const) position.get(k + 1)).bits();
            return at >= 0 && at < inner.get(k);
        });
    }

    private static int place(List<Scalar> position, List<Integer> inner) {
        int place = 0;
        for (int k = 0; k < inner.size(); k++) place = place * inner.get(k) + (int) ((Const) position.get(k + 1)).bits();
        return place;
    }

    private static int flat(List<Scalar> position, NDArray values) {
        int place = 0;
        for (int k = 0; k < position.size(); k++) place = place * values.shape().dim(k) + (int) ((Const) position.get(k)).bits();
        return place;
    }

    private Scalar at(Scalar body, Node node, List<Scalar> point) { return inliner.at(body, node, point, this::element); }

    private Scalar computed(Node node, List<Scalar> position) {
        return switch (lowerings.of(node)) {
            case Pointwise(var body) -> at(body, node, position);
            case View(var operand, var index) -> element(node.arg(operand), index.stream().map(i -> at(i, node, position)).toList());
            case Gather(var body, var bounds) -> {
                for (var bound : bounds) demand(bound, node, position);
                yield at(body, node, position);
            }
            case Reshape(var operand) -> reshaped(node.arg(operand), node.result(0), position);
            case Reduce(var combine, var axes, var body) -> {
                var values = summed(node.arg(0), axes, position).stream().map(point -> at(body, node, point)).toList();
                yield combined(combine, values, body.dtype());
            }
            case Contract contract -> product(node, contract, position);
            case Piecewise(var axis) -> piece(node, axis, position);
            case Scatter scatter -> scattered(node, scatter, position);
            case Arg _, Prefix _, Library _, Loop _, Replay _, Branch _, Eval _ -> elsewhere(node.types().getFirst().dtype());
        };
    }

    /// Values tell a position: it is checked where it is not known to be inside.
    private void demand(Bound bound, Node node, List<Scalar> position) {
        var index = at(bound.index(), node, position);
        var size = at(bound.size(), node, position);
        if (!(index instanceof Const i && size instanceof Const n)) demands.add(new Demand(node, index, size, bound.axis()));
        else if (i.bits() < 0 || i.bits() >= n.bits()) inRow = false;
    }

    private Scalar reshaped(Expr from, Expr to, List<Scalar> position) {
        var sizes = inliner.dims(from);
        if (!isRows(sizes) || terms.id(sizes.getFirst()) != terms.id(inliner.dim(to, 0))) return elsewhere(to.type().dtype());
        var inner = inner(from);
        return element(from, position(points(inner).get(place(position, inner(to)))));
    }

    /// Whether all sizes but the first are numbers.
    static boolean isRows(List<Scalar> sizes) { return !sizes.isEmpty() && sizes.stream().skip(1).allMatch(Const.class::isInstance); }

    /// The points of an operand that a reduction takes together at a position.
    private List<List<Scalar>> summed(Expr operand, List<Integer> axes, List<Scalar> position) {
        var sizes = inliner.dims(operand);
        if (axes.contains(0) || !isRows(sizes)) {
            inRow = false;
            return List.of();
        }
        var reduced = axes.stream().sorted().toList();
        return points(reduced.stream().map(axis -> (int) ((Const) sizes.get(axis)).bits()).toList()).stream().map(point -> {
            var full = new ArrayList<>(position);
            for (int k = 0; k < reduced.size(); k++) full.add(reduced.get(k), number(point.get(k)));
            return List.<Scalar>copyOf(full);
        }).toList();
    }

    /// Of matrices that are as small as rows, be there ever so many: no packed product comes near this.
    private Scalar product(Node node, Contract contract, List<Scalar> position) {
        var y = node.result(0);
        Map<Integer, Scalar> sizes = new HashMap<>(), at = new HashMap<>();
        for (int k = 0; k < contract.a().size(); k++) sizes.put(contract.a().get(k), inliner.dim(node.arg(0), k));
        for (int k = 0; k < contract.b().size(); k++) sizes.putIfAbsent(contract.b().get(k), inliner.dim(node.arg(1), k));
        for (int k = 0; k < contract.out().size(); k++) at.put(contract.out().get(k), position.get(k));
        var summed = new ArrayList<Integer>();
        for (var labels : List.of(contract.a(), contract.b())) for (int label : labels)
            if (!at.containsKey(label) && !summed.contains(label)) summed.add(label);
        boolean isShort = summed.stream().allMatch(label -> sizes.get(label) instanceof Const c && c.bits() <= Fold.WIDTH);
        if (!isShort) return elsewhere(y.type().dtype());
        var values = new ArrayList<Scalar>();
        for (var point : points(summed.stream().map(label -> (int) ((Const) sizes.get(label)).bits()).toList())) {
            for (int k = 0; k < summed.size(); k++) at.put(summed.get(k), number(point.get(k)));
            values.add(terms.mul(factor(node.arg(0), contract.a(), at, y), factor(node.arg(1), contract.b(), at, y)));
        }
        return summed.isEmpty() ? values.getFirst() : combined(Combine.ADD, values, y.type().dtype());
    }

    private Scalar combined(Combine combine, List<Scalar> values, DType dtype) {
        return inRow && values.size() <= Fold.WIDTH ? ShortFolds.combined(terms, combine, values, dtype) : elsewhere(dtype);
    }

    private Scalar factor(Expr e, List<Integer> labels, Map<Integer, Scalar> at, Expr y) {
        return terms.term(Scalar.cast(y.type().dtype(), element(e, labels.stream().map(at::get).toList())));
    }

    private Scalar piece(Node node, int axis, List<Scalar> position) {
        if (axis == 0) return elsewhere(node.types().getFirst().dtype());
        long k = ((Const) position.get(axis)).bits();
        for (var piece : node.args()) {
            if (!(inliner.dim(piece, axis) instanceof Const size)) break;
            if (k < size.bits()) {
                var inside = new ArrayList<>(position);
                inside.set(axis, number(k));
                return element(piece, inside);
            }
            k -= size.bits();
        }
        return elsewhere(node.types().getFirst().dtype());
    }

    private Scalar scattered(Node node, Scatter scatter, List<Scalar> position) {
        var updates = node.arg(scatter.updates());
        var sizes = inliner.dims(updates);
        var value = element(node.arg(scatter.base()), position);
        if (!isRows(sizes) || terms.id(sizes.getFirst()) != terms.id(inliner.dim(node.result(0), 0))) return elsewhere(value.dtype());
        for (var inner : points(inner(updates))) {
            var point = position(inner);
            var target = scatter.index().stream().map(i -> at(i, node, point)).toList();
            if (!isInside(node, target)) return elsewhere(value.dtype());
            if (!terms.ids(target).equals(terms.ids(position))) continue;
            var update = element(updates, point);
            value = scatter.combine() == null ? update : terms.term(Scalar.call(scatter.combine().function(), value, update));
        }
        return value;
    }

    /// Whether a position of the result is in this row, and known to be there.
    private boolean isInside(Node node, List<Scalar> target) {
        if (terms.id(target.getFirst()) != terms.id(row)) return false;
        for (int axis = 1; axis < target.size(); axis++)
            if (!(target.get(axis) instanceof Const k) || k.bits() < 0 || k.bits() >= ((Const) inliner.dim(node.result(0), axis)).bits())
                return false;
        return true;
    }
}
