package org.agnesi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.Required;
import org.agnesi.op.Cast;
import org.agnesi.op.Constant;
import org.agnesi.op.Variable;
import org.agnesi.save.Document;
import org.agnesi.save.GraphReader;
import org.agnesi.save.GraphWriter;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Shared;
import org.jspecify.annotations.Nullable;

/// What a user asked to have compiled, before any rewriting: enough to compile it again elsewhere.
///
/// @param inputs  variables
/// @param updates shared variables and what they become, in the order given
record Recipe(String name, List<Expr> inputs, List<Expr> outputs, Map<Shared, Expr> updates, Mode mode) {
    Recipe {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
        checkInputs(name, inputs);
    }

    private static void checkInputs(String name, List<Expr> inputs) {
        var seen = Collections.<Expr>newSetFromMap(new IdentityHashMap<>());
        for (var input : inputs) {
            if (input instanceof Shared) throw new ArgumentError("""
                %s needs variables as inputs, but got the shared variable %s
                It has a value of its own: leave it out, or replace it by a variable with given(…).""".formatted(name, input));
            if (input.node().op() instanceof Constant) throw new ArgumentError("""
                %s needs variables as inputs, but got the constant %s
                Leave it out, or make it a variable.""".formatted(name, input));
            if (!seen.add(input)) throw new ArgumentError("""
                %s needs different inputs, but got %s twice
                Name each input once.""".formatted(name, input));
        }
    }

    /// The outputs, then what the updates become.
    List<Expr> results() {
        var all = new ArrayList<>(outputs);
        all.addAll(updates.values());
        return all;
    }

    /// This recipe with `replacements` made everywhere, and with inputs that are formulas cut off: they become variables.
    Recipe given(Map<Expr, Expr> replacements) {
        Replaced.check("given", replacements.keySet(), results());
        var all = new IdentityHashMap<>(replacements);
        var variables = new ArrayList<Expr>();
        for (var input : inputs) {
            boolean leaf = input.node().op() instanceof Variable;
            var variable = leaf ? input : Variable.variable(input.toString(), input.type());
            variables.add(variable);
            if (!leaf) all.putIfAbsent(input, variable);
        }
        if (all.isEmpty()) return this;
        var replaced = Graph.replace(results(), all);
        var next = new LinkedHashMap<Shared, Expr>();
        for (var shared : updates.keySet()) next.put(shared, replaced.get(outputs.size() + next.size()));
        return new Recipe(name, variables, replaced.subList(0, outputs.size()), next, mode);
    }

    /// This recipe with the updates that its graph brings along.
    Recipe complete() { return new Recipe(name, inputs, outputs, Updates.of(outputs, updates), mode); }

    Document document() { return new Document(name, mode.toString(), inputs, outputs, updates); }

    void write(Path file) throws IOException { Files.writeString(Required.output("save", file), GraphWriter.write(document())); }

    static Recipe read(Path file) throws IOException { return of(GraphReader.read(Required.text("load", file))); }

    static Recipe of(Document saved) {
        return new Recipe(saved.name(), saved.inputs(), saved.outputs(), saved.updates(), Mode.of(saved.mode()));
    }

    /// `e` in the dtype `wanted`, where that loses nothing or `e` is a literal; else null.
    static @Nullable Expr widen(Expr e, DType wanted) {
        var own = e.type().dtype();
        boolean literal = e.isWeak() && (wanted.isFloating() || !own.isFloating());
        return literal || DType.promote(own, wanted) == wanted ? Cast.cast(e, wanted) : null;
    }
}
