package org.agnesi.kernel;

/// What code does, counted: operations on floats, and bytes that go through memory.
///
/// | scalar on floats                                                        | flops | elementary calls |
/// |-------------------------------------------------------------------------|-------|------------------|
/// | `+ - * / // %`, negation, absolute value, sign, max, min, comparison, rounding, square root | 1 | 0 |
/// | exp, log, sin, erf, … and `**`, atan2                                   | [#ELEMENTARY] | 1    |
/// | fma                                                                     | 2     | 0                |
/// | select, cast, bits, load, store, and everything on integers, positions and bools | 0 | 0           |
///
/// A reduction of n values combines n times; a multiplication and an addition in one rounding are two flops. An `if`
/// counts its dearer side, a `select` both.
///
/// Bytes are counted per kernel and array: each read or written element once, so at most the array's size. That is what
/// memory sees if all caches work; scratch, and what a kernel reads back of its own output, is not counted.
public record Work(long flops, long elementary, long bytesRead, long bytesWritten) {
    /// The flops of an elementary function: about what a polynomial and the reduction of its argument take.
    public static final int ELEMENTARY = 20;

    public static final Work NONE = new Work(0, 0, 0, 0);

    public Work plus(Work b) {
        return new Work(Math.addExact(flops, b.flops), Math.addExact(elementary, b.elementary),
            Math.addExact(bytesRead, b.bytesRead), Math.addExact(bytesWritten, b.bytesWritten));
    }

    public Work times(long n) {
        return new Work(Math.multiplyExact(flops, n), Math.multiplyExact(elementary, n),
            Math.multiplyExact(bytesRead, n), Math.multiplyExact(bytesWritten, n));
    }

    public long bytes() { return Math.addExact(bytesRead, bytesWritten); }

    /// What one scalar adds to the flops of its parts.
    public static int flopsOf(Scalar x) {
        return switch (x) {
            case Scalar.Unary _, Scalar.Binary _ -> !x.dtype().isFloating() ? 0 : isElementary(x) ? ELEMENTARY : 1;
            case Scalar.Compare(_, var a, _) -> a.dtype().isFloating() ? 1 : 0;
            case Scalar.Fma _ -> 2;
            case Scalar.Const _, Scalar.Input _, Scalar.At _, Scalar.Index _, Scalar.Size _, Scalar.Select _, Scalar.Rare _,
                Scalar.Cast _, Scalar.Bits _, Scalar.Local _, Scalar.Load _ -> 0;
        };
    }

    /// Whether a scalar calls an elementary function on floats.
    public static boolean isElementary(Scalar x) {
        if (!x.dtype().isFloating()) return false;
        return switch (x) {
            case Scalar.Unary(var f, _, _) -> f.isElementary();
            case Scalar.Binary(var f, _, _, _) -> f == BinaryFunction.POW || f == BinaryFunction.ATAN2;
            case Scalar.Const _, Scalar.Input _, Scalar.At _, Scalar.Index _, Scalar.Size _, Scalar.Compare _, Scalar.Fma _,
                Scalar.Select _, Scalar.Rare _, Scalar.Cast _, Scalar.Bits _, Scalar.Local _, Scalar.Load _ -> false;
        };
    }
}
