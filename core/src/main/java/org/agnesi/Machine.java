package org.agnesi;

import org.agnesi.emit.Simd;

/// What kernels run on: a Java, vectors of so many bits (0 for none), processors.
record Machine(String java, int bits, int processors) {
    static Machine here() {
        return new Machine(Runtime.version() + ", " + System.getProperty("java.vm.name"), Simd.width(),
            Runtime.getRuntime().availableProcessors());
    }

    @Override public String toString() {
        return """
            java        %s
            kernels     %s
            processors  %d""".formatted(java, kernels(), processors);
    }

    private String kernels() {
        return bits == 0 ? "scalar; for SIMD, with the same bits, start java with --add-modules jdk.incubator.vector"
            : "SIMD, %d bits wide: %d numbers of float64 at a time".formatted(bits, bits / Double.SIZE);
    }
}
