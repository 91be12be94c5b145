package org.agnesi;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Shared;

/// A function told part by part; it changes with each call and ends with [#compile].
///
/// ```java
/// var step = function().inputs(x, y).outputs(cost).update(w, w.minus(gw.times(0.1))).name("step").compile();
/// ```
public final class FunctionBuilder {
    private final List<Expr> inputs = new ArrayList<>();
    private final List<Expr> outputs = new ArrayList<>();
    private final Map<Shared, Expr> updates = new LinkedHashMap<>();
    private final Map<Expr, Expr> givens = new IdentityHashMap<>();
    private Mode mode = Mode.DEFAULT;
    private String name = "function";

    FunctionBuilder() {}

    public FunctionBuilder inputs(Expr... inputs) { return inputs(Required.all("function", "an input", inputs)); }

    public FunctionBuilder inputs(List<? extends Expr> inputs) {
        this.inputs.addAll(Required.all("function", "an input", inputs));
        return this;
    }

    public FunctionBuilder outputs(Expr... outputs) { return outputs(Required.all("function", "an output", outputs)); }

    public FunctionBuilder outputs(List<? extends Expr> outputs) {
        this.outputs.addAll(Required.all("function", "an output", outputs));
        return this;
    }

    /// A first output and the rest: a cost and its gradients.
    public FunctionBuilder outputs(Expr first, List<? extends Expr> rest) { return outputs(first).outputs(rest); }

    /// After each call `variable` holds `next`. All updates are computed from the values before the call.
    public FunctionBuilder update(Shared variable, Expr next) {
        Required.of("update", "a shared variable", variable);
        Required.of("update", "what " + variable.name() + " becomes", next);
        if (updates.put(variable, Updates.fit(variable, next)) != null) throw new ArgumentError("""
            a function updates a shared variable once, but %s is updated twice
            Say in one expression what it becomes.""".formatted(variable.name()));
        return this;
    }

    public FunctionBuilder updates(Map<Shared, ? extends Expr> updates) {
        updates.forEach(this::update);
        return this;
    }

    /// `replacement` stands wherever `variable` does; all givens are replaced at once, before anything is compiled.
    public FunctionBuilder given(Expr variable, Expr replacement) {
        var wanted = Required.of("given", "a variable", variable).type();
        Required.of("given", "what replaces " + variable, replacement);
        var cast = Recipe.widen(replacement, wanted.dtype());
        // What was decided from a known size must stay true.
        if (cast == null || !cast.type().refines(wanted)) throw new TypeError("""
            what replaces %s needs type %s, but got %s of type %s
            Cast or reshape it, or make %1$s a variable of that type.""".formatted(variable, wanted, replacement, replacement.type()));
        givens.put(variable, cast);
        return this;
    }

    public FunctionBuilder mode(Mode mode) {
        this.mode = Required.of("function", "a mode", mode);
        return this;
    }

    /// The name that messages and prints call it by.
    public FunctionBuilder name(String name) {
        this.name = Required.of("function", "a name", name);
        return this;
    }

    public Compiled compile() { return Compiled.of(new Recipe(name, inputs, outputs, updates, mode).given(givens)); }
}
