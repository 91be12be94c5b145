package org.agnesi.kernel;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.TypeError;

/// One scalar computed inside a loop. Sealed: every evaluator and emitter covers every case.
///
/// Scalars form a DAG whose nodes are shared by identity. Walk it with [Scalars], which visits each node once: a
/// record's own `equals` and `hashCode` visit a node once per path. A scalar never fails: integer division by zero
/// gives 0 ([Integers]), and an element outside its array is unspecified, so a `select` may guard an index.
///
/// An op writes its body with the factories: `add(a.here(), b.here())`, or `call(ADD, a, b)` where the op's own `add`
/// hides the import.
public sealed interface Scalar {
    DType dtype();

    /// A known value: the bits of a double for floats (float32 too, already rounded), the integer itself otherwise.
    record Const(DType dtype, long bits) implements Scalar {
        public static Const of(double x) { return of(DType.FLOAT64, x); }
        public static Const of(long x) { return new Const(DType.INT64, x); }
        public static Const of(boolean x) { return new Const(DType.BOOL, x ? 1 : 0); }

        /// `x` as a value of `dtype`, converted as [Cast] converts.
        public static Const of(DType dtype, double x) {
            return switch (dtype) {
                case FLOAT64 -> new Const(dtype, Double.doubleToRawLongBits(x));
                case FLOAT32 -> new Const(dtype, Double.doubleToRawLongBits((float) x));
                case BOOL, INT8, UINT8, INT16, INT32, INT64 -> new Const(dtype, Integers.fromFloat(dtype, x));
            };
        }

        /// Element `i`, in C order, of an array.
        public static Const element(NDArray array, int i) {
            return array.dtype().isFloating() ? of(array.dtype(), array.doubleAt(i)) : bits(array.dtype(), array.longAt(i));
        }

        /// The integer or bool `x`, wrapped to `dtype`.
        public static Const bits(DType dtype, long x) { return new Const(dtype, Integers.wrap(dtype, x)); }

        public double toDouble() { return dtype.isFloating() ? Double.longBitsToDouble(bits) : bits; }
        public long toLong() { return dtype.isFloating() ? (long) Double.longBitsToDouble(bits) : bits; }

        @Override public String toString() { return Pseudocode.of(this); }
    }

    /// `x[i]`: the operand's element at the current point; the operand has exactly the iteration space's shape.
    record Input(int operand, DType dtype) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    /// `x[index]`: the operand's element at a computed position, one int64 per axis.
    record At(int operand, DType dtype, List<Scalar> index) implements Scalar {
        public At {
            index = List.copyOf(index);
            for (var i : index) Scalars.require(i, DType.INT64, "an index");
        }
        @Override public String toString() { return Pseudocode.of(this); }
    }

    /// The position along an axis of the iteration space.
    record Index(int axis) implements Scalar {
        @Override public DType dtype() { return DType.INT64; }
        @Override public String toString() { return Pseudocode.of(this); }
    }

    /// The dimension of an operand: inputs are operands 0 … n-1, outputs follow.
    record Size(int operand, int axis) implements Scalar {
        @Override public DType dtype() { return DType.INT64; }
        @Override public String toString() { return Pseudocode.of(this); }
    }

    record Unary(UnaryFunction f, DType dtype, Scalar x) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    record Binary(BinaryFunction f, DType dtype, Scalar a, Scalar b) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    record Compare(Relation r, Scalar a, Scalar b) implements Scalar {
        @Override public DType dtype() { return DType.BOOL; }
        @Override public String toString() { return Pseudocode.of(this); }
    }

    record Select(DType dtype, Scalar condition, Scalar a, Scalar b) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    record Cast(DType dtype, Scalar x) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    /// `a · b + c` in one rounding.
    record Fma(DType dtype, Scalar a, Scalar b, Scalar c) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    /// The bits of `x` read as another dtype of its width: float64 and int64, float32 and int32.
    record Bits(DType dtype, Scalar x) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    /// `condition ? slow : fast`, where the condition is rarely true: vector code computes `slow` only if some lane needs it.
    record Rare(DType dtype, Scalar condition, Scalar slow, Scalar fast) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    /// A local variable of a [Program].
    record Local(int id, DType dtype) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    /// An element of a [Program]'s buffer at a linear position.
    record Load(int buffer, DType dtype, Scalar index) implements Scalar {
        @Override public String toString() { return Pseudocode.of(this); }
    }

    // Constants.

    static Scalar constant(double x) { return Const.of(x); }
    static Scalar constant(long x) { return Const.of(x); }
    static Scalar constant(boolean x) { return Const.of(x); }
    static Scalar constant(DType dtype, double x) { return Const.of(dtype, x); }

    /// `value` in the dtype of `x`: `add(like(x, 1), x)`.
    static Scalar like(Scalar x, double value) { return Const.of(x.dtype(), value); }

    /// Where we are along an axis of the iteration space.
    static Scalar index(int axis) { return new Index(axis); }

    /// Where we are, along all axes of a space of this rank.
    static List<Scalar> here(int rank) {
        var index = new ArrayList<Scalar>();
        for (int axis = 0; axis < rank; axis++) index.add(new Index(axis));
        return index;
    }

    // Functions.

    static Scalar call(UnaryFunction f, Scalar x) {
        boolean fits = x.dtype().isFloating() ? f != UnaryFunction.NOT : !f.needsFloat();
        if (!fits) throw new TypeError("""
            %s needs %s, but got %s
            Cast its argument first.""".formatted(f, f.needsFloat() ? "a float" : "a bool or an integer", x.dtype()));
        return new Unary(f, x.dtype(), x);
    }

