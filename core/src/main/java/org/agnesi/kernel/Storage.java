package org.agnesi.kernel;

import org.agnesi.array.DType;
import org.jspecify.annotations.Nullable;

/// An array that a [Program] reads or writes, in C order. Scratch lives as long as one run and has its own length.
public record Storage(String name, DType dtype, int rank, Role role, @Nullable Scalar length) {
    public enum Role { INPUT, OUTPUT, SCRATCH }

    public Storage {
        if ((role == Role.SCRATCH) != (length != null)) throw new IllegalArgumentException(
            "a buffer has a length of its own if it is scratch, and only then, but got " + name + " as " + role);
    }

    public static Storage input(String name, DType dtype, int rank) { return new Storage(name, dtype, rank, Role.INPUT, null); }
    public static Storage output(String name, DType dtype, int rank) { return new Storage(name, dtype, rank, Role.OUTPUT, null); }
    public static Storage scratch(String name, DType dtype, Scalar length) { return new Storage(name, dtype, 1, Role.SCRATCH, length); }
}
