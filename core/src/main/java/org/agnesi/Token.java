package org.agnesi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agnesi.error.FormulaError;

/// A word of a formula: where it starts and ends in the text, and what kind of word it is.
record Token(Kind kind, String text, int start, int end) {
    /// The kinds of words; END stands behind the last one.
    enum Kind { NUMBER, NAME, STRING, OPERATOR, END }

    private static final Pattern WORD = Pattern.compile("""
        (?x) \\s*+ (?:
          (?<NUMBER> (?: \\d++(?:_\\d++)*+ (?:\\.\\d*+)?+ | \\.\\d++ ) (?:[eE][+-]?\\d++)?+ )
        | (?<NAME> [\\p{L}_][\\p{L}\\p{M}\\p{N}_]*+ )
        | (?<STRING> '[^'\\n]*+' | "[^"\\n]*+" )
        | (?<OPERATOR> \\*\\* | // | <= | >= | == | != | \\.\\.\\. | &(?!&) | \\|(?!\\|) | [-+*/%@<>~()\\[\\],:.=] )
        | (?<END> \\z ) )""");

    private static final Map<String, String> ADVICE = Map.of(
        "^", "The power is written **, exclusive or xor(a, b).",
        "!", "Negation is written not.",
        "&&", "Both is written and.",
        "||", "One of the two is written or.",
        "'", "A quoted word ends with the quote it began with.",
        "\"", "A quoted word ends with the quote it began with.",
        "−", "The minus sign is the hyphen on the keyboard.",
        "×", "The product is written *.",
        "·", "The product is written *.",
        "÷", "The quotient is written /.");

    boolean is(String operator) { return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(operator); }

    /// The words of a formula, the last one END.
    static List<Token> read(String formula) {
        var words = new ArrayList<Token>();
        var matcher = WORD.matcher(formula);
        for (int at = 0; ; at = matcher.end()) {
            if (!matcher.region(at, formula.length()).lookingAt()) throw unreadable(formula, at);
            var word = word(matcher);
            requireOperatorBetween(formula, words, word);
            words.add(word);
            if (word.kind == Kind.END) return words;
        }
    }

    private static Token word(Matcher matcher) {
        for (var kind : Kind.values()) {
            var text = matcher.group(kind.name());
            if (text != null) return new Token(kind, text, matcher.start(kind.name()), matcher.end());
        }
        throw new IllegalStateException();
    }

    private static FormulaError unreadable(String formula, int from) {
        int at = from;
        while (Character.isWhitespace(formula.charAt(at))) at++;
        var twice = formula.substring(at, Math.min(at + 2, formula.length()));
        int width = twice.length() == 2 && ADVICE.containsKey(twice) ? 2 : Character.charCount(formula.codePointAt(at));
        var sign = formula.substring(at, at + width);
        return new FormulaError("a formula is needed, but got the sign " + sign, formula, at, at + width,
            ADVICE.getOrDefault(sign, "The operators are + - * / // % ** @, < <= > >= == !=, and or not."));
    }

    private static void requireOperatorBetween(String formula, List<Token> words, Token word) {
        if (word.kind != Kind.NAME || words.isEmpty() || words.getLast().kind != Kind.NUMBER || words.getLast().end != word.start) return;
        var number = words.getLast();
        throw new FormulaError("an operator is needed between %s and %s".formatted(number.text, word.text),
            formula, number.start, word.end, "A product is written %s*%s.".formatted(number.text, word.text));
    }
}
