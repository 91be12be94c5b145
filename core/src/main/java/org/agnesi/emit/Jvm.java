package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Scalar.Const;

/// How the JVM sees dtypes and the few classes that emitted code calls.
final class Jvm {
    static final ClassDesc CODE = desc(Code.class);
    static final ClassDesc LANES = desc(Lanes.class);
    static final ClassDesc OUTSIDE = desc(OutsideException.class);
    static final ClassDesc MATH = desc(Math.class);
    static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();
    static final ClassDesc DIMS = ConstantDescs.CD_int.arrayType().arrayType();

    /// The type of [Code#run].
    static final MethodTypeDesc RUN = method(ConstantDescs.CD_void, OBJECTS, DIMS, LANES, ConstantDescs.CD_int);

    /// The type of [Code#part].
    static final MethodTypeDesc PART = method(ConstantDescs.CD_void, OBJECTS, DIMS, LANES, ConstantDescs.CD_int,
        ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    static final ClassDesc TASTE = desc(Taste.class);
    static final MethodTypeDesc INT3 = method(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    /// The type of `Math.min` and its like.
    static final MethodTypeDesc INT2 = method(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

    private Jvm() {}

    static ClassDesc desc(Class<?> type) { return type.describeConstable().orElseThrow(); }

    static MethodTypeDesc method(ClassDesc result, ClassDesc... parameters) { return MethodTypeDesc.of(result, parameters); }

    /// What a value of this dtype is on the stack: a bool and the small integers are ints.
    static TypeKind kind(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> TypeKind.DOUBLE;
            case FLOAT32 -> TypeKind.FLOAT;
            case INT64 -> TypeKind.LONG;
            case BOOL, INT8, UINT8, INT16, INT32 -> TypeKind.INT;
        };
    }

    /// What an element of an array of this dtype is.
    static TypeKind element(DType dtype) { return TypeKind.from(dtype.carrier()); }

    static ClassDesc type(TypeKind kind) { return kind.upperBound(); }

    static ClassDesc array(DType dtype) { return desc(dtype.carrier()).arrayType(); }

    static void constant(CodeBuilder code, Const c) {
        switch (kind(c.dtype())) {
            case DOUBLE -> code.loadConstant(c.toDouble());
            case FLOAT -> code.loadConstant((float) c.toDouble());
            case LONG -> code.loadConstant(c.bits());
            case INT, BOOLEAN, BYTE, CHAR, SHORT, REFERENCE, VOID -> code.loadConstant((int) c.bits());
        }
    }

    /// An enum's constant.
    static void constant(CodeBuilder code, Enum<?> value) {
        var type = desc(value.getDeclaringClass());
        code.getstatic(type, value.name(), type);
    }

    /// `Math.name` of values of one kind.
    static void math(CodeBuilder code, String name, TypeKind kind, int arguments) {
        var type = type(kind);
        code.invokestatic(MATH, name, MethodTypeDesc.of(type, Stream.generate(() -> type).limit(arguments).toList()));
    }

    /// The bits of the value on the stack as another dtype of its width.
    static void bits(CodeBuilder code, DType to) {
        switch (to) {
            case FLOAT64 -> bits(code, Double.class, "longBitsToDouble", TypeKind.LONG, TypeKind.DOUBLE);
            case INT64 -> bits(code, Double.class, "doubleToRawLongBits", TypeKind.DOUBLE, TypeKind.LONG);
            case FLOAT32 -> bits(code, Float.class, "intBitsToFloat", TypeKind.INT, TypeKind.FLOAT);
            case INT32 -> bits(code, Float.class, "floatToRawIntBits", TypeKind.FLOAT, TypeKind.INT);
            case BOOL, INT8, UINT8, INT16 -> throw new IllegalArgumentException("bits are read as floats, int32 or int64, but got " + to);
        }
    }

    private static void bits(CodeBuilder code, Class<?> type, String name, TypeKind from, TypeKind to) {
        code.invokestatic(desc(type), name, method(type(to), type(from)));
    }

    /// The two floats on the stack combined.
    static void combine(CodeBuilder code, Combine combine, TypeKind kind) {
        boolean wide = kind == TypeKind.DOUBLE;
        switch (combine) {
            case ADD -> { if (wide) code.dadd(); else code.fadd(); }
            case MUL -> { if (wide) code.dmul(); else code.fmul(); }
            case MAX -> math(code, "max", kind, 2);
            case MIN -> math(code, "min", kind, 2);
            case AND, OR -> throw new IllegalArgumentException("floats are added, multiplied or compared, but got " + combine);
        }
    }
}
