package org.agnesi.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/// A comparison of two scalars of one dtype; its result is a bool. With a NaN all but NE are false.
public enum Relation {
    LT("<"), LE("<="), GT(">"), GE(">="), EQ("=="), NE("!=");

    private final String symbol;

    Relation(String symbol) { this.symbol = symbol; }

    public String symbol() { return symbol; }

    /// Whether `a` and `b` are so related.
    public boolean holds(double a, double b) {
        return switch (this) {
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
            case EQ -> a == b;
            case NE -> a != b;
        };
    }

    /// The same for integers, of which a double does not hold all.
    public boolean holds(long a, long b) { return holds((double) Long.compare(a, b), 0.0); }

    /// Writes a jump to `no` unless this holds of the two numbers on the JVM's stack; NaN makes all but NE false.
    public void unless(CodeBuilder code, TypeKind kind, Label no) {
        boolean less = this == LT || this == LE;
        switch (kind) {
            case DOUBLE -> { if (less) code.dcmpg(); else code.dcmpl(); }
            case FLOAT -> { if (less) code.fcmpg(); else code.fcmpl(); }
            case LONG -> code.lcmp();
            case INT, BOOLEAN, BYTE, CHAR, SHORT, REFERENCE, VOID -> {
                unlessInts(code, no);
                return;
            }
        }
        switch (this) {
            case LT -> code.ifge(no);
            case LE -> code.ifgt(no);
            case GT -> code.ifle(no);
            case GE -> code.iflt(no);
            case EQ -> code.ifne(no);
            case NE -> code.ifeq(no);
        }
    }

    private void unlessInts(CodeBuilder code, Label no) {
        switch (this) {
            case LT -> code.if_icmpge(no);
            case LE -> code.if_icmpgt(no);
            case GT -> code.if_icmple(no);
            case GE -> code.if_icmplt(no);
            case EQ -> code.if_icmpne(no);
            case NE -> code.if_icmpeq(no);
        }
    }
}
