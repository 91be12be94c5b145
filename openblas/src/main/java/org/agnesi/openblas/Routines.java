package org.agnesi.openblas;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/// The library's functions as method handles: static and final, so that a call is no more than a call.
///
/// Those of BLAS are critical: arrays are passed as they lie, and meanwhile the JVM cannot reach a safepoint.
final class Routines {
    /// The orders of elements, and what CBLAS calls the rest.
    static final int ROWS = 101, COLUMNS = 102, AS_IS = 111, TRANSPOSED = 112, UPPER = 121, LOWER = 122, ANY_DIAGONAL = 131, LEFT = 141;

    static final MethodHandle DGEMM = critical("cblas_dgemm", gemm(JAVA_DOUBLE));
    static final MethodHandle SGEMM = critical("cblas_sgemm", gemm(JAVA_FLOAT));
    static final MethodHandle DGEMV = critical("cblas_dgemv", gemv(JAVA_DOUBLE));
    static final MethodHandle SGEMV = critical("cblas_sgemv", gemv(JAVA_FLOAT));

    static final MethodHandle DTRSM = plain("cblas_dtrsm", FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
        JAVA_INT, JAVA_INT, JAVA_DOUBLE, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle DPOTRF = plain("LAPACKE_dpotrf_work", result(JAVA_INT, JAVA_BYTE, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle DGETRF = plain("LAPACKE_dgetrf_work", result(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    static final MethodHandle DGETRS = plain("LAPACKE_dgetrs_work",
        result(JAVA_INT, JAVA_BYTE, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    static final MethodHandle DGETRI = plain("LAPACKE_dgetri_work",
        result(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));

    static final MethodHandle SET_THREADS = plain("openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
    static final MethodHandle CONFIGURATION = plain("openblas_get_config", result());
    static final MethodHandle CORE = plain("openblas_get_corename", result());

    private Routines() {}

    private static FunctionDescriptor gemm(ValueLayout element) {
        return FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, element, ADDRESS, JAVA_INT,
            ADDRESS, JAVA_INT, element, ADDRESS, JAVA_INT);
    }

    private static FunctionDescriptor gemv(ValueLayout element) {
        return FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, element, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, element,
            ADDRESS, JAVA_INT);
    }

    private static FunctionDescriptor result(MemoryLayout... arguments) {
        return FunctionDescriptor.of(arguments.length == 0 ? ADDRESS : JAVA_INT, arguments);
    }

    private static MethodHandle critical(String name, FunctionDescriptor type) { return bound(name, type, Linker.Option.critical(true)); }

    private static MethodHandle plain(String name, FunctionDescriptor type) { return bound(name, type); }

    @SuppressWarnings("restricted") private static MethodHandle bound(String name, FunctionDescriptor type, Linker.Option... options) {
        var symbol = Objects.requireNonNull(Loaded.HERE.symbols()).find(name).orElseThrow();
        return Linker.nativeLinker().downcallHandle(symbol, type, options);
    }
}
