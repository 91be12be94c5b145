package org.agnesi;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agnesi.symbolic.Expr;

/// What can be called in a formula, found by reflection: every method of [Tensors] and [Agnesi] that takes and gives values.
///
/// @param functions called as `f(x)`, by name
/// @param methods   called as `x.f()` only, by name
record Functions(Map<String, List<Form>> functions, Map<String, List<Form>> methods) {
    static final Functions ALL = new Functions(
        forms(Stream.of(Tensors.class, Agnesi.class).flatMap(c -> Stream.of(c.getMethods()))
            .filter(m -> Modifier.isStatic(m.getModifiers()))),
        forms(Stream.of(Expr.class.getMethods()).filter(m -> !Modifier.isStatic(m.getModifiers()))));

    private static Map<String, List<Form>> forms(Stream<Method> methods) {
        return methods.map(Form::of).filter(Form::isCallable)
            .sorted(Comparator.comparingInt((Form f) -> f.slots().size())
                .thenComparing(f -> f.method().toString()))   // reflection has no order
            .collect(Collectors.groupingBy(f -> f.method().getName(), TreeMap::new, Collectors.toUnmodifiableList()));
    }

    boolean has(String name) { return functions.containsKey(camelCase(name)); }

    Collection<String> names() { return functions.keySet(); }

    List<Form> functions(String name) { return functions.getOrDefault(camelCase(name), List.of()); }

    /// What `x.name(…)` may be: functions whose first argument is x, then methods of expressions.
    List<Form> methods(String name) {
        return Stream.concat(functions(name).stream(), methods.getOrDefault(camelCase(name), List.of()).stream()).toList();
    }

    /// `zeros_like` as Java writes it: `zerosLike`.
    static String camelCase(String name) {
        var camel = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean joins = name.charAt(i) == '_' && i > 0 && i + 1 < name.length();
            if (joins) camel.append(Character.toUpperCase(name.charAt(++i)));
            else camel.append(name.charAt(i));
        }
        return camel.toString();
    }
}
