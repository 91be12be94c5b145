package org.agnesi.emit;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Whether this JVM has vectors, and how wide they are.
public final class Simd {
    private static final String MODULE = "jdk.incubator.vector", SHAPE = MODULE + ".VectorShape";
    private static final int BITS = bits();

    private Simd() {}

    /// Bits of the widest vectors that pay here; 0 without the module.
    public static int width() { return BITS; }

    /// By handles: this class must load where the module is not. The module is not required in module-info either: javac
    /// would warn users of ours that it is incubating.
    private static int bits() {
        var module = ModuleLayer.boot().findModule(MODULE);
        if (module.isEmpty()) return 0;
        try {
            Simd.class.getModule().addReads(module.get());
            return Math.min((int) preferred(Class.forName(SHAPE)).invokeExact(), 512);
        } catch (ReflectiveOperationException | LinkageError _) {
            return 0;
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {   // what a handle is declared to throw
            throw new LinkageError(SHAPE, e);
        }
    }

    /// `VectorShape.preferredShape().vectorBitSize()`; Method.invoke would read annotations first, which takes 11 ms at a start.
    private static MethodHandle preferred(Class<?> shape) throws ReflectiveOperationException {
        var lookup = MethodHandles.publicLookup();
        return MethodHandles.filterReturnValue(lookup.findStatic(shape, "preferredShape", MethodType.methodType(shape)),
            lookup.findVirtual(shape, "vectorBitSize", MethodType.methodType(int.class)));
    }
}
