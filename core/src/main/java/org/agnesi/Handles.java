package org.agnesi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Method handles of what bound calls are made of, found by name; that one is missing is a mistake in this library.
final class Handles {
    private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

    private Handles() {}

    /// A method of an object, which is the handle's first parameter.
    static MethodHandle of(Class<?> in, String name, Class<?> result, Class<?>... parameters) {
        try {
            return HERE.findVirtual(in, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(in + "." + name, e);
        }
    }

    /// A static method.
    static MethodHandle ofStatic(Class<?> in, String name, Class<?> result, Class<?>... parameters) {
        try {
            return HERE.findStatic(in, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(in + "." + name, e);
        }
    }
}
