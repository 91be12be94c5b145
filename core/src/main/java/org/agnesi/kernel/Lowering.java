package org.agnesi.kernel;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.array.NDArray;
import org.jspecify.annotations.Nullable;

/// What loop an op is. Ops are open, lowerings are sealed: fusion and scheduling know these few kinds and no op.
///
/// `in[k]` are the op's arguments, `out` its first result, `i` the current point of the loop.
public sealed interface Lowering {

    /// `out[i] = body`, from [Scalar.Input], [Scalar.Index] and [Scalar.Size]: every operand read has out's shape.
    record Pointwise(Scalar body) implements Lowering {}

    /// `out[i] = in[operand][index(i)]`, the index made of Index, Size and Const only: transpose, slice, broadcast, flip.
    record View(int operand, List<Scalar> index) implements Lowering {
        public View { index = List.copyOf(index); }
    }

    /// The same elements in C order under another shape.
    record Reshape(int operand) implements Lowering {}

    /// `out[i] = body`, with [Scalar.At] at positions that depend on values; each bound is checked at each point.
    record Gather(Scalar body, List<Bound> bounds) implements Lowering {
        public Gather { bounds = List.copyOf(bounds); }
        public Gather(Scalar body) { this(body, List.of()); }
    }

    /// The demand `0 ≤ index < size` along an axis of the first argument. Negative positions are counted from the end before.
    ///
    /// @param along the indices of the points that there is a position for, whether it differs between them or not
    record Bound(Scalar index, Scalar size, int axis, List<Scalar> along) {
        public Bound { along = List.copyOf(along); }

        public Bound(Scalar index, Scalar size, int axis) { this(index, size, axis, along(index)); }

        /// As far as an op's own index tells them.
        public static List<Scalar> along(Scalar index) {
            return Scalars.inOrder(List.of(index)).stream().filter(Scalar.Index.class::isInstance).toList();
        }

        public Bound map(UnaryOperator<Scalar> change) {
            return new Bound(change.apply(index), change.apply(size), axis, along.stream().map(change).toList());
        }
    }

    /// `out[j] = combine over the axes of body`: the points are those of operand 0.
    record Reduce(Combine combine, List<Integer> axes, Scalar body) implements Lowering {
        public Reduce { axes = List.copyOf(axes); }
    }

    /// The position along the axis of the first largest (MAX) or smallest (MIN) body, or of the first NaN: int64, axis dropped.
    record Arg(Combine combine, int axis, Scalar body) implements Lowering {}

    /// `out = in[base]; for each point u of in[updates]: out[index(u)] combine= in[updates][u]`, set where combine is
    /// null; later updates win. The index may read operands at u.
    ///
    /// @param checked the axes along which the index may be outside of base, where it is an error
    record Scatter(@Nullable Combine combine, int base, int updates, List<Scalar> index, List<Integer> checked) implements Lowering {
        public Scatter { index = List.copyOf(index); checked = List.copyOf(checked); }
    }

    /// `out[…] = Σ in[0][a…] · in[1][b…]`: one label per axis; a label that `out` lacks is summed over.
    record Contract(List<Integer> a, List<Integer> b, List<Integer> out) implements Lowering {
        public Contract { a = List.copyOf(a); b = List.copyOf(b); out = List.copyOf(out); }
    }

    /// `out[…, k, …] = combine over j ≤ k of body at j`: a running reduction along one axis.
    record Prefix(Combine combine, int axis, Scalar body) implements Lowering {}

    /// The operands one after the other along an axis.
    record Piecewise(int axis) implements Lowering {}

    /// A routine with a name, such as `solve`; where no library is at hand the op's `eval` runs.
    ///
    /// @param flops how many operations it does, by the textbook, from the operands' sizes
    /// @param use   how a library does it
    record Library(String routine, Scalar flops, Use use) implements Lowering {}

    /// How an op's results are computed by a library. Null where it cannot, as for a singular matrix: then `eval` speaks.
    @FunctionalInterface
    interface Use {
        @Nullable List<NDArray> results(Blas blas, List<NDArray> in);
    }

    /// The op's region, step by step.
    record Loop(LoopSpec spec) implements Lowering {}

    /// The op's two regions: some steps forwards, and the same steps back.
    record Replay(ReplaySpec spec) implements Lowering {}

    /// One of the op's regions: argument 0 chooses the first where it is true, the second where not.
    record Branch() implements Lowering {}

    /// No loop we know: the op's `eval` runs, and the reason says why.
    record Eval(String reason) implements Lowering {}
}
