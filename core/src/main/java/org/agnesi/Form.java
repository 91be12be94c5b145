package org.agnesi;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// One way to call a function in a formula: a Java method, whose receiver is the first parameter where it is not static.
record Form(Method method, List<Slot> slots) {
    /// What lists the parts of a function, binds a formula or names an expression is no function of values.
    private static final Set<String> OTHERS = Set.of("inputs", "outputs", "formula", "named");

    /// A parameter. `rest` is true for the last one of a method that takes any number.
    record Slot(String name, Class<?> type, boolean rest) {}

    /// Arguments that fit, and how far they had to be converted.
    record Match(Form form, List<@Nullable Object> arguments, int cost) {
        @Nullable Object call() throws ReflectiveOperationException {
            var method = form.method;
            return Modifier.isStatic(method.getModifiers())
                ? method.invoke(null, arguments.toArray())
                : method.invoke(arguments.getFirst(), arguments.subList(1, arguments.size()).toArray());
        }
    }

    static Form of(Method method) {
        var slots = new ArrayList<Slot>();
        if (!Modifier.isStatic(method.getModifiers())) slots.add(new Slot("x", method.getDeclaringClass(), false));
        for (var p : method.getParameters()) slots.add(new Slot(p.getName(), p.getType(), p.isVarArgs()));
        return new Form(method, List.copyOf(slots));
    }

    /// Whether its result is a value of formulas and its parameters are too. What makes variables is left out.
    boolean isCallable() {
        boolean gives = Expr.class.isAssignableFrom(method.getReturnType()) || method.getReturnType() == List.class;
        boolean takes = slots.stream().allMatch(s -> s.rest || Conversion.isPossible(s.type));
        boolean makesVariables = slots.stream().anyMatch(s -> s.type == String.class)
            && slots.stream().noneMatch(s -> s.type == Expr.class || s.type == Expr[].class || s.type == List.class);
        return gives && takes && !makesVariables && !OTHERS.contains(method.getName()) && !method.isBridge();
    }

    /// These arguments, converted, or null where they do not fit. `keepdims` goes to the axes of a reduction.
    @Nullable Match match(List<Object> positional, Map<String, Object> named) {
        var left = new LinkedHashMap<>(named);
        var keep = left.remove("keepdims");
        if (keep != null && (!(keep instanceof Boolean) || slots.stream().noneMatch(s -> s.type == Axes.class))) return null;
        var arguments = new ArrayList<@Nullable Object>();
        int cost = 0;
        int taken = 0;
        for (var slot : slots) {
            var given = take(slot, positional, taken, left);
            taken += given == null ? 0 : given.fromPositional;
            if (given == null && slot.type == Axes.class && keep != null) given = new Given(Axes.ALL, 0);
            var converted = given == null ? null : slot.rest ? Conversion.rest(given.value, slot.type.componentType())
                : Conversion.to(slot.type, given.value);
            if (converted == null) return null;
            arguments.add(converted.value() instanceof Axes axes && Boolean.TRUE.equals(keep) ? axes.keep() : converted.value());
            cost += converted.cost();
        }
        return taken == positional.size() && left.isEmpty() ? new Match(this, arguments, cost) : null;
    }

    private record Given(Object value, int fromPositional) {}

    private static @Nullable Given take(Slot slot, List<Object> positional, int taken, Map<String, Object> named) {
        var key = named.keySet().stream().filter(k -> isName(k, slot)).findFirst();
        if (key.isPresent()) return new Given(Objects.requireNonNull(named.remove(key.get())), 0);
        if (slot.rest) return new Given(positional.subList(taken, positional.size()), positional.size() - taken);
        return taken < positional.size() ? new Given(positional.get(taken), 1) : null;
    }

    /// `axis` and `axes` are one name; snake_case is camelCase.
    private static boolean isName(String written, Slot slot) {
        var name = Functions.camelCase(written);
        return slot.name.equals(name) || name.equals("axis") && slot.name.equals("axes") || name.equals("axes") && slot.name.equals("axis");
    }

    /// As shown in messages: `sum(x, axes…)`, `sum(x, axes, keepdims)`.
    String signature() {
        return slots.stream().map(s -> s.name + (s.rest ? "…" : s.type == Axes.class ? ", keepdims" : ""))
            .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    /// An array of a type, from a list.
    static Object array(Class<?> element, List<?> values) {
        var array = Array.newInstance(element, values.size());
        for (int i = 0; i < values.size(); i++) Array.set(array, i, values.get(i));
        return array;
    }
}
