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
import java.util.Locale;
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

/// A scalar of two float64 inputs, whose parts are float64, int64 and bool, as a method: each part is computed once, into
/// a variable, and what only a rare case needs is computed only then. It recurs: a function's program is not deep.
final class StraightLine {
    private static final ClassDesc MATH = desc(Math.class);
    private static final ClassDesc DOUBLE = desc(Double.class);

    private final CodeBuilder code;
    private Map<Scalar, Integer> variables = new IdentityHashMap<>();

    private StraightLine(CodeBuilder code) { this.code = code; }

    static DoubleBinaryOperator of(Scalar body) {
        var lookup = MethodHandles.lookup();
        var bytes = ClassFile.of().build(desc(StraightLine.class).nested("Method"), type -> {
            type.withFlags(ClassFile.ACC_FINAL).withInterfaceSymbols(desc(DoubleBinaryOperator.class));
            type.withMethodBody(INIT_NAME, MTD_void, 0, code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
            type.withMethodBody("applyAsDouble", MethodTypeDesc.of(CD_double, CD_double, CD_double), ClassFile.ACC_PUBLIC, code -> {
                int result = new StraightLine(code).variable(body);
                code.dload(result).dreturn();
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
            case INT64 -> TypeKind.LONG;
            case BOOL -> TypeKind.INT;
            case FLOAT32, INT8, UINT8, INT16, INT32 -> throw new IllegalArgumentException(
                "a function is written in float64, int64 and bools, but got " + x + " of type " + x.dtype());
        };
    }

    private int variable(Scalar x) {
        if (x instanceof Input(var operand, _)) return 1 + 2 * operand;
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
            case LONG -> code.loadConstant(c.bits());
            case INT, BOOLEAN, BYTE, CHAR, SHORT, FLOAT, REFERENCE, VOID -> code.loadConstant((int) c.bits());
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
            case Bits(var to, var a) -> call(DOUBLE, to == DType.INT64 ? "doubleToRawLongBits" : "longBitsToDouble", kind(x), a);
            case Cast _, Rare _, At _, Index _, Input _, Size _, Local _, Load _ -> throw new IllegalArgumentException(
                "a function is written without casts and arrays, but got " + x);
        }
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
        for (var a : arguments) load(a);
        var types = Stream.concat(Stream.of(type), Arrays.stream(arguments).map(_ -> CD_double)).toList();
        code.invokestatic(desc(Elementary.class), "apply", MethodTypeDesc.of(CD_double, types));
    }

    private void unary(UnaryFunction f, Scalar a) {
        switch (f) {
            case NOT -> {
                load(a);
                code.iconst_1().ixor();
            }
            case NEG -> {
                load(a);
                code.dneg();
            }
            case ABS, SQRT -> call(MATH, f.name().toLowerCase(Locale.ROOT), a);
            case SIGN, FLOOR, CEIL, RINT, EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ERF, ERFC, LGAMMA,
                DIGAMMA, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR -> apply(f, a);
        }
    }

    private void binary(BinaryFunction f, Scalar a, Scalar b) {
        var kind = kind(a);
        switch (f) {
            case ADD -> operator(kind == TypeKind.DOUBLE ? Opcode.DADD : Opcode.LADD, a, b);
            case SUB -> operator(kind == TypeKind.DOUBLE ? Opcode.DSUB : Opcode.LSUB, a, b);
            case MUL -> operator(kind == TypeKind.DOUBLE ? Opcode.DMUL : Opcode.LMUL, a, b);
            case DIV -> operator(Opcode.DDIV, a, b);
            case AND -> operator(kind == TypeKind.INT ? Opcode.IAND : Opcode.LAND, a, b);
            case OR -> operator(kind == TypeKind.INT ? Opcode.IOR : Opcode.LOR, a, b);
            case XOR -> operator(kind == TypeKind.INT ? Opcode.IXOR : Opcode.LXOR, a, b);
            case SHL -> shift(Opcode.LSHL, a, b);
            case SHR -> shift(Opcode.LSHR, a, b);
            case USHR -> shift(Opcode.LUSHR, a, b);
            case MULTIPLY_HIGH -> call(MATH, "multiplyHigh", a, b);
            case POW, MAX, MIN, FLOOR_DIV, REM, ATAN2, POW_FAR, ATAN2_FAR -> apply(f, a, b);
        }
    }

    private void operator(Opcode opcode, Scalar a, Scalar b) {
        load(a);
        load(b);
        code.with(OperatorInstruction.of(opcode));
    }

    private void shift(Opcode opcode, Scalar a, Scalar b) {
        load(a);
        load(b);
        code.l2i().with(OperatorInstruction.of(opcode));
    }

    /// NaN compares as what makes the relation false.
    private void compare(Relation r, Scalar a, Scalar b) {
        load(a);
        load(b);
        if (kind(a) == TypeKind.LONG) code.lcmp();
        else if (r == Relation.LT || r == Relation.LE) code.dcmpg();
        else code.dcmpl();
        var no = code.newLabel();
        switch (r) {
            case LT -> code.ifge(no);
            case LE -> code.ifgt(no);
            case GT -> code.ifle(no);
            case GE -> code.iflt(no);
            case EQ -> code.ifne(no);
            case NE -> code.ifeq(no);
        }
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
