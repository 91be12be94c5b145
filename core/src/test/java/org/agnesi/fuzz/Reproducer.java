package org.agnesi.fuzz;

import java.lang.reflect.Array;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.op.Constant;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A specimen as a Java program: its nodes one by one, then the reference's values and the compiled function's.
///
/// Ops are written by what they are, records: `Expr.of(new Softmax(1), x0)`. What is Java code cannot be written.
final class Reproducer {
    private final StringBuilder text = new StringBuilder();
    private final Map<Expr, String> names = new IdentityHashMap<>();

    private Reproducer() {}

    /// @param by what it is run under; null for what Java is told anyway
    static String of(Specimen specimen, @Nullable Setting by) {
        var program = new Reproducer();
        if (by != null) program.text.append("// java --add-modules jdk.incubator.vector ").append(by.flags()).append('\n');
        program.text.append("import org.agnesi.*;\nimport org.agnesi.array.*;\nimport org.agnesi.symbolic.*;\n\nvoid main() {\n");
        program.graph(specimen.roots());
        program.text.append("    var at = List.of(").append(specimen.at().stream().map(Reproducer::array).collect(Collectors.joining(", "))).append(");\n");
        var function = "Agnesi.function().inputs(%s).outputs(%s)".formatted(program.list(specimen.inputs()), program.list(specimen.roots()));
        program.text.append("    IO.println(").append(function).append(".mode(Mode.REFERENCE).compile().callAll(at));\n");
        program.text.append("    IO.println(").append(function).append(".compile().callAll(at));\n}\n");
        return program.text.toString();
    }

    private String list(List<Expr> exprs) { return exprs.stream().map(names::get).collect(Collectors.joining(", ", "List.of(", ")")); }

    private void graph(List<Expr> roots) {
        for (var node : Graph.inOrder(roots)) {
            if (names.containsKey(node.result(0))) continue;
            var made = switch (node.op()) {
                case Variable(_, var type) -> "org.agnesi.op.Variable.variable(\"x%d\", %s)".formatted(names.size(), type(type));
                case Constant(var value, var weak) -> "Expr.of(new org.agnesi.op.Constant(%s, %s))".formatted(array(value), weak);
                default -> "Expr.%s(%s, %s)".formatted(node.size() == 1 ? "of" : "all", java(node.op()), list(node.args()));
            };
            var name = (node.op() instanceof Variable ? "x" : "t") + names.size();
            text.append("    var ").append(name).append(" = ").append(made).append(";\n");
            for (int i = 0; i < node.size(); i++) names.put(node.result(i), node.size() == 1 ? name : name + ".get(" + i + ")");
        }
    }

    private static String type(TensorType type) {
        return "TensorType.of(DType.%s%s)".formatted(type.dtype().name(), type.dims().stream().map(d -> ", " + d).collect(Collectors.joining()));
    }

    private static String array(NDArray x) {
        var elements = IntStream.range(0, x.size()).mapToObj(i -> x.dtype().isFloating() ? real(x.doubleAt(i)) : x.longAt(i) + "L").collect(Collectors.joining(", "));
        var dims = IntStream.of(x.shape().dims()).mapToObj(d -> ", " + d).collect(Collectors.joining());
        var wide = "NDArray.wrap(new %s[] {%s}%s)".formatted(x.dtype().isFloating() ? "double" : "long", elements, dims);
        return x.dtype() == DType.FLOAT64 || x.dtype() == DType.INT64 ? wide : wide + ".cast(DType." + x.dtype().name() + ")";
    }

    private static String real(double x) {
        return Double.isNaN(x) ? "Double.NaN" : Double.isInfinite(x) ? (x < 0 ? "Double.NEGATIVE_INFINITY" : "Double.POSITIVE_INFINITY") : Double.toString(x);
    }

    /// A component of an op as Java.
    private String java(Object value) {
        return switch (value) {
            case Lambda lambda -> lambda(lambda);
            case TensorType type -> type(type);
            case NDArray array -> array(array);
            case String s -> "\"" + s.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
            case Enum<?> e -> e.getDeclaringClass().getCanonicalName() + "." + e.name();
            case Double x -> real(x);
            case Long x -> x + "L";
            case Number x -> x.toString();
            case Boolean x -> x.toString();
            case List<?> all -> all.stream().map(this::java).collect(Collectors.joining(", ", "List.of(", ")"));
            case Record r -> Records.all(r).stream().map(this::java).collect(Collectors.joining(", ", "new " + r.getClass().getCanonicalName() + "(", ")"));
            default -> value == Records.NULL ? "null" : value.getClass().isArray() ? javaArray(value)
                : "/* %s */ null".formatted(value.toString().toLowerCase(Locale.ROOT).replace("*/", ""));
        };
    }

    private String javaArray(Object array) {
        var type = array.getClass().getComponentType().getCanonicalName();
        return IntStream.range(0, Array.getLength(array)).mapToObj(i -> java(Array.get(array, i))).collect(Collectors.joining(", ", "new " + type + "[] {", "}"));
    }

    /// Its params and nodes before the statement that holds it.
    private String lambda(Lambda lambda) {
        for (var param : lambda.params()) if (!names.containsKey(param)) {
            var name = "p" + names.size();
            text.append("    var %s = org.agnesi.op.Variable.variable(\"%s\", %s);\n".formatted(name, name, type(param.type())));
            names.put(param, name);
        }
        graph(lambda.results());
        return "new Lambda(%s, %s)".formatted(list(lambda.params()), list(lambda.results()));
    }
}
