package org.agnesi.emit;

import java.lang.System.Logger.Level;

/// Whether this JVM has vectors, and how wide they are.
public final class Simd {
    private static final String SHAPE = "jdk.incubator.vector.VectorShape";
    private static final int BITS = bits();

    private Simd() {}

    /// Bits of the widest vectors that pay here; 0 without the module.
    public static int width() { return BITS; }

    /// By reflection: this class must load where the module is not. The module is not required in module-info either: javac
    /// would warn users of ours that it is incubating.
    private static int bits() {
        try {
            ModuleLayer.boot().findModule("jdk.incubator.vector").ifPresent(Simd.class.getModule()::addReads);
            var shape = Class.forName(SHAPE);
            int bits = (int) shape.getMethod("vectorBitSize").invoke(shape.getMethod("preferredShape").invoke(null));
            return Math.min(bits, 512);
        } catch (ReflectiveOperationException | LinkageError e) {
            System.getLogger("org.agnesi").log(Level.DEBUG, "kernels are scalar: start java with --add-modules jdk.incubator.vector", e);
            return 0;
        }
    }
}
