package org.agnesi.save;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agnesi.error.FileError;
import org.jspecify.annotations.Nullable;

/// JSON as maps, lists, strings, longs, doubles, booleans and null; nested to a bounded depth.
final class Json {
    private static final int DEEPEST = 200;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) { this.text = text; }

    static @Nullable Object read(String text) {
        var json = new Json(text);
        var value = json.value();
        json.space();
        if (json.at < text.length()) throw json.wrong("the end");
        return value;
    }

    private @Nullable Object value() {
        space();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default  -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        var members = new LinkedHashMap<String, @Nullable Object>();
        open('{');
        while (more('}', members.isEmpty())) {
            space();
            var key = string();
            space();
            expect(':');
            if (members.containsKey(key)) throw wrong("\"" + key + "\" only once");
            members.put(key, value());
        }
        depth--;
        return members;
    }

    private List<@Nullable Object> array() {
        var elements = new ArrayList<@Nullable Object>();
        open('[');
        while (more(']', elements.isEmpty())) elements.add(value());
        depth--;
        return elements;
    }

    private void open(char bracket) {
        if (++depth > DEEPEST) throw wrong("at most " + DEEPEST + " brackets inside each other");
        expect(bracket);
    }

    /// Whether another element follows; eats the comma before it or the bracket that ends all.
    private boolean more(char end, boolean first) {
        space();
        if (peek() == end) {
            at++;
            return false;
        }
        if (!first) expect(',');
        return true;
    }

    private String string() {
        expect('"');
        var out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') throw wrong("no control characters in a string");
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default  -> throw wrong("an escape such as \\n");
        };
    }

    private char unicode() {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) throw wrong("four hexadecimal digits");
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private Number number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
        var digits = text.substring(from, at);
        try {
            return digits.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9') ? (Number) Long.valueOf(digits)
                : (Number) Double.valueOf(digits);
        } catch (NumberFormatException e) {
            at = from;
            throw wrong("a value");
        }
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) throw wrong("a value");
        at += word.length();
        return value;
    }

    private void space() { while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++; }

    private char peek() {
        if (at >= text.length()) throw wrong("more");
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) throw wrong("'" + c + "'");
        at++;
    }

    private FileError wrong(String wanted) {
        int from = Math.max(0, at - 30);
        var got = at >= text.length() ? "the text ends"
            : "got " + text.substring(from, Math.min(text.length(), at + 10)).replaceAll("\\s", " ");
        return new FileError("""
            JSON needs %s at character %d, but %s
            Is the file cut short, or of another kind?""".formatted(wanted, at, got));
    }

    // writing

    static String write(@Nullable Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case Map<?, ?> members -> {
                var comma = "{";
                for (var member : members.entrySet()) {
                    write(member.getKey(), out.append(comma));
                    write(member.getValue(), out.append(": "));
                    comma = ", ";
                }
                out.append(members.isEmpty() ? "{}" : "}");
            }
            case List<?> elements -> {
                var comma = "[";
                for (var element : elements) {
                    write(element, out.append(comma));
                    comma = ", ";
                }
                out.append(elements.isEmpty() ? "[]" : "]");
            }
            case String s -> quote(s, out);
            case null -> out.append("null");
            default -> out.append(value);
        }
    }

    private static void quote(String s, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < ' ' || Character.isSurrogate(c)) out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            else out.append(c);
        }
        out.append('"');
    }
}
