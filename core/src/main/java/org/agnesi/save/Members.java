package org.agnesi.save;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agnesi.error.FileError;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object, asked for by name and type.
record Members(String what, Map<?, ?> members) {

    static Members of(String what, @Nullable Object json) {
        if (json instanceof Map<?, ?> members) return new Members(what, members);
        throw new FileError("%s needs an object { … }, but got %s".formatted(what, brief(json)));
    }

    boolean has(String key) { return members.containsKey(key); }

    @Nullable Object get(String key) { return members.get(key); }

    String string(String key) {
        if (members.get(key) instanceof String s) return s;
        throw wrong(key, "text");
    }

    int integer(String key) {
        if (members.get(key) instanceof Long n && n == n.intValue()) return n.intValue();
        throw wrong(key, "an integer");
    }

    List<@Nullable Object> list(String key) {
        if (members.get(key) instanceof List<?> list) return new ArrayList<@Nullable Object>(list);
        throw wrong(key, "a list");
    }

    int[] integers(String key) {
        return list(key).stream().mapToInt(n -> {
            if (n instanceof Long value && value == value.intValue()) return value.intValue();
            throw wrong(key, "a list of integers");
        }).toArray();
    }

    FileError wrong(String key, String wanted) {
        return new FileError(members.containsKey(key)
            ? "%s needs %s for \"%s\", but got %s".formatted(what, wanted, key, brief(members.get(key)))
            : "%s needs \"%s\", %s, but got only %s".formatted(what, key, wanted, members.keySet()));
    }

    /// What `format` says is not this kind of file.
    FileError wrongFormat(String wanted) {
        return new FileError(wrong("format", Json.write(wanted)).reason() + """

            Compiled.load reads what a function saved, Parameters.load what Parameters.save wrote.""");
    }

    static String brief(@Nullable Object json) {
        var text = Json.write(json);
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
