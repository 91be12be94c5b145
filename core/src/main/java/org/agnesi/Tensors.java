package org.agnesi;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.error.Required;
import org.agnesi.op.Abs;
import org.agnesi.op.Acos;
import org.agnesi.op.Add;
import org.agnesi.op.AlongAxis;
import org.agnesi.op.Arange;
import org.agnesi.op.Argmax;
import org.agnesi.op.Argmin;
import org.agnesi.op.Asin;
import org.agnesi.op.Assert;
import org.agnesi.op.Atan;
import org.agnesi.op.Atan2;
import org.agnesi.op.Call;
import org.agnesi.op.Cast;
import org.agnesi.op.Ceil;
import org.agnesi.op.Cholesky;
import org.agnesi.op.Clip;
import org.agnesi.op.Compare;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Constant;
import org.agnesi.op.Construction;
import org.agnesi.op.Cos;
import org.agnesi.op.Cosh;
import org.agnesi.op.Cumprod;
import org.agnesi.op.Cumsum;
import org.agnesi.op.Custom;
import org.agnesi.op.Diagonal;
import org.agnesi.op.Digamma;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.DisconnectedGrad;
import org.agnesi.op.Div;
import org.agnesi.op.Einsum;
import org.agnesi.op.Erf;
import org.agnesi.op.Erfc;
import org.agnesi.op.Exp;
import org.agnesi.op.Exp2;
import org.agnesi.op.Expm1;
import org.agnesi.op.Extreme;
import org.agnesi.op.Eye;
import org.agnesi.op.Fill;
import org.agnesi.op.Floor;
import org.agnesi.op.Gather;
import org.agnesi.op.GradClip;
import org.agnesi.op.GradScale;
import org.agnesi.op.IfElse;
import org.agnesi.op.IntDiv;
import org.agnesi.op.Inverse;
import org.agnesi.op.Lgamma;
import org.agnesi.op.Log;
import org.agnesi.op.Log10;
import org.agnesi.op.Log1p;
import org.agnesi.op.Log2;
import org.agnesi.op.LogSoftmax;
import org.agnesi.op.Logical;
import org.agnesi.op.Logsumexp;
import org.agnesi.op.Max;
import org.agnesi.op.Mean;
import org.agnesi.op.Min;
import org.agnesi.op.Movement;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Nonzero;
import org.agnesi.op.Norm;
import org.agnesi.op.Normal;
import org.agnesi.op.OneHot;
import org.agnesi.op.Polygamma;
import org.agnesi.op.Pow;
import org.agnesi.op.Print;
import org.agnesi.op.Prod;
import org.agnesi.op.Products;
import org.agnesi.op.Quantifier;
import org.agnesi.op.Reciprocal;
import org.agnesi.op.Rem;
import org.agnesi.op.Repetition;
import org.agnesi.op.Reshape;
import org.agnesi.op.Round;
import org.agnesi.op.Sigmoid;
import org.agnesi.op.Sign;
import org.agnesi.op.Sin;
import org.agnesi.op.Sinh;
import org.agnesi.op.Slogdet;
import org.agnesi.op.Softmax;
import org.agnesi.op.Softplus;
import org.agnesi.op.Solve;
import org.agnesi.op.SolveTriangular;
import org.agnesi.op.Sqr;
import org.agnesi.op.Sqrt;
import org.agnesi.op.Sub;
import org.agnesi.op.Subkey;
import org.agnesi.op.Sum;
import org.agnesi.op.Tan;
import org.agnesi.op.Tanh;
import org.agnesi.op.Uniform;
import org.agnesi.op.Var;
import org.agnesi.op.Variable;
import org.agnesi.op.Where;
import org.agnesi.op.ZeroGrad;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Index;
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
    /// A matrix of one row, which broadcasts along its first dimension.
    public static Expr drow(String name)                { return tensor(name, DType.FLOAT64, 1, -1); }
    /// A matrix of one column, which broadcasts along its second dimension.
    public static Expr dcol(String name)                { return tensor(name, DType.FLOAT64, -1, 1); }
    public static Expr dtensor3(String name)            { return tensor(name, DType.FLOAT64, -1, -1, -1); }
    public static Expr fscalar(String name)             { return tensor(name, DType.FLOAT32); }
    public static Expr fvector(String name)             { return tensor(name, DType.FLOAT32, -1); }
    public static Expr fmatrix(String name)             { return tensor(name, DType.FLOAT32, -1, -1); }
    public static Expr iscalar(String name)             { return tensor(name, DType.INT32); }
    public static Expr ivector(String name)             { return tensor(name, DType.INT32, -1); }
    public static Expr imatrix(String name)             { return tensor(name, DType.INT32, -1, -1); }
    public static Expr lscalar(String name)             { return tensor(name, DType.INT64); }
    public static Expr lvector(String name)             { return tensor(name, DType.INT64, -1); }
    public static Expr lmatrix(String name)             { return tensor(name, DType.INT64, -1, -1); }
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
    public static Expr intDiv(Expr a, Expr b)           { return IntDiv.intDiv(a, b); }
    public static Expr intDiv(Expr a, Number b)         { return IntDiv.intDiv(a, constant(b)); }
    public static Expr intDiv(Number a, Expr b)         { return IntDiv.intDiv(constant(a), b); }
    public static Expr rem(Expr a, Expr b)              { return Rem.rem(a, b); }
    public static Expr rem(Expr a, Number b)            { return Rem.rem(a, constant(b)); }
    public static Expr rem(Number a, Expr b)            { return Rem.rem(constant(a), b); }

    // elementary functions

    public static Expr exp(Expr x)                      { return Exp.exp(x); }
    public static Expr log(Expr x)                      { return Log.log(x); }
    public static Expr sqr(Expr x)                      { return Sqr.sqr(x); }
    public static Expr sqrt(Expr x)                     { return Sqrt.sqrt(x); }
    public static Expr expm1(Expr x)                    { return Expm1.expm1(x); }
    public static Expr log1p(Expr x)                    { return Log1p.log1p(x); }
    public static Expr log2(Expr x)                     { return Log2.log2(x); }
    public static Expr log10(Expr x)                    { return Log10.log10(x); }
    public static Expr exp2(Expr x)                     { return Exp2.exp2(x); }
    public static Expr sin(Expr x)                      { return Sin.sin(x); }
    public static Expr cos(Expr x)                      { return Cos.cos(x); }
    public static Expr tan(Expr x)                      { return Tan.tan(x); }
    public static Expr asin(Expr x)                     { return Asin.asin(x); }
    public static Expr acos(Expr x)                     { return Acos.acos(x); }
    public static Expr atan(Expr x)                     { return Atan.atan(x); }
    public static Expr sinh(Expr x)                     { return Sinh.sinh(x); }
    public static Expr cosh(Expr x)                     { return Cosh.cosh(x); }
    public static Expr tanh(Expr x)                     { return Tanh.tanh(x); }
    public static Expr sigmoid(Expr x)                  { return Sigmoid.sigmoid(x); }
    public static Expr softplus(Expr x)                 { return Softplus.softplus(x); }
    public static Expr erf(Expr x)                      { return Erf.erf(x); }
    public static Expr erfc(Expr x)                     { return Erfc.erfc(x); }
    public static Expr lgamma(Expr x)                   { return Lgamma.lgamma(x); }
    public static Expr digamma(Expr x)                  { return Digamma.digamma(x); }
    /// The n-th derivative of digamma.
    public static Expr polygamma(int n, Expr x)         { return Polygamma.polygamma(n, x); }
    public static Expr atan2(Expr a, Expr b)            { return Atan2.atan2(a, b); }
    public static Expr atan2(Expr a, Number b)          { return Atan2.atan2(a, constant(b)); }
    public static Expr atan2(Number a, Expr b)          { return Atan2.atan2(constant(a), b); }

    // magnitudes, steps, bounds

    public static Expr abs(Expr x)                      { return Abs.abs(x); }
    public static Expr sign(Expr x)                     { return Sign.sign(x); }
    public static Expr floor(Expr x)                    { return Floor.floor(x); }
    public static Expr ceil(Expr x)                     { return Ceil.ceil(x); }
    public static Expr round(Expr x)                    { return Round.round(x); }
    public static Expr reciprocal(Expr x)               { return Reciprocal.reciprocal(x); }
    public static Expr maximum(Expr a, Expr b)          { return Extreme.maximum(a, b); }
    public static Expr maximum(Expr a, Number b)        { return Extreme.maximum(a, constant(b)); }
    public static Expr maximum(Number a, Expr b)        { return Extreme.maximum(constant(a), b); }
    public static Expr minimum(Expr a, Expr b)          { return Extreme.minimum(a, b); }
    public static Expr minimum(Expr a, Number b)        { return Extreme.minimum(a, constant(b)); }
    public static Expr minimum(Number a, Expr b)        { return Extreme.minimum(constant(a), b); }
    public static Expr clip(Expr x, Object low, Object high){ return Clip.clip(x, low, high); }
    /// A function of the user's: its value in Java, its derivative as a formula of x and y, `elementwise("square", x -> x * x, (x, y) -> x.times(2))`.
    public static UnaryOperator<Expr> elementwise(String name, DoubleUnaryOperator f, BinaryOperator<Expr> derivative) { return Custom.elementwise(name, f, derivative); }

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
    public static Expr isnan(Expr x)                    { return Compare.isnan(x); }
    public static Expr isinf(Expr x)                    { return Compare.isinf(x); }
    public static Expr isfinite(Expr x)                 { return Compare.isfinite(x); }
    public static Expr and(Expr a, Expr b)              { return Logical.and(a, b); }
    public static Expr or(Expr a, Expr b)               { return Logical.or(a, b); }
    public static Expr xor(Expr a, Expr b)              { return Logical.xor(a, b); }
    public static Expr not(Expr a)                      { return Logical.not(a); }
    public static Expr where(Expr c, Object a, Object b) { return Where.where(c, a, b); }
    public static Expr cast(Expr x, DType to)           { return Cast.cast(x, to); }

    // gradients shaped

    public static Expr zeroGrad(Expr x)                 { return ZeroGrad.zeroGrad(x); }
    public static Expr disconnectedGrad(Expr x)         { return DisconnectedGrad.disconnectedGrad(x); }
    public static Expr gradClip(Expr x, double low, double high){ return GradClip.gradClip(x, low, high); }
    public static Expr gradScale(Expr x, double factor) { return GradScale.gradScale(x, factor); }

    // reductions

    /// The axes of a reduction; `axes(-1).keep()` keeps them as dimensions of size 1.
    public static Axes axes(int... axes)                { return Axes.over(axes); }
    public static Expr sum(Expr x)                      { return Sum.sum(x); }
    public static Expr sum(Expr x, int... axes)         { return Sum.sum(x, Axes.over(axes)); }
    public static Expr sum(Expr x, Axes axes)           { return Sum.sum(x, axes); }
    public static Expr prod(Expr x)                     { return Prod.prod(x); }
    public static Expr prod(Expr x, int... axes)        { return Prod.prod(x, Axes.over(axes)); }
    public static Expr prod(Expr x, Axes axes)          { return Prod.prod(x, axes); }
    public static Expr mean(Expr x)                     { return Mean.mean(x); }
    public static Expr mean(Expr x, int... axes)        { return Mean.mean(x, Axes.over(axes)); }
    public static Expr mean(Expr x, Axes axes)          { return Mean.mean(x, axes); }
    public static Expr max(Expr x)                      { return Max.max(x); }
    public static Expr max(Expr x, int... axes)         { return Max.max(x, Axes.over(axes)); }
    public static Expr max(Expr x, Axes axes)           { return Max.max(x, axes); }
    public static Expr min(Expr x)                      { return Min.min(x); }
    public static Expr min(Expr x, int... axes)         { return Min.min(x, Axes.over(axes)); }
    public static Expr min(Expr x, Axes axes)           { return Min.min(x, axes); }
    public static Expr any(Expr x)                      { return Quantifier.any(x); }
    public static Expr any(Expr x, int... axes)         { return Quantifier.any(x, Axes.over(axes)); }
    public static Expr any(Expr x, Axes axes)           { return Quantifier.any(x, axes); }
    public static Expr all(Expr x)                      { return Quantifier.all(x); }
    public static Expr all(Expr x, int... axes)         { return Quantifier.all(x, Axes.over(axes)); }
    public static Expr all(Expr x, Axes axes)           { return Quantifier.all(x, axes); }
    public static Expr argmax(Expr x)                   { return Argmax.argmax(x); }
    public static Expr argmax(Expr x, int... axes)      { return Argmax.argmax(x, Axes.over(axes)); }
    public static Expr argmax(Expr x, Axes axes)        { return Argmax.argmax(x, axes); }
    public static Expr argmin(Expr x)                   { return Argmin.argmin(x); }
    public static Expr argmin(Expr x, int... axes)      { return Argmin.argmin(x, Axes.over(axes)); }
    public static Expr argmin(Expr x, Axes axes)        { return Argmin.argmin(x, axes); }
    public static Expr cumsum(Expr x)                   { return Cumsum.cumsum(x); }
    public static Expr cumsum(Expr x, int axis)         { return Cumsum.cumsum(x, axis); }
    public static Expr cumprod(Expr x)                  { return Cumprod.cumprod(x); }
    public static Expr cumprod(Expr x, int axis)        { return Cumprod.cumprod(x, axis); }
    public static Expr norm(Expr x)                     { return Norm.norm(x); }
    public static Expr norm(Expr x, int... axes)        { return Norm.norm(x, Axes.over(axes)); }
    public static Expr norm(Expr x, Axes axes)          { return Norm.norm(x, axes); }
    public static Expr logsumexp(Expr x)                { return Logsumexp.logsumexp(x); }
    public static Expr logsumexp(Expr x, int... axes)   { return Logsumexp.logsumexp(x, Axes.over(axes)); }
    public static Expr logsumexp(Expr x, Axes axes)     { return Logsumexp.logsumexp(x, axes); }
    public static Expr var(Expr x)                      { return Var.var(x, Axes.ALL, 0); }
    public static Expr var(Expr x, int... axes)         { return Var.var(x, Axes.over(axes), 0); }
    public static Expr var(Expr x, Axes axes)           { return Var.var(x, axes, 0); }
    /// Divided by n − ddof.
    public static Expr var(Expr x, Axes axes, int ddof) { return Var.var(x, axes, ddof); }
    public static Expr std(Expr x)                      { return Var.std(x, Axes.ALL, 0); }
    public static Expr std(Expr x, int... axes)         { return Var.std(x, Axes.over(axes), 0); }
    public static Expr std(Expr x, Axes axes)           { return Var.std(x, axes, 0); }
    /// Divided by n − ddof.
    public static Expr std(Expr x, Axes axes, int ddof) { return Var.std(x, axes, ddof); }
    /// The largest less the smallest element.
    public static Expr ptp(Expr x)                      { return sub(max(x), min(x)); }
    public static Expr ptp(Expr x, int... axes)         { return sub(max(x, axes), min(x, axes)); }
    /// Along the last axis.
    public static Expr softmax(Expr x)                  { return Softmax.softmax(x); }
    public static Expr softmax(Expr x, int... axes)     { return Softmax.softmax(x, Axes.over(axes)); }
    public static Expr softmax(Expr x, Axes axes)       { return Softmax.softmax(x, axes); }
    /// Along the last axis.
    public static Expr logSoftmax(Expr x)               { return LogSoftmax.logSoftmax(x); }
    public static Expr logSoftmax(Expr x, int... axes)  { return LogSoftmax.logSoftmax(x, Axes.over(axes)); }
    public static Expr logSoftmax(Expr x, Axes axes)    { return LogSoftmax.logSoftmax(x, axes); }

    // products

    public static Expr dot(Expr a, Expr b)              { return Products.dot(a, b); }
    public static Expr matmul(Expr a, Expr b)           { return Products.matmul(a, b); }
    public static Expr outer(Expr a, Expr b)            { return Products.outer(a, b); }
    public static Expr tensordot(Expr a, Expr b, int count) { return Products.tensordot(a, b, count); }
    public static Expr tensordot(Expr a, Expr b, int[] axesA, int[] axesB) { return Products.tensordot(a, axesA, b, axesB); }
    /// Sums of products in Einstein's notation: `einsum("ij,jk->ik", a, b)`.
    public static Expr einsum(String subscripts, Expr... operands) { return Einsum.einsum(subscripts, Required.all("einsum", "an operand", operands)); }
    public static Expr diagonal(Expr x)                 { return Diagonal.diagonal(x, 0, 0, 1); }
    public static Expr diagonal(Expr x, int offset)     { return Diagonal.diagonal(x, offset, 0, 1); }
    public static Expr diagonal(Expr x, int offset, int axis1, int axis2) { return Diagonal.diagonal(x, offset, axis1, axis2); }
    public static Expr trace(Expr x)                    { return Diagonal.trace(x); }
    /// The diagonal of a matrix, or the matrix with that diagonal.
    public static Expr diag(Expr x)                     { return Diagonal.diag(x, 0); }
    public static Expr diag(Expr x, int offset)         { return Diagonal.diag(x, offset); }

    // shape

    /// The same elements in C order under another shape: ints, one of them −1 perhaps, and int64 expressions.
    public static Expr reshape(Expr x, Object... shape) { return Reshape.reshape(x, shape); }
    public static Expr flatten(Expr x)                  { return Reshape.flatten(x); }
    /// The dimensions in another order, `"x"` for new ones of size 1.
    public static Expr dimshuffle(Expr x, Object... pattern) { return Movement.dimshuffle(x, pattern); }
    public static Expr transpose(Expr x, int... axes)   { return Movement.transpose(x, axes); }
    public static Expr swapaxes(Expr x, int axis1, int axis2) { return Movement.swapaxes(x, axis1, axis2); }
    public static Expr moveaxis(Expr x, int from, int to) { return Movement.moveaxis(x, new int[] {from}, new int[] {to}); }
    public static Expr moveaxis(Expr x, int[] from, int[] to) { return Movement.moveaxis(x, from, to); }
    public static Expr squeeze(Expr x, int... axes)     { return Movement.squeeze(x, axes); }
    public static Expr broadcastTo(Expr x, Object... shape) { return Repetition.broadcastTo(x, shape); }
    public static Expr flip(Expr x, int... axes)        { return AlongAxis.flip(x, axes); }
    public static Expr roll(Expr x, Object shift, int axis) { return AlongAxis.roll(x, shift, axis); }
    public static Expr tile(Expr x, Object... times)    { return Repetition.tile(x, times); }
    public static Expr repeat(Expr x, Object times, int axis) { return Repetition.repeat(x, times, axis); }
    /// The lengths of all dimensions as an int64 vector.
    public static Expr shape(Expr x)                    { return Concatenate.shape(x); }
    public static Expr length(Expr x)                   { return Required.argument("length", x).length(); }
    public static Expr length(Expr x, int axis)         { return Required.argument("length", x).length(axis); }
    public static Expr expandDims(Expr x, int axis)     { return DimShuffle.expandDims(x, axis); }
    public static Expr fill(Expr a, Expr v)             { return Fill.fill(a, v); }
    public static Expr fill(Expr a, Number v)           { return Fill.fill(a, constant(v)); }

    // construction

    /// `0, 1, …, n − 1` in int64.
    public static Expr arange(Object n)                 { return Arange.arange(0, n, 1); }
    public static Expr arange(Object start, Object stop) { return Arange.arange(start, stop, 1); }
    public static Expr arange(Object start, Object stop, Object step) { return Arange.arange(start, stop, step); }
    public static Expr linspace(double start, double stop, int n) { return Construction.linspace(start, stop, n); }
    /// Zeros in float64; the shape is given as ints and int64 expressions.
    public static Expr zeros(Object... shape)           { return Construction.full(constant(0.0), DType.FLOAT64, shape); }
    public static Expr zeros(DType dtype, Object... shape) { return Construction.full(constant(0), dtype, shape); }
    public static Expr ones(Object... shape)            { return Construction.full(constant(1.0), DType.FLOAT64, shape); }
    public static Expr ones(DType dtype, Object... shape) { return Construction.full(constant(1), dtype, shape); }
    /// The scalar `v` in a shape, in its own dtype.
    public static Expr full(Expr v, Object... shape)    { return Construction.full(v, Required.argument("full", v).type().dtype(), shape); }
    public static Expr full(Number v, Object... shape)  { return full(constant(v), shape); }
    public static Expr zerosLike(Expr x)                { return Construction.like("zerosLike", x, constant(0)); }
    public static Expr onesLike(Expr x)                 { return Construction.like("onesLike", x, constant(1)); }
    public static Expr fullLike(Expr x, Expr v)         { return Construction.like("fullLike", x, v); }
    public static Expr fullLike(Expr x, Number v)       { return Construction.like("fullLike", x, constant(v)); }
    public static Expr eye(Object n)                    { return Eye.eye(n, n, 0, DType.FLOAT64); }
    public static Expr eye(Object rows, Object columns) { return Eye.eye(rows, columns, 0, DType.FLOAT64); }
    public static Expr eye(Object rows, Object columns, int offset) { return Eye.eye(rows, columns, offset, DType.FLOAT64); }
    public static Expr eyeLike(Expr x)                  { return Construction.eyeLike(x); }
    public static Expr oneHot(Expr index, Object n)     { return OneHot.oneHot(index, n, DType.FLOAT64); }
    /// Ones on the diagonal `offset` and below.
    public static Expr tri(Object rows, Object columns, int offset) { return Construction.tri(rows, columns, offset); }
    public static Expr tril(Expr x)                     { return Construction.tril(x, 0); }
    public static Expr tril(Expr x, int offset)         { return Construction.tril(x, offset); }
    public static Expr triu(Expr x)                     { return Construction.triu(x, 0); }
    public static Expr triu(Expr x, int offset)         { return Construction.triu(x, offset); }

    // indexing and joining

    /// A whole dimension, `:`.
    public static Index.Range all()                     { return new Index.Range(null, null, 1); }
    /// `from:to`; negative bounds count from the end.
    public static Index.Range range(Object from, Object to) { return new Index.Range(from, to, 1); }
    /// `from:to:step`.
    public static Index.Range range(Object from, Object to, int step) { return new Index.Range(from, to, step); }
    /// `from:`.
    public static Index.Range from(Object from)         { return new Index.Range(from, null, 1); }
    /// `:to`.
    public static Index.Range upTo(Object to)           { return new Index.Range(null, to, 1); }
    /// A new dimension of size 1.
    public static Index newAxis()                       { return new Index.NewAxis(); }
    /// As many whole dimensions as are left.
    public static Index ellipsis()                      { return new Index.Ellipsis(); }
    public static Expr take(Expr x, Expr i, int axis)   { return Gather.take(x, i, axis); }
    /// Per axis the positions of the elements that are not 0.
    public static List<Expr> nonzero(Expr x)            { return Nonzero.nonzero(x); }
    public static Expr concatenate(Expr... parts)       { return Concatenate.concatenate(Required.all("concatenate", "an expression", parts), 0); }
    public static Expr concatenate(List<? extends Expr> parts, int axis) { return Concatenate.concatenate(parts, axis); }
    public static Expr stack(Expr... parts)             { return Concatenate.stack(Required.all("stack", "an expression", parts), 0); }
    public static Expr stack(List<? extends Expr> parts, int axis) { return Concatenate.stack(parts, axis); }
    /// `x` in as many equal parts along an axis.
    public static List<Expr> split(Expr x, int parts, int axis) { return AlongAxis.split(x, parts, axis); }

    // linear algebra

    /// The x with `a x = b`; matrices in the last two axes, those before are a batch; b is a vector if it has one axis.
    public static Expr solve(Expr a, Expr b)            { return Solve.solve(a, b); }
    /// As `solve`, looking only at the lower, or only at the upper, triangle of a.
    public static Expr solveTriangular(Expr a, Expr b, boolean lower) { return SolveTriangular.solveTriangular(a, b, lower); }
    public static Expr inverse(Expr a)                  { return Inverse.inverse(a); }
    /// The lower triangular L with `L Lᵀ = a`.
    public static Expr cholesky(Expr a)                 { return Cholesky.cholesky(a); }
    /// The sign of the determinant and the logarithm of its magnitude.
    public static List<Expr> slogdet(Expr a)            { return Slogdet.slogdet(a); }
    public static Expr det(Expr a)                      { return Slogdet.det(a); }

    // loops, branches, randomness, checks

    /// A random key; every integer is one.
    public static Expr key(long seed)                   { return Constant.index(seed); }
    public static Expr key(Expr seed)                   { return Subkey.key(seed); }
    /// `n` keys from one, independent of each other and of the draws made with it.
    public static Expr split(Expr key, Object n)        { return Subkey.split(key, n); }
    /// The key for number i, as for step i of a loop.
    public static Expr subkey(Expr key, Expr i)         { return Subkey.subkey(key, i); }
    public static Expr subkey(Expr key, Number i)       { return Subkey.subkey(key, constant(i)); }
    /// Random numbers in [0, 1), decided by the key alone; several keys make one draw each.
    public static Expr uniform(Expr key, Object... shape) { return Uniform.uniform(key, shape); }
    /// Random numbers of the standard normal distribution, decided by the key alone.
    public static Expr normal(Expr key, Object... shape) { return Normal.normal(key, shape); }
    /// One of two tensors, chosen by one condition; only the chosen one is computed.
    public static Expr ifElse(Expr c, Expr a, Expr b)   { return IfElse.ifElse(c, a, b); }
    public static List<Expr> ifElse(Expr c, List<? extends Expr> a, List<? extends Expr> b) { return IfElse.ifElse(c, a, b); }
    /// `f(in)` as one op with a name, inlined once derivatives are taken.
    public static List<Expr> call(String name, List<? extends Expr> in, UnaryOperator<List<Expr>> f) { return Call.call(name, in, f); }
    /// `f(in)` of which a gradient keeps only the inputs: it computes the inside again when it comes to it, from these.
    public static List<Expr> checkpoint(List<? extends Expr> in, UnaryOperator<List<Expr>> f) { return Call.checkpoint(in, f); }
    public static Expr checkpoint(Expr x, UnaryOperator<Expr> f) { return Call.checkpoint(x, f); }
    /// `f(in)` with a reverse derivative of its own: from inputs and results, and the results' cotangents, to the inputs' cotangents.
    public static List<Expr> customGradient(String name, List<? extends Expr> in, UnaryOperator<List<Expr>> f, BiFunction<List<Expr>, List<Expr>, List<Expr>> pull) { return Call.customGradient(name, in, f, pull); }
    /// `x`, its value logged as `label = …` whenever it is computed.
    public static Expr print(Expr x, String label)      { return Print.print(x, label); }
    /// `x`, or an error with this message where a condition does not hold.
    public static Expr check(Expr x, String message, Expr... conditions) { return Assert.check(x, message, conditions); }
}
