package org.agnesi;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.agnesi.array.NDArray;
import org.agnesi.compile.Given;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.MissingInputError;
import org.agnesi.error.Required;
import org.agnesi.kernel.Cost;
import org.agnesi.op.LoopVariable;
import org.agnesi.op.Variable;
import org.agnesi.rewrite.Explanation;
import org.agnesi.save.GraphReader;
import org.agnesi.save.GraphWriter;
import org.agnesi.symbolic.DebugPrint;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Graphviz;
import org.agnesi.symbolic.PrettyPrint;
import org.agnesi.symbolic.Shared;
import org.agnesi.symbolic.Snapshot;
import org.jspecify.annotations.Nullable;

/// A formula turned into a function: values in, arrays out. Any number of threads may call it at once.
///
/// ```java
/// var f = function(inputs(x, y), x.times(y));
/// f.call(2, 3.5).toDouble();                     // 7.0: Java numbers take the inputs' dtypes
/// f.callAll(2, 3.5).getFirst();                  // all outputs, here one
/// ```
///
/// Arguments are numbers, booleans, (nested) primitive arrays, lists of them, and [NDArray]s. Arrays are widened to an
/// input's dtype but never narrowed. What comes out belongs to the caller: it shares nothing with arguments, constants,
/// shared variables or other outputs.
///
/// A call reads all shared variables at one moment, computes outputs and updates from these values, and commits all
/// updates together; if another thread has changed one of them meanwhile, it computes again.
///
/// A function is saved as its formula and compiled again where it lands.
public final class Compiled implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Recipe recipe;
    private final transient List<Expr> results;
    private final transient Explanation explanation;
    private final transient List<Shared> shareds;
    private final transient Engine.Runner runner;
    private final transient Arguments arguments;
    private final transient Facts facts;
    private final transient Writing writing;

    private Compiled(Recipe recipe, List<Expr> results, Explanation explanation) {
        this.recipe = recipe;
        this.results = results;
        this.explanation = explanation;
        this.shareds = shareds(recipe);
        this.arguments = new Arguments(recipe.name(), recipe.inputs());
        var all = new ArrayList<>(recipe.inputs());
        all.addAll(shareds);
        this.facts = new Facts(List.copyOf(all), recipe.results());
        this.runner = Engine.standard().runner(recipe.name(), List.copyOf(all), results, recipe.mode());
        this.writing = new Writing(this, facts, runner);
    }

    static Compiled of(Recipe asked) {
        LoopVariable.refuseEscaped(asked.results());
        var recipe = asked.complete();
        var rewritten = Recorded.phase(recipe.name(), "rewrite", () -> recipe.mode().pipeline().rewrite(recipe.results()));
        checkInputs(recipe, rewritten.roots());
        return new Compiled(recipe, rewritten.roots(), rewritten.explanation());
    }

    /// What is missing is judged after rewriting: a variable that no value depends on needs none.
    private static void checkInputs(Recipe recipe, List<Expr> results) {
        var inputs = Collections.<Expr>newSetFromMap(new IdentityHashMap<>());
        inputs.addAll(recipe.inputs());
        for (var node : Graph.inOrder(results)) {
            if (!(node.op() instanceof Variable) || node.result(0) instanceof Shared || inputs.contains(node.result(0))) continue;
            throw missing(recipe, node.result(0));
        }
    }

    private static MissingInputError missing(Recipe recipe, Expr variable) {
        boolean namesake = recipe.inputs().stream().anyMatch(x -> x.toString().equals(variable.toString()));
        return new MissingInputError("""
            %s needs a value for %s of type %s, but its inputs are %s
            %s""".formatted(recipe.name(), variable, variable.type(), recipe.inputs(), namesake
            ? "The input %s is another variable of that name: make one and use it in both places.".formatted(variable)
            : "Add it to the inputs, or replace it with given(…)."), variable.node().origin());
    }

    /// Those of the graph as it was built: where rewriting drops one, the facts may still speak of it.
    private static List<Shared> shareds(Recipe recipe) {
        var found = Updates.shareds(recipe.results());
        found.addAll(recipe.updates().keySet());
        return List.copyOf(found);
    }

    // calling

    /// The only output, for one value per input.
    public NDArray call(Object... args) { return only(callAll(list(args))); }
    /// The only output, for the arguments in a list.
    public NDArray call(List<?> args) { return only(callAll(args)); }
    // A nested array is an Object[] and would be spread into several arguments without these.
    public NDArray call(double[][] arg)   { return call(one(arg)); }
    public NDArray call(float[][] arg)    { return call(one(arg)); }
    public NDArray call(long[][] arg)     { return call(one(arg)); }
    public NDArray call(int[][] arg)      { return call(one(arg)); }
    public NDArray call(double[][][] arg) { return call(one(arg)); }
    /// The same for Kotlin, where `f(x)` means it.
    public NDArray invoke(Object... args) { return call(args); }

    /// All outputs, for one value per input.
    public List<NDArray> callAll(Object... args) { return callAll(list(args)); }
    public List<NDArray> callAll(double[][] arg)   { return callAll(one(arg)); }
    public List<NDArray> callAll(float[][] arg)    { return callAll(one(arg)); }
    public List<NDArray> callAll(long[][] arg)     { return callAll(one(arg)); }
    public List<NDArray> callAll(int[][] arg)      { return callAll(one(arg)); }
    public List<NDArray> callAll(double[][][] arg) { return callAll(one(arg)); }
    /// All outputs, for the arguments in a list.
    public List<NDArray> callAll(List<?> args) { return run(arguments.read(args)); }

    /// All outputs, written into `outs`: arrays of the outputs' dtypes and shapes, which may be arguments as well.
    /// Where they are none of the arguments, and nothing is shared, a call allocates nothing once it has run some times, and an error
    /// in the middle of it, as by an index that is outside, may leave them written in part.
    public void callInto(List<NDArray> outs, List<?> args) { writing.call(outs, args); }

    private static final Object[] NONE = {};

    List<NDArray> run(NDArray... args) { return run(args, NONE); }

    /// All outputs, the last of them written into `outs`, each an [NDArray] or a nested Java array: all or, before anything
    /// is committed, an error.
    List<NDArray> run(NDArray[] args, @Nullable Object[] outs) {
        return Recorded.isPossible() ? Recorded.call(name(), () -> computed(args, outs)) : computed(args, outs);
    }

    private List<NDArray> computed(NDArray[] args, @Nullable Object[] outs) {
        while (true) {
            var snapshot = Snapshot.of(shareds);
            var all = new ArrayList<NDArray>(args.length + shareds.size());
            Collections.addAll(all, args);
            all.addAll(snapshot.values());
            facts.check(all);
            var results = runner.run(all);
            var outputs = results.subList(0, recipe.outputs().size());
            int first = outputs.size() - outs.length;
            for (int i = 0; i < outs.length; i++) Rows.check(outputs.get(first + i), outs[i]);
            if (!recipe.updates().isEmpty() && !snapshot.commit(next(results))) continue;
            for (int i = 0; i < outs.length; i++) Rows.store(outputs.get(first + i), Objects.requireNonNull(outs[i]));
            return outputs;
        }
    }

    private Map<Shared, NDArray> next(List<NDArray> results) {
        var next = new IdentityHashMap<Shared, NDArray>();
        int i = recipe.outputs().size();
        for (var shared : recipe.updates().keySet()) next.put(shared, results.get(i++));
        return next;
    }

    /// A null array means one null argument, as `call(null)` reads.
    private static List<?> list(Object... args) { return args == null ? Collections.singletonList(null) : Arrays.asList(args); }

    private static List<Object> one(Object arg) { return Collections.singletonList(arg); }

    private NDArray only(List<NDArray> outputs) {
        if (outputs.size() == 1) return outputs.getFirst();
        throw new ArgumentError("""
            call needs a function with one output, but %s has %d
            Use callAll(…), which returns a list.""".formatted(name(), outputs.size()));
    }

    // binding

    /// This function as the method of a public interface: `f.bind(DoubleUnaryOperator.class).applyAsDouble(2.5)`.
    ///
    /// Parameters are the inputs in order (numbers, booleans, nested arrays, [NDArray]), then an array for each output
    /// that is not returned. The result is void, the first output, a record of the first outputs, or a list of all.
    /// Numbers are not boxed on the way, and flat arrays of the outputs' elements are written directly, as [#callInto] does.
    @SuppressWarnings("unchecked")
    public <T> T bind(Class<? super T> type) { return (T) new Binding(this, type, null).make(); }

    /// The same for an interface that only its own package sees: pass `MethodHandles.lookup()`.
    @SuppressWarnings("unchecked")
    public <T> T bind(Class<? super T> type, MethodHandles.Lookup lookup) { return (T) new Binding(this, type, lookup).make(); }

    /// This function as a method of numbers, where it is one and neither reads nor updates shared variables; else null.
    @Nullable MethodHandle scalar() {
        return shareds.isEmpty() && recipe.updates().isEmpty() && facts.isEmpty() ? runner.scalar() : null;
    }

    Arguments arguments() { return arguments; }
    Writing writing() { return writing; }

    List<Expr> inputs() { return recipe.inputs(); }

    /// The outputs as they were asked for.
    List<Expr> results() { return recipe.outputs(); }

    /// `f(x: float64[], y: float64[?]) → float64[]`.
    String signature() {
        var in = inputs().stream().map(x -> x + ": " + x.type()).collect(Collectors.joining(", "));
        return name() + "(" + in + ") → " + results().stream().map(y -> y.type().toString()).collect(Collectors.joining(", "));
    }

    // saving

    /// Writes this function to a file, as it was built, with the values of its shared variables: JSON, see `org.agnesi.save`.
    public void save(Path file) throws IOException { recipe.write(file); }

    /// Reads and compiles a function that [#save] wrote. Its shared variables are new ones: see [#shareds].
    ///
    /// @throws org.agnesi.error.FileError if the file is cut short or of another kind; a missing one is an [IOException]
    public static Compiled load(Path file) throws IOException { return of(Recipe.read(file)); }

    /// The shared variables that this function reads or updates.
    public List<Shared> shareds() { return shareds; }

    private Object writeReplace() { return new Saved(GraphWriter.write(recipe.document())); }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a function is read as its text");
    }

    /// What serialization writes in a function's place: the text that [#save] writes.
    private record Saved(String text) implements Serializable {
        private Object readResolve() { return of(Recipe.of(GraphReader.read(text))); }
    }

    // looking inside

    public String name() { return recipe.name(); }

    /// The optimized graph's outputs.
    public List<Expr> graph() { return results.subList(0, recipe.outputs().size()); }

    /// The optimized graph as one formula.
    public String pp() { return PrettyPrint.of(graph(), PrettyPrint.Style.PLAIN); }

    /// The optimized graph as a tree, each node once.
    public String debugPrint() { return DebugPrint.of(graph(), false); }

    /// The optimized graph in Graphviz's language: `dot -Tsvg` draws it.
    public String graphviz() { return Graphviz.of(graph()); }

    /// Which rewrites fired, in order, with examples.
    public String explain() { return isRewritten() ? explanation.toString() : unchanged(); }

    /// Why the rewrite of this name did not fire, or that it did.
    public String explain(String rule) { return isRewritten() ? explanation.whyNot(rule) : unchanged(); }

    private boolean isRewritten() { return recipe.mode() != Mode.REFERENCE; }

    private String unchanged() { return "nothing is rewritten in mode " + recipe.mode(); }

    /// What runs, as pseudo-code, and which of it runs slower than it might, and why.
    public String kernels() { return runner.kernels(); }

    /// What a call costs, counted from the kernels without running them. An argument is a value, as `call` takes it, or just
    /// its [shape][org.agnesi.array.Shape]: `f.cost(Shape.of(1000, 1000), 0.5)`. Values matter where sizes depend on them.
    public Cost cost(Object... args) { return cost(list(args)); }
    /// The same for the arguments, or their shapes, in a list.
    public Cost cost(List<?> args) {
        var all = arguments.given(args);
        for (var value : Snapshot.of(shareds).values()) all.add(Given.of(value));
        return runner.cost(all);
    }

    /// Begins to record what each kernel takes, in all calls until the profile is closed. See [Profile].
    public Profile profile() { return runner.profile(); }

    /// Writes one page about this function that needs nothing else to be read: its graph, drawn, its kernels and rewrites, and what a
    /// call costs with these arguments, or their shapes; without any, where the inputs' types tell all sizes.
    public void html(Path file, Object... args) throws IOException {
        var given = args.length > 0 ? Optional.of(list(args)) : arguments.shapes();
        Files.writeString(Required.output("html", file), Page.of(this, isRewritten() ? given.map(this::cost) : Optional.empty()));
    }

    @Override public String toString() { return signature(); }
}
