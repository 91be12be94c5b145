package org.agnesi;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// How a value of a formula becomes a Java argument: the argument, and a cost, 0 where it is already one.
record Conversion(Object value, int cost) {

    /// Whether any value of a formula becomes this type.
    static boolean isPossible(Class<?> type) {
        return List.of(Expr.class, Number.class, Object.class, int.class, long.class, double.class, boolean.class, String.class,
            DType.class, Axes.class, List.class, int[].class).contains(type);
    }

    /// `value` as one argument, or null where it does not fit.
    static @Nullable Conversion to(Class<?> type, Object value) {
        if (type == Expr.class) return value instanceof Expr ? free(value) : isConstant(value)
            ? new Conversion(expression(value), 2) : null;
        if (type == Object.class) return value instanceof List ? to(Expr.class, value) : new Conversion(value, 1);
        if (type == Axes.class) return axes(value);
        if (type == int.class) return isInt(value) ? free(((Long) value).intValue()) : null;
        if (type == int[].class) return value instanceof List<?> list ? rest(list, int.class) : null;
        if (type == double.class) return value instanceof Number n ? free(n.doubleValue()) : null;
        if (type == List.class) return value instanceof List<?> list ? expressions(list) : null;
        return box(type).isInstance(value) ? free(value) : null;
    }

    /// All that is left, as the array of a parameter that takes any number of `element`s; a list counts as its elements.
    static @Nullable Conversion rest(Object given, Class<?> element) {
        var values = given instanceof List<?> list ? list : List.of(given);
        if (values.size() == 1 && values.getFirst() instanceof List<?> inner) values = inner;
        var converted = new ArrayList<Object>();
        int cost = 1;
        for (var value : values) {
            var one = isPossible(element) ? to(element, value) : null;
            if (one == null) return null;
            converted.add(one.value);
            cost += one.cost;
        }
        return new Conversion(Form.array(element, converted), cost);
    }

    /// A number, a truth value, an expression or a list of them as an expression. Lists of numbers are constants.
    static Expr expression(Object value) {
        if (value instanceof Expr already) return already;
        if (!(value instanceof List<?> list)) return Tensors.constant(value);
        return isNumeric(list) ? Tensors.constant(NDArray.from(list))
            : Tensors.stack(list.stream().map(Conversion::expression).toList(), 0);
    }

    static boolean isConstant(Object value) { return value instanceof Number || value instanceof Boolean || value instanceof List; }

    private static boolean isNumeric(List<?> list) {
        return list.stream().allMatch(e -> e instanceof List<?> inner ? isNumeric(inner) : e instanceof Number || e instanceof Boolean);
    }

    private static @Nullable Conversion expressions(List<?> list) {
        if (!list.stream().allMatch(e -> e instanceof Expr || isConstant(e))) return null;
        return free(list.stream().map(Conversion::expression).toList());
    }

    private static @Nullable Conversion axes(Object value) {
        if (value instanceof Axes already) return free(already);
        var list = value instanceof List<?> several ? several : List.of(value);
        if (list.isEmpty() || !list.stream().allMatch(Conversion::isInt)) return null;
        return new Conversion(Axes.over(list.stream().mapToInt(e -> ((Long) e).intValue()).toArray()), 2);
    }

    private static boolean isInt(Object value) { return value instanceof Long n && n == n.intValue(); }

    private static Class<?> box(Class<?> type) { return type == boolean.class ? Boolean.class : type == long.class ? Long.class : type; }

    private static Conversion free(Object value) { return new Conversion(value, 0); }
}
