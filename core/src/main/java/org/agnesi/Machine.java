package org.agnesi;

import org.agnesi.emit.Simd;

/// What kernels run on: a Java, a backend, vectors of so many bits (0 for none), processors, as many threads for large work, a library.
record Machine(String java, String backend, int bits, int processors, int threads, String library) {
    static Machine here() {
        return new Machine(Runtime.version() + ", " + System.getProperty("java.vm.name"), Engine.standard().kernels(),
            Simd.width(), Runtime.getRuntime().availableProcessors(), Engine.standard().threads(), Engine.standard().library().toString());
    }

    @Override public String toString() {
        return """
            java        %s
            kernels     %s
            threads     %s
            blas        %s""".formatted(java, kernels(), split(), library);
    }

    private String split() {
        var all = processors == 1 ? "1 processor" : processors + " processors";
        return threads == 1 ? "1 of %s: calls are not split".formatted(all) : "%d of %s, for large calls".formatted(threads, all);
    }

    private String kernels() {
        if (!backend.equals("tiered")) return "%s, as -Dagnesi.kernels says".formatted(backend);
        return bits == 0 ? "scalar; for SIMD, with the same bits, start java with --add-modules jdk.incubator.vector"
            : "SIMD, %d bits wide: %d numbers of float64 at a time".formatted(bits, bits / Double.SIZE);
    }
}
