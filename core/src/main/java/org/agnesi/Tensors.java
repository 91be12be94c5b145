package org.agnesi;

import org.agnesi.array.DType;
import org.agnesi.op.Add;
import org.agnesi.op.Cast;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Div;
import org.agnesi.op.Exp;
import org.agnesi.op.Fill;
import org.agnesi.op.Log;
import org.agnesi.op.Logical;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Pow;
import org.agnesi.op.Sub;
import org.agnesi.op.Sum;
import org.agnesi.op.Variable;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.TensorType;

/// Every operation by name, one line each: the table of contents of the library. Import it statically.
public final class Tensors {
    private Tensors() {}

    // variables and constants

    public static Expr dscalar(String name)             { return tensor(name, DType.FLOAT64); }
    public static Expr dvector(String name)             { return tensor(name, DType.FLOAT64, -1); }
    public static Expr dvector(String name, int n)      { return tensor(name, DType.FLOAT64, n); }
    public static Expr dmatrix(String name)             { return tensor(name, DType.FLOAT64, -1, -1); }
    public static Expr dmatrix(String name, int m, int n) { return tensor(name, DType.FLOAT64, m, n); }
    /// A variable of any dtype and rank; −1 stands for a size known only at the call.
    public static Expr tensor(String name, DType dtype, int... dims) { return Variable.variable(name, TensorType.of(dtype, dims)); }
    /// Any Java value as an expression: a number gives way to the dtype it meets, an array keeps its own.
    public static Expr constant(Object value)           { return Constant.constant(value); }

    // arithmetic

    public static Expr add(Expr a, Expr b)              { return Add.add(a, b); }
    public static Expr add(Expr a, Number b)            { return Add.add(a, constant(b)); }
    public static Expr add(Number a, Expr b)            { return Add.add(constant(a), b); }
    public static Expr sub(Expr a, Expr b)              { return Sub.sub(a, b); }
    public static Expr sub(Expr a, Number b)            { return Sub.sub(a, constant(b)); }
    public static Expr sub(Number a, Expr b)            { return Sub.sub(constant(a), b); }
    public static Expr mul(Expr a, Expr b)              { return Mul.mul(a, b); }
    public static Expr mul(Expr a, Number b)            { return Mul.mul(a, constant(b)); }
    public static Expr mul(Number a, Expr b)            { return Mul.mul(constant(a), b); }
    public static Expr div(Expr a, Expr b)              { return Div.div(a, b); }
    public static Expr div(Expr a, Number b)            { return Div.div(a, constant(b)); }
    public static Expr div(Number a, Expr b)            { return Div.div(constant(a), b); }
    public static Expr pow(Expr a, Expr b)              { return Pow.pow(a, b); }
    public static Expr pow(Expr a, Number b)            { return Pow.pow(a, constant(b)); }
    public static Expr pow(Number a, Expr b)            { return Pow.pow(constant(a), b); }
    public static Expr neg(Expr x)                      { return Neg.neg(x); }

    // elementary functions

    public static Expr exp(Expr x)                      { return Exp.exp(x); }
    public static Expr log(Expr x)                      { return Log.log(x); }

    // comparisons, logic, choice

    public static Expr lt(Expr a, Expr b)               { return Compare.lt(a, b); }
    public static Expr lt(Expr a, Number b)             { return Compare.lt(a, constant(b)); }
    public static Expr lt(Number a, Expr b)             { return Compare.lt(constant(a), b); }
    public static Expr le(Expr a, Expr b)               { return Compare.le(a, b); }
    public static Expr le(Expr a, Number b)             { return Compare.le(a, constant(b)); }
    public static Expr le(Number a, Expr b)             { return Compare.le(constant(a), b); }
    public static Expr gt(Expr a, Expr b)               { return Compare.gt(a, b); }
    public static Expr gt(Expr a, Number b)             { return Compare.gt(a, constant(b)); }
    public static Expr gt(Number a, Expr b)             { return Compare.gt(constant(a), b); }
    public static Expr ge(Expr a, Expr b)               { return Compare.ge(a, b); }
    public static Expr ge(Expr a, Number b)             { return Compare.ge(a, constant(b)); }
    public static Expr ge(Number a, Expr b)             { return Compare.ge(constant(a), b); }
    public static Expr eq(Expr a, Expr b)               { return Compare.eq(a, b); }
    public static Expr eq(Expr a, Number b)             { return Compare.eq(a, constant(b)); }
    public static Expr eq(Number a, Expr b)             { return Compare.eq(constant(a), b); }
    public static Expr ne(Expr a, Expr b)               { return Compare.ne(a, b); }
    public static Expr ne(Expr a, Number b)             { return Compare.ne(a, constant(b)); }
    public static Expr ne(Number a, Expr b)             { return Compare.ne(constant(a), b); }
    public static Expr and(Expr a, Expr b)              { return Logical.and(a, b); }
    public static Expr or(Expr a, Expr b)               { return Logical.or(a, b); }
    public static Expr xor(Expr a, Expr b)              { return Logical.xor(a, b); }
    public static Expr not(Expr a)                      { return Logical.not(a); }
    public static Expr where(Expr c, Object a, Object b) { return Where.where(c, a, b); }
    public static Expr cast(Expr x, DType to)           { return Cast.cast(x, to); }

    // reductions

    /// The axes of a reduction; `axes(-1).keep()` keeps them as dimensions of size 1.
    public static Axes axes(int... axes)                { return Axes.over(axes); }
    public static Expr sum(Expr x)                      { return Sum.sum(x); }
    public static Expr sum(Expr x, int... axes)         { return Sum.sum(x, Axes.over(axes)); }
    public static Expr sum(Expr x, Axes axes)           { return Sum.sum(x, axes); }

    // products

    // shape

    public static Expr transpose(Expr x)                { return DimShuffle.transpose(x); }
    public static Expr expandDims(Expr x, int axis)     { return DimShuffle.expandDims(x, axis); }
    public static Expr fill(Expr a, Expr v)             { return Fill.fill(a, v); }
    public static Expr fill(Expr a, Number v)           { return Fill.fill(a, constant(v)); }

    // construction

    // indexing and joining

    // linear algebra

    // loops, branches, randomness, checks
}
