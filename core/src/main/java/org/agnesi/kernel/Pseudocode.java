package org.agnesi.kernel;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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

/// Writes scalars and programs as a person would: loop indices are i, j, k …, other locals t0, t1 …, in order of
/// appearance. Deep scalars end in an ellipsis.
final class Pseudocode {
    private static final int DEPTH = 40;
    private static final int WIDTH = 2_000;
    private static final int OR = 1, AND = 2, COMPARE = 3, SUM = 4, PRODUCT = 5, PREFIX = 6, POWER = 7, ATOM = 8;

    private final List<Storage> buffers;
    private final Map<Integer, String> names = new HashMap<>();
    private final StringBuilder out = new StringBuilder();
    private int indices;
    private int temporaries;
    private int lineEnd;

    private Pseudocode(List<Storage> buffers) { this.buffers = buffers; }

    static String of(Scalar x) {
        var printer = new Pseudocode(List.of());
        printer.scalar(x, 0, 0);
        return printer.out.toString();
    }

    static String of(Program program) {
        var printer = new Pseudocode(program.buffers());
        printer.header(program);
        printer.stmt(program.body(), 1);
        return printer.out.toString();
    }

    private void header(Program program) {
        out.append("kernel(").append(declare(program.inputs())).append(") -> (").append(declare(program.outputs())).append("):\n");
        for (var buffer : program.buffers()) {
            if (buffer.length() == null) continue;
            line(1, "scratch ", buffer.name(), ": ", buffer.dtype(), "[", buffer.length(), "]");
        }
    }

    private static String declare(List<Storage> buffers) {
        return buffers.stream().map(b -> b.name() + ": " + b.dtype() + "[" + String.join(", ", Collections.nCopies(b.rank(), "?")) + "]")
            .collect(Collectors.joining(", "));
    }

    private void stmt(Stmt stmt, int indent) {
        switch (stmt) {
            case Seq(var steps) -> steps.forEach(step -> stmt(step, indent));
            case For(var index, var extent, var body) -> {
                line(indent, "for ", index(index), " < ", extent, ":");
                stmt(body, indent + 1);
            }
            case While(var condition, var body) -> {
                line(indent, "while ", condition, ":");
                stmt(body, indent + 1);
            }
            case If(var condition, var then, var otherwise) -> {
                line(indent, "if ", condition, ":");
                stmt(then, indent + 1);
                if (otherwise.equals(Stmt.NOTHING)) return;
                line(indent, "else:");
                stmt(otherwise, indent + 1);
            }
            case Let(var local, var value) -> line(indent, local(local), " = ", value);
            case Assign(var local, var value) -> line(indent, local(local), " := ", value);
            case Store(var buffer, var index, var value) -> line(indent, name(buffer), "[", index, "] = ", value);
            case Accumulate(var buffer, var index, var combine, var value) ->
                line(indent, name(buffer), "[", index, "] ", symbol(combine), " ", value);
            case Check(var index, var size, _, _) -> line(indent, "check 0 <= ", index, " < ", size);
            case Fold fold -> fold(fold, indent);
        }
    }

    private void fold(Fold fold, int indent) {
        out.repeat("    ", indent).append("fold ");
        for (var loop : fold.loops()) parts(loop == fold.loops().getFirst() ? "" : ", ", index(loop.index()), " < ", loop.extent());
        parts(":\n");
        stmt(fold.body(), indent + 1);
        for (var a : fold.accumulators()) line(indent + 1, local(a.local()), " ", symbol(a.combine()), " ", a.value());
    }

    private void line(int indent, Object... parts) {
        out.repeat("    ", indent);
        parts(parts);
        out.append('\n');
    }

    private void parts(Object... parts) {
        lineEnd = out.length() + WIDTH;
        for (var part : parts) {
            if (part instanceof Scalar x) scalar(x, 0, 0);
            else out.append(part);
        }
    }

    private static String symbol(Combine combine) { return combine.function().symbol() + "="; }

    private String index(Local local) {
        return names.computeIfAbsent(local.id(), _ -> indices < 6 ? "" + (char) ('i' + indices++) : "i" + indices++);
    }

