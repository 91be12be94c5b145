package org.agnesi.kernel;

/// How the steps of a loop and those of its gradient meet the arguments and results of the op that goes back through them.
///
/// ```
/// arguments   n, the loop's sequences …, initial states …, captures …,
///             the gradient's sequences …, initial states …, captures …, the sizes of a row of each collected …
/// advance     a number of steps, the loop's arguments for them ↦ its states after them
/// reverse     a number of steps, all arguments for them but the sizes ↦ the gradient's states before them, collected for them …
/// results     the gradient's states before the first step …, all n collected …
/// ```
///
/// For some steps, sequences are the rows that these see, and states those at the end that is come from.
///
/// @param forward  the loop; of its results none is given
/// @param backward the gradient's, without those of its sequences that are states of the loop; what is added up is among its states
public record ReplaySpec(LoopSpec forward, LoopSpec backward, Saving saving) {

    /// The position of the gradient's i-th argument; n is the loop's.
    public int argument(int i) { return forward.arguments() + i - 1; }

    /// The number of arguments that `reverse` has.
    public int arguments() { return argument(backward.arguments()); }

    /// Whether only some rows of the i-th argument are for some steps.
    public boolean isSequence(int i) {
        return i > 0 && i < forward.initial(0) || i >= argument(1) && i < argument(backward.initial(0));
    }

    /// How many more rows of a sequence are for some steps than there are steps.
    public int span(int i) { return i < forward.arguments() ? forward.span(i - 1) : backward.span(i - argument(1)); }
}
