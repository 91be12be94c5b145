package org.agnesi;

import java.lang.reflect.InvocationTargetException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.FormulaError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Region;

/// What the words of a formula stand for: names → values, operators and calls → nodes.
///
/// A value is an [Expr], a Long, a Double, a Boolean, a String, a DType or a List of values; in an index, a
/// [Subscript.Part] or a [Subscript.Span].
final class Meaning {
    private static final Map<String, Object> CONSTANTS = constants();
    private static final Map<String, String> OPERATORS = Map.ofEntries(
        Map.entry("+", "add"), Map.entry("-", "sub"), Map.entry("*", "mul"), Map.entry("/", "div"), Map.entry("//", "intDiv"),
        Map.entry("%", "rem"), Map.entry("**", "pow"), Map.entry("@", "matmul"),
        Map.entry("<", "lt"), Map.entry("<=", "le"), Map.entry(">", "gt"), Map.entry(">=", "ge"),
            Map.entry("==", "eq"), Map.entry("!=", "ne"),
        Map.entry("&", "and"), Map.entry("|", "or"), Map.entry("and", "and"), Map.entry("or", "or"),
            Map.entry("not", "not"), Map.entry("~", "not"));

    private final String text;
    private final Map<String, Expr> bound = new LinkedHashMap<>();

    Meaning(String text, List<Expr> bound) {
        this.text = text;
        for (var e : bound) {
            var name = e.name();
            if (name == null) throw new ArgumentError("""
                an expression with a name is needed for a formula, but got %s
                Name it: x.named("x").""".formatted(e));
            var other = this.bound.put(name, e);
            if (other != null && other != e) throw new ArgumentError("""
                one expression for each name is needed, but two are called %s
                Rename one of them: x.named("%s2").""".formatted(name, name));
        }
    }

    private static Map<String, Object> constants() {
        var known = new LinkedHashMap<String, Object>(Map.of("pi", Math.PI, "e", Math.E, "inf", Double.POSITIVE_INFINITY, "nan", Double.NaN,
            "True", true, "False", false, "true", true, "false", false, "None", Subscript.Part.NONE, "newaxis", Subscript.Part.NONE));
        for (var dtype : DType.values()) known.put(dtype.toString(), dtype);
        return Map.copyOf(known);
    }

    static boolean isConstant(String name) { return CONSTANTS.containsKey(name); }

    /// Whether `name(…)` is a mistake: it names a value and no function.
    boolean isValue(String name) { return !Functions.ALL.has(name) && (bound.containsKey(name) || CONSTANTS.containsKey(name)); }

    Object name(Token word) {
        var value = bound.containsKey(word.text()) ? bound.get(word.text()) : CONSTANTS.get(word.text());
        if (value != null) return value;
        if (Functions.ALL.has(word.text()))
            throw error("an argument is needed for the function " + word.text(), word, "Write %s(x).".formatted(word.text()));
        throw error("a known name is needed, but got " + word.text()
            + NearNames.question(word.text(), Stream.concat(bound.keySet().stream(), CONSTANTS.keySet().stream()).toList()), word,
            bound.isEmpty() ? "No name is bound here." : "Bound here: %s.".formatted(String.join(", ", bound.keySet())));
    }

    Object number(Token word) { return Literals.parse(word.text()); }

    Object unary(Token sign, Object a) {
        if (!sign.is("-") && !sign.is("+")) return call(sign, "not", List.of(truth(sign, a)), Map.of());
        if (a instanceof Number n) return sign.is("-") ? Literals.negate(n) : n;
        return sign.is("-") ? call(sign, "neg", List.of(a), Map.of()) : expression(a, sign);
    }

    Object binary(Token sign, Object a, Object b) {
        if (Literals.areNumbers(a, b) && "+-*/%**//".contains(sign.text())) {
            try {
                return Literals.fold(sign.text(), (Number) a, (Number) b);
            } catch (ArithmeticException _) {
                throw error("a divisor other than 0 is needed", sign, "");
            }
        }
        var name = Objects.requireNonNull(OPERATORS.get(sign.text()));
        var operands = sign.is("&") || sign.is("|") ? List.of(truth(sign, a), truth(sign, b)) : List.of(a, b);
        return call(sign, name, operands, Map.of());
    }

    /// `& | ~` between integers work on bits in Python: here they are for truth values alone.
    private Object truth(Token sign, Object value) {
        var operand = expression(value, sign);
        if (sign.is("not") || operand.type().dtype().isBool()) return operand;
        throw error("%s needs truth values, but got %s of type %s".formatted(sign.text(), operand, operand.type()), sign,
            "Compare first, in parentheses: (x > 0) & (y > 0).");
    }

