package org.agnesi;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// What compiled functions share: how graphs are run. Everyone uses the [#standard] one.
public final class Engine {
    private static final Engine STANDARD = new Engine();

    private Engine() {}

    public static Engine standard() { return STANDARD; }

    /// A rewritten graph, ready to run: values of the inputs in, values of the results out. Safe for any number of threads.
    interface Runner {
        List<NDArray> run(List<NDArray> inputs);
    }

    /// The runner of `results` over `inputs`, which are all the variables they need.
    Runner runner(List<Expr> inputs, List<Expr> results, Mode mode) {
        return mode == Mode.REFERENCE ? reference(inputs, results) : Plan.of(inputs, results)::call;
    }

    /// Each op's own `eval`, node by node.
    private static Runner reference(List<Expr> inputs, List<Expr> results) {
        return values -> {
            var bound = new IdentityHashMap<Expr, NDArray>();
            for (int i = 0; i < inputs.size(); i++) bound.put(inputs.get(i), values.get(i));
            return new ArrayList<>(Graph.eval(results, bound));
        };
    }
}
