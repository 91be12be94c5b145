package org.agnesi;

import java.util.List;

/// Another engine than the standard one, for tests in all packages.
public final class Instead {
    /// Loop evaluators, scalar and vector code, and two threads that split whatever can be split.
    public static final List<String> BACKENDS = List.of("points", "blocks", "scalar", "simd", "parallel");

    private Instead() {}

    /// What something returns whose functions are run by this backend.
    public static <T, X extends Throwable> T of(String kernels, ScopedValue.CallableOp<T, X> action) throws X {
        return new Engine(kernels, kernels.equals("parallel") ? 2 : 1, 0).instead(action);
    }
}
