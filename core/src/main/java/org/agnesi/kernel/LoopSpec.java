package org.agnesi.kernel;

import java.util.List;

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
/// t + 1. Backwards, step t takes the place of step n - 1 - t. An initial state is the value before the first step if
/// its only tap is -1; otherwise as many values as the farthest tap, oldest first, stacked along axis 0. With `until`
/// the last region result is a bool: the step that makes it true is the last one, its results included.
public record LoopSpec(List<List<Integer>> sequenceTaps, List<List<Integer>> stateTaps, int captures, int collected,
                       boolean until, boolean backwards) {
    public LoopSpec {
        sequenceTaps = sequenceTaps.stream().map(List::copyOf).toList();
        stateTaps = stateTaps.stream().map(List::copyOf).toList();
        for (var taps : stateTaps) for (int tap : taps) if (tap >= 0) throw new IllegalArgumentException(
            "a state's tap looks back, but got " + tap);
    }

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
        return sequenceTaps.stream().mapToInt(List::size).sum() + stateTaps.stream().mapToInt(List::size).sum() + captures;
    }

    /// How many earlier values the k-th state keeps.
    public int depth(int k) { return -stateTaps.get(k).stream().mapToInt(Integer::intValue).min().orElse(-1); }

    /// Whether the k-th initial state is stacked: it holds [#depth] values along axis 0.
    public boolean stacked(int k) { return !stateTaps.get(k).equals(List.of(-1)); }

    /// What is added to t + tap to find an element of the k-th sequence.
    public int offset(int k) { return -Math.min(0, sequenceTaps.get(k).stream().mapToInt(Integer::intValue).min().orElse(0)); }
}
