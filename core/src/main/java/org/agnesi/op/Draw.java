package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Random numbers decided by a key alone: the same key gives the same numbers. Args are the key and the sizes.
///
/// Several keys give one draw each, their axes in front. Elements 2j and 2j + 1 come from block j of [Philox]; so the
/// first elements of a draw do not depend on how many there are.
interface Draw extends OpN {
    /// An element from two independent uniform numbers in [0, 1), the other from the same two if `odd`.
    double value(double u, double v, boolean odd);

    Scalar value(Scalar u, Scalar v, Scalar odd);

    /// Whether an element needs the numbers of its own half of the block only.
    boolean isSeparate();

    static Expr draw(Draw op, String what, Expr key, Object... shape) {
        var args = new ArrayList<>(List.of(Subkey.key(Required.of(what, "a key", key))));
        args.addAll(Sizes.sizes(what, shape));
        return Expr.of(op, args);
    }

    @Override default TensorType type(List<Expr> in) {
        var dims = new ArrayList<>(in.getFirst().type().dims());
        for (var size : in.subList(1, in.size())) dims.add(Sizes.dim(size));
        return new TensorType(DType.FLOAT64, dims);
    }

    @Override default NDArray value(List<NDArray> in) {
        var keys = in.getFirst();
        var shape = Shape.of(IntStream.concat(IntStream.of(keys.shape().dims()),
            in.stream().skip(1).mapToInt(n -> (int) n.toLong())).toArray());
        int each = keys.size() == 0 ? 1 : shape.size() / keys.size();
        return NDArray.generateDoubles(DType.FLOAT64, shape, i -> element(i % each, keys.longAt(i / each)));
    }

    private double element(long i, long key) {
        var w = Philox.words(i >> 1, Philox.DRAW, key);
        boolean odd = (i & 1) == 1;
        if (isSeparate()) return odd ? value(unit(w[2], w[3]), 0, true) : value(unit(w[0], w[1]), 0, false);
        return value(unit(w[0], w[1]), unit(w[2], w[3]), odd);
    }

    /// 53 bits as a multiple of 2⁻⁵³ below 1.
    private static double unit(long a, long b) { return ((a >>> 5) * 0x1p26 + (b >>> 6)) * 0x1p-53; }

    private static Scalar unit(Scalar a, Scalar b) {
        var high = Scalar.cast(DType.FLOAT64, Scalar.shr(a, Scalar.constant(5L)));
        var low = Scalar.cast(DType.FLOAT64, Scalar.shr(b, Scalar.constant(6L)));
        return Scalar.mul(Scalar.add(Scalar.mul(high, Scalar.constant(0x1p26)), low), Scalar.constant(0x1p-53));
    }

    @Override default Lowering lower(List<Operand> in, List<Operand> out) {
        var keys = in.getFirst();
        var here = Scalar.here(out.getFirst().rank());
        var key = keys.at(here.subList(0, keys.rank()));
        Scalar i = Scalar.constant(0L);
        for (int axis = keys.rank(); axis < here.size(); axis++)
            i = Scalar.add(Scalar.mul(i, in.get(1 + axis - keys.rank()).at()), here.get(axis));
        var w = Philox.words(Scalar.shr(i, Scalar.constant(1L)), Philox.DRAW, key);
        var odd = Scalar.eq(Scalar.and(i, Scalar.constant(1L)), Scalar.constant(1L));
        if (!isSeparate()) return body(value(unit(w.get(0), w.get(1)), unit(w.get(2), w.get(3)), odd));
        var own = unit(Scalar.select(odd, w.get(2), w.get(0)), Scalar.select(odd, w.get(3), w.get(1)));
        return body(value(own, Scalar.constant(0.0), odd));
    }

    /// The operands read, a key and sizes, do not have the result's shape.
    private static Lowering body(Scalar body) { return new Lowering.Gather(body); }

    @Override default List<@Nullable Expr> outputShape(List<Expr> in) {
        var dims = new ArrayList<@Nullable Expr>(in.getFirst().lengths());
        dims.addAll(in.subList(1, in.size()));
        return dims;
    }

    @Override default List<Partial> partials(List<Expr> in, Expr y) { return Collections.nCopies(in.size(), Partial.disconnected()); }

    @Override default Optional<List<Expr>> batch(Batch b) {
        return b.onlyFirst(1) ? Optional.of(List.of(Expr.of(this, b.in()))) : Optional.empty();
    }
}
