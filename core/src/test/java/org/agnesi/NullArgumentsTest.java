package org.agnesi;

import static org.agnesi.Tensors.dvector;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Every public call that takes an object, given null for each in turn: what goes wrong is said in words.
class NullArgumentsTest {
    private final Expr x = dvector("x", 3);

    @Test void nullIsNamedByEveryCall() throws IllegalAccessException {
        var wordless = new ArrayList<String>();
        int calls = 0;
        for (var type : List.of(Tensors.class, Agnesi.class, Expr.class))
            for (var method : type.getMethods()) {
                if (method.getDeclaringClass() != type || method.getName().equals("equals")) continue;
                for (int k = 0; k < method.getParameterCount(); k++) {
                    if (method.getParameterTypes()[k].isPrimitive()) continue;
                    calls++;
                    if (isWordless(method, k)) wordless.add(method + ", parameter " + k);
                }
            }
        assertThat(wordless).isEmpty();
        assertThat(calls).isGreaterThan(500);
    }

    /// Whether the call is stopped by the JVM.
    private boolean isWordless(Method method, int missing) throws IllegalAccessException {
        var types = method.getParameterTypes();
        var arguments = new Object[types.length];
        for (int j = 0; j < types.length; j++) if (j != missing) arguments[j] = argument(types[j]);
        try {
            method.invoke(Modifier.isStatic(method.getModifiers()) ? null : x, arguments);
            return false;
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof NullPointerException;
        }
    }

    private Object argument(Class<?> type) {
        if (type.isArray()) {
            var array = Array.newInstance(type.componentType(), 1);
            Array.set(array, 0, argument(type.componentType()));
            return array;
        }
        if (type.isEnum()) return type.getEnumConstants()[0];
        return Stream.of(x, 1, "s", DType.FLOAT64, List.of(x), Map.of(x, x)).filter(type::isInstance).findFirst()
            .orElseGet(() -> number(type));
    }

    private static Object number(Class<?> type) {
        if (type == int.class) return 1;
        if (type == long.class) return 1L;
        if (type == double.class) return 1.0;
        if (type == boolean.class) return false;
        return null;
    }
}
