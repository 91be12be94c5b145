package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.array.NDArray;
import org.jspecify.annotations.Nullable;

/// A plan with its arrays in place: who calls puts theirs where programs look for them, and nothing is sized, taken or let go.
///
/// For arrays of the kinds that it was made for, and for one thread at a time. Arguments are the inputs, then the outputs. What was put
/// stays until something else is: so it is for small arrays, of whose calls it saves most of the time.
public final class Ready {
    /// Elements of all arrays above which what a call takes beside its work hardly counts, and keeping them does.
    private static final int MOST = 1 << 16;

    /// Where a program looks for an array.
    private record Seat(Object[] row, int place) {}

    private final Action.Prepared[] steps;
    private final int inputs;
    private final NDArray[] own;
    private final int[] lengths;
    private final Seat[][] seats;
    private final Object[] seated;
    private final List<NDArray> results;
    private boolean fits = true, isNew;

    private Ready(State state, List<NDArray> own, int inputs, List<Action.Prepared> steps) {
        this.inputs = inputs;
        this.own = own.toArray(NDArray[]::new);
        results = List.copyOf(own.subList(inputs, own.size()));
        this.steps = steps.toArray(Action.Prepared[]::new);
        seated = own.stream().map(NDArray::data).toArray();
        lengths = Arrays.stream(seated).mapToInt(Array::getLength).toArray();
        var rows = Stream.concat(Stream.<Object[]>of(state.frame.arrays), steps.stream().map(Action.Prepared::arrays)).toList();
        seats = Arrays.stream(seated).map(array -> seats(array, rows)).toArray(Seat[][]::new);
    }

    private static Seat[] seats(Object array, List<Object[]> rows) {
        var seats = new ArrayList<Seat>();
        for (var row : rows) for (int k = 0; k < row.length; k++) if (row[k] == array) seats.add(new Seat(row, k));
        return seats.toArray(Seat[]::new);
    }

    /// The arrays of a state in place, which holds `own` arrays of the inputs, with their values, and of the outputs; null where some
    /// action has more to do, or all are too large.
    static @Nullable Ready of(State state, List<NDArray> own, int inputs, Action[] actions) {
        var steps = new ArrayList<Action.Prepared>();
        long before = Arrays.stream(state.frame.arrays).mapToLong(Array::getLength).sum() - state.allocated();
        for (var action : actions) {
            var step = action.prepared(state);
            if (step == null || !isSmall(before + state.allocated())) return null;
            step.run();   // what it gives may be a size
            steps.add(step);
        }
        state.settle();
        return new Ready(state, own, inputs, steps);
    }

    static boolean isSmall(long elements) { return elements <= MOST; }

    /// Takes a Java array of the argument's elements as argument `k`.
    public void put(int k, @Nullable Object array) {
        if (array == seated[k]) return;
        if (array == null || Array.getLength(array) != lengths[k]) fits = false;
        else seat(k, array);
    }

    /// Takes an array as argument `k`.
    public void put(int k, @Nullable NDArray array) {
        if (array == null || array.dtype() != own[k].dtype() || !array.shape().equals(own[k].shape())) fits = false;
        else if (array.data() != seated[k]) seat(k, array.data());
    }

    /// Takes its own array as argument `k`, a number, and gives it to whoever writes that.
    public Object own(int k) {
        var array = own[k].data();
        if (array != seated[k]) seat(k, array);
        return array;
    }

    /// Takes a new array as argument `k`.
    public void putNew(int k) { seat(k, Array.newInstance(seated[k].getClass().componentType(), lengths[k])); }

    /// What argument `k` is at the moment.
    public Object seated(int k) { return seated[k]; }

    private void seat(int k, Object array) {
        seated[k] = array;
        isNew = true;
        for (var seat : seats[k]) seat.row[seat.place] = array;
    }

    /// Whether what was put is of the kinds that it is for, and no array to write into is another argument too. If not, nobody may use
    /// it any more.
    public boolean fits() {
        if (isNew) {
            fits &= areApart();
            isNew = false;
        }
        return fits;
    }

    private boolean areApart() {
        for (int out = inputs; out < seated.length; out++)
            for (int k = 0; k < out; k++) if (seated[out] == seated[k]) return false;
        return true;
    }

    /// Runs, and gives its own arrays of the results.
    ///
    /// @throws org.agnesi.emit.OutsideException where an index is outside; the arrays that are written may then be written in part
    public List<NDArray> run() {
        for (var step : steps) step.run();
        return results;
    }
}
