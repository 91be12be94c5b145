package org.agnesi.kernel;

/// Who brings a [Blas]: found by [java.util.ServiceLoader], the first is taken.
public interface BlasProvider {
    /// The library's name, for `describe()` where it cannot be used.
    String name();

    /// Makes it ready: files are unpacked and loaded now, nothing is fetched from elsewhere.
    ///
    /// @throws Unusable where it cannot be used here
    Blas open() throws Unusable;

    /// Why a library cannot be used; the message ends a sentence: `no files for linux-riscv64`.
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unusable(String reason) { super(reason); }

        public Unusable(String reason, Throwable cause) { super(reason, cause); }

        /// Why.
        public String reason() { return String.valueOf(getMessage()); }
    }
}
