package org.agnesi.compile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Lowering.Arg;
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
import org.agnesi.kernel.Product;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Work;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Each node's lowering, asked for once, and what follows from its kind alone.
final class Lowerings {
    /// Elements of a row below which loops over rows that lie together are one.
    private static final int SHORT = 8;

    private final boolean steps;
    private final BooleanSupplier library;
    private final Map<Node, Lowering> known = new IdentityHashMap<>();
    private final Map<Node, List<Integer>> reads = new IdentityHashMap<>();

    /// @param steps   whether it is the body of a loop over steps that becomes one program: products are loops in it, small ones too
    /// @param library whether there is one for products of a matrix and a vector
    Lowerings(boolean steps, BooleanSupplier library) {
        this.steps = steps;
        this.library = library;
    }

    Lowering of(Node node) {
        return known.computeIfAbsent(node, n -> n.lowering() instanceof Gather(var body, var bounds)
            ? new Gather(body, CertainBounds.left(n, bounds)) : n.lowering());
    }

    /// Whether an element of the result can be computed alone, wherever it is needed.
    boolean inlines(Node node) {
        return node.size() == 1 && switch (of(node)) {
            case Pointwise _, View _, Reshape _ -> true;
            case Gather(_, var bounds) -> bounds.isEmpty();
            case Reduce _, Arg _, Scatter _, Contract _, Prefix _, Piecewise _, Library _, Loop _, Replay _, Branch _, Eval _ -> false;
        };
    }

    /// Whether its elements are those of rows that values tell: once these are checked, they can be read as well where the rows are.
    boolean findsRows(Node node) {
        var type = node.types().getFirst();
        int last = type.rank() - 1;
        return of(node) instanceof Gather(Scalar.At(_, _, var index), var bounds) && !bounds.isEmpty() && last > 0
            && index.getLast().equals(new Scalar.Index(last)) && !mentioned(index.subList(0, index.size() - 1)).contains(last)
            && (!type.isKnown(last) || type.dim(last) >= SHORT);
    }

    /// Whether the result comes from the arguments alone, at any time and without a word: no position that values tell is
    /// checked, nothing is drawn, and it is loops of ours.
    boolean isPure(Node node) {
        return node.size() == 1 && node.op().isMergeable() && switch (of(node)) {
            case Pointwise _, View _, Reshape _, Reduce _, Contract _, Prefix _, Arg _, Piecewise _ -> true;
            case Gather(_, var bounds) -> bounds.stream().allMatch(bound -> bound.index() instanceof Scalar.Const);
            case Scatter _, Library _, Loop _, Replay _, Branch _, Eval _ -> false;
        };
    }

    /// Whether it is worth an array of its own: it goes through many elements for one, or calls an elementary function.
    boolean isDear(Node node) {
        return switch (of(node)) {
            case Pointwise(var body) -> Scalars.inOrder(List.of(body)).stream().anyMatch(Work::isElementary);
            case Reduce _, Contract _, Prefix _, Arg _ -> true;
            case View _, Reshape _, Gather _, Scatter _, Piecewise _, Library _, Loop _, Replay _, Branch _, Eval _ -> false;
        };
    }

    /// Whether the result is its argument's elements, moved.
    boolean moves(Node node) {
        return switch (of(node)) {
            case View _, Reshape _ -> true;
            case Pointwise _, Gather _, Reduce _, Arg _, Scatter _, Contract _, Prefix _, Piecewise _,
                Library _, Loop _, Replay _, Branch _, Eval _ -> false;
        };
    }

    /// Whether the result is its argument's array under other sizes; in one program of steps each array has its own.
    boolean renames(Node node) { return !steps && of(node) instanceof Reshape; }

    /// Whether whole arrays go in: no loop of ours computes it.
    boolean isCall(Node node) {
        return switch (of(node)) {
            case Library _, Loop _, Replay _, Branch _, Eval _ -> true;
            case Contract _ -> product(node) != null;
            case Pointwise _, View _, Reshape _, Gather _, Reduce _, Arg _, Scatter _, Prefix _, Piecewise _ -> false;
        };
    }

