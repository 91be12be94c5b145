package org.agnesi.kernel;

/// Which of a loop's states its gradient stores. The others are computed again when the gradient comes to them.
public sealed interface Saving {
    record All() implements Saving {}

    /// The one before every `steps`-th step.
    record Every(int steps) implements Saving {}

    /// As many as fit into so many bytes with all else that the gradient of the loop holds, in places from which the fewest steps
    /// are made again: those of [Revolve].
    record Within(long bytes) implements Saving {}

    Saving ALL = new All();
}
