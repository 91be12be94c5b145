package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Slot;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.InPlace;
import org.jspecify.annotations.Nullable;

/// What one call of a [Plan] changes: the array in each slot, its shape, and the arrays that may be used again.
final class State {
    private final List<Slot> slots;
    private final Whole[][] sizes;
    private final boolean[] kept;
    private final int[] heirs;
    private final @Nullable NDArray[] given;
    private final boolean[] pooled;
    /// The arrays of kept slots that were made here, and those of earlier steps that may be written again; else [Frame#NONE].
    private final Object[] made, again;
    private final @Nullable Frame[] own;
    final Frame frame;
    final Workspace workspace = new Workspace();
    /// Whether all slots have arrays, of sizes that stay.
    private boolean settled;
    private long allocated;

    /// @param kept  which slots' arrays go to the caller, so that each call needs new ones
    /// @param heirs by slot, whose array becomes its own, as in [org.agnesi.compile.Schedule#heirs]; else itself
    /// @param tasks how many tasks the plan has
    State(List<Slot> slots, Whole[][] sizes, boolean[] kept, int[] heirs, int tasks) {
        this.slots = slots;
        this.sizes = sizes;
        this.kept = kept;
        this.heirs = heirs;
        given = new NDArray[slots.size()];
        pooled = new boolean[slots.size()];
        made = none(slots.size());
        again = none(slots.size());
        own = new Frame[tasks];
        frame = new Frame(0, 0, 0, slots.size());
        for (int k = 0; k < slots.size(); k++) {
            frame.dims[k] = new int[slots.get(k).dims().size()];
            var constant = slots.get(k).constant();
            if (constant != null) put(k, constant);
        }
    }

    private static Object[] none(int slots) {
        var arrays = new Object[slots];
        Arrays.fill(arrays, Frame.NONE);
        return arrays;
    }

    /// Puts an array into a slot.
    void put(int slot, NDArray value) {
        frame.arrays[slot] = value.data();
        var dims = frame.dims[slot];
        for (int axis = 0; axis < dims.length; axis++) dims[axis] = value.shape().dim(axis);
    }

    /// Lets the caller's array be the slot's in this call; its dtype and shape are checked when they are known.
    void give(int slot, NDArray array) {
        given[slot] = array;
        frame.arrays[slot] = array.data();
    }

    private void fits(int slot) {
        var array = given[slot];
        if (array != null) fits(slots.get(slot).dtype(), frame.dims[slot], array);
    }

    /// Throws unless `out` has this dtype and these dims.
    static void fits(DType dtype, int[] dims, NDArray out) {
        if (out.dtype() != dtype) throw new TypeError("""
            an array of dtype %s is needed to write into, but got %s
            Make it with NDArray.zeros(DType.%s, …).""".formatted(dtype, out.dtype(), dtype.name()));
        if (!out.shape().is(dims)) throw new ShapeError("""
            an array of shape %s is needed to write into, but got %s
            Make it of that shape.""".formatted(Shape.of(dims), out.shape()));
    }

    /// Says that all slots have arrays, of sizes that stay: from now on those that are allocated stay theirs.
    void settle() { settled = true; }

    /// Finds a slot's shape from its sizes, and gives it an array unless the caller has.
    void allocate(int slot) {
        if (!settled) allocate(slot, Math.toIntExact(measure(slot)));
    }

    /// Gives a slot `n` rows of these sizes, and an array unless the caller has.
    void allocate(int slot, int n, Whole[] row) {
        frame.dims[slot][0] = n;
        allocate(slot, Math.toIntExact(count(frame.dims[slot], 1, n, row)));
    }

    private void allocate(int slot, int length) {
        fits(slot);
        if (frame.arrays[slot] != Frame.NONE) return;
        var dtype = slots.get(slot).dtype();
        pooled[slot] = !kept[slot];
        if (inherits(slot, length)) return;
        allocated += length;
        frame.arrays[slot] = kept[slot] ? make(slot, dtype, length) : workspace.take(dtype, length);
    }

