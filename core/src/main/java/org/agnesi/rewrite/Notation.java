package org.agnesi.rewrite;

import static org.agnesi.op.Constant.constant;

import org.agnesi.op.Abs;
import org.agnesi.op.Add;
import org.agnesi.op.Cos;
import org.agnesi.op.Cosh;
import org.agnesi.op.Div;
import org.agnesi.op.Erf;
import org.agnesi.op.Erfc;
import org.agnesi.op.Exp;
import org.agnesi.op.Expm1;
import org.agnesi.op.Extreme;
import org.agnesi.op.Log;
import org.agnesi.op.Log1p;
import org.agnesi.op.Logical;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Pow;
import org.agnesi.op.Reciprocal;
import org.agnesi.op.Sigmoid;
import org.agnesi.op.Sin;
import org.agnesi.op.Softplus;
import org.agnesi.op.Sqr;
import org.agnesi.op.Sqrt;
import org.agnesi.op.Sub;
import org.agnesi.op.Tanh;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op;

/// Formulas as the library's own rules write them: operands are expressions, variables of the rule, or numbers.
final class Notation {
    private Notation() {}

    /// As [Rule#rule(String, Expr)]; what is wrong with a rule is found by a test, and not anew by each JVM that starts.
    static Rule.Draft rule(String name, Expr before) { return Rule.listed(name, before); }

    static <O extends Op> Rule rule(String name, Class<O> op, Rule.Rewrite<O> rewrite) { return Rule.rule(name, op, rewrite); }

    static Expr add(Object a, Object b) { return Add.add(constant(a), constant(b)); }
    static Expr sub(Object a, Object b) { return Sub.sub(constant(a), constant(b)); }
    static Expr mul(Object a, Object b) { return Mul.mul(constant(a), constant(b)); }
    static Expr div(Object a, Object b) { return Div.div(constant(a), constant(b)); }
    static Expr pow(Object a, Object b) { return Pow.pow(constant(a), constant(b)); }
    static Expr neg(Expr x)             { return Neg.neg(x); }
    static Expr exp(Expr x)             { return Exp.exp(x); }
    static Expr log(Expr x)             { return Log.log(x); }
    static Expr abs(Expr x)             { return Abs.abs(x); }
    static Expr cos(Expr x)             { return Cos.cos(x); }
    static Expr cosh(Expr x)            { return Cosh.cosh(x); }
    static Expr erf(Expr x)             { return Erf.erf(x); }
    static Expr erfc(Expr x)            { return Erfc.erfc(x); }
    static Expr expm1(Expr x)           { return Expm1.expm1(x); }
    static Expr log1p(Expr x)           { return Log1p.log1p(x); }
    static Expr reciprocal(Expr x)      { return Reciprocal.reciprocal(x); }
    static Expr sigmoid(Expr x)         { return Sigmoid.sigmoid(x); }
    static Expr sin(Expr x)             { return Sin.sin(x); }
    static Expr softplus(Expr x)        { return Softplus.softplus(x); }
    static Expr sqr(Expr x)             { return Sqr.sqr(x); }
    static Expr sqrt(Expr x)            { return Sqrt.sqrt(x); }
    static Expr tanh(Expr x)            { return Tanh.tanh(x); }
    static Expr maximum(Expr a, Expr b)     { return Extreme.maximum(a, b); }
    static Expr minimum(Expr a, Expr b)     { return Extreme.minimum(a, b); }
    static Expr not(Expr c)                 { return Logical.not(c); }
    static Expr and(Expr a, Object b)       { return Logical.and(a, constant(b)); }
    static Expr or(Expr a, Object b)        { return Logical.or(a, constant(b)); }
    static Expr where(Object c, Object a, Object b) { return Expr.of(new Where(), constant(c), constant(a), constant(b)); }
}