    static Scalar call(BinaryFunction f, Scalar a, Scalar b) {
        Scalars.requireSame(f.name(), a, b);
        boolean fits = switch (f) {
            case DIV, ATAN2, POW_FAR, ATAN2_FAR -> a.dtype().isFloating();
            case AND, OR, XOR, SHL, SHR, USHR -> !a.dtype().isFloating();
            case MULTIPLY_HIGH -> a.dtype() == DType.INT64;
            case ADD, SUB, MUL, POW, MAX, MIN, FLOOR_DIV, REM -> true;
        };
        var wanted = f == BinaryFunction.MULTIPLY_HIGH ? "int64" : a.dtype().isFloating() ? "bools or integers" : "floats";
        if (!fits) throw new TypeError("""
            %s needs %s, but got %s
            Cast its arguments first.""".formatted(f, wanted, a.dtype()));
        return new Binary(f, a.dtype(), a, b);
    }

    static Scalar compare(Relation r, Scalar a, Scalar b) {
        Scalars.requireSame(r.symbol(), a, b);
        return new Compare(r, a, b);
    }

    /// `condition ? a : b`
    static Scalar select(Scalar condition, Scalar a, Scalar b) {
        Scalars.require(condition, DType.BOOL, "the condition of a select");
        Scalars.requireSame("select", a, b);
        return new Select(a.dtype(), condition, a, b);
    }

    /// `condition ? slow : fast`, where the condition is rarely true.
    static Scalar rare(Scalar condition, Scalar slow, Scalar fast) {
        Scalars.require(condition, DType.BOOL, "the condition of a rare case");
        Scalars.requireSame("rare", slow, fast);
        return new Rare(fast.dtype(), condition, slow, fast);
    }

    /// `a · b + c` in one rounding.
    static Scalar fma(Scalar a, Scalar b, Scalar c) {
        Scalars.requireSame("fma", a, b);
        Scalars.requireSame("fma", a, c);
        if (!a.dtype().isFloating()) throw new TypeError("""
            fma needs floats, but got %s
            Use mul and add, which are exact.""".formatted(a.dtype()));
        return new Fma(a.dtype(), a, b, c);
    }

    /// The bits of `x` read as another dtype of its width.
    static Scalar bits(DType to, Scalar x) {
        boolean fits = to.bytes() == x.dtype().bytes() && to.bytes() >= 4 && to.isFloating() != x.dtype().isFloating();
        if (!fits) throw new TypeError("""
            bits needs a float and an integer of 32 or 64 bits, but got %s from %s
            Cast first.""".formatted(to, x.dtype()));
        return new Bits(to, x);
    }

    /// `x` in another dtype; `x` itself where it has it already.
    static Scalar cast(DType to, Scalar x) { return x.dtype() == to ? x : new Cast(to, x); }

    static Scalar neg(Scalar x) { return call(UnaryFunction.NEG, x); }
    static Scalar abs(Scalar x) { return call(UnaryFunction.ABS, x); }
    static Scalar sign(Scalar x) { return call(UnaryFunction.SIGN, x); }
    static Scalar not(Scalar x) { return call(UnaryFunction.NOT, x); }
    static Scalar sqrt(Scalar x) { return call(UnaryFunction.SQRT, x); }
    static Scalar exp(Scalar x) { return call(UnaryFunction.EXP, x); }
    static Scalar log(Scalar x) { return call(UnaryFunction.LOG, x); }

    static Scalar add(Scalar a, Scalar b) { return call(BinaryFunction.ADD, a, b); }
    static Scalar sub(Scalar a, Scalar b) { return call(BinaryFunction.SUB, a, b); }
    static Scalar mul(Scalar a, Scalar b) { return call(BinaryFunction.MUL, a, b); }
    static Scalar div(Scalar a, Scalar b) { return call(BinaryFunction.DIV, a, b); }
    static Scalar pow(Scalar a, Scalar b) { return call(BinaryFunction.POW, a, b); }
    static Scalar max(Scalar a, Scalar b) { return call(BinaryFunction.MAX, a, b); }
    static Scalar min(Scalar a, Scalar b) { return call(BinaryFunction.MIN, a, b); }
    static Scalar floorDiv(Scalar a, Scalar b) { return call(BinaryFunction.FLOOR_DIV, a, b); }
    static Scalar rem(Scalar a, Scalar b) { return call(BinaryFunction.REM, a, b); }
    static Scalar and(Scalar a, Scalar b) { return call(BinaryFunction.AND, a, b); }
    static Scalar or(Scalar a, Scalar b) { return call(BinaryFunction.OR, a, b); }
    static Scalar xor(Scalar a, Scalar b) { return call(BinaryFunction.XOR, a, b); }
    static Scalar shl(Scalar a, Scalar b) { return call(BinaryFunction.SHL, a, b); }
    static Scalar shr(Scalar a, Scalar b) { return call(BinaryFunction.SHR, a, b); }
    static Scalar ushr(Scalar a, Scalar b) { return call(BinaryFunction.USHR, a, b); }

    static Scalar lt(Scalar a, Scalar b) { return compare(Relation.LT, a, b); }
    static Scalar le(Scalar a, Scalar b) { return compare(Relation.LE, a, b); }
    static Scalar gt(Scalar a, Scalar b) { return compare(Relation.GT, a, b); }
    static Scalar ge(Scalar a, Scalar b) { return compare(Relation.GE, a, b); }
    static Scalar eq(Scalar a, Scalar b) { return compare(Relation.EQ, a, b); }
    static Scalar ne(Scalar a, Scalar b) { return compare(Relation.NE, a, b); }
}
