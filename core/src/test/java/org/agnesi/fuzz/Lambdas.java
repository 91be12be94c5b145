package org.agnesi.fuzz;

import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.scan;

import java.util.List;
import org.agnesi.Tensors;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.AgnesiException;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// Ops that hold graphs, with graphs grown inside them: loops, choices, calls and Jacobians.
final class Lambdas {
    private static final int MOST_DERIVED = 40;

    private final Growth growth;

    Lambdas(Growth growth) { this.growth = growth; }

    /// Adds one of them, if there is something to make it from and it has a value here.
    void grow() {
        var x = growth.find(e -> e.type().dtype().isFloating());
        if (x == null) return;
        try {
            var y = switch (growth.random.nextInt(7)) {
                case 0 -> map(x);
                case 1 -> fold(x);
                case 2, 3 -> choice(x);
                case 4 -> call(x);
                case 5 -> derived(x, false);
                default -> derived(x, true);
            };
            growth.join(y, Graph.eval(y, values(y)));
        } catch (AgnesiException e) {
            // not at these sizes, or not at these values
        }
    }

    private java.util.Map<Expr, NDArray> values(Expr y) { return Specimen.of(growth.values(), List.of(y)).values(); }

    /// Something made of `x` by some samples; `x` itself where none takes it.
    private static Expr body(Growth inside, Expr x, int steps) {
        inside.pool().add(x);
        Expr y = x;
        for (int k = 0; k < steps; k++) for (var made : inside.grow(inside.anySample())) if (made.type().dtype().isFloating()) y = made;
        return y;
    }

    private Expr map(Expr x) {
        if (isEmpty(x)) return Tensors.neg(x);
        var inside = growth.inside();
        return scan(x, row -> {
            inside.bind(row, row(growth.value(x)));
            return body(inside, row, 3);
        });
    }

    private Expr fold(Expr x) {
        if (isEmpty(x)) return Tensors.neg(x);
        var inside = growth.inside();
        var initial = Tensors.mul(x.get(0), 0.5);
        return scan(x, initial, (row, state) -> {
            inside.bind(row, row(growth.value(x)));
            inside.bind(state, row(growth.value(x)));
            inside.pool().add(state);
            var y = body(inside, row, 2);
            return Tensors.tanh(Tensors.add(state, Tensors.cast(Tensors.sum(y), state.type().dtype())));
        });
    }

    private boolean isEmpty(Expr x) { return x.type().rank() == 0 || growth.value(x).shape().dim(0) == 0; }

    private static NDArray row(NDArray x) {
        int[] dims = x.shape().dims();
        var rest = java.util.Arrays.copyOfRange(dims, 1, dims.length);
        return x.take(Shape.of(rest), i -> i);
    }

    private Expr choice(Expr x) {
        var y = growth.find(e -> e.type().dtype() == x.type().dtype() && e.type().rank() == x.type().rank());
        var made = body(growth.inside(), x, 2);
        boolean fits = made.type().dtype() == x.type().dtype() && made.type().rank() == x.type().rank();
        return Tensors.ifElse(Tensors.gt(Tensors.sum(x), 0.1), fits ? made : Tensors.neg(x), y == null ? x : y);
    }

    private Expr call(Expr x) {
        var y = growth.find(e -> e.type().dtype().isFloating());
        return Tensors.call("f", y == null ? List.of(x) : List.of(x, y), in -> {
            var inside = growth.inside();
            for (int k = 0; k < in.size(); k++) inside.bind(in.get(k), growth.value(k == 0 || y == null ? x : y));
            inside.pool().addAll(in);
            return List.of(body(inside, in.getFirst(), 2));
        }).getFirst();
    }

    private Expr derived(Expr x, boolean twice) {
        if (growth.value(x).size() > MOST_DERIVED) return Tensors.tanh(x);
        var y = body(growth.inside(), x, 2);
        if (growth.value(y).size() > MOST_DERIVED) return Tensors.tanh(x);
        return twice ? hessian(Tensors.sum(Tensors.sin(y)), x) : jacobian(y, x);
    }
}
