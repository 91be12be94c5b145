package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op2;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.ShapeNotes;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `y[out] = Σ a[left] · b[right]`: one label per axis, summed over the labels that `out` lacks.
///
/// Dot, matmul, outer, tensordot and einsum all make this one op, a transposed operand is another order of labels,
/// and both derivatives are again one of these. A label occurs once in each list at most, and in two lists at least;
/// labels count from 0 in the order they appear, so that equal contractions are equal ops.
public record Contract(List<Integer> left, List<Integer> right, List<Integer> out) implements Op2 {
    public Contract {
        var seen = Stream.concat(left.stream(), right.stream()).distinct().toList();
        left = left.stream().map(seen::indexOf).toList();
        right = right.stream().map(seen::indexOf).toList();
        out = out.stream().map(seen::indexOf).toList();
    }

    /// The contraction of two tensors, cast to one dtype; booleans count as int64.
    public static Expr contract(Expr a, List<Integer> left, Expr b, List<Integer> right, List<Integer> out) {
        var op = new Contract(left, right, out);
        if (a.isPattern() || b.isPattern()) return Expr.of(op, a, b);
        var fitted = Promotion.fitLiterals(List.of(a, b));
        var dtype = new Add().compute(fitted.stream().map(e -> e.type().dtype()).toList());
        return Expr.of(op, fitted.stream().map(e -> e.type().dtype() == dtype ? e : Cast.cast(e, dtype)).toList());
    }

    /// The same sums with their axes in another order; null where it is no product.
    public static @Nullable Expr turned(Node product, List<Integer> order) {
        return product.op() instanceof Contract op
            ? contract(product.arg(0), op.left, product.arg(1), op.right, order.stream().map(op.out::get).toList()) : null;
    }

    /// The same product with its operands in the places that those of another product have, where the other order is that one's.
    public static Node like(Node other, Node product) {
        return other.op() instanceof Contract && product.op() instanceof Contract op && !op.equals(other.op())
            ? contract(product.arg(1), op.right, product.arg(0), op.left, op.out).node() : product;
    }

    @Override public TensorType infer(Expr a, Expr b) {
        for (int axis = 0; axis < left.size(); axis++) {
            int other = right.indexOf(left.get(axis));
            if (other >= 0 && a.type().isKnown(axis) && b.type().isKnown(other) && a.type().dim(axis) != b.type().dim(other))
                throw mismatch(a, axis, b, other);
        }
        return new TensorType(DType.promote(a.type().dtype(), b.type().dtype()), out.stream().map(label -> size(a, b, label)).toList());
    }

    private int size(Expr a, Expr b, int label) {
        int inA = left.indexOf(label), inB = right.indexOf(label);
        return inA >= 0 && (inB < 0 || a.type().isKnown(inA)) ? a.type().dim(inA) : b.type().dim(inB);
    }

    private ShapeError mismatch(Expr a, int axisA, Expr b, int axisB) {
        return new ShapeError("""
            %s needs axis %d of %s and axis %d of %s to be equal, but got
              %s: %s
              %s: %s%s
            Transpose or reshape one of them.""".formatted(name(), axisA, a, axisB, b, a, a.type(), b, b.type(), ShapeNotes.of(a, b)));
    }

    @Override public NDArray eval(NDArray a, NDArray b) {
        var sizes = new int[labels()];
        for (int axis = 0; axis < a.rank(); axis++) sizes[left.get(axis)] = a.shape().dim(axis);
        for (int axis = 0; axis < b.rank(); axis++) sizes[right.get(axis)] = b.shape().dim(axis);
        int[] summed = IntStream.range(0, sizes.length).filter(label -> !out.contains(label)).toArray();
        var terms = Shape.of(IntStream.of(summed).map(label -> sizes[label]).toArray());
        var shape = Shape.of(out.stream().mapToInt(label -> sizes[label]).toArray());
        var dtype = DType.promote(a.dtype(), b.dtype());
        var at = new int[sizes.length];
        return dtype.isFloating()
            ? Positions.doubles(dtype, shape, y -> terms(at, y, summed, terms)
                .mapToDouble(_ -> a.doubleAt(place(a, left, at)) * b.doubleAt(place(b, right, at))).reduce(0, Double::sum))
            : Positions.longs(dtype, shape, y -> terms(at, y, summed, terms)
                .mapToLong(_ -> a.longAt(place(a, left, at)) * b.longAt(place(b, right, at))).sum());
    }

    private int labels() { return 1 + Stream.concat(left.stream(), right.stream()).mapToInt(i -> i).max().orElse(-1); }

    /// One entry per term of the sum for the result at `y`; `at` holds the position along each label meanwhile.
    private IntStream terms(int[] at, int[] y, int[] summed, Shape terms) {
        for (int i = 0; i < y.length; i++) at[out.get(i)] = y[i];
        return IntStream.range(0, terms.size()).peek(term -> {
            var index = terms.index(term);
            for (int i = 0; i < index.length; i++) at[summed[i]] = index[i];
        });
    }

    private static int place(NDArray x, List<Integer> labels, int[] at) {
        return x.shape().flat(labels.stream().mapToInt(label -> at[label]).toArray());
    }

    @Override public List<@Nullable Expr> outputShape(Expr a, Expr b) {
        var dims = new ArrayList<@Nullable Expr>();
        for (int label : out) {
            int inA = left.indexOf(label), inB = right.indexOf(label);
            dims.add(inA >= 0 && (inB < 0 || a.type().isKnown(inA)) ? a.length(inA) : b.length(inB));
        }
        return dims;
    }

    @Override public List<Fact> facts(List<Expr> in) {
        var facts = new ArrayList<Fact>();
        var a = in.get(0);
        var b = in.get(1);
        for (int axis = 0; axis < left.size(); axis++) {
            int other = right.indexOf(left.get(axis));
            if (other >= 0 && !(a.type().isKnown(axis) && b.type().isKnown(other))) facts.add(new Fact(a, axis, b, other));
        }
        return facts;
    }

    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(
            Partial.linear(da -> contract(da, left, b, right, out), g -> contract(g, out, b, right, left)),
            Partial.linear(db -> contract(a, left, db, right, out), g -> contract(a, left, g, out, right)));
    }

    /// Leibniz' rule.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        return List.of(k == 1 ? jets.pushed(node, k) : Collections.singletonList(
            jets.product(k, 0, node.arg(0), node.arg(1), (a, b) -> contract(a, left, b, right, out))));
    }

    /// The batch is one label more.
    @Override public Optional<List<Expr>> batch(Batch b) {
        int label = labels();
        return Optional.of(List.of(contract(b.in(0), b.has(0) ? prepend(label, left) : left,
            b.in(1), b.has(1) ? prepend(label, right) : right, prepend(label, out))));
    }

    private static List<Integer> prepend(int label, List<Integer> labels) {
        return Stream.concat(Stream.of(label), labels.stream()).toList();
    }

    @Override public Lowering lower(Operand a, Operand b, Operand y) { return new Lowering.Contract(left, right, out); }
    @Override public String name() { return ContractText.name(this); }
    @Override public Symbol symbol() { return ContractText.symbol(this); }
}
