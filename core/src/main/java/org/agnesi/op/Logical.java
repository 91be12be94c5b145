package org.agnesi.op;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// An elementwise connective of truth values; numbers count as true where they are not 0.
public record Logical(Connective connective) implements Elementwise {
    /// The connectives.
    public enum Connective { AND, OR, XOR, NOT }

    public static Expr and(Expr a, Expr b) { return new Logical(Connective.AND).apply(a, b); }
    public static Expr or(Expr a, Expr b)  { return new Logical(Connective.OR).apply(a, b); }
    public static Expr xor(Expr a, Expr b) { return new Logical(Connective.XOR).apply(a, b); }
    public static Expr not(Expr a)         { return new Logical(Connective.NOT).apply(a); }

    @Override public DType compute(List<DType> in) { return DType.BOOL; }
    @Override public boolean isCommutative() { return true; }
    @Override public String name() { return connective.name().toLowerCase(Locale.ROOT); }
    @Override public Symbol symbol() { return Symbol.call(name()); }
    @Override public List<Partial> partials(List<Expr> in, Expr y) { return Collections.nCopies(in.size(), Partial.zero()); }

    @Override public NDArray value(List<NDArray> in) {
        var a = in.getFirst().cast(DType.BOOL);
        var b = in.getLast().cast(DType.BOOL);
        return NDArray.generateBooleans(a.shape(), i -> holds(a.booleanAt(i), b.booleanAt(i)));
    }

    private boolean holds(boolean a, boolean b) {
        return switch (connective) {
            case AND -> a && b;
            case OR -> a || b;
            case XOR -> a != b;
            case NOT -> !a;
        };
    }

    @Override public Scalar code(List<Scalar> x) {
        return switch (connective) {
            case AND -> Scalar.call(BinaryFunction.AND, x.get(0), x.get(1));
            case OR -> Scalar.call(BinaryFunction.OR, x.get(0), x.get(1));
            case XOR -> Scalar.call(BinaryFunction.XOR, x.get(0), x.get(1));
            case NOT -> Scalar.call(UnaryFunction.NOT, x.getFirst());
        };
    }
}
