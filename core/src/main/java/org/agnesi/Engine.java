package org.agnesi;

import java.lang.invoke.MethodHandle;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agnesi.array.NDArray;
import org.agnesi.compile.Costing;
import org.agnesi.compile.Given;
import org.agnesi.compile.Schedule;
import org.agnesi.error.ArgumentError;
import org.agnesi.kernel.Cost;
import org.agnesi.run.Backend;
import org.agnesi.run.Library;
import org.agnesi.run.Plan;
import org.agnesi.run.Ready;
import org.agnesi.run.Workers;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.jspecify.annotations.Nullable;

/// What compiled functions share: how graphs are run. Everyone uses the [#standard] one.
///
/// Large work is split over as many threads as there are processors, or as `-Dagnesi.threads=n` says, and runs on the [Backend]
/// that `-Dagnesi.kernels` names, [Backend#tiered] without it; the bits are the same. `-Dagnesi.worth=n` says for how many ns of work
/// another thread is woken.
/// Products and decompositions go to a [org.agnesi.kernel.Blas] where a module brings one, unless `-Dagnesi.blas=off`;
/// not in [Mode#STRICT], whose bits depend on no machine.
public final class Engine {
    private static final Engine STANDARD = new Engine(System.getProperty("agnesi.kernels", "tiered"),
        Integer.getInteger("agnesi.threads", Runtime.getRuntime().availableProcessors()), Long.getLong("agnesi.worth", Workers.WORTH));
    private static final ScopedValue<Engine> INSTEAD = ScopedValue.newInstance();

    private final int threads;
    private final Backend own;
    private final Backend backend;
    private @Nullable Library library;

    /// @param kernels the name of a [Backend]
    /// @param worth   as in [Workers]
    Engine(String kernels, int threads, long worth) {
        this.threads = Math.max(1, threads);
        own = Backend.of(kernels, new Workers(this.threads, worth));
        backend = own.with(() -> library().blas());
    }

    public static Engine standard() { return INSTEAD.orElse(STANDARD); }

    /// Runs something during which this is the standard one on this thread: how the guide is run on each backend by one JVM.
    <T, X extends Throwable> T instead(ScopedValue.CallableOp<T, X> action) throws X {
        return ScopedValue.where(INSTEAD, this).call(action);
    }

    /// How many threads may work on one call.
    int threads() { return threads; }

    /// What runs programs, by name.
    String kernels() { return own.toString(); }

    /// What computes products and decompositions, loaded when first asked for.
    synchronized Library library() {
        if (library == null) library = Library.load();
        return library;
    }

    /// A graph ready to run: values of the inputs in, values of the results out, which share nothing with anything. Safe for
    /// any number of threads.
    sealed interface Runner {
        List<NDArray> run(List<NDArray> inputs);

        /// The same into arrays of the results' dtypes and shapes, which share nothing with anything.
        void runInto(List<NDArray> outs, List<NDArray> inputs);

        /// The same with arrays in place for calls with such arrays; null where that is not possible, or not worth it.
        default @Nullable Ready ready(List<NDArray> outs, List<NDArray> inputs) { return null; }

        /// Whether someone times what runs, which [#ready] does not tell.
        default boolean isTimed() { return false; }

        /// What runs, as text.
        String kernels();

        /// A method of numbers that does the same, where all inputs and the only output are numbers; else null.
        default @Nullable MethodHandle scalar() { return null; }

        /// What a call costs for inputs of these sizes.
        Cost cost(List<Given> inputs);

        /// Begins to time what runs.
        Profile profile();
    }

    /// Fused loops over reused buffers.
    record Loops(Plan plan) implements Runner {
        @Override public List<NDArray> run(List<NDArray> inputs) { return plan.call(inputs); }
        @Override public void runInto(List<NDArray> outs, List<NDArray> inputs) { plan.callInto(outs, inputs); }
        @Override public @Nullable Ready ready(List<NDArray> outs, List<NDArray> inputs) { return plan.ready(outs, inputs); }
        @Override public boolean isTimed() { return plan.isTimed(); }
        @Override public String kernels() { return plan.kernels(); }
        @Override public @Nullable MethodHandle scalar() { return plan.scalar(); }
        @Override public Cost cost(List<Given> inputs) { return Costing.of(plan.schedule(), inputs); }
        @Override public Profile profile() { return new Profile(plan.profile()); }
    }

    /// Each op's own `eval`, one after the other.
    record Reference(List<Expr> inputs, List<Expr> results, Ownership ownership) implements Runner {
        @Override public List<NDArray> run(List<NDArray> values) {
            var bound = new IdentityHashMap<Expr, NDArray>();
            for (int i = 0; i < inputs.size(); i++) bound.put(inputs.get(i), values.get(i));
            return ownership.own(Graph.eval(results, bound), values);
        }

        @Override public void runInto(List<NDArray> outs, List<NDArray> values) {
            var results = run(values);
            for (int i = 0; i < outs.size(); i++) Rows.store(results.get(i), outs.get(i));
        }

        @Override public String kernels() { return "each op's own eval, in order\n"; }

        @Override public Cost cost(List<Given> inputs) { throw withoutKernels("cost"); }
        @Override public Profile profile() { throw withoutKernels("profile"); }

        private static ArgumentError withoutKernels(String what) {
            return new ArgumentError("""
                %s needs a function that is compiled into kernels, but this one's mode is REFERENCE
                Compile it in another mode.""".formatted(what));
        }
    }

    /// The runner of `results` over `inputs`, which are all the variables they need; sides of an ifElse not taken do not run.
    Runner runner(String name, List<Expr> inputs, List<Expr> asked, Mode mode) {
        if (mode == Mode.REFERENCE) {
            var results = mode.pipeline().lower(asked);
            return new Reference(inputs, results, new Ownership(results));
        }
        BooleanSupplier isLibrary = () -> mode != Mode.STRICT && library().multiplies();
        var schedule = Recorded.phase(name, "schedule", () -> Schedule.of(inputs, mode.pipeline().lower(asked), isLibrary));
        return new Loops(Recorded.phase(name, "kernels", () -> new Plan(schedule, mode == Mode.STRICT ? own : backend)));
    }
}
