package org.agnesi.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.agnesi.Agnesi;
import org.agnesi.Formula;
import org.agnesi.Tensors;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.FormulaError;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
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
    List<Input> readBeside(Word moving, String formula) throws IOException {
        var names = Formula.names(formula);
        if (!names.contains(moving.text())) throw unknown(moving, names, "--x");
        return read(formula, moving.text());
    }

    private List<Input> read(String formula, String moving) throws IOException {
        var names = Formula.names(formula);
        var values = values(names);
        var typed = typed(names);
        var inputs = new ArrayList<Input>();
        for (var name : names) {
            boolean needed = !name.equals(moving) && (hasValues() || !moving.isEmpty());
            if (needed && !values.containsKey(name)) throw missing(formula, name);
            inputs.add(input(name, values.get(name), typed.get(name)));
        }
        return inputs;
    }

    private Map<String, Typed> values(Set<String> names) throws IOException {
        var values = new HashMap<String, Typed>();
        for (var argument : at) {
            var named = Named.parse(argument);
            put(values, named.name(), new Typed(Values.read(named.value()), named.value()), names, "--at");
        }
        return values;
    }

    /// A value and how it was typed.
    private record Typed(NDArray value, Word word) {
        /// Whether it has a dtype of its own, as in a file.
        boolean fixed() { return word.text().startsWith("@"); }
    }

    private Map<String, TensorType> typed(Set<String> names) {
        var typed = new HashMap<String, TensorType>();
        for (var argument : types) {
            var word = Word.of(argument);
            int colon = word.text().indexOf(':');
            if (colon < 1) throw word.mistake("--type needs NAME:TYPE, but got " + word.text(),
                "Write for example 'x: dvector' or 'x: float64[3,?]'.");
            put(typed, word.upTo(colon), Types.read(word.from(colon + 1)), names, "--type");
        }
        return typed;
    }

    private static <T> void put(Map<String, T> map, Word name, T value, Set<String> names, String option) {
        if (!names.contains(name.text())) throw unknown(name, names, option);
        if (map.put(name.text(), value) != null)
            throw name.mistake("%s is needed once for each name, but %s has two".formatted(option, name.text()), "Leave one away.");
    }

    /// A name that the formula has not.
    static FormulaError unknown(Word name, Collection<String> names, String option) {
        return name.mistake("%s needs a name of the formula, but got %s".formatted(option, name.text()),
            "The formula has %s.".formatted(names.isEmpty() ? "no names" : String.join(", ", names)));
    }

    private Input input(String name, @Nullable Typed value, @Nullable TensorType type) {
        if (value == null) return new Input(name, variable(name, type == null ? TensorType.scalar(dtype) : type), null);
        var array = value.value.cast(dtype(value, type));
        if (type == null) return new Input(name, variable(name, TensorType.of(array.dtype(), array.shape().dims())), array);
        return new Input(name, accepting(variable(name, type), array, value.word), array);
    }

    /// The variable, if a function of it takes the value.
    private static Expr accepting(Expr variable, NDArray value, Word word) {
        try {
            Agnesi.function().name("f").inputs(variable).outputs(variable).compile().call(value);
            return variable;
        } catch (TypeError | ShapeError e) {
            throw word.mistake(e);
        }
    }

    /// What is typed takes the dtype that is asked for, unless that would cut fractions off; a file keeps its own.
    private DType dtype(Typed value, @Nullable TensorType type) {
        var own = value.value.dtype();
        if (value.fixed() || own.isBool()) return own;
        if (type == null) return dtype;
        return type.dtype().isFloating() || own.isInteger() ? type.dtype() : own;
    }

    private static Expr variable(String name, TensorType type) {
        return Tensors.tensor(name, type.dtype(), type.dims().stream().mapToInt(d -> d).toArray());
    }

    private static FormulaError missing(String formula, String name) {
        var word = Pattern.compile("(?<![\\p{L}\\p{N}_.])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])").matcher(formula);
        int start = word.find() ? word.start() : 0;
        return new FormulaError("a value is needed for " + name, formula, start, start
            + name.length(), "Add --at %s=VALUE.".formatted(name));
    }
}
