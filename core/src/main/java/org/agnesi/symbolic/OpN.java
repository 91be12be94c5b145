package org.agnesi.symbolic;

import java.util.List;
import org.agnesi.array.NDArray;
import org.jspecify.annotations.Nullable;

/// An op with one result; spares its implementations the outer lists. `name()` is the record's, in camelCase.
public interface OpN extends Op {
    TensorType type(List<Expr> in);
    NDArray value(List<NDArray> in);
    List<@Nullable Expr> outputShape(List<Expr> in);

    @Override default List<TensorType> infer(List<Expr> in) { return List.of(type(in)); }
    @Override default List<NDArray> eval(List<NDArray> in) { return List.of(value(in)); }
    @Override default List<List<@Nullable Expr>> outputShapes(List<Expr> in) { return List.of(outputShape(in)); }

    @Override default String name() {
        var simple = getClass().getSimpleName();
        return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
    }

    @Override default Symbol symbol() { return Symbol.call(name()); }
}
