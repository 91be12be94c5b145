package org.agnesi.rewrite;

import static org.agnesi.op.Constant.constant;

import org.agnesi.op.Add;
import org.agnesi.op.Div;
import org.agnesi.op.Exp;
import org.agnesi.op.Log;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Pow;
import org.agnesi.op.Sub;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;

/// Formulas as rules write them: operands are expressions, variables of the rule, or numbers.
final class Notation {
    private Notation() {}

    static Expr add(Object a, Object b) { return Add.add(constant(a), constant(b)); }
    static Expr sub(Object a, Object b) { return Sub.sub(constant(a), constant(b)); }
    static Expr mul(Object a, Object b) { return Mul.mul(constant(a), constant(b)); }
    static Expr div(Object a, Object b) { return Div.div(constant(a), constant(b)); }
    static Expr pow(Object a, Object b) { return Pow.pow(constant(a), constant(b)); }
    static Expr neg(Expr x)             { return Neg.neg(x); }
    static Expr exp(Expr x)             { return Exp.exp(x); }
    static Expr log(Expr x)             { return Log.log(x); }
    static Expr where(Expr c, Object a, Object b) { return Expr.of(new Where(), c, constant(a), constant(b)); }
}
