package org.agnesi.kernel;

import java.util.BitSet;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.ShapeError;

/// How a loop's region meets the arguments and results of its op: which positions of each sequence a step sees, how
/// far back it sees each state, and what it collects.
///
/// ```
/// arguments          n, sequences …, initial states …, captures …
/// region parameters  for each sequence the element at each tap …, for each state the value at each tap …, captures …
/// region results     next states …, collected …, [until]
/// op results         all n new values of each state …, all n collected values …, [executed steps: int64]
/// ```
///
/// Step t sees the element `t + tap - min(0, smallest tap)` of a sequence: with taps [-1, 0] it sees elements t and
/// t + 1. An initial state is the value before the first step if its only tap is -1; otherwise as many values as the
/// farthest tap, oldest first, stacked along axis 0. With `until` the last region result is a bool: the step that makes
/// it true is the last one, its results included, and the op's results have as many rows as steps were executed.
///
/// Backwards, step t reads and writes at the place of step n - 1 - t: the first step reads the last elements and writes
/// the last row of each result, so rows stay aligned with the sequences' elements. Such a loop is what a derivative
/// makes of a forward one; its states' only tap is -1 and it has no `until`.
///
/// @param lasts states of which only the value after the last step is kept: one row, or none where no step is made
public record LoopSpec(List<List<Integer>> sequenceTaps, List<List<Integer>> stateTaps, int captures, int collected,
                       boolean until, boolean backwards, List<Integer> lasts) {
    public LoopSpec {
        lasts = lasts.stream().distinct().sorted().toList();
        sequenceTaps = sequenceTaps.stream().map(List::copyOf).toList();
        stateTaps = stateTaps.stream().map(List::copyOf).toList();
        for (var taps : stateTaps) for (int tap : taps) if (tap >= 0) throw new IllegalArgumentException(
            "a state's tap looks back, but got " + tap);
        if (backwards && (until || stateTaps.stream().anyMatch(taps -> !taps.equals(List.of(-1))))) throw new IllegalArgumentException(
            "a backwards loop has no until and looks one step back, but got " + stateTaps);
    }

    /// The same loop, which keeps of these states only the value after the last step.
    public LoopSpec keepingLast(List<Integer> states) {
        return new LoopSpec(sequenceTaps, stateTaps, captures, collected, until, backwards, states);
    }

    /// The same loop where nothing ends it early.
    public LoopSpec toItsEnd() {
        return new LoopSpec(sequenceTaps, stateTaps, captures, collected, false, backwards, lasts);
    }

    /// How many rows the r-th result has after this many steps.
    public long rows(int r, long steps) { return lasts.contains(r) ? Math.min(1, steps) : steps; }

    public int rows(int r, int steps) { return (int) rows(r, (long) steps); }

    public int sequences() { return sequenceTaps.size(); }

    public int states() { return stateTaps.size(); }

    /// The number of arguments of the op, n included.
    public int arguments() { return 1 + sequences() + states() + captures; }

    /// The position among the arguments of the k-th sequence.
    public int sequence(int k) { return 1 + k; }

    /// The position among the arguments of the k-th initial state.
    public int initial(int k) { return 1 + sequences() + k; }

    /// The position among the arguments of the k-th capture.
    public int capture(int k) { return 1 + sequences() + states() + k; }

    /// The number of parameters of the region.
    public int parameters() {
        return captured(captures);
    }

    /// The position among the region's parameters of the k-th sequence's first tap.
    public int element(int k) { return count(sequenceTaps.subList(0, k)); }

    /// The position among the region's parameters of the k-th state's first tap.
    public int previous(int k) { return count(sequenceTaps) + count(stateTaps.subList(0, k)); }

    /// The position among the region's parameters of the k-th capture.
    public int captured(int k) { return count(sequenceTaps) + count(stateTaps) + k; }

    /// The region's parameters that the i-th argument feeds; none for n.
    public BitSet params(int i) {
        var params = new BitSet();
        if (i >= capture(0)) params.set(captured(i - capture(0)));
        else if (i >= initial(0)) params.set(previous(i - initial(0)), previous(i - initial(0) + 1));
        else if (i >= sequence(0)) params.set(element(i - sequence(0)), element(i - sequence(0) + 1));
        return params;
    }

    /// The number of the op's results: states, collected, and with `until` the executed steps.
    public int results() { return states() + collected + (until ? 1 : 0); }

    private static int count(List<List<Integer>> taps) { return taps.stream().mapToInt(List::size).sum(); }

    /// How many earlier values the k-th state keeps.
    public int depth(int k) { return -stateTaps.get(k).stream().mapToInt(Integer::intValue).min().orElse(-1); }

    /// Whether the k-th initial state is stacked: it holds [#depth] values along axis 0.
    public boolean stacked(int k) { return !stateTaps.get(k).equals(List.of(-1)); }

    /// How many more elements than steps the k-th sequence needs: its taps' reach.
    public int span(int k) {
        return offset(k) + Math.max(0, sequenceTaps.get(k).stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    /// What is added to t + tap to find an element of the k-th sequence.
    public int offset(int k) { return -Math.min(0, sequenceTaps.get(k).stream().mapToInt(Integer::intValue).min().orElse(0)); }

    /// The number of steps for these arguments, each sequence long enough for it.
    public int steps(List<NDArray> arguments) {
        int n = (int) arguments.getFirst().toLong();
        if (n < 0) throw new ShapeError("""
            scan needs a number of steps of 0 or more, but got %d
            Bound it from below: maximum(n, 0).""".formatted(n));
        for (int k = 0; k < sequences(); k++)
            if (n > 0 && arguments.get(sequence(k)).shape().dim(0) < n + span(k)) throw new ShapeError("""
                scan over %d steps needs sequences of at least %d elements, but sequence %d has shape %s
                Leave the number of steps to the sequences, or give longer ones.""".formatted(
                n, n + span(k), k, arguments.get(sequence(k)).shape()));
        return n;
    }
}
