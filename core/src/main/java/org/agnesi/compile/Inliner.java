package org.agnesi.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Lowering.Gather;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Lowering.Reshape;
import org.agnesi.kernel.Lowering.View;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Input;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalars;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// Says of any element of an expression which scalar it is, over the slots and the current point.
///
/// What has a slot is read there; the rest is computed on the spot, its views gone into the positions. Sizes are
/// scalars too: polynomials over the sizes of slots, where those that a fact makes equal are one term.
final class Inliner {
    private final Terms terms = new Terms();
    private final Lowerings lowerings;
    private final Slots slots;
    private final Map<Expr, List<Scalar>> dims = new IdentityHashMap<>();
    private final Map<Scalar, Scalar> equal = new IdentityHashMap<>();
    /// Those of the sizes with equal ones that are products.
    private final List<Scalar> products = new ArrayList<>();
    private final List<SizeCheck> checks = new ArrayList<>();
    private final Map<Expr, Map<List<Integer>, Scalar>> elements = new IdentityHashMap<>();

    Inliner(Lowerings lowerings, Slots slots) {
        this.lowerings = lowerings;
        this.slots = slots;
    }

    Terms terms() { return terms; }

    /// The equalities of sizes that must be checked at a call.
    List<SizeCheck> checks() { return checks; }

    Lowering lowering(Node node) { return lowerings.of(node); }

    /// Sets the sizes of an input: known, or asked of its array.
    void input(Expr e) {
        int slot = slots.of(e);
        var sizes = new ArrayList<Scalar>();
        for (int axis = 0; axis < e.type().rank(); axis++)
            sizes.add(e.type().isKnown(axis) ? known(e, axis) : terms.term(new Size(slot, axis)));
        dims.put(e, sizes);
    }

    /// The sizes of `e`, each the representative of all that are known to be equal.
    List<Scalar> dims(Expr e) {
        if (!dims.containsKey(e)) describe(e.node());
        return dims.get(e).stream().map(this::representative).toList();
    }

    Scalar dim(Expr e, int axis) { return dims(e).get(axis); }

    /// Finds the sizes of a node's results, after those of its arguments.
    void describe(Node node) {
        for (var fact : node.op().facts(node.args())) unite(node, fact);
        size(node);
        switch (lowerings.of(node)) {
            case View(var operand, var index) -> confirm(node, operand, index);
            case Reshape(var operand) -> confirm(node, dims(node.arg(operand)), dims(node.result(0)));
            case Lowering _ -> { }
        }
    }

    /// A view may only read what its argument has.
    private void confirm(Node node, int operand, List<Scalar> index) {
        for (int axis = 0; axis < index.size(); axis++) {
            if (!(index.get(axis) instanceof Index(var along))) continue;
            var size = dim(node.arg(operand), axis);
            var read = dim(node.result(0), along);
            boolean clear = Scalars.inOrder(List.of(read)).contains(size) || size instanceof Const a
                && read instanceof Const b && b.bits() <= a.bits();
            if (!clear) checks.add(new SizeCheck.Within(node, operand, axis, size, read));
        }
    }

    private void confirm(Node node, List<Scalar> from, List<Scalar> to) {
        if (terms.id(terms.product(from)) != terms.id(terms.product(to))) checks.add(new SizeCheck.Count(node, from, to));
    }

    private void size(Node node) {
        if (node.types().stream().allMatch(type -> type.isStatic())) {
            for (var e : node.results()) dims.putIfAbsent(e, e.type().dims().stream().map(d -> terms.term(Const.of((long) d))).toList());
            return;
        }
        if (lowerings.of(node) instanceof Pointwise && !lowerings.reads(node).isEmpty()) {
            dims.putIfAbsent(node.result(0), dims(node.arg(lowerings.reads(node).getFirst())));
            return;
        }
        var shapes = node.op().outputShapes(node.args());
        for (var e : node.results()) {
            if (dims.containsKey(e)) continue;
            var sizes = new ArrayList<Scalar>();
            for (int axis = 0; axis < e.type().rank(); axis++) {
                var size = shapes.get(e.index()).get(axis);
                sizes.add(e.type().isKnown(axis) ? known(e, axis) : size == null
                    ? terms.term(new Size(slots.of(e), axis)) : element(size, List.of()));
            }
            dims.put(e, sizes);
        }
    }

    private Scalar known(Expr e, int axis) { return terms.term(Const.of((long) e.type().dim(axis))); }

    private void unite(Node node, Fact fact) {
        var a = dim(fact.a(), fact.axisA());
        var b = dim(fact.b(), fact.axisB());
        if (terms.id(a) == terms.id(b)) return;
        checks.add(new SizeCheck.Equal(node, fact, dims(fact.a()), dims(fact.b())));
        if (a instanceof Const && b instanceof Const) return;
        boolean keepA = a instanceof Const || !(b instanceof Const) && terms.id(a) < terms.id(b);
        equal.put(keepA ? b : a, keepA ? a : b);
        for (var size : List.of(a, b)) if (isProduct(size)) products.add(size);
    }

