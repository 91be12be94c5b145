package org.agnesi.emit;

import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.INT64;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Integers;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.UnaryFunction;

/// Writes the arithmetic of integers and bools: what the JVM does in one instruction inline, the rest as calls of
/// [Integers], which is the table for all.
final class IntegerCode {
    private final MethodCode method;
    private final CodeBuilder code;

    IntegerCode(MethodCode method) {
        this.method = method;
        this.code = method.code;
    }

    void unary(UnaryFunction f, DType dtype, Scalar a) {
        Jvm.constant(code, f);
        Jvm.constant(code, dtype);
        asLong(a);
        call(Jvm.method(ConstantDescs.CD_long, Jvm.desc(UnaryFunction.class), Jvm.desc(DType.class), ConstantDescs.CD_long), dtype);
    }

    void binary(BinaryFunction f, DType dtype, Scalar a, Scalar b) {
        if (isDivision(f) && dtype == INT64 && method.emitter.bounds.areKnown(a, b)) divide(f, a, b);
        else if (isInline(f, dtype)) {
            method.scalars.emit(a);
            method.scalars.emit(b);
            inline(f, dtype);
        } else {
            Jvm.constant(code, f);
            Jvm.constant(code, dtype);
            asLong(a);
            asLong(b);
            call(Jvm.method(ConstantDescs.CD_long, Jvm.desc(BinaryFunction.class), Jvm.desc(DType.class),
                ConstantDescs.CD_long, ConstantDescs.CD_long), dtype);
        }
    }

    private static boolean isDivision(BinaryFunction f) { return f == BinaryFunction.FLOOR_DIV || f == BinaryFunction.REM; }

    private static boolean isInline(BinaryFunction f, DType dtype) {
        return switch (f) {
            case ADD, SUB, MUL, MAX, MIN, AND, OR, XOR -> true;
            case SHL, SHR, USHR -> dtype == INT64 || dtype == DType.INT32;
            case MULTIPLY_HIGH, DIV, POW, FLOOR_DIV, REM, ATAN2, POW_FAR, ATAN2_FAR -> false;
        };
    }

    private void asLong(Scalar x) {
        method.scalars.emit(x);
        if (Jvm.kind(x.dtype()) == TypeKind.INT) code.i2l();
    }

    private void call(MethodTypeDesc type, DType dtype) {
        code.invokestatic(Jvm.desc(Integers.class), "apply", type);
        if (Jvm.kind(dtype) == TypeKind.INT) code.l2i();
    }

    /// The two operands on the stack combined, in the dtype's range.
    void inline(BinaryFunction f, DType dtype) {
        if (dtype == INT64) longs(f);
        else if (dtype == BOOL) bools(f);
        else {
            ints(f);
            wrap(dtype);
        }
    }

    private void longs(BinaryFunction f) {
        switch (f) {
            case ADD -> code.ladd();
            case SUB -> code.lsub();
            case MUL -> code.lmul();
            case AND -> code.land();
            case OR -> code.lor();
            case XOR -> code.lxor();
            case SHL -> code.l2i().lshl();
            case SHR -> code.l2i().lshr();
            case USHR -> code.l2i().lushr();
            case MAX -> Jvm.math(code, "max", TypeKind.LONG, 2);
            case MIN -> Jvm.math(code, "min", TypeKind.LONG, 2);
            case MULTIPLY_HIGH, DIV, POW, FLOOR_DIV, REM, ATAN2, POW_FAR, ATAN2_FAR -> throw called(f);
        }
    }

    private void ints(BinaryFunction f) {
        switch (f) {
            case ADD -> code.iadd();
            case SUB -> code.isub();
            case MUL -> code.imul();
            case AND -> code.iand();
            case OR -> code.ior();
            case XOR -> code.ixor();
            case SHL -> code.ishl();
            case SHR -> code.ishr();
            case USHR -> code.iushr();
            case MAX -> Jvm.math(code, "max", TypeKind.INT, 2);
            case MIN -> Jvm.math(code, "min", TypeKind.INT, 2);
            case MULTIPLY_HIGH, DIV, POW, FLOOR_DIV, REM, ATAN2, POW_FAR, ATAN2_FAR -> throw called(f);
        }
    }

    private void bools(BinaryFunction f) {
        switch (f) {
            case ADD, MAX, OR -> code.ior();
            case MUL, MIN, AND -> code.iand();
            case SUB, XOR -> code.ixor();
            case SHL, SHR, USHR, MULTIPLY_HIGH, DIV, POW, FLOOR_DIV, REM, ATAN2, POW_FAR, ATAN2_FAR -> throw called(f);
        }
    }

    private static IllegalArgumentException called(BinaryFunction f) {
        return new IllegalArgumentException(f + " is called, not written inline");
    }

    /// Wraps the int on the stack around at the dtype's width; any nonzero value is the bool 1.
    void wrap(DType dtype) {
        switch (dtype) {
            case BOOL -> {
                var zero = code.newLabel();
                var end = code.newLabel();
                code.ifeq(zero).iconst_1().goto_(end).labelBinding(zero).iconst_0().labelBinding(end);
            }
            case INT8 -> code.i2b();
            case UINT8 -> code.loadConstant(0xff).iand();
            case INT16 -> code.i2s();
            case INT32, INT64 -> {}
            case FLOAT32, FLOAT64 -> throw new IllegalArgumentException("integers wrap around, but got " + dtype);
        }
    }

    /// Of what is not negative Python's division is the JVM's, but for 0 where the divisor is 0.
    private void divide(BinaryFunction f, Scalar a, Scalar b) {
        boolean ints = method.emitter.bounds.areInts(a, b);
        if (b instanceof Const c && c.bits() != 0) {
            operands(ints, a, b);
            quotient(f, ints);
            return;
        }
        var zero = code.newLabel();
        var end = code.newLabel();
        method.scalars.emit(b);
        code.lconst_0().lcmp().ifeq(zero);
        operands(ints, a, b);
        quotient(f, ints);
        code.goto_(end).labelBinding(zero).lconst_0().labelBinding(end);
    }

    private void operands(boolean ints, Scalar a, Scalar b) {
        for (var x : new Scalar[] {a, b}) if (ints) method.scalars.low(x);
            else method.scalars.emit(x);
    }

    private void quotient(BinaryFunction f, boolean ints) {
        boolean whole = f == BinaryFunction.FLOOR_DIV;
        if (!ints) { if (whole) code.ldiv(); else code.lrem(); }
        else if (whole) code.idiv().i2l();
        else code.irem().i2l();
    }
}