    /// A contraction that is a task of its own, or null. One of a tensor that is only repeated there is not: it would be made for it.
    @Nullable Product product(Node node) {
        if (!(of(node) instanceof Contract contract)) return null;
        var dtype = node.types().getFirst().dtype();
        if (!dtype.isFloating() || node.args().stream().anyMatch(a -> a.type().dtype() != dtype || moves(a.node()) && repeats(a.node())))
            return null;
        var sizes = Product.sizes(contract, node.arg(0).type().dims(), node.arg(1).type().dims());
        var product = Product.of(contract, sizes);
        if (steps) return product.isWide(sizes) ? product : null;
        return product.isLarge(sizes) || product.isMatrixTimesVector(sizes) && library.getAsBoolean() ? product : null;
    }

    /// Whether one element of an argument may be read for several elements of the result.
    boolean repeats(Node node) {
        return switch (of(node)) {
            case View(_, var index) -> !mentioned(index).containsAll(wide(node.types().getFirst()));
            case Gather(var body, _) -> !(body instanceof Scalar.At(_, _, var index) && isSliced(index, node.types().getFirst()));
            case Contract(var a, var b, var out) -> !a.containsAll(out) || !b.containsAll(out);
            case Pointwise _, Reshape _, Reduce _, Arg _, Scatter _, Prefix _, Piecewise _,
                Library _, Loop _, Replay _, Branch _, Eval _ -> false;
        };
    }

    /// Whether each element is taken from a place of its own: what is read to find it is the same for all.
    private static boolean isSliced(List<Scalar> index, TensorType type) {
        for (var x : Scalars.inOrder(index)) if (x instanceof Scalar.At(_, _, var place) && !mentioned(place).isEmpty()) return false;
        return mentioned(index).containsAll(wide(type));
    }

    private static List<Integer> wide(TensorType type) {
        return IntStream.range(0, type.rank()).filter(k -> type.dim(k) != 1).boxed().toList();
    }

    private static List<Integer> mentioned(List<Scalar> index) {
        var axes = new ArrayList<Integer>();
        for (var x : Scalars.inOrder(index)) if (x instanceof Scalar.Index(var axis)) axes.add(axis);
        return axes;
    }

    /// The arguments whose elements are read; of others only the sizes matter, or nothing.
    List<Integer> reads(Node node) { return reads.computeIfAbsent(node, this::findReads); }

    private List<Integer> findReads(Node node) {
        return switch (of(node)) {
            case Pointwise(var body) -> read(List.of(body));
            case Gather(var body, var bounds) -> {
                var roots = new ArrayList<>(List.of(body));
                for (var bound : bounds) roots.addAll(List.of(bound.index(), bound.size()));
                yield read(roots);
            }
            case View(var operand, var index) -> read(index, operand);
            case Reshape(var operand) -> List.of(operand);
            case Reduce(_, _, var body) -> read(List.of(body));
            case Arg(_, _, var body) -> read(List.of(body));
            case Prefix(_, _, var body) -> read(List.of(body));
            case Scatter(_, var base, var updates, var index, _) -> read(index, base, updates);
            case Contract _, Piecewise _, Library _, Loop _, Replay _, Branch _, Eval _ ->
                IntStream.range(0, node.args().size()).boxed().toList();
        };
    }

    private static List<Integer> read(List<Scalar> roots, int... more) {
        var operands = new TreeSet<Integer>();
        for (int operand : more) operands.add(operand);
        for (var x : Scalars.inOrder(roots)) {
            if (x instanceof Scalar.Input(var operand, _)) operands.add(operand);
            if (x instanceof Scalar.At(var operand, _, _)) operands.add(operand);
        }
        return List.copyOf(operands);
    }
}