    private static boolean isProduct(Scalar size) { return size instanceof Scalar.Binary(var f, _, _, _) && f == BinaryFunction.MUL; }

    Scalar representative(Scalar size) {
        Scalar x = size;
        for (var next = equal.get(x); next != null; next = equal.get(x)) x = next;
        return x;
    }

    /// What sizes are a product of, as they are or as equal ones are.
    Factors factors(List<Scalar> sizes) { return Factors.of(sizes.stream().map(this::product).toList(), terms, this::representative); }

    @SuppressWarnings("ReferenceEquality") // terms: equal ones are one object
    private Scalar product(Scalar size) {
        var x = representative(size);
        return isProduct(x) ? x : products.stream().filter(product -> representative(product) == x).findFirst().orElse(x);
    }

    /// Sizes with elements of slots as loads, which is what an evaluator knows.
    List<Scalar> loaded(List<Scalar> sizes) {
        return sizes.stream().map(size -> Scalars.map(size, x -> x instanceof At(var slot, var dtype, var index)
            ? new Load(slot, dtype, terms.linear(index, dims(slots.expr(slot)))) : x)).toList();
    }

    /// Forgets the elements found so far, because slots have been given since.
    void forget() { elements.clear(); }

    /// The element of `e` at a position.
    Scalar element(Expr e, List<Scalar> position) {
        if (!inlines(e)) return terms.term(new At(slots.of(e), e.type().dtype(), position));
        if (position.isEmpty()) numbers(e);
        var known = known(e);
        var ids = terms.ids(position);
        var found = known.get(ids);
        if (found != null) return found;
        var element = computed(e.node(), position);
        known.put(ids, element);
        return element;
    }

    private Map<List<Integer>, Scalar> known(Expr e) { return elements.computeIfAbsent(e, _ -> new HashMap<>()); }

    /// Finds the numbers that a number is computed from, the first ones first: the size of what is joined of a thousand pieces is as
    /// many additions deep.
    private void numbers(Expr e) {
        Set<Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        var work = new ArrayDeque<>(List.of(e.node()));
        while (!work.isEmpty()) {
            var node = work.pop();
            if (!isNewNumber(node) || !needed.add(node)) continue;
            for (int k : lowerings.reads(node)) work.push(node.arg(k).node());
        }
        for (var node : Graph.inOrder(List.of(e), needed::contains)) known(node.result(0)).put(List.of(), computed(node, List.of()));
    }

    private boolean isNewNumber(Node node) {
        var number = node.result(0);
        return number.type().rank() == 0 && inlines(number) && !known(number).containsKey(List.of());
    }

    private boolean inlines(Expr e) { return !slots.has(e) && (slots.isChecked(e) || lowerings.inlines(e.node())); }

    /// The element of an inlining node's result, computed even where it has a slot.
    Scalar computed(Node node, List<Scalar> position) {
        return switch (lowerings.of(node)) {
            case Pointwise(var body) -> at(body, node, position);
            case Gather(var body, _) -> at(body, node, position);
            case View(var operand, var index) -> element(node.arg(operand), index.stream().map(i -> at(i, node, position)).toList());
            case Reshape(var operand) -> moved(node.arg(operand), position, dims(node.result(0)));
            case Lowering other -> throw new IllegalStateException(node.op().name() + " has no element of its own: " + other);
        };
    }

    /// The element of `e` where an array of these sizes has a position; a chain of reshapes is one read.
    private Scalar moved(Expr e, List<Scalar> position, List<Scalar> sizes) {
        if (!slots.has(e) && lowerings.of(e.node()) instanceof Reshape(var operand)) return moved(e.node().arg(operand), position, sizes);
        return !inlines(e)
            ? terms.term(new Load(slots.of(e), e.type().dtype(), terms.linear(position, sizes)))
            : element(e, new ReshapedPosition(terms, sizes, dims(e), this::factors).of(position));
    }

    /// A scalar of a node's lowering at a point: operands become elements, indices the point's, sizes terms.
    Scalar at(Scalar body, Node node, List<Scalar> point) { return at(body, node, point, this::element); }

    /// The same by somebody else's elements.
    Scalar at(Scalar body, Node node, List<Scalar> point, BiFunction<Expr, List<Scalar>, Scalar> elements) {
        return Scalars.map(body, x -> switch (x) {
            case Input(var operand, _) -> elements.apply(node.arg(operand), point);
            case At(var operand, _, var index) -> elements.apply(node.arg(operand), index);
            case Index(var axis) -> point.get(axis);
            case Size(var operand, var axis) -> dim(operand(node, operand), axis);
            case Const _, Scalar.Unary _, Scalar.Binary _, Scalar.Compare _, Scalar.Select _, Scalar.Cast _, Scalar.Local _, Load _,
                Scalar.Fma _, Scalar.Bits _, Scalar.Rare _ ->
                terms.term(x);
        });
    }

    private static Expr operand(Node node, int operand) {
        return operand < node.args().size() ? node.arg(operand) : node.result(operand - node.args().size());
    }
}
