package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Tensors of one dtype and rank, one after the other along an axis.
public record JoinRows(int axis) implements OpN {
    static Expr join(List<Expr> parts) { return Expr.of(new JoinRows(0), parts); }

    @Override public TensorType type(List<Expr> in) {
        var dims = new ArrayList<>(in.getFirst().type().dims());
        int total = 0;
        for (var e : in) {
            for (int d = 0; d < dims.size(); d++) if (e.type().isKnown(d)) dims.set(d, e.type().dim(d));
            total = total < 0 || !e.type().isKnown(axis) ? -1 : total + e.type().dim(axis);
        }
        dims.set(axis, total);
        return in.getFirst().type().withDims(dims);
    }

    @Override public NDArray value(List<NDArray> in) {
        var dims = in.getFirst().shape().dims();
        dims[axis] = in.stream().mapToInt(x -> x.shape().dim(axis)).sum();
        var out = NDArray.zeros(in.getFirst().dtype(), Shape.of(dims));
        int inner = 1, outer = 1, at = 0;
        for (int d = 0; d < dims.length; d++) if (d < axis) outer *= dims[d]; else if (d > axis) inner *= dims[d];
        for (int o = 0; o < outer; o++)
            for (var x : in) {
                int run = x.shape().dim(axis) * inner;
                System.arraycopy(x.data(), o * run, out.data(), at, run);
                at += run;
            }
        return out;
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        var dims = new ArrayList<@Nullable Expr>(in.getFirst().lengths());
        dims.set(axis, in.stream().map(e -> e.length(axis)).reduce(Add::add).orElseThrow());
        return dims;
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var partials = new ArrayList<Partial>();
        for (int i = 0; i < in.size(); i++) {
            int own = i;
            partials.add(Partial.linear(dx -> placed(in, own, dx), g -> part(in, own, g)));
        }
        return partials;
    }

    private Expr placed(List<Expr> in, int own, Expr dx) {
        var parts = new ArrayList<Expr>();
        for (int i = 0; i < in.size(); i++) parts.add(i == own ? dx : LoopBuilder.zeros(dx.type().dtype(), in.get(i).lengths()));
        return Expr.of(this, parts);
    }

    private Expr part(List<Expr> in, int own, Expr g) {
        Expr start = Constant.index(0);
        for (int i = 0; i < own; i++) start = Add.add(start, in.get(i).length(axis));
        return SomeRows.along(g, axis, start, in.get(own).length(axis));
    }

    @Override public Optional<List<Expr>> batch(Batch b) { return Optional.of(List.of(Expr.of(new JoinRows(axis + 1), b.allFull()))); }
    @Override public Lowering lower(List<Operand> in, List<Operand> out) { return new Lowering.Piecewise(axis); }
    @Override public boolean isStructural() { return true; }
}
