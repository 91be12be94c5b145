package org.agnesi.op;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.symbolic.Symbol;

/// How a contraction is written: `(A \dot v)`, `(A.T \dot v)`, `outer(x, y)`, `matmul(A, B)`, else by `einsum`.
final class ContractText {
    private ContractText() {}

    static String name(Contract op) {
        return switch (symbol(op)) {
            case Symbol.Infix _ -> "dot";
            case Symbol.Call(var name, var _) -> name;
            case Symbol.Template(var text) -> text.startsWith("einsum") ? "einsum" : "dot";
            case Symbol.Prefix _, Symbol.Leaf _, Symbol.Literal _, Symbol.Hidden _ -> throw new AssertionError();
        };
    }

    static Symbol symbol(Contract op) {
        var shared = op.left().stream().filter(op.right()::contains).toList();
        var batch = shared.stream().filter(op.out()::contains).toList();
        if (shared.isEmpty() && op.left().size() == 1 && op.out().equals(List.of(0, 1))) return Symbol.call("outer");
        if (shared.size() != batch.size() + 1) return einsum(op);
        int k = shared.stream().filter(label -> !batch.contains(label)).findFirst().orElseThrow();
        if (isProduct(op, batch, k)) return batch.isEmpty() ? Symbol.infix("\\dot", Symbol.PRODUCT) : Symbol.call("matmul");
        return batch.isEmpty() && op.left().size() <= 2 && op.right().size() <= 2 ? transposed(op, k) : einsum(op);
    }

    /// Whether it sums the last axis of `a` with the second to last of `b`, as dot does.
    private static boolean isProduct(Contract op, List<Integer> batch, int k) {
        var left = op.left().subList(batch.size(), op.left().size());
        var right = op.right().subList(batch.size(), op.right().size());
        boolean batchFirst = op.left().subList(0, batch.size()).equals(batch) && op.right().subList(0, batch.size()).equals(batch)
            && (batch.isEmpty() || left.size() <= 2 && right.size() <= 2);
        var rest = Stream.of(batch, without(left, k), without(right, k)).flatMap(List::stream).toList();
        return batchFirst && left.indexOf(k) == left.size() - 1 && right.indexOf(k) == Math.max(0, right.size() - 2)
            && op.out().equals(rest);
    }

    /// A product of matrices or vectors some of which are transposed, the one first whose axis comes first.
    private static Symbol transposed(Contract op, int k) {
        boolean swapped = !op.out().equals(Stream.concat(without(op.left(), k).stream(), without(op.right(), k).stream()).toList());
        var first = swapped ? op.right() : op.left();
        var second = swapped ? op.left() : op.right();
        return Symbol.template("(%s%s \\dot %s%s)".formatted(
            swapped ? "$1" : "$0", first.size() == 2 && first.getFirst() == k ? ".T" : "",
            swapped ? "$0" : "$1", second.size() == 2 && second.getLast() == k ? ".T" : ""));
    }

    private static List<Integer> without(List<Integer> labels, int k) { return labels.stream().filter(label -> label != k).toList(); }

    private static Symbol einsum(Contract op) {
        return Symbol.template("einsum(\"%s,%s->%s\", $0, $1)".formatted(letters(op.left()), letters(op.right()), letters(op.out())));
    }

    /// `i` for label 0, then `j`, `k` …
    private static String letters(List<Integer> labels) {
        return IntStream.range(0, labels.size()).mapToObj(i -> String.valueOf((char) ('a' + (labels.get(i) + 8) % 26)))
            .collect(Collectors.joining());
    }
}