    private String local(Local local) { return names.computeIfAbsent(local.id(), _ -> "t" + temporaries++); }

    private String name(int buffer) { return buffer < buffers.size() ? buffers.get(buffer).name() : "x" + buffer; }

    /// Writes `x`, in parentheses where what stands around it binds tighter than `x` does.
    private void scalar(Scalar x, int around, int depth) {
        if (depth > DEPTH || out.length() > Math.max(WIDTH, lineEnd)) {
            out.append('…');
            return;
        }
        int own = binding(x);
        if (own < around) out.append('(');
        switch (x) {
            case Const c -> out.append(constant(c));
            case Input(var operand, _) -> out.append(name(operand));
            case At(var operand, _, var index) -> call(name(operand), "[", index, "]", depth);
            case Index(var axis) -> out.append('i').append(axis);
            case Size(var operand, var axis) -> out.append(name(operand)).append(".shape[").append(axis).append(']');
            case Local local -> out.append(local(local));
            case Load(var buffer, _, var index) -> call(name(buffer), "[", List.of(index), "]", depth);
            case Unary(var f, _, var a) when own == PREFIX -> {
                out.append(f == UnaryFunction.NEG ? "-" : "not ");
                scalar(a, PREFIX, depth + 1);
            }
            case Unary(var f, _, var a) -> call(f.name().toLowerCase(Locale.ROOT), "(", List.of(a), ")", depth);
            case Binary(var f, _, var a, var b) when own < ATOM -> infix(f.symbol(), a, b, own, depth);
            case Binary(var f, _, var a, var b) -> call(f.symbol(), "(", List.of(a, b), ")", depth);
            case Compare(var r, var a, var b) -> infix(r.symbol(), a, b, own, depth);
            case Select(_, var condition, var a, var b) -> call("where", "(", List.of(condition, a, b), ")", depth);
            case Cast(var dtype, var a) -> call(dtype.toString(), "(", List.of(a), ")", depth);
            case Fma(_, var a, var b, var c) -> call("fma", "(", List.of(a, b, c), ")", depth);
            case Bits(var dtype, var a) -> call(dtype + ".bits", "(", List.of(a), ")", depth);
            case Rare(_, var condition, var slow, var fast) -> call("rare", "(", List.of(condition, slow, fast), ")", depth);
        }
        if (own < around) out.append(')');
    }

    private void infix(String symbol, Scalar a, Scalar b, int own, int depth) {
        scalar(a, own == POWER || own == COMPARE ? own + 1 : own, depth + 1);
        out.append(' ').append(symbol).append(' ');
        scalar(b, own + 1, depth + 1);
    }

    private void call(String name, String open, List<Scalar> arguments, String close, int depth) {
        out.append(name).append(open);
        for (int k = 0; k < arguments.size(); k++) {
            if (k > 0) out.append(", ");
            scalar(arguments.get(k), 0, depth + 1);
        }
        out.append(close);
    }

    private static int binding(Scalar x) {
        return switch (x) {
            case Binary(var f, _, _, _) -> switch (f) {
                case OR, XOR -> OR;
                case AND -> AND;
                case ADD, SUB -> SUM;
                case MUL, DIV, FLOOR_DIV, REM, SHL, SHR, USHR -> PRODUCT;
                case POW -> POWER;
                case MAX, MIN, MULTIPLY_HIGH, ATAN2, POW_FAR, ATAN2_FAR -> ATOM;
            };
            case Compare _ -> COMPARE;
            case Unary(var f, _, _) -> f == UnaryFunction.NEG || f == UnaryFunction.NOT ? PREFIX : ATOM;
            case Const c -> c.toDouble() < 0 ? PREFIX : ATOM;
            case At _, Input _, Index _, Size _, Local _, Load _, Select _, Cast _, Fma _, Bits _, Rare _ -> ATOM;
        };
    }

    private static String constant(Const c) {
        return switch (c.dtype()) {
            case BOOL -> String.valueOf(c.bits() != 0);
            case INT8, UINT8, INT16, INT32, INT64 -> Long.toString(c.bits());
            case FLOAT32 -> Float.toString((float) c.toDouble());
            case FLOAT64 -> Double.toString(c.toDouble());
        };
    }
}
