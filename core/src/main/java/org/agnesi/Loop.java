package org.agnesi;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.error.LoopError;
import org.agnesi.op.Constant;
import org.agnesi.op.LoopState;
import org.agnesi.op.OpenLoop;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Shared;
import org.jspecify.annotations.Nullable;

/// A loop told part by part: it hands out the variables that a step is written with, then the results.
///
/// ```java
/// var loop = scan();
/// var u = loop.over(us);
/// var before = loop.over(us, -1);
/// var s = loop.state(x0);
/// s.next(s.previous().times(0.5).plus(u).minus(before));
/// var all = s.all();
/// ```
///
/// Asking for a result ends the telling: what is said afterwards is an error.
public final class Loop {
    private final OpenLoop loop = new OpenLoop();
    private OpenLoop.@Nullable Finished finished;

    Loop() {}

    /// This step's element of a sequence: it steps along axis 0, as far as the shortest sequence goes.
    public Expr over(Expr sequence) { return over(sequence, 0); }

    /// The element `tap` places from this step's: −1 is the one before, 1 the one after.
    public Expr over(Expr sequence, int tap) { return open().over(sequence, tap); }

    /// A state that is `initial` before the first step.
    public State state(Expr initial) { return new State(open().state(initial, 1)); }
    public State state(Number initial) { return state(Constant.constant(initial)); }

    /// A state that remembers its values of the last `depth` steps; `initial` holds as many, the oldest first.
    public State state(Expr initial, int depth) { return new State(open().state(initial, depth)); }

    /// A value of each step, to be kept.
    public Collected collect(Expr value) { return new Collected(open().collect(value)); }

    /// The step that makes this true is the last one.
    public Loop until(Expr condition) {
        open().until(condition);
        return this;
    }

    /// At most `n` steps; fewer if a sequence ends before.
    public Loop steps(Expr n) {
        open().steps(n);
        return this;
    }
    public Loop steps(long n) { return steps(Constant.index(n)); }

    /// The last elements first. Results are in the order of the steps.
    public Loop backwards() {
        open().backwards();
        return this;
    }

    /// A gradient goes back through the last `steps` steps only: deliberately not the whole derivative.
    public Loop truncateGradient(int steps) {
        open().window(steps);
        return this;
    }

    /// A gradient stores the states before every `steps`-th step and makes the steps between again: about `n/steps + steps` states
    /// in memory instead of `n`, for two more times the steps of the loop. The values stay the same, but for sums over the steps.
    public Loop saveEvery(int steps) {
        open().saveEvery(steps);
        return this;
    }

    /// A gradient holds at most so many bytes beside its arguments and results. It stores as many states as fit, where the fewest
    /// steps are made again: those of Griewank and Walther's binomial schedule. Less than it can do with is an error that says how
    /// many bytes it needs.
    public Loop saveWithin(long bytes) {
        open().saveWithin(bytes);
        return this;
    }

    /// `variable` becomes `next` after each step; a function that runs the loop keeps the last value.
    public Loop update(Shared variable, Expr next) {
        open().update(variable, next);
        return this;
    }

    /// How many steps were made.
    public Expr steps() { return done().steps(); }

    private OpenLoop open() {
        if (finished == null) return loop;
        throw new LoopError("""
            a loop is told before its results are asked for, but this one has been finished
            Say everything first; then ask for all() and last().""");
    }

    OpenLoop.Finished done() {
        var found = finished;
        return found != null ? found : (finished = loop.finish());
    }

    /// A value that each step makes from its own earlier values.
    public final class State {
        private final LoopState state;
        private final int index;

        private State(LoopState state) {
            this.state = state;
            this.index = state.index();
        }

        /// Its value before this step.
        public Expr previous() { return previous(1); }

        /// Its value `steps` steps ago; 1 is the one before this step.
        public Expr previous(int steps) {
            open();
            return state.previous(steps);
        }

        /// Its value after this step.
        public State next(Expr value) {
            open();
            state.next(value);
            return this;
        }

        /// Its values after each step, stacked along axis 0.
        public Expr all() { return done().all().get(index); }

        /// Its value after the last step; the initial one if there was none.
        public Expr last() { return done().last().get(index); }
    }

    /// A value of each step that no later step sees.
    public final class Collected {
        private final int index;

        private Collected(int index) { this.index = index; }

        /// The values of all steps, stacked along axis 0.
        public Expr all() { return done().collected().get(index); }
    }

    // what the short forms are made of

    /// All results: states, then what was collected.
    List<Expr> all() {
        var all = new ArrayList<>(done().all());
        all.addAll(done().collected());
        return List.copyOf(all);
    }
}
