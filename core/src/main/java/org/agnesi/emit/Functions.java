package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.ElementaryPrograms;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.UnaryFunction;

/// Writes functions of floats: what the JVM has inline, the rest as methods beside the
/// program's own: those that have a program hold it, the others call [Elementary], which says what they are.
final class Functions {
    private final Emitter emitter;
    private final List<Method> called = new ArrayList<>();

    Functions(Emitter emitter) { this.emitter = emitter; }

    /// The function of the float on the stack.
    void call(CodeBuilder code, UnaryFunction f, DType dtype) {
        var kind = Jvm.kind(dtype);
        boolean wide = kind == TypeKind.DOUBLE;
        switch (f) {
            case NEG -> { if (wide) code.dneg(); else code.fneg(); }
            case ABS -> Jvm.math(code, "abs", kind, 1);
            case SIGN -> Jvm.math(code, "signum", kind, 1);
            case SQRT, FLOOR, CEIL, RINT -> {
                if (!wide) code.f2d();
                Jvm.math(code, f.name().toLowerCase(Locale.ROOT), TypeKind.DOUBLE, 1);
                if (!wide) code.d2f();
            }
            case NOT, EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ERF, ERFC, LGAMMA, DIGAMMA,
                LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR -> own(code, f, dtype);
        }
    }

    private void own(CodeBuilder code, Enum<?> f, DType dtype) {
        var method = new Method(f, dtype);
        if (!called.contains(method)) called.add(method);
        code.invokestatic(emitter.self, f.name(), method.type());
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
            case POW, FLOOR_DIV, REM, ATAN2, POW_FAR, ATAN2_FAR, AND, OR, XOR, SHL, SHR, USHR, MULTIPLY_HIGH -> own(code, f, dtype);
        }
    }

    /// The methods that calls go to; they may call others.
    void write(ClassBuilder type) {
        for (int k = 0; k < called.size(); k++) {
            var method = called.get(k);
            type.withMethodBody(method.f.name(), method.type(), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> {
                if (method.f instanceof UnaryFunction u && ElementaryPrograms.has(u)) program(code, u, method.dtype);
                else body(code, method);
            });
        }
    }

    /// A function's program: what is used twice gets a name.
    private void program(CodeBuilder code, UnaryFunction f, DType dtype) {
        var method = new MethodCode(code, emitter, 0);
        var x = new Local(emitter.fresh(), dtype);
        method.parameter(x, 0);
        var program = ElementaryPrograms.expand(ElementaryPrograms.program(f, x));
        method.scalars.emit(new StmtCode(method, false).named(List.of(program)).getFirst());
        code.return_(Jvm.kind(dtype));
    }

    private static void body(CodeBuilder code, Method method) {
        var kind = Jvm.kind(method.dtype);
        Jvm.constant(code, method.f);
        Jvm.constant(code, method.dtype);
        for (int k = 0; k < method.arguments(); k++) {
            code.loadLocal(kind, k * kind.slotSize());
            if (kind == TypeKind.FLOAT) code.f2d();
        }
        var types = Stream.concat(Stream.of(Jvm.desc(method.f.getDeclaringClass()), Jvm.desc(DType.class)),
            Stream.generate(() -> ConstantDescs.CD_double).limit(method.arguments()));
        code.invokestatic(Jvm.desc(Elementary.class), "apply", MethodTypeDesc.of(ConstantDescs.CD_double, types.toList()));
        if (kind == TypeKind.FLOAT) code.d2f();
        code.return_(kind);
    }

    /// A function of floats of one dtype.
    private record Method(Enum<?> f, DType dtype) {
        int arguments() { return f instanceof UnaryFunction ? 1 : 2; }

        MethodTypeDesc type() {
            var real = Jvm.kind(dtype).upperBound();
            return MethodTypeDesc.of(real, Collections.nCopies(arguments(), real));
        }
    }
}
