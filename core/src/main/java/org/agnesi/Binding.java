package org.agnesi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.agnesi.array.NDArray;
import org.agnesi.error.BindError;
import org.agnesi.error.Required;
import org.jspecify.annotations.Nullable;

/// A compiled function as the method of an interface: `(inputs…, out-arrays…) → result`.
///
/// The method is one method handle, which the interface's implementation holds as a constant, so that the JIT compiler
/// sees through it: numbers are never boxed and no argument array is looked at.
///
/// ```
/// method(p₀ … pₙ₋₁, o₁ … oₘ) = returning(run([convert₀(p₀) … convertₙ₋₁(pₙ₋₁)], [o₁ … oₘ]))
/// ```
final class Binding {
    private final Compiled function;
    private final Class<?> type;
    private final @Nullable Lookup lookup;

    Binding(Compiled function, Class<?> type, @Nullable Lookup lookup) {
        this.function = function;
        this.type = Required.of("bind", "an interface", type);
        this.lookup = lookup;
    }

    /// An object of the interface.
    Object make() {
        var methods = methods();
        var target = target(mostSpecific(methods));
        if (lookup != null) return BoundClass.make(type, methods, target, lookup);
        if (!Modifier.isPublic(type.getModifiers())) throw new BindError("""
            bind needs a public interface, but %s is not public
            Pass the right to see it: bind(%s.class, MethodHandles.lookup()).""".formatted(type.getName(), type.getSimpleName()));
        return isVisible() ? BoundClass.make(type, methods, target, MethodHandles.lookup())
            : MethodHandleProxies.asInterfaceInstance(type, target);
    }

    /// Whether a class of ours may implement the interface, which is the faster way: it must be found by our loader, and be
    /// exported to us.
    private boolean isVisible() {
        try {
            var own = Binding.class.getModule();
            if (Class.forName(type.getName(), false, Binding.class.getClassLoader()) != type) return false;
            own.addReads(type.getModule());
            return type.getModule().isExported(type.getPackageName(), own);
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    // which method

    private List<Method> methods() {
        var found = Arrays.stream(type.getMethods()).filter(m -> Modifier.isAbstract(m.getModifiers()) && !isObjects(m)).toList();
        boolean one = found.stream().map(Method::getName).distinct().count() == 1;
        if (type.isInterface() && !type.isSealed() && one) return found;
        throw new BindError("""
            bind needs an interface with one abstract method, but %s %s
            Declare one whose parameters are the inputs: %s.""".formatted(type.getName(),
            !type.isInterface() ? "is no interface" : type.isSealed() ? "is sealed" : found.isEmpty() ? "has none"
            : "has several: " + found.stream().map(Method::getName).distinct().sorted().toList(), function.signature()));
    }

    private static boolean isObjects(Method m) {
        try {
            return Modifier.isPublic(Object.class.getDeclaredMethod(m.getName(), m.getParameterTypes()).getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /// Of a method and those it overrides with other erasures, the one whose types say most.
    private static Method mostSpecific(List<Method> methods) {
        return methods.stream().reduce((a, b) -> {
            for (int i = 0; i < a.getParameterCount(); i++)
                if (!a.getParameterTypes()[i].isAssignableFrom(b.getParameterTypes()[i])) return a;
            return a.getReturnType().isAssignableFrom(b.getReturnType()) ? b : a;
        }).orElseThrow();
    }

    // the method handle

    private MethodHandle target(Method method) {
        var from = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        int inputs = function.inputs().size();
        var results = new BoundResults(function.results(), lookup == null ? MethodHandles.publicLookup() : lookup);
        int outs = function.results().size() - results.returned(from.returnType());
        if (outs < 0 || from.parameterCount() != inputs + outs) throw new BindError("""
            bind needs a method for %s, but got %s
            Its parameters are the inputs, then an array for each output that it does not return.""".formatted(function.signature(),
                text(method)));
        if (method.getGenericReturnType() instanceof ParameterizedType list && from.returnType() == List.class
            && list.getActualTypeArguments()[0] instanceof Class<?> element && !element.isAssignableFrom(NDArray.class))
            throw new BindError("""
                bind needs a List<NDArray> for the outputs, but %s returns a List<%s>
                Return List<NDArray>, or a record with one component per output.""".formatted(text(method), element.getSimpleName()));
        var converters = new ArrayList<MethodHandle>();
        for (int i = 0; i < inputs; i++) converters.add(new BoundParameter(function.arguments(), i).from(from.parameterType(i)));
        for (int i = 0; i < outs; i++) results.checkOut(function.results().size() - outs + i, from.parameterType(inputs + i));
        boolean isNew = outs == 0 && results.isNew(from.returnType()), isDirect = !isNew && results.isDirect(from, inputs);
        var run = isNew ? run(function.writing(), "runNew") : isDirect ? run(function.writing(), "runInto") : run(function, "run");
        var spread = run.asCollector(Object[].class, outs).asCollector(0, NDArray[].class, inputs);
        var converted = MethodHandles.filterArguments(spread, 0, converters.toArray(MethodHandle[]::new));
        var bound = MethodHandles.filterReturnValue(converted, results.returning(from.returnType())).asType(from);
        var numbers = outs == 0 ? numbers(from) : null;
        if (numbers != null) return numbers;
        return isDirect || isNew ? new ReadyCall(function, results, from, bound).method() : bound;
    }

    /// A function of numbers called directly, where the method's types hold what the function's do; else null.
    private @Nullable MethodHandle numbers(MethodType from) {
        var scalar = function.scalar();
        if (scalar == null || !holds(from.returnType(), scalar.type().returnType())) return null;
        for (int i = 0; i < from.parameterCount(); i++) if (!holds(scalar.type().parameterType(i), from.parameterType(i))) return null;
        return scalar.asType(from);
    }

    /// Whether every value of a primitive type is converted to another as arguments are: an integer to a float64 to the nearest.
    private static boolean holds(Class<?> wide, Class<?> narrow) {
        if (!wide.isPrimitive() || !narrow.isPrimitive() || narrow == boolean.class || narrow == void.class) return false;
        return wide == narrow || wide == double.class || wide == long.class && narrow == int.class;
    }

    private static String text(Method method) {
        var parameters = Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(", "));
        return "%s.%s(%s) → %s".formatted(method.getDeclaringClass().getSimpleName(), method.getName(),
            parameters, method.getReturnType().getSimpleName());
    }

    private static MethodHandle run(Object by, String name) {
        return Handles.of(by.getClass(), name, List.class, NDArray[].class, Object[].class).bindTo(by);
    }
}
