package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The product of `x` over some axes, differentiated along d₁ … dₖ: `∂/∂t₁ … ∂/∂tₖ Π (xᵢ + Σ tₐ dₐᵢ)`.
public record ProdPush(List<Integer> axes) implements OpN {
    private Sum groups() { return new Sum(axes); }

    @Override public TensorType type(List<Expr> in) { return groups().infer(in.getFirst()); }
    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return groups().outputShape(in.getFirst()); }

    @Override public NDArray value(List<NDArray> in) {
        var shape = in.getFirst().shape();
        return Positions.doubles(in.getFirst().dtype(), groups().reduced(shape), at -> {
            int[] group = groups().sources(shape, at);
            var before = Dual.before(in.stream().map(x -> IntStream.of(group).mapToDouble(x::doubleAt).toArray()).toArray(double[][]::new));
            return before[group.length][(1 << in.size() - 1) - 1];
        });
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        return IntStream.range(0, in.size()).mapToObj(i -> Partial.linear(
            dx -> apply(ProductDerivative.moved(in, 0, i, dx)),
            g -> Mul.mul(groups().spread(g, in.getFirst()), new ProdPull(axes).apply(others(in, i))))).toList();
    }

    /// `x` and the directions other than argument `i`.
    private static List<Expr> others(List<Expr> in, int i) {
        return IntStream.range(0, in.size()).filter(k -> k == 0 || k != i).mapToObj(in::get).toList();
    }

    @Override public Optional<List<Expr>> batch(Batch b) {
        return Optional.of(List.of(new ProdPush(axes.stream().map(a -> a + 1).toList()).apply(b.allFull())));
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Eval("a product's derivative carries several numbers along its axes");
    }
    @Override public Symbol symbol() { return Symbol.call(name(), "axis=" + axes); }
}
