package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.ElementaryPrograms;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.UnaryFunction;

/// Writes functions of floats: what the JVM has inline, the rest as methods beside the
/// program's own: those that have a program hold it, the others call [Elementary], which says what they are.
///
/// A float32 is computed in float64 and rounded once.
final class Functions {
    private static final MethodTypeDesc REAL = Jvm.method(ConstantDescs.CD_double, ConstantDescs.CD_double);
    private static final MethodTypeDesc REALS = Jvm.method(ConstantDescs.CD_double, ConstantDescs.CD_double, ConstantDescs.CD_double);

    private final Emitter emitter;
    private final List<Enum<?>> called = new ArrayList<>();

    Functions(Emitter emitter) { this.emitter = emitter; }

    /// The function of the float on the stack.
    void call(CodeBuilder code, UnaryFunction f, DType dtype) {
        var kind = Jvm.kind(dtype);
        boolean wide = kind == TypeKind.DOUBLE;
        switch (f) {
            case NEG -> { if (wide) code.dneg(); else code.fneg(); }
            case ABS -> Jvm.math(code, "abs", kind, 1);
            case SIGN -> Jvm.math(code, "signum", kind, 1);
            case SQRT, FLOOR, CEIL, RINT ->
                inDouble(code, kind, () -> Jvm.math(code, f.name().toLowerCase(Locale.ROOT), TypeKind.DOUBLE, 1));
            case NOT, EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ERF, ERFC, LGAMMA, DIGAMMA,
                LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR ->
                inDouble(code, kind, () -> own(code, f, REAL));
        }
    }

    private static void inDouble(CodeBuilder code, TypeKind kind, Runnable call) {
        if (kind == TypeKind.FLOAT) code.f2d();
        call.run();
        if (kind == TypeKind.FLOAT) code.d2f();
    }

    private void own(CodeBuilder code, Enum<?> f, MethodTypeDesc type) {
        if (!called.contains(f)) called.add(f);
        code.invokestatic(emitter.self, f.name(), type);
    }

    /// The function of the two floats on the stack.
    void call(CodeBuilder code, BinaryFunction f, DType dtype) {
        var kind = Jvm.kind(dtype);
        boolean wide = kind == TypeKind.DOUBLE;
        switch (f) {
            case ADD -> { if (wide) code.dadd(); else code.fadd(); }
            case SUB -> { if (wide) code.dsub(); else code.fsub(); }
            case MUL -> { if (wide) code.dmul(); else code.fmul(); }
            case DIV -> { if (wide) code.ddiv(); else code.fdiv(); }
            case MAX -> Jvm.math(code, "max", kind, 2);
            case MIN -> Jvm.math(code, "min", kind, 2);
            case POW, FLOOR_DIV, REM, ATAN2, POW_FAR, ATAN2_FAR, AND, OR, XOR, SHL, SHR, USHR, MULTIPLY_HIGH -> {
                if (!wide) widenBoth(code);
                own(code, f, REALS);
                if (!wide) code.d2f();
            }
        }
    }

    private static void widenBoth(CodeBuilder code) {
        int second = code.allocateLocal(TypeKind.FLOAT);
        code.fstore(second).f2d().fload(second).f2d();
    }

    /// The methods that calls go to; they may call others.
    void write(ClassBuilder type) {
        for (int k = 0; k < called.size(); k++) {
            var f = called.get(k);
            type.withMethodBody(f.name(), f instanceof UnaryFunction ? REAL : REALS, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> {
                if (f instanceof UnaryFunction u && ElementaryPrograms.has(u)) program(code, u);
                else body(code, f);
            });
        }
    }

    /// A function's program: what is used twice gets a name.
    private void program(CodeBuilder code, UnaryFunction f) {
        var method = new MethodCode(code, emitter, 0);
        var x = new Local(emitter.fresh(), DType.FLOAT64);
        method.parameter(x, 0);
        var program = ElementaryPrograms.expand(ElementaryPrograms.program(f, x));
        method.scalars.emit(new StmtCode(method, false).named(List.of(program)).getFirst());
        code.dreturn();
    }

    private static void body(CodeBuilder code, Enum<?> f) {
        var enumType = Jvm.desc(f.getDeclaringClass());
        Jvm.constant(code, f);
        code.dload(0);
        if (f instanceof BinaryFunction) code.dload(2);
        var type = f instanceof BinaryFunction ? REALS : REAL;
        code.invokestatic(Jvm.desc(Elementary.class), "apply", type.insertParameterTypes(0, enumType)).dreturn();
    }
}
