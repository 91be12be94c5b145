package org.agnesi.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.FormulaError;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
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

    private final Word word;
    private final JsonParser tokens;
    private final int[] lengths = new int[DEEPEST + 1];   // of the first list at each depth, or -1
    private @Nullable Word odd;                           // the first list of another length

    private Json(Word word, JsonParser tokens) {
        this.word = word;
        this.tokens = tokens;
        Arrays.fill(lengths, -1);
    }

    static NDArray read(Word word) throws IOException {
        try (var tokens = FACTORY.createParser(word.text())) {
            var json = new Json(word, tokens);
            var value = json.read();
            try {
                return NDArray.from(value);
            } catch (ShapeError | TypeError e) {
                throw (json.odd == null ? word : json.odd).mistake(e);
            }
        }
    }

    private Object read() throws IOException {
        try {
            return whole();
        } catch (JsonProcessingException e) {
            var location = e.getLocation() == null ? tokens.currentTokenLocation() : e.getLocation();
            throw wrong(reason(e), offset(location));
        }
    }

    private Object whole() throws IOException {
        var value = value(tokens.nextToken());
        if (tokens.nextToken() != null) throw wrong("something follows");
        return value;
    }

    private Object value(@Nullable JsonToken token) throws IOException {
        return switch (token) {
            case START_ARRAY        -> list(tokens.getParsingContext().getNestingDepth());
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

    private List<Object> list(int depth) throws IOException {
        var list = new ArrayList<Object>();
        int start = offset(tokens.currentTokenLocation());
        for (var token = tokens.nextToken(); token != JsonToken.END_ARRAY; token = tokens.nextToken()) list.add(value(token));
        if (lengths[depth] < 0) lengths[depth] = list.size();
        if (lengths[depth] != list.size() && odd == null) odd = word.from(start).upTo(offset(tokens.currentTokenLocation()) + 1 - start);
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

    private FormulaError wrong(String reason) { return wrong(reason, offset(tokens.currentTokenLocation())); }

    private FormulaError wrong(String reason, int offset) {
        int at = word.start() + Math.clamp(offset, 0, word.text().length());
        return new FormulaError("a JSON number or array is needed, but " + reason, word.typed(), at, at + 1,
            "Write for example 2, [1, 2.5] or [[0, 1], [-1, -2]].");
    }

    private static int offset(JsonLocation location) { return (int) location.getCharOffset(); }
}
