package org.agnesi.emit;

import java.util.HashMap;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;

/// How large int64 scalars can be: x < 2^bits and x ≥ 0, known for positions made of indices and sizes. Division of such
/// is the machine's own.
final class Bounds {
    static final int UNKNOWN = 64;
    private static final int INT = 31;

    private final Map<Integer, Integer> locals = new HashMap<>();

    Bounds(Stmt body) { read(body); }

    private void read(Stmt stmt) {
        switch (stmt) {
            case Seq(var steps) -> steps.forEach(this::read);
            case For(var index, _, var body) -> {
                locals.put(index.id(), INT);
                read(body);
            }
            case Fold(var loops, var body, _) -> {
                loops.forEach(loop -> locals.put(loop.index().id(), INT));
                read(body);
            }
            case While(_, var body) -> read(body);
            case If(_, var then, var otherwise) -> {
                read(then);
                read(otherwise);
            }
            case Let(var local, var value) -> {
                if (local.dtype() == DType.INT64) locals.merge(local.id(), bits(value), Math::max);
            }
            case Assign(var local, _) -> locals.put(local.id(), UNKNOWN);
            case Store _, Accumulate _, Check _ -> {}
        }
    }

    /// The bits of a scalar that is not negative, or [#UNKNOWN].
    int bits(Scalar x) {
        return switch (x) {
            case Const(var dtype, var bits) when dtype == DType.INT64 && bits >= 0 -> Long.SIZE - Long.numberOfLeadingZeros(bits);
            case Size _ -> INT;
            case Local local -> locals.getOrDefault(local.id(), UNKNOWN);
            case Binary(var f, var dtype, var a, var b) when dtype == DType.INT64 -> switch (f) {
                case ADD -> known(Math.max(bits(a), bits(b)) + 1);
                case MUL -> known(bits(a) + bits(b));
                case MAX -> Math.max(bits(a), bits(b));
                case MIN -> Math.max(bits(a), bits(b));
                case FLOOR_DIV -> bits(b) == UNKNOWN ? UNKNOWN : bits(a);
                case REM -> bits(b);
                case SUB, DIV, POW, AND, OR, XOR, SHL, SHR, USHR, MULTIPLY_HIGH, ATAN2, POW_FAR, ATAN2_FAR -> UNKNOWN;
            };
            case Scalar _ -> UNKNOWN;
        };
    }

    private static int known(int bits) { return bits < UNKNOWN - 1 ? bits : UNKNOWN; }

    /// Whether both fit an int.
    boolean areInts(Scalar a, Scalar b) { return bits(a) <= INT && bits(b) <= INT; }

    boolean areKnown(Scalar a, Scalar b) { return bits(a) < UNKNOWN && bits(b) < UNKNOWN; }
}
