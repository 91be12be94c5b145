package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.Tangents;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Linear equations `A X = B` solved for `X`: a general matrix, or a triangle of one.
///
/// `dX = A⁻¹ (dB − dA X)` is one further solve; back, `B̄ = A⁻ᵀ g` is shared by both inputs: `Ā = −B̄ Xᵀ`.
interface Equations extends OpN {
    Expr of(Expr a, Expr b);

    /// The same for `Aᵀ`.
    Equations other();

    /// Whether it is `Aᵀ` that counts.
    boolean transposed();

    /// The operations it takes, by the textbook.
    Scalar flops(Operand a, Operand b);

    /// The `X` of n rows and so many columns for one `A` and one `B` in one piece each, by a library; false where it cannot.
    boolean value(Blas blas, int n, int columns, double[] a, int at, double[] b, int from, double[] x);

    /// The part of `A` that counts, zeros elsewhere.
    Expr used(Expr a);

    /// `a` and `b` as matrices of one batch and dtype; `b` is a vector if it has one axis.
    static Expr asked(String what, Expr a, Expr b, BinaryOperator<Expr> op) {
        Required.arguments(what, a, b);
        if (b.type().rank() == 0) throw new TypeError("""
            %s needs a vector or matrices on the right, but got the scalar %s of type %s
            Divide by the matrix with inverse, or give a vector.""".formatted(what, b, b.type()));
        boolean vector = b.type().rank() == 1;
        var dtype = DType.promote(a.type().dtype(), b.type().dtype()).floating();
        var matrix = Cast.cast(Matrices.square(what, a), dtype);
        var right = Cast.cast(vector ? DimShuffle.expandDims(b, 1) : b, dtype);
        var both = Matrices.oneBatch(matrix, right);
        var x = op.apply(both.get(0), both.get(1));
        return vector ? Slice.slice(x, dropLast(x), List.of()) : x;
    }

    private static List<Cut> dropLast(Expr x) {
        var cuts = new ArrayList<Cut>(Collections.nCopies(x.type().rank() - 1, Cut.ALL));
        cuts.add(new Cut.One(new Cut.Edge.Fixed(0)));
        return cuts;
    }

    @Override default TensorType type(List<Expr> in) {
        var a = in.get(0);
        var b = in.get(1);
        var dims = new ArrayList<>(b.type().dims());
        for (int axis = 0; axis < dims.size() - 1; axis++) {
            int own = dims.get(axis), matrix = a.type().dim(axis);
            if (own >= 0 && matrix >= 0 && own != matrix) throw new TypeError("""
                %s needs as many rows on the right as the matrix has, and one batch, but got
                  %s of type %s
                  %s of type %s
                Transpose or reshape one of them; a vector on the right is one column.""".formatted(name(), a, a.type(), b, b.type()));
            dims.set(axis, Math.max(own, matrix));
        }
        return b.type().withDims(dims);
    }

    @Override default List<Fact> facts(List<Expr> in) {
        var facts = new ArrayList<>(Matrices.isSquare(in.get(0)));
        for (int axis = 0; axis < in.get(1).type().rank() - 1; axis++)
            if (!in.get(0).type().isKnown(axis) || !in.get(1).type().isKnown(axis)) facts.add(new Fact(in.get(0), axis, in.get(1), axis));
        return facts;
    }

    @Override default List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.get(1).lengths()); }

    @Override default List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        var da = dx.get(0);
        var right = Tangents.sub(dx.get(1), da == null ? null : times(da, out.getFirst()));
        return Collections.singletonList(right == null ? null : of(in.get(0), right));
    }

    /// Leibniz' rule for `B = A X`, solved for the highest derivative of X.
    @Override default List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        if (k == 1) return List.of(jets.pushed(node, k));
        var moved = jets.product(k, 1, node.arg(0), node.result(0), this::times);
        var right = Tangents.sub(jets.at(node.arg(1), k), moved);
        return List.of(Collections.singletonList(right == null ? null : of(jets.value(node.arg(0)), right)));
    }

    private Expr times(Expr a, Expr x) { return Matrices.product(transposed() ? Matrices.transposed(used(a)) : used(a), x); }

    @Override default List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        var cotangent = g.getFirst();
        if (cotangent == null) return Arrays.asList(null, null);
        var x = out.getFirst();
        var right = other().of(in.get(0), cotangent);
        if (!wanted.test(0)) return Arrays.asList(null, right);
        var matrix = transposed() ? Matrices.product(x, Matrices.transposed(right)) : Matrices.product(right, Matrices.transposed(x));
        return Arrays.asList(Neg.neg(used(matrix)), wanted.test(1) ? right : null);
    }

    @Override default List<Partial> partials(List<Expr> in, Expr y) {
        throw new UnsupportedOperationException("the derivatives of equations are joint: pushAll and pullAll");
    }

    @Override default boolean isConnected(List<Expr> in, List<Expr> out, int i) { return true; }
    @Override default Optional<List<Expr>> batch(Batch b) { return Optional.of(List.of(of(b.full(0), b.full(1)))); }
    @Override default Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Library(name(), flops(in.get(0), in.get(1)), this::results);
    }

    private @Nullable List<NDArray> results(Blas blas, List<NDArray> in) {
        var shape = in.get(1).shape();
        int n = shape.dim(-2), columns = shape.dim(-1);
        var a = Matrices.doubles(in.get(0));
        var b = Matrices.doubles(in.get(1));
        var x = new double[b.length];
        for (int at = 0, from = 0; from < x.length; at += n * n, from += n * columns)
            if (!value(blas, n, columns, a, at, b, from, x)) return null;
        return List.of(Matrices.array(in.get(1).dtype(), shape, x));
    }

    @Override default Symbol symbol() { return transposed() ? Symbol.template(name() + "($0.T, $1)") : Symbol.call(name()); }
}
