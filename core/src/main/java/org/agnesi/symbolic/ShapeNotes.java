package org.agnesi.symbolic;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agnesi.array.Shape;

/// Lines of messages on operands that do not fit: how those whose shape nobody wrote came to have it.
///
/// The ops are asked, [Op#shapeNote], of the operands and of what is only moved or worked on element by element to make them.
public final class ShapeNotes {
    private ShapeNotes() {}

    /// The lines, each after a line break; nothing where no op has any.
    public static String of(List<Expr> operands) {
        return joined(operands.stream().map(e -> note(e, e.type().dims())).toList());
    }

    public static String of(Expr... operands) { return of(List.of(operands)); }

    /// The same at the call, where shapes are known.
    static String of(Expr a, Shape shapeA, Expr b, Shape shapeB) { return joined(List.of(note(a, dims(shapeA)), note(b, dims(shapeB)))); }

    private static String joined(List<String> notes) {
        return notes.stream().filter(note -> !note.isEmpty()).distinct().map(note -> "\n" + note).collect(Collectors.joining());
    }

    private static List<Integer> dims(Shape shape) { return IntStream.of(shape.dims()).boxed().toList(); }

    private static String note(Expr operand, List<Integer> dims) {
        var seen = Collections.newSetFromMap(new IdentityHashMap<Expr, Boolean>());
        var open = new ArrayDeque<>(List.of(operand));
        while (!open.isEmpty()) {
            var e = open.remove();
            if (!seen.add(e)) continue;
            var node = e.node();
            var note = node.op().shapeNote(node.args(), e == operand ? dims : e.type().dims());
            if (!note.isEmpty()) return note;
            if (node.op().isStructural() || node.op().isPointwise()) open.addAll(node.args());
        }
        return "";
    }
}
