package org.agnesi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.agnesi.Token.Kind;
import org.agnesi.error.FormulaError;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// A formula written as text in the notation of Python and NumPy, read from left to right into an expression.
///
/// ```
/// formula    ::= negation { ("or" | "and") negation }                         "and" binds tighter
/// negation   ::= "not" negation | comparison
/// comparison ::= mask { ("<" | "<=" | ">" | ">=" | "==" | "!=") mask }        a < b < c means a < b and b < c
/// mask       ::= sum { ("|" | "&") sum }                                      "&" binds tighter
/// sum        ::= product { ("+" | "-") product }
/// product    ::= sign { ("*" | "/" | "//" | "%" | "@") sign }
/// sign       ::= ("-" | "+" | "~") sign | power
/// power      ::= item [ "**" sign ]                                           -x**2 is −(x²), 2**-1 is ½
/// item       ::= atom { "." name [ arguments ] | "[" index "]" | arguments }
/// atom       ::= number | name | quoted | "(" formula ")" | "(" list ")" | "[" list "]"
/// arguments  ::= "(" [ argument { "," argument } ] ")"        argument ::= [ name "=" ] formula
/// index      ::= part { "," part }                            part ::= [formula] ":" [formula] [":" [formula]] | "..." | formula
/// ```
///
/// A name is that of a given expression, else a constant (`pi e inf nan True False None`), else a dtype. A function is any of
/// [Tensors] or a derivative of [Agnesi], in camelCase or snake_case, found by reflection; `x.f(a)` is `f(x, a)`.
/// Arithmetic between numbers alone is done as Python does it.
public final class Formula {
    private static final int DEEPEST = 200;
    private static final int COMPARISON = 3;
    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
        Map.entry("or", 1), Map.entry("and", 2),
        Map.entry("<", COMPARISON), Map.entry("<=", COMPARISON), Map.entry(">", COMPARISON),
        Map.entry(">=", COMPARISON), Map.entry("==", COMPARISON), Map.entry("!=", COMPARISON),
        Map.entry("|", 4), Map.entry("&", 5), Map.entry("+", 6), Map.entry("-", 6),
        Map.entry("*", 7), Map.entry("/", 7), Map.entry("//", 7), Map.entry("%", 7), Map.entry("@", 7));
    private static final Set<String> WORDS = Set.of("and", "or", "not");

    private final String text;
    private final List<Token> words;
    private final Meaning meaning;
    private int at;
    private int depth;

    private Formula(String text, List<Expr> bound) {
        this.text = text;
        this.words = Token.read(text);
        this.meaning = new Meaning(text, bound);
    }

    /// The expression that `text` writes about the named expressions `bound`.
    public static Expr parse(String text, List<? extends Expr> bound) {
        var formula = new Formula(text, List.copyOf(bound));
        var value = formula.formula(1);
        if (formula.word().kind() != Kind.END) throw formula.unexpected("an operator or the end is needed");
        return formula.meaning.expression(value, formula.words.getFirst());
    }

    /// The names in `text` that need an expression, in the order of their first use.
    public static Set<String> names(String text) {
        var names = new LinkedHashSet<String>();
        var words = Token.read(text);
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.kind() != Kind.NAME || WORDS.contains(word.text()) || Meaning.isConstant(word.text())) continue;
            boolean member = i > 0 && words.get(i - 1).is(".");
            boolean called = words.get(i + 1).is("(") || words.get(i + 1).is("=");
            if (!member && !called) names.add(word.text());
        }
        return names;
    }

    /// Operators of at least this precedence, from the left.
    private Object formula(int weakest) {
        if (++depth > DEEPEST) throw error("at most %d levels of nesting are possible".formatted(DEEPEST), word(), "Name a part of it.");
        var left = prefix();
        for (var word = word(); PRECEDENCE.getOrDefault(operator(word), 0) >= weakest; word = word()) {
            int precedence = PRECEDENCE.getOrDefault(word.text(), 0);
            left = precedence == COMPARISON ? comparison(left) : meaning.binary(next(), left, formula(precedence + 1));
        }
        depth--;
        return left;
    }

    private static String operator(Token word) {
        return word.kind() == Kind.OPERATOR || WORDS.contains(word.text()) ? word.text() : "";
    }

    private Object comparison(Object first) {
        @Nullable Object all = null;
        var a = first;
        while (PRECEDENCE.getOrDefault(operator(word()), 0) == COMPARISON) {
            var sign = next();
            var b = formula(COMPARISON + 1);
            var holds = meaning.binary(sign, a, b);
            all = all == null ? holds : meaning.call(sign, "and", List.of(all, holds), Map.of());
            a = b;
        }
        return all == null ? first : all;
    }

    private Object prefix() {
        if (word().is("not")) return meaning.unary(next(), formula(COMPARISON));
        if (word().is("-") || word().is("+") || word().is("~")) return meaning.unary(next(), formula(8));
        var base = item();
        return word().is("**") ? meaning.binary(next(), base, formula(8)) : base;
    }

    private Object item() {
        var atom = word();
        var value = atom();
        while (true) {
            if (accept("[")) value = meaning.index(atom, value, index());
            else if (accept(".")) value = member(value);
            else if (word().is("(")) throw error("a function is needed before (, but got a value", atom, "A product is written with *.");
            else return value;
            atom = words.get(at - 1);
        }
    }

    private Object member(Object value) {
        var name = name("the name of a method is needed after .");
        if (!accept("(")) return meaning.attribute(name, value);
        var arguments = arguments(value);
        return meaning.method(name, arguments.positional, arguments.named);
    }

    private Object atom() {
        var word = next();
        return switch (word.kind()) {
            case NUMBER -> meaning.number(word);
            case STRING -> word.text().substring(1, word.text().length() - 1);
            case NAME -> named(word);
            case OPERATOR, END -> bracketed(word);
        };
    }

    private Object named(Token word) {
        if (WORDS.contains(word.text())) throw unexpected("a value is needed", word);
        if (!word().is("(") || meaning.isValue(word.text())) return meaning.name(word);
        next();
        var arguments = arguments(null);
        return meaning.call(word, word.text(), arguments.positional, arguments.named);
    }

    private Object bracketed(Token word) {
        if (word.is("[")) return list("]", new ArrayList<>());
        if (!word.is("(")) throw unexpected("a value is needed", word);
        if (accept(")")) return List.of();
        var first = formula(1);
        if (accept(")")) return first;
        expect(",", "( at %d needs , or )".formatted(word.start() + 1));
        return list(")", new ArrayList<>(List.of(first)));
    }

    private List<Object> list(String close, List<Object> elements) {
        while (!accept(close)) {
            elements.add(formula(1));
            if (!word().is(close)) expect(",", "a list needs , or " + close);
        }
        return elements;
    }

    private record Arguments(List<Object> positional, Map<String, Object> named) {}

    /// Up to the closing parenthesis; `receiver` comes first, if there is one.
    private Arguments arguments(@Nullable Object receiver) {
        var found = new Arguments(new ArrayList<>(), new LinkedHashMap<>());
        if (receiver != null) found.positional.add(receiver);
        while (!accept(")")) {
            var word = word();
            boolean isNamed = word.kind() == Kind.NAME && words.get(at + 1).is("=");
            if (isNamed) {
                at += 2;
                if (found.named.put(word.text(), formula(1)) != null) throw error(word.text() + " is given twice", word, "Give it once.");
            } else if (found.named.isEmpty()) found.positional.add(formula(1));
            else throw error("an argument with a name is needed after one with a name", word, "Put the others first.");
            if (!word().is(")")) expect(",", "arguments need , or )");
        }
        return found;
    }

    private List<Object> index() {
        var parts = new ArrayList<Object>();
        do {
            if (word().is("]")) break;
            if (accept("...")) parts.add(Subscript.Part.ELLIPSIS);
            else parts.add(part());
        } while (accept(","));
        expect("]", "an index needs , : or ]");
        if (parts.isEmpty())
            throw error("an index is needed between [ and ]", words.get(at - 1), "x[0], x[1:3], x[:, 0] and x[-1] are some.");
        return parts;
    }

    private Object part() {
        var from = word().is(":") ? null : formula(1);
        if (!word().is(":")) return Objects.requireNonNull(from);
        var bounds = new ArrayList<@Nullable Object>();
        bounds.add(from);
        while (bounds.size() < 3 && accept(":")) bounds.add(word().is(":") || word().is(",") || word().is("]") ? null : formula(1));
        return new Subscript.Span(bounds.get(0), bounds.get(1), bounds.size() > 2 ? bounds.get(2) : null);
    }

    private Token word() { return words.get(at); }

    private Token next() { return word().kind() == Kind.END ? word() : words.get(at++); }

    private boolean accept(String sign) {
        if (!word().is(sign)) return false;
        at++;
        return true;
    }

    private void expect(String sign, String wanted) {
        if (!accept(sign)) throw unexpected(wanted);
    }

    private Token name(String wanted) {
        if (word().kind() != Kind.NAME) throw unexpected(wanted);
        return next();
    }

    private FormulaError unexpected(String wanted) { return unexpected(wanted, word()); }

    private FormulaError unexpected(String wanted, Token got) {
        return error(wanted + ", but got " + (got.kind() == Kind.END ? "the end" : got.text()), got, "");
    }

    private FormulaError error(String wanted, Token word, String advice) {
        return new FormulaError(wanted, text, word.start(), word.end(), advice);
    }
}
