package org.agnesi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.BindError;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// From a method's parameter to the array of one input: chosen once, when a function is bound.
record BoundParameter(Arguments arguments, int input) {

    /// A handle `(parameter) → NDArray`.
    MethodHandle from(Class<?> parameter) {
        var wanted = arguments.inputs().get(input).type();
        var leaf = leaf(parameter);
        if (!leaf.isPrimitive()) return ours("read", Object.class, parameter);
        check(parameter, leaf, wanted);
        if (parameter == wanted.dtype().carrier() && wanted.dtype() != DType.UINT8) return exact(parameter);
        if (parameter == boolean.class) return ours("ofBoolean", boolean.class, parameter);
        if (parameter == double.class || parameter == float.class) return ours("ofDouble", double.class, parameter);
        if (parameter.isPrimitive()) return ours("ofLong", long.class, parameter);
        boolean same = parameter.componentType() == wanted.dtype().carrier();
        return same ? ours("wrap", Object.class, parameter) : ours("read", Object.class, parameter);
    }

    /// Numbers give way, but not their fraction; arrays only widen; the rank must be right.
    private void check(Class<?> parameter, Class<?> leaf, TensorType wanted) {
        var own = dtype(leaf);
        boolean number = parameter.isPrimitive() && (wanted.dtype().isFloating() || !own.isFloating()) && !wanted.dtype().isBool();
        boolean widens = DType.promote(own, wanted.dtype()) == wanted.dtype() || leaf == byte.class && wanted.dtype() == DType.UINT8;
        if (depth(parameter) == wanted.rank() && (number || widens)) return;
        throw new BindError("""
            bind needs a parameter for %s of type %s, but got %s
            Its Java type is %s, or NDArray.""".formatted(arguments.inputs().get(input), wanted, parameter.getSimpleName(), java(wanted)));
    }

    private MethodHandle exact(Class<?> primitive) {
        if (primitive == short.class || primitive == byte.class) return ours("ofLong", long.class, primitive);
        return Handles.ofStatic(NDArray.class, "of", NDArray.class, primitive);
    }

    private MethodHandle ours(String name, Class<?> takes, Class<?> parameter) {
        var method = Handles.of(Arguments.class, name, NDArray.class, int.class, takes).bindTo(arguments);
        return MethodHandles.insertArguments(method, 0, input).asType(MethodType.methodType(NDArray.class, parameter));
    }

    // Java types and tensor types

    /// The Java type whose arrays hold this dtype's elements, in as many dimensions as the rank.
    static String java(TensorType type) { return type.dtype().carrier() + "[]".repeat(type.rank()); }

    static int depth(Class<?> type) {
        int depth = 0;
        for (@Nullable Class<?> at = type; at != null && at.isArray(); at = at.componentType()) depth++;
        return depth;
    }

    static Class<?> leaf(Class<?> type) {
        var at = type;
        while (at.isArray()) at = at.componentType();
        return at;
    }

    /// The dtype of a Java primitive: int8 for byte.
    static DType dtype(Class<?> primitive) {
        for (var dtype : DType.values()) if (dtype.carrier() == primitive) return dtype;
        throw new BindError("""
            bind needs numbers, booleans or arrays of them, but got %s
            Use one of boolean, byte, short, int, long, float, double.""".formatted(primitive));
    }
}