    Object call(Token word, String name, List<Object> positional, Map<String, Object> named) {
        var forms = Functions.ALL.functions(name);
        if (forms.isEmpty()) throw error("a known function is needed, but got " + name
            + NearNames.question(name, Functions.ALL.names()), word,
                "Functions are those of org.agnesi.Tensors, in camelCase or snake_case.");
        return call(word, forms, positional, named);
    }

    Object method(Token word, List<Object> positional, Map<String, Object> named) {
        if (positional.getFirst() instanceof Region region && positional.size() == 2 && named.isEmpty()) {
            var changed = at(word, () -> Subscript.change(region, word.text(), expression(positional.get(1), word)));
            if (changed != null) return changed;
        }
        var forms = Functions.ALL.methods(word.text());
        if (forms.isEmpty()) throw error("a known method is needed, but got ." + word.text()
            + NearNames.question(word.text(), Functions.ALL.names()), word,
                "Methods are the functions of org.agnesi.Tensors: x.sum(0) is sum(x, 0).");
        return call(word, forms, positional, named);
    }

    /// `x.T`, `x.shape`, `x.ndim`, `x.dtype`, `x.at[…]`.
    Object attribute(Token word, Object value) {
        var x = expression(value, word);
        return switch (word.text()) {
            case "T" -> x.T();
            case "at" -> new Subscript.At(x);
            case "shape" -> x.lengths();
            case "ndim" -> (long) x.type().rank();
            case "dtype" -> x.type().dtype();
            default -> throw error("an attribute is needed after ., but got " + word.text(), word,
                Functions.ALL.methods(word.text()).isEmpty()
                ? "Attributes are T, shape, ndim, dtype and at." : "Call it: .%s().".formatted(word.text()));
        };
    }

    private Object call(Token word, List<Form> forms, List<Object> positional, Map<String, Object> named) {
        var given = new LinkedHashMap<>(named);
        given.values().removeIf(value -> value == Subscript.Part.NONE);   // axis=None is the default
        var match = best(word, forms, positional, given);
        try {
            return Objects.requireNonNull(match.call());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AgnesiException mistake) throw FormulaError.in(text, word.start(), word.end(), mistake);
            throw e.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Form.Match best(Token word, List<Form> forms, List<Object> positional, Map<String, Object> named) {
        return at(word, () -> forms.stream().map(f -> f.match(positional, named)).filter(Objects::nonNull)
            .min(Comparator.comparingInt(Form.Match::cost)).orElseThrow(() -> unfit(word, forms, positional, named)));
    }

    private FormulaError unfit(Token word, List<Form> forms, List<Object> positional, Map<String, Object> named) {
        var got = Stream.concat(positional.stream().map(Meaning::brief), named.entrySet().stream()
            .map(e -> e.getKey() + "=" + brief(e.getValue())));
        var known = forms.stream().map(Form::signature).distinct().limit(6).collect(Collectors.joining(", "));
        return error("%s cannot take (%s)".formatted(forms.getFirst().method().getName(), got.collect(Collectors.joining(", "))), word,
            "It is called as %s.".formatted(known));
    }

    private static String brief(Object value) {
        if (value instanceof List<?> list) return list.stream().map(Meaning::brief).collect(Collectors.joining(", ", "[", "]"));
        return value instanceof String ? "'" + value + "'" : value == Subscript.Part.NONE ? "None" : value.toString();
    }

    Object index(Token word, Object value, List<Object> parts) {
        return at(word, () -> switch (value) {
            case List<?> list when parts.size() == 1 && parts.getFirst() instanceof Long i -> Subscript.element(list, i);
            case Subscript.At region -> Subscript.at(region.x(), parts);
            default -> Subscript.get(expression(value, word), parts);
        });
    }

    /// The value of `work`, whose mistakes are shown at a word.
    private <T> T at(Token word, Supplier<T> work) {
        try {
            return work.get();
        } catch (FormulaError known) {
            throw known;
        } catch (AgnesiException mistake) {
            throw FormulaError.in(text, word.start(), word.end(), mistake);
        }
    }

    /// The result of the formula, or an operand.
    Expr expression(Object value, Token word) {
        if (value instanceof Expr || Conversion.isConstant(value)) return at(word, () -> Conversion.expression(value));
        throw error("a value is needed, but got " + brief(value), word, "");
    }

    private FormulaError error(String wanted, Token word, String advice) {
        return new FormulaError(wanted, text, word.start(), word.end(), advice);
    }
}
