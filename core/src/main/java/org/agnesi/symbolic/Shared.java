package org.agnesi.symbolic;

import java.util.concurrent.atomic.AtomicReference;
import org.agnesi.array.NDArray;
import org.agnesi.error.TypeError;
import org.agnesi.op.Variable;

/// A variable with a value of its own, kept between calls and changed by a function's updates.
///
/// It holds an immutable array: values are copied in and out. Every function that uses it reads the value of the moment
/// it is called, and updates commit all or none.
public final class Shared extends Expr {
    private final AtomicReference<NDArray> value;

    private Shared(Node node, String name, NDArray value) {
        super(node, 0);
        node.adopt(this);
        named(name);
        this.value = new AtomicReference<>(value);
    }

    /// A shared variable of the value's dtype; its dimensions may change between calls, its rank may not.
    public static Shared shared(String name, Object value) {
        var array = NDArray.from(value).copy();
        var type = TensorType.unknown(array.dtype(), array.rank());
        return new Shared(Node.leaf(new Variable(name, type)), name, array);
    }

    /// A copy of the value of this moment.
    public NDArray value() { return snapshot().copy(); }

    /// Replaces the value by a copy of `newValue`, widened to this variable's dtype.
    public void value(Object newValue) { value.set(fit(NDArray.from(newValue)).copy()); }

    /// The value of this moment itself, for engines, which do not write to it.
    public NDArray snapshot() { return value.get(); }

    /// Replaces `expected` by `update` if no one else has replaced it meanwhile.
    public boolean commit(NDArray expected, NDArray update) { return value.compareAndSet(expected, update); }

    private NDArray fit(NDArray array) {
        boolean widens = org.agnesi.array.DType.promote(array.dtype(), type().dtype()) == type().dtype();
        if (array.rank() == type().rank() && widens) return array.cast(type().dtype());
        throw new TypeError("""
            %s holds values of type %s, but got %s of shape %s
            Its dtype and rank are those of its first value.""".formatted(name(), type(), array.dtype(), array.shape()));
    }
}
