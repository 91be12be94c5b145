package org.agnesi.compile;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// An array of a [Schedule].
///
/// @param value    what it holds, as an expression
/// @param dims     its sizes, over the sizes and elements of earlier slots (`Size` and `Load` with slots as buffers)
/// @param constant its value, where it is known
public record Slot(String name, Expr value, List<Scalar> dims, @Nullable NDArray constant) {
    public Slot { dims = List.copyOf(dims); }

    public DType dtype() { return value.type().dtype(); }
}
