package org.agnesi.op;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.ReplaySpec;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The gradient of a loop of which few states are stored: some steps are made again, gone back through, and so on to the first.
///
/// [ReplaySpec] says how arguments and results meet the two graphs. Its value is that of `reverse` for all steps at a time. It takes
/// the place of two loops once all derivatives are taken, so it has none.
///
/// @param advance some steps of the loop
/// @param reverse some steps of the loop, and the gradient's back through them
public record Replay(ReplaySpec spec, Lambda advance, Lambda reverse) implements Op {
    @Override public List<TensorType> infer(List<Expr> in) {
        var types = new ArrayList<>(reverse.types());
        for (int r = spec.backward().states(); r < types.size(); r++)
            types.set(r, LoopBuilder.element(types.get(r)).batched(Sizes.dim(in.getFirst())));
        return types;
    }

    @Override public List<NDArray> eval(List<NDArray> in) {
        if (in.getFirst().toLong() > 0) return Graph.eval(reverse.results(), bound(in));
        var none = new ArrayList<NDArray>();
        for (int k = 0; k < spec.backward().states(); k++) none.add(in.get(spec.argument(spec.backward().initial(k))));
        for (int j = 0; j < spec.backward().collected(); j++) {
            var dims = IntStream.concat(IntStream.of(0), sizes(in, j).stream().mapToInt(d -> (int) d.toLong())).toArray();
            none.add(NDArray.zeros(reverse.types().get(none.size()).dtype(), Shape.of(dims)));
        }
        return none;
    }

    private Map<Expr, NDArray> bound(List<NDArray> in) {
        var values = new IdentityHashMap<Expr, NDArray>();
        for (int i = 0; i < spec.arguments(); i++) values.put(reverse.params().get(i), in.get(i));
        return values;
    }

    /// The sizes of a row of the j-th collected.
    private <T> List<T> sizes(List<T> in, int j) {
        int first = spec.arguments();
        for (int i = 0; i < j; i++) first += rank(i);
        return in.subList(first, first + rank(j));
    }

    private int rank(int j) { return reverse.types().get(spec.backward().states() + j).rank() - 1; }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        var shapes = new ArrayList<List<@Nullable Expr>>();
        var backward = spec.backward();
        for (int k = 0; k < backward.states(); k++) shapes.add(List.copyOf(in.get(spec.argument(backward.initial(k))).lengths()));
        for (int j = 0; j < backward.collected(); j++) shapes.add(Stream.concat(in.stream().limit(1), sizes(in, j).stream()).toList());
        return shapes;
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("it is made once derivatives are taken");
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) { return new Lowering.Replay(spec); }
    @Override public List<Lambda> lambdas() { return List.of(advance, reverse); }
    @Override public Op withLambdas(List<Lambda> lambdas) { return new Replay(spec, lambdas.getFirst(), lambdas.getLast()); }
    @Override public String name() { return "replay"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}
