package org.agnesi.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Bits;
import org.agnesi.kernel.Scalar.Cast;
import org.agnesi.kernel.Scalar.Compare;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Fma;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Input;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalar.Unary;

/// A scalar of two inputs, whose parts are floats, the integers of their width and bools, as a method of float64: each part is
/// computed once, into a variable, and what only a rare case needs is computed only then. It recurs: a function's program is
/// not deep.
final class StraightLine {
    private static final ClassDesc MATH = desc(Math.class);

    private final CodeBuilder code;
    private Map<Scalar, Integer> variables = new IdentityHashMap<>();

    private StraightLine(CodeBuilder code) { this.code = code; }

    static DoubleBinaryOperator of(Scalar body) {
        var lookup = MethodHandles.lookup();
        var bytes = ClassFile.of().build(desc(StraightLine.class).nested("Method"), type -> {
            type.withFlags(ClassFile.ACC_FINAL).withInterfaceSymbols(desc(DoubleBinaryOperator.class));
            type.withMethodBody(INIT_NAME, MTD_void, 0, code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
            type.withMethodBody("applyAsDouble", MethodTypeDesc.of(CD_double, CD_double, CD_double), ClassFile.ACC_PUBLIC, code -> {
                var line = new StraightLine(code);
                line.load(body);
                line.convert(kind(body), TypeKind.DOUBLE);
                code.dreturn();
            });
        });
        try {
            var made = lookup.defineHiddenClass(bytes, true).lookupClass();
            return (DoubleBinaryOperator) made.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a function's own program", e);
        }
    }

    private static ClassDesc desc(Class<?> type) { return type.describeConstable().orElseThrow(); }

    private static TypeKind kind(Scalar x) {
        return switch (x.dtype()) {
            case FLOAT64 -> TypeKind.DOUBLE;
            case FLOAT32 -> TypeKind.FLOAT;
            case INT64 -> TypeKind.LONG;
            case INT32, BOOL -> TypeKind.INT;
            case INT8, UINT8, INT16 -> throw new IllegalArgumentException(
                "a function is written in floats, integers of their width and bools, but got " + x + " of type " + x.dtype());
        };
    }

    private int variable(Scalar x) {
        var found = variables.get(x);
        if (found != null) return found;
        if (x instanceof Rare(_, var condition, var slow, var fast)) branch(condition, slow, fast);
        else value(x);
        int variable = code.allocateLocal(kind(x));
        code.storeLocal(kind(x), variable);
        variables.put(x, variable);
        return variable;
    }

    private void load(Scalar x) {
        if (x instanceof Const c) constant(c);
        else code.loadLocal(kind(x), variable(x));
    }

    private void constant(Const c) {
        switch (kind(c)) {
            case DOUBLE -> code.loadConstant(c.toDouble());
            case FLOAT -> code.loadConstant((float) c.toDouble());
            case LONG -> code.loadConstant(c.bits());
            case INT, BOOLEAN, BYTE, CHAR, SHORT, REFERENCE, VOID -> code.loadConstant((int) c.bits());
        }
    }

    /// What the slow side alone needs is computed inside its branch, so it is not known afterwards.
    private void branch(Scalar condition, Scalar slow, Scalar fast) {
        variable(fast);
        load(condition);
        var known = variables;
        var no = code.newLabel();
        code.ifeq(no);
        choose(no, () -> {
            variables = new IdentityHashMap<>(known);
            load(slow);
            variables = known;
        }, () -> load(fast));
    }

    /// Leaves the value of `x` on the stack.
    private void value(Scalar x) {
        for (var part : Scalars.parts(x)) if (!(part instanceof Const)) variable(part);
        switch (x) {
            case Const c -> constant(c);
            case Input(var operand, _) -> {
                code.dload(1 + 2 * operand);
                convert(TypeKind.DOUBLE, kind(x));
            }
            case Unary(var f, _, var a) -> unary(f, a);
            case Binary(var f, _, var a, var b) -> binary(f, a, b);
            case Compare(var r, var a, var b) -> compare(r, a, b);
            case Select(_, var condition, var a, var b) -> {
                var no = code.newLabel();
                load(condition);
                code.ifeq(no);
                choose(no, () -> load(a), () -> load(b));
            }
            case Fma(_, var a, var b, var c) -> call(MATH, "fma", a, b, c);
            case Bits(var to, var a) -> bits(to, a);
            case Cast _, Rare _, At _, Index _, Size _, Local _, Load _ -> throw new IllegalArgumentException(
                "a function is written without casts and arrays, but got " + x);
        }
    }

    private void bits(DType to, Scalar a) {
        switch (kind(a)) {
            case DOUBLE -> call(desc(Double.class), "doubleToRawLongBits", TypeKind.LONG, a);
            case LONG -> call(desc(Double.class), "longBitsToDouble", TypeKind.DOUBLE, a);
            case FLOAT -> call(desc(Float.class), "floatToRawIntBits", TypeKind.INT, a);
            case INT -> call(desc(Float.class), "intBitsToFloat", TypeKind.FLOAT, a);
            case BOOLEAN, BYTE, CHAR, SHORT, REFERENCE, VOID -> throw new IllegalArgumentException("bits of floats, but got " + to);
        }
    }

    private void convert(TypeKind from, TypeKind to) {
        if (from == TypeKind.FLOAT && to == TypeKind.DOUBLE) code.f2d();
        if (from == TypeKind.DOUBLE && to == TypeKind.FLOAT) code.d2f();
    }

    private void call(ClassDesc owner, String name, Scalar... arguments) { call(owner, name, kind(arguments[0]), arguments); }

    private void call(ClassDesc owner, String name, TypeKind result, Scalar... arguments) {
        for (var a : arguments) load(a);
        var types = Arrays.stream(arguments).map(a -> kind(a).upperBound()).toList();
        code.invokestatic(owner, name, MethodTypeDesc.of(result.upperBound(), types));
    }

    /// A function that the JVM does not have is called by its name.
    private void apply(Enum<?> f, Scalar... arguments) {
        var type = desc(f.getDeclaringClass());
        code.getstatic(type, f.name(), type);
        for (var a : arguments) {
            load(a);
            convert(kind(a), TypeKind.DOUBLE);
        }
        var types = Stream.concat(Stream.of(type), Arrays.stream(arguments).map(_ -> CD_double)).toList();
        code.invokestatic(desc(Elementary.class), "apply", MethodTypeDesc.of(CD_double, types));
        convert(TypeKind.DOUBLE, kind(arguments[0]));
    }

    private void unary(UnaryFunction f, Scalar a) {
        switch (f) {
            case NOT -> {
                load(a);
                code.iconst_1().ixor();
            }
            case NEG -> {
                load(a);
                if (kind(a) == TypeKind.DOUBLE) code.dneg();
                else code.fneg();
            }
            case ABS -> call(MATH, "abs", a);
            case SQRT -> {
                load(a);
                convert(kind(a), TypeKind.DOUBLE);
                code.invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double));
                convert(TypeKind.DOUBLE, kind(a));
            }
            case SIGN, FLOOR, CEIL, RINT, EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ERF, ERFC, LGAMMA,
                DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR -> apply(f, a);
        }
    }

    private void binary(BinaryFunction f, Scalar a, Scalar b) {
        switch (f) {
            case ADD -> operator(a, b, Opcode.DADD, Opcode.FADD, Opcode.LADD, Opcode.IADD);
            case SUB -> operator(a, b, Opcode.DSUB, Opcode.FSUB, Opcode.LSUB, Opcode.ISUB);
            case MUL -> operator(a, b, Opcode.DMUL, Opcode.FMUL, Opcode.LMUL, Opcode.IMUL);
            case DIV -> operator(a, b, Opcode.DDIV, Opcode.FDIV, Opcode.LDIV, Opcode.IDIV);
            case AND -> operator(a, b, Opcode.LAND, Opcode.IAND);
            case OR -> operator(a, b, Opcode.LOR, Opcode.IOR);
            case XOR -> operator(a, b, Opcode.LXOR, Opcode.IXOR);
            case SHL -> shift(a, b, Opcode.LSHL, Opcode.ISHL);
            case SHR -> shift(a, b, Opcode.LSHR, Opcode.ISHR);
            case USHR -> shift(a, b, Opcode.LUSHR, Opcode.IUSHR);
            case MULTIPLY_HIGH -> call(MATH, "multiplyHigh", a, b);
            case POW, MAX, MIN, FLOOR_DIV, REM, ATAN2, POW_FAR, ATAN2_FAR -> apply(f, a, b);
        }
    }

    private void operator(Scalar a, Scalar b, Opcode doubles, Opcode floats, Opcode longs, Opcode ints) {
        switch (kind(a)) {
            case DOUBLE -> operator(a, b, doubles, ints);
            case FLOAT -> operator(a, b, floats, floats);
            case LONG, INT, BOOLEAN, BYTE, CHAR, SHORT, REFERENCE, VOID -> operator(a, b, longs, ints);
        }
    }

    /// One opcode for what takes two places on the stack, one for what takes one.
    private void operator(Scalar a, Scalar b, Opcode wide, Opcode narrow) {
        load(a);
        load(b);
        code.with(OperatorInstruction.of(kind(a).slotSize() == 2 ? wide : narrow));
    }

    private void shift(Scalar a, Scalar b, Opcode wide, Opcode narrow) {
        load(a);
        load(b);
        if (kind(b) == TypeKind.LONG) code.l2i();
        code.with(OperatorInstruction.of(kind(a) == TypeKind.LONG ? wide : narrow));
    }

    private void compare(Relation r, Scalar a, Scalar b) {
        load(a);
        load(b);
        var no = code.newLabel();
        r.unless(code, kind(a), no);
        choose(no, code::iconst_1, code::iconst_0);
    }

    /// Ends a test that goes to `no`.
    private void choose(Label no, Runnable then, Runnable otherwise) {
        var end = code.newLabel();
        then.run();
        code.goto_(end).labelBinding(no);
        otherwise.run();
        code.labelBinding(end);
    }
}
