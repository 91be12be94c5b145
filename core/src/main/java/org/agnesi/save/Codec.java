package org.agnesi.save;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.FileError;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Values of records' components as JSON and back, led by the components' declared types.
final class Codec {
    private final Graphs graphs;

    /// How graphs inside of ops are written and read.
    interface Graphs {
        Object write(Lambda lambda);
        Lambda read(@Nullable Object json);
    }

    Codec(Graphs graphs) { this.graphs = graphs; }

    // to JSON

    Map<String, @Nullable Object> write(Record record) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (var component : record.getClass().getRecordComponents()) {
            try {
                members.put(component.getName(), write(value(record, component), component.getGenericType()));
            } catch (Unwritable e) {
                throw new FileError("""
                    the op %s cannot be saved: its component %s is no number, text, array, type or graph
                    Write it with the library's ops, or as a record of such values that an OpProvider names."""
                    .formatted(record instanceof Op op ? op.name() : record, component.getName()), e);
            }
        }
        return members;
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.trySetAccessible();
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new FileError("%s cannot be saved: its component %s is not accessible".formatted(record, component.getName()), e);
        }
    }

    private @Nullable Object write(@Nullable Object value, Type type) {
        return switch (value) {
            case null -> null;
            case Boolean b -> b;
            case String s -> s;
            case Double d -> Double.isFinite(d) ? d : d.toString();
            case Float f -> write(f.doubleValue(), type);
            case Number n -> n.longValue();
            case DType dtype -> dtype.toString();
            case Enum<?> constant -> constant.name();
            case NDArray array -> ArrayText.write(array);
            case TensorType tensor -> tensor.toString();
            case Lambda lambda -> graphs.write(lambda);
            case List<?> list -> list.stream().<@Nullable Object>map(e -> write(e, element(type))).toList();
            case Record record -> tagged(record, type);
            default -> throw new Unwritable();
        };
    }

    /// A value that has no form in text.
    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// A record under an interface says which it is.
    private Map<String, @Nullable Object> tagged(Record record, Type type) {
        if (type == record.getClass()) return write(record);
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("is", kind(record.getClass()));
        members.putAll(write(record));
        return members;
    }

    private static Type element(Type list) { return list instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : Object.class; }

    // from JSON

    <T> T read(Class<T> record, Members members) {
        var components = record.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = new ArrayList<@Nullable Object>();
        for (var component : components) {
            if (!members.has(component.getName())) throw members.wrong(component.getName(), "a value");
            values.add(read(members, component.getName(), members.get(component.getName()), component.getGenericType()));
        }
        try {
            var made = record.getDeclaredConstructor(types);
            made.trySetAccessible();
            return made.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw new FileError("%s is refused: %s".formatted(members.what(), Objects.requireNonNullElse(e.getCause(), e).getMessage()), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new FileError("%s cannot be made of %s".formatted(members.what(), Members.brief(members.members())), e);
        }
    }

    private @Nullable Object read(Members of, String key, @Nullable Object json, Type type) {
        if (type instanceof ParameterizedType p && p.getRawType() == List.class) {
            if (!(json instanceof List<?> list)) throw of.wrong(key, "a list");
            return list.stream().<@Nullable Object>map(e -> read(of, key, e, element(type))).toList();
        }
        if (!(type instanceof Class<?> plain)) throw of.wrong(key, "a value of type " + type);
        return scalar(of, key, json, plain);
    }

    private @Nullable Object scalar(Members of, String key, @Nullable Object json, Class<?> type) {
        if (json instanceof Boolean b && type == boolean.class) return b;
        if (json instanceof Number n && type == double.class) return n.doubleValue();
        if (json instanceof String s && type == double.class) return special(of, key, s);
        if (json instanceof Long n && (type == long.class || type == Long.class)) return n;
        if (json instanceof Long n && (type == int.class || type == Integer.class) && n == n.intValue()) return n.intValue();
        if (json instanceof String s && type == String.class) return s;
        if (json instanceof String s && type == DType.class) return DType.of(s);
        if (json instanceof String s && type == TensorType.class) return tensorType(of, key, s);
        if (json instanceof String s && type.isEnum()) return constant(of, key, s, type);
        if (type == NDArray.class) return ArrayText.read(json);
        if (json == null && (type == Lambda.class || type.isRecord())) return null;   // a part that an op may lack
        if (type == Lambda.class) return graphs.read(json);
        if (json instanceof Map<?, ?> && (type.isRecord() || type.isSealed())) return record(of, key, json, type);
        throw of.wrong(key, "a value of another kind");
    }

    private static double special(Members of, String key, String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw of.wrong(key, "a number");
        };
    }

    private static Object constant(Members of, String key, String name, Class<?> type) {
        for (var constant : type.getEnumConstants()) if (((Enum<?>) constant).name().equals(name)) return constant;
        throw of.wrong(key, "one of " + Arrays.toString(type.getEnumConstants()));
    }

    private static TensorType tensorType(Members of, String key, String text) {
        int bracket = text.indexOf('[');
        if (!text.matches("[a-z0-9]+\\[(([0-9]{1,10}|\\?)(,([0-9]{1,10}|\\?)){0,63})?]"))
            throw of.wrong(key, "a type such as float64[3,?]");
        var dims = text.substring(bracket + 1, text.length() - 1);
        try {
            return TensorType.of(DType.of(text.substring(0, bracket)), dims.isEmpty() ? new int[0]
                : Arrays.stream(dims.split(",")).mapToInt(dim -> dim.equals("?") ? TensorType.UNKNOWN : Integer.parseInt(dim)).toArray());
        } catch (NumberFormatException | AgnesiException e) {
            throw of.wrong(key, "a type such as float64[3,?]");
        }
    }

    private Object record(Members of, String key, Object json, Class<?> type) {
        var members = Members.of(of.what() + "." + key, json);
        if (type.isRecord()) return read(type, members);
        var kind = members.string("is");
        for (var permitted : type.getPermittedSubclasses())
            if (permitted.isRecord() && kind(permitted).equals(kind)) return read(permitted, members);
        throw of.wrong(key, "one of " + Arrays.stream(type.getPermittedSubclasses()).map(Codec::kind).toList());
    }

    private static String kind(Class<?> record) {
        var simple = record.getSimpleName();
        return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
    }
}
