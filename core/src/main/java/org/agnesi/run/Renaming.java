package org.agnesi.run;

/// Puts the array of a slot into another, of other sizes.
record Renaming(int from, int to) implements Action {
    @Override public void run(State state) { state.share(from, to); }

    /// Whoever puts another array into the one slot puts it into the other.
    @Override public Prepared prepared(State state) {
        state.share(from, to);
        return () -> {};
    }
}
