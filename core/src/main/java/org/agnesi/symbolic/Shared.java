package org.agnesi.symbolic;

import java.util.concurrent.locks.StampedLock;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.op.Variable;
import org.jspecify.annotations.Nullable;

/// A variable with a value of its own, kept between calls and changed by a function's updates.
///
/// It holds an immutable array: values are copied in and out. Every function that uses it reads the value of the moment
/// it is called, and updates commit all or none (see [Snapshot]). Training is a step down the gradient as an update:
///
/// {@snippet file="Logistic.java" region="train"}
public final class Shared extends Expr {
    final StampedLock lock = new StampedLock();
    volatile NDArray current;
    private volatile @Nullable Expr defaultUpdate;

    private Shared(Node node, String name, NDArray value) {
        super(node, 0);
        node.adopt(this);
        named(name);
        this.current = value;
    }

    /// A shared variable of the value's dtype; its dimensions may change between calls, its rank may not.
    public static Shared shared(String name, Object value) {
        Required.of("shared", "a name", name);
        var array = NDArray.from(Required.of("shared", "a first value of " + name, value)).copy();
        var type = TensorType.unknown(array.dtype(), array.rank());
        return new Shared(Node.leaf(new Variable(name, type)), name, array);
    }

    /// A copy of the value of this moment.
    public NDArray value() { return current.copy(); }

    /// Replaces the value by a copy of `newValue`, widened to this variable's dtype.
    public void value(Object newValue) {
        var next = fit(NDArray.from(Required.of("value", "a value of " + name(), newValue))).copy();
        long stamp = lock.writeLock();
        try {
            current = next;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /// What this becomes after each call of a function that uses it and says nothing else: a random stream's next state.
    public @Nullable Expr defaultUpdate() { return defaultUpdate; }

    /// This variable, from now on replaced by `next` after each call of a function compiled with it.
    public Shared defaultUpdate(Expr next) {
        this.defaultUpdate = next;
        return this;
    }

    /// Throws unless this can hold `array`.
    public void check(NDArray array) { fit(array); }

    private NDArray fit(NDArray array) {
        boolean widens = DType.promote(array.dtype(), type().dtype()) == type().dtype();
        if (array.rank() == type().rank() && widens) return array.cast(type().dtype());
        throw new TypeError("""
            %s holds values of type %s, but got %s of shape %s
            Its dtype and rank are those of its first value.""".formatted(name(), type(), array.dtype(), array.shape()));
    }
}
