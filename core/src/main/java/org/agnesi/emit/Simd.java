package org.agnesi.emit;

/// Whether this JVM has vectors, and how wide they are.
public final class Simd {
    private static final String MODULE = "jdk.incubator.vector", SHAPE = MODULE + ".VectorShape";
    private static final int BITS = bits();

    private Simd() {}

    /// Bits of the widest vectors that pay here; 0 without the module.
    public static int width() { return BITS; }

    /// By reflection: this class must load where the module is not. The module is not required in module-info either: javac
    /// would warn users of ours that it is incubating.
    private static int bits() {
        var module = ModuleLayer.boot().findModule(MODULE);
        if (module.isEmpty()) return 0;
        try {
            Simd.class.getModule().addReads(module.get());
            var shape = Class.forName(SHAPE);
            int bits = (int) shape.getMethod("vectorBitSize").invoke(shape.getMethod("preferredShape").invoke(null));
            return Math.min(bits, 512);
        } catch (ReflectiveOperationException | LinkageError e) {
            return 0;
        }
    }
}
