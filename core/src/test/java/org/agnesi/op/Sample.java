package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.symbolic.Expr;

/// One use of an op that every law is tried on: a formula, its inputs, and which laws cannot hold.
///
/// ```java
/// Sample.unary("sqrt", Tensors::sqrt, Input.of(3, 4).positive())
/// Sample.of("take rows", in -> in.get(0).get(in.get(1)), Input.of(5, 2), Input.indices(5, 3)).in(FLOAT64, INT32)
/// ```
public record Sample(String label, Function<List<Expr>, List<Expr>> formula, List<Input> inputs, List<DType> dtypes, Set<Except> except) {
    /// What does not hold at a sample.
    public enum Except {
        /// The op has no derivative (integers out, or none is defined): no derivative law.
        DERIVATIVE,
        /// The pull is meant to differ from the derivative (gradClip): the transpose law alone.
        SURROGATE,
        /// The second derivative does not exist or is not defined.
        SECOND_ORDER,
        /// float32 is too coarse to compare derivatives with float64.
        SINGLE_PRECISION,
        /// The op draws or acts: repeating it along a batch gives other values.
        BATCH,
        /// It needs sizes that are known, or such that are not: no comparison of the two.
        KNOWN_SHAPE
    }

    static Sample all(String label, Function<List<Expr>, List<Expr>> formula, Input... inputs) {
        return new Sample(label, formula, List.of(inputs), List.of(DType.FLOAT64, DType.FLOAT32), Set.of());
    }

    static Sample of(String label, Function<List<Expr>, Expr> formula, Input... inputs) {
        return all(label, in -> List.of(formula.apply(in)), inputs);
    }

    static Sample unary(String label, UnaryOperator<Expr> formula, Input x) {
        return of(label, in -> formula.apply(in.getFirst()), x);
    }

    static Sample binary(String label, BinaryOperator<Expr> formula, Input a, Input b) {
        return of(label, in -> formula.apply(in.get(0), in.get(1)), a, b);
    }

    /// The same on these dtypes; float64 and float32 otherwise.
    Sample in(DType... dtypes) { return new Sample(label, formula, inputs, List.of(dtypes), except); }

    /// The same on these dtypes too.
    Sample and(DType... more) {
        var all = new ArrayList<>(dtypes);
        all.addAll(List.of(more));
        return in(all.toArray(DType[]::new));
    }

    Sample except(Except... except) { return new Sample(label, formula, inputs, dtypes, Set.of(except)); }

    /// Fresh variables for the inputs.
    public List<Expr> variables(DType dtype, boolean known) {
        var variables = new ArrayList<Expr>();
        for (var input : inputs) variables.add(Variable.variable("x" + variables.size(), input.type(dtype, known)));
        return variables;
    }

    @Override public String toString() { return label; }
}
