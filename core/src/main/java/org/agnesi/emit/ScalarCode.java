package org.agnesi.emit;

import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.INT64;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Integers;
import org.agnesi.kernel.Scalar;
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
import org.agnesi.kernel.UnaryFunction;

/// Writes scalars: the value of each ends on the JVM's stack, as its dtype's kind.
final class ScalarCode {
    private final MethodCode method;
    private final CodeBuilder code;
    private final IntegerCode integers;

    ScalarCode(MethodCode method) {
        this.method = method;
        this.code = method.code;
        integers = new IntegerCode(method);
    }

    void emit(Scalar x) {
        switch (x) {
            case Const c -> Jvm.constant(code, c);
            case Local local -> {
                var variable = method.variable(local);
                code.loadLocal(variable.kind(), variable.slot());
                if (variable.kind() != Jvm.kind(local.dtype())) code.i2l();
            }
            case Size size -> {
                method.size(size);
                code.i2l();
            }
            case Load load -> load(load);
            case Unary(var f, var dtype, var a) -> unary(f, dtype, a);
            case Binary(var f, var dtype, var a, var b) -> binary(f, dtype, a, b);
            case Compare _ -> choose(x, code::iconst_1, code::iconst_0);
            case Select(_, var condition, var a, var b) -> choose(condition, () -> emit(a), () -> emit(b));
            case Rare(_, var condition, var slow, var fast) -> choose(condition, () -> emit(slow), () -> emit(fast));
            case Fma(var dtype, var a, var b, var c) -> {
                for (var part : List.of(a, b, c)) emit(part);
                Jvm.math(code, "fma", Jvm.kind(dtype), 3);
            }
            case Bits(var to, var a) -> {
                emit(a);
                Jvm.bits(code, to);
            }
            case Cast(var to, var a) -> cast(to, a);
            case At _, Index _, Input _ -> throw new IllegalArgumentException(
                "a program computes from locals, loads and sizes, but got " + x + " of type " + x.dtype());
        }
    }

    /// The low 32 bits of an int64.
    void low(Scalar x) {
        switch (x) {
            case Const c -> code.loadConstant((int) c.bits());
            case Size size -> method.size(size);
            case Local local when method.variable(local).kind() == TypeKind.INT -> code.iload(method.variable(local).slot());
            case Binary(var f, _, var a, var b) when Narrow.isRing(x) -> {
                low(a);
                low(b);
                integers.inline(f, DType.INT32);
            }
            case Cast(_, var a) when Jvm.kind(a.dtype()) == TypeKind.INT -> emit(a);
            case Scalar other -> {
                emit(other);
                code.l2i();
            }
        }
    }

    private void choose(Scalar condition, Runnable then, Runnable otherwise) {
        var no = code.newLabel();
        var end = code.newLabel();
        unless(condition, no);
        then.run();
        code.goto_(end).labelBinding(no);
        otherwise.run();
        code.labelBinding(end);
    }

    /// Goes to `no` where a bool is false.
    void unless(Scalar condition, Label no) {
        if (!(condition instanceof Compare(var r, var a, var b))) {
            emit(condition);
            code.ifeq(no);
            return;
        }
        emit(a);
        emit(b);
        r.unless(code, Jvm.kind(a.dtype()), no);
    }

    private void load(Load load) {
        if (method.emitter.exposed.contains(load)) {
            guarded(load);
            return;
        }
        method.array(load.buffer());
        low(load.index());
        element(load.dtype());
    }

    private void element(DType dtype) {
        code.arrayLoad(Jvm.element(dtype));
        if (dtype == DType.UINT8) code.loadConstant(0xff).iand();
    }

    /// Outside its array a load gives 0.
    private void guarded(Load load) {
        int place = code.allocateLocal(TypeKind.INT);
        low(load.index());
        code.istore(place);
        var outside = code.newLabel();
        var end = code.newLabel();
        code.iload(place).iflt(outside).iload(place);
        method.array(load.buffer());
        code.arraylength().if_icmpge(outside);
        method.array(load.buffer());
        code.iload(place);
        element(load.dtype());
        code.goto_(end).labelBinding(outside);
        Jvm.constant(code, Const.of(load.dtype(), 0));
        code.labelBinding(end);
    }

    private void unary(UnaryFunction f, DType dtype, Scalar a) {
        if (!dtype.isFloating()) {
            integers.unary(f, dtype, a);
            return;
        }
        emit(a);
        method.emitter.functions.call(code, f, dtype);
    }

    private void binary(BinaryFunction f, DType dtype, Scalar a, Scalar b) {
        if (!dtype.isFloating()) {
            integers.binary(f, dtype, a, b);
            return;
        }
        emit(a);
        emit(b);
        method.emitter.functions.call(code, f, dtype);
    }

    private void cast(DType to, Scalar a) {
        var from = a.dtype();
        if (to == BOOL) choose(Scalar.ne(a, Const.of(from, 0)), code::iconst_1, code::iconst_0);
        else if (from.isFloating() && !to.isFloating() && to != INT64 && to != DType.INT32) saturate(to, a);
        else {
            emit(a);
            code.conversion(Jvm.kind(from), Jvm.kind(to));
            if (!to.isFloating()) integers.wrap(to);
        }
    }

    private void saturate(DType to, Scalar a) {
        Jvm.constant(code, to);
        emit(a);
        code.conversion(Jvm.kind(a.dtype()), TypeKind.DOUBLE);
        code.invokestatic(Jvm.desc(Integers.class), "fromFloat",
            Jvm.method(ConstantDescs.CD_long, Jvm.desc(DType.class), ConstantDescs.CD_double)).l2i();
    }
}