    /// How many elements the arrays had that slots were given so far.
    long allocated() { return allocated; }

    private Object make(int slot, DType dtype, int length) {
        var before = again[slot];
        again[slot] = Frame.NONE;
        boolean fits = before != Frame.NONE && Array.getLength(before) == length;
        return made[slot] = fits ? before : Array.newInstance(dtype.carrier(), length);
    }

    private boolean inherits(int slot, int length) {
        int from = heirs[slot];
        if (from == slot || kept[slot] || !pooled[from] || Array.getLength(array(from)) != length) return false;
        int[] dims = frame.dims[slot];
        if (!InPlace.pays(length, dims[dims.length - 1])) return false;
        frame.arrays[slot] = array(from);
        pooled[from] = false;
        return true;
    }

    /// Finds a slot's shape; gives its number of elements.
    private long measure(int slot) { return count(frame.dims[slot], 0, 1, sizes[slot]); }

    /// Writes sizes into `dims` from an axis on; gives the number of elements, with `before` the sizes before that axis.
    private long count(int[] dims, int first, long before, Whole[] own) {
        long count = before;
        boolean negative = false;
        for (int axis = first; axis < dims.length; axis++) {
            dims[axis] = Math.toIntExact(own[axis - first].at(frame));
            negative |= dims[axis] < 0;
            count = Math.min(count * dims[axis], 1L << 32);
        }
        return negative || count > Integer.MAX_VALUE ? Shape.of(dims).size() : count;   // Shape says what is wrong
    }

    /// A slot's shape from its sizes alone; a size that only running tells counts as 0.
    int[] measured(int slot) {
        Arrays.fill(frame.dims[slot], 0);
        var _ = measure(slot);
        return frame.dims[slot];
    }

    /// The frame in which a task's kernel runs in this state.
    Frame own(int task, Kernel kernel) {
        var frame = own[task];
        return frame != null ? frame : (own[task] = kernel.frame());
    }

    Object array(int slot) {
        var array = frame.arrays[slot];
        if (array == Frame.NONE) throw new IllegalStateException("slot " + slot + " is read before it is filled");
        return array;
    }

    /// Puts the array of a slot into another, of other sizes; it stays the first one's.
    void share(int from, int to) {
        var _ = measure(to);
        frame.arrays[to] = array(from);
    }

    /// What is in a slot, not a copy.
    NDArray value(int slot) { return NDArray.wrap(slots.get(slot).dtype(), Shape.of(frame.dims[slot]), array(slot)); }

    /// Whether a slot's array goes to the caller.
    boolean isKept(int slot) { return kept[slot]; }

    /// Puts a copy of `value` into a slot, or itself where it belongs to no one else.
    void fill(int slot, NDArray value, boolean mine) {
        var before = frame.arrays[slot];
        put(slot, value);
        fits(slot);
        if (mine && before == Frame.NONE) return;
        var own = before != Frame.NONE ? before : Array.newInstance(slots.get(slot).dtype().carrier(), value.size());
        System.arraycopy(value.data(), 0, own, 0, value.size());
        frame.arrays[slot] = own;
    }

    /// Empties a slot; its array is for others now, unless an `eval` made it, which may have kept it.
    void release(int slot) {
        if (pooled[slot]) workspace.give(array(slot));
        pooled[slot] = false;
        frame.arrays[slot] = Frame.NONE;
    }

    /// Lets the next step write a kept slot's array again, of which there is a copy; but none that someone else may have.
    void reuse(int slot) {
        if (made[slot] == frame.arrays[slot]) again[slot] = made[slot];
    }

    /// Empties a slot, and lets go of what was there to be written again.
    void close(int slot) {
        clear(slot);
        made[slot] = again[slot] = Frame.NONE;
    }

    void clear(int slot) {
        frame.arrays[slot] = Frame.NONE;
        given[slot] = null;
    }
}
