package org.agnesi.cli;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agnesi.Tensors;
import org.agnesi.array.DType;
import org.agnesi.error.FormulaError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Types as they are typed: `dmatrix`, as the functions of [Tensors] that make variables are called, or `float64[3,?]`.
final class Types {
    private static final Pattern WRITTEN = Pattern.compile("(\\w+)\\s*\\[\\s*((?:\\d{1,9}|\\?)(?:\\s*,\\s*(?:\\d{1,9}|\\?))*)?\\s*]");

    private Types() {}

    /// Reads the argument of `--dtype`.
    static final class Reader implements ITypeConverter<DType> {
        @Override public DType convert(String text) {
            try {
                return dtype(Word.of(text));
            } catch (FormulaError e) {
                throw new TypeConversionException(e.problem());
            }
        }
    }

    static TensorType read(Word word) {
        var written = WRITTEN.matcher(word.text());
        if (!written.matches()) return named(word);
        var dims = written.group(2) == null ? new String[0] : written.group(2).split(",");
        return new TensorType(dtype(word.upTo(written.end(1))), Arrays.stream(dims).map(String::strip)
            .map(d -> d.equals("?") ? TensorType.UNKNOWN : Integer.valueOf(d)).toList());
    }

    private static TensorType named(Word word) {
        try {
            var makes = Tensors.class.getMethod(word.text(), String.class);
            if (Modifier.isStatic(makes.getModifiers()) && makes.invoke(null, "x") instanceof Expr variable) return variable.type();
        } catch (ReflectiveOperationException _) {   // no function of that name
        }
        throw word.mistake("a type is needed, but got " + word.text(),
            "Types are %s and float64[3,?].".formatted(String.join(", ", names())));
    }

    private static List<String> names() {
        return Stream.of(Tensors.class.getMethods())
            .filter(m -> m.getReturnType() == Expr.class && Arrays.equals(m.getParameterTypes(), new Class<?>[] {String.class}))
            .map(m -> m.getName()).sorted().toList();
    }

    static DType dtype(Word word) {
        return Stream.of(DType.values()).filter(d -> d.toString().equals(word.text())).findFirst().orElseThrow(() -> word.mistake(
            "a dtype is needed, but got " + word.text(),
            "Dtypes are %s.".formatted(String.join(", ", Stream.of(DType.values()).map(DType::toString).toList()))));
    }
}
