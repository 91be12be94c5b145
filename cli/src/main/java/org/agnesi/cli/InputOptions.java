package org.agnesi.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.agnesi.Formula;
import org.agnesi.Tensors;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.FormulaError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that give the names of a formula their types and values: `--at`, `--type`, `--dtype`.
///
/// A type is that of `--type`, else the value's (numbers typed as JSON are floating), else a float64 scalar.
final class InputOptions {
    @Option(names = "--at", paramLabel = "NAME=VALUE",
        description = "The value of a name: a JSON number or array, @file.npy or @file.csv. Once for each name.")
    private List<String> at = new ArrayList<>();

    @Option(names = "--type", paramLabel = "NAME:TYPE",
        description =
            "The type of a name: dscalar, dmatrix, fvector, … or float64[3,?]. Without it, the value's; without a value, dscalar.")
    private List<String> types = new ArrayList<>();

    @Option(names = "--dtype", paramLabel = "DTYPE", converter = Types.Reader.class,
        description = "The dtype of typed numbers and of names without a type: float64 (the default) or float32.")
    private DType dtype = DType.FLOAT64;

    boolean hasValues() { return !at.isEmpty(); }

    /// The names of `formula` in the order of their first use; each has a value, or none has.
    List<Input> read(String formula) throws IOException { return read(formula, ""); }

    /// The same, but `moving` takes many values.
    List<Input> readBeside(String moving, String formula) throws IOException {
        requireUsed(moving, Formula.names(formula), "--x");
        return read(formula, moving);
    }

    private List<Input> read(String formula, String moving) throws IOException {
        var names = Formula.names(formula);
        var values = values();
        var typed = typed();
        for (var given : List.of(values, typed)) for (var name : given.keySet())
            requireUsed(name, names, given == values ? "--at" : "--type");
        var inputs = new ArrayList<Input>();
        for (var name : names) {
            boolean needed = !name.equals(moving) && (hasValues() || !moving.isEmpty());
            if (needed && !values.containsKey(name)) throw missing(formula, name);
            inputs.add(input(name, values.get(name), typed.get(name)));
        }
        return inputs;
    }

    private Map<String, Typed> values() throws IOException {
        var values = new LinkedHashMap<String, Typed>();
        for (var argument : at) {
            var named = Named.parse(argument);
            if (values.put(named.name(), new Typed(Values.read(named.text()), named.text().startsWith("@"))) != null)
                throw twice("--at", named.name());
        }
        return values;
    }

    /// A value and whether it has a dtype of its own, as in a file.
    private record Typed(NDArray value, boolean fixed) {}

    private Map<String, TensorType> typed() {
        var typed = new LinkedHashMap<String, TensorType>();
        for (var argument : types) {
            int colon = argument.indexOf(':');
            if (colon < 1) throw new ArgumentError("""
                --type needs NAME:TYPE, but got %s
                Write for example 'x: dvector' or 'x: float64[3,?]'.""".formatted(argument));
            var name = argument.substring(0, colon).strip();
            if (typed.put(name, Types.read(argument.substring(colon + 1).strip())) != null) throw twice("--type", name);
        }
        return typed;
    }

    private Input input(String name, @Nullable Typed value, @Nullable TensorType type) {
        if (value == null) return new Input(name, variable(name, type == null ? TensorType.scalar(dtype) : type), null);
        var array = value.value.cast(dtype(value, type));
        return new Input(name, variable(name, type == null ? TensorType.of(array.dtype(), array.shape().dims()) : type), array);
    }

    /// What is typed takes the dtype that is asked for, unless that would cut fractions off; a file keeps its own.
    private DType dtype(Typed value, @Nullable TensorType type) {
        var own = value.value.dtype();
        if (value.fixed || own.isBool()) return own;
        if (type == null) return dtype;
        return type.dtype().isFloating() || own.isInteger() ? type.dtype() : own;
    }

    private static Expr variable(String name, TensorType type) {
        return Tensors.tensor(name, type.dtype(), type.dims().stream().mapToInt(d -> d).toArray());
    }

    private static void requireUsed(String name, Set<String> names, String option) {
        var known = String.join(", ", names);
        if (names.contains(name)) return;
        throw new ArgumentError("""
            %s needs a name of the formula, but got %s
            %s""".formatted(option, name, known.isEmpty() ? "The formula has no names." : "The formula has " + known + "."));
    }

    private static ArgumentError twice(String option, String name) {
        return new ArgumentError("""
            %s is needed once for each name, but %s has two
            Leave one away.""".formatted(option, name));
    }

    private static FormulaError missing(String formula, String name) {
        var word = Pattern.compile("(?<![\\p{L}\\p{N}_.])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])").matcher(formula);
        int start = word.find() ? word.start() : 0;
        return new FormulaError("a value is needed for " + name, formula, start, start
            + name.length(), "Add --at %s=VALUE.".formatted(name));
    }
}
