package org.agnesi.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.jspecify.annotations.Nullable;

/// JSON text → an array, with what people type for numbers: `.5`, `1.`, `+1`, `NaN`, `-Infinity`.
final class Json {
    private static final int DEEPEST = 32;   // as many axes as NumPy ever had

    private static final JsonFactory FACTORY = JsonFactory.builder()
        .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
        .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
        .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
        .build();

    private final String text;
    private final JsonParser tokens;

    private Json(String text, JsonParser tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    static NDArray read(String text) throws IOException {
        try (var tokens = FACTORY.createParser(text)) {
            return NDArray.from(new Json(text, tokens).read());
        }
    }

    private Object read() throws IOException {
        try {
            return whole();
        } catch (JsonProcessingException e) {
            var location = e.getLocation() == null ? tokens.currentTokenLocation() : e.getLocation();
            throw wrong(reason(e), (int) location.getCharOffset());
        }
    }

    private Object whole() throws IOException {
        var value = value(tokens.nextToken());
        if (tokens.nextToken() != null) throw wrong("something follows");
        return value;
    }

    private Object value(@Nullable JsonToken token) throws IOException {
        return switch (token) {
            case START_ARRAY        -> list();
            case VALUE_NUMBER_INT   -> whole(tokens.getNumberValue());
            case VALUE_NUMBER_FLOAT -> tokens.getDoubleValue();
            case VALUE_TRUE         -> true;
            case VALUE_FALSE        -> false;
            case VALUE_STRING       -> throw wrong("text is no number");
            case VALUE_NULL         -> throw wrong("null is no number");
            case START_OBJECT       -> throw wrong("an object is no array");
            case null, default      -> throw wrong("a number is missing");
        };
    }

    private List<Object> list() throws IOException {
        var list = new ArrayList<Object>();
        for (var token = tokens.nextToken(); token != JsonToken.END_ARRAY; token = tokens.nextToken()) list.add(value(token));
        return list;
    }

    /// JSON knows one size of whole numbers; here it is int64.
    private static Number whole(Number n) {
        return n instanceof Integer i ? Long.valueOf(i) : n;
    }

    private static String reason(JsonProcessingException e) {
        var words = String.valueOf(e.getOriginalMessage());
        if (words.startsWith("Unexpected end-of-input")) return "the end is missing";
        return words.contains("nesting depth") ? "it has more than %d axes".formatted(DEEPEST) : "this is not JSON";
    }

    private ArgumentError wrong(String reason) {
        return wrong(reason, (int) tokens.currentTokenLocation().getCharOffset());
    }

    /// The message shows one line with a caret, cut around the mistake where the text is long.
    private ArgumentError wrong(String reason, int offset) {
        int at = Math.clamp(offset, 0, text.length());
        int from = Math.max(0, at - 40);
        var shown = text.substring(from, Math.min(text.length(), at + 20)).replaceAll("\\s", " ");
        return new ArgumentError("""
                a JSON number or array is needed, but %s:
                    %s
                    %s^
                Write for example 2, [1, 2.5] or [[0, 1], [-1, -2]].""".formatted(reason, shown, " ".repeat(at - from)));
    }
}
