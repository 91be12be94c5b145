package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.ShapeNotes;

/// The products of tensors by NumPy's names and rules, all made of [Contract].
public final class Products {
    private Products() {}

    /// `Σ a[…, k] · b[…, k, j]` over the last axis of `a` and the second to last of `b`, or its only one; a scalar multiplies.
    public static Expr dot(Expr a, Expr b) {
        Required.arguments("dot", a, b);
        int ra = a.type().rank(), rb = b.type().rank();
        if (ra == 0 || rb == 0) return Mul.mul(a, b);
        return tensordot(a, new int[] {ra - 1}, b, new int[] {Math.max(0, rb - 2)});
    }

    /// As [#dot] on the last two axes; those before them are a batch and broadcast along dimensions that are statically 1.
    public static Expr matmul(Expr a, Expr b) {
        Required.arguments("matmul", a, b);
        int ra = a.type().rank(), rb = b.type().rank();
        if (ra == 0 || rb == 0) throw new TypeError("""
            matmul needs tensors of at least one dimension, but got %s of type %s and %s of type %s
            Multiply by a scalar with mul.""".formatted(a, a.type(), b, b.type()));
        if (ra <= 2 && rb <= 2) return dot(a, b);
        int batch = Math.max(0, Math.max(ra, rb) - 2);
        int row = batch, sum = batch + 1, column = batch + 2;
        var left = new ArrayList<>(IntStream.range(batch - Math.max(0, ra - 2), batch).boxed().toList());
        var right = new ArrayList<>(IntStream.range(batch - Math.max(0, rb - 2), batch).boxed().toList());
        var out = new ArrayList<>(IntStream.range(0, batch).boxed().toList());
        if (ra > 1) { left.add(row); out.add(row); }
        left.add(sum);
        right.add(sum);
        if (rb > 1) { right.add(column); out.add(column); }
        var terms = Term.broadcast(List.of(new Term(a, left), new Term(b, right)), label -> label < batch);
        return Term.contract(terms.get(0), terms.get(1), out);
    }

    /// `a[i] · b[j]` for all pairs; tensors of other ranks are flattened first.
    public static Expr outer(Expr a, Expr b) {
        Required.arguments("outer", a, b);
        return Contract.contract(Reshape.flatten(a), List.of(0), Reshape.flatten(b), List.of(1), List.of(0, 1));
    }

    /// The sum over the last `count` axes of `a` and the first `count` of `b`.
    public static Expr tensordot(Expr a, Expr b, int count) {
        Required.arguments("tensordot", a, b);
        int ra = a.type().rank(), rb = b.type().rank();
        if (count < 0 || count > Math.min(ra, rb)) throw new TypeError("""
            tensordot needs a number of axes from 0 to %d, but got %d for %s of type %s and %s of type %s%s
            Each counts axes that both have.""".formatted(
            Math.min(ra, rb), count, a, a.type(), b, b.type(), ShapeNotes.of(a, b)));
        return tensordot(a, IntStream.range(ra - count, ra).toArray(), b, IntStream.range(0, count).toArray());
    }

    /// The sum over some axes of `a`, each paired with one of `b`; the axes that are left come in order.
    public static Expr tensordot(Expr a, int[] axesA, Expr b, int[] axesB) {
        Required.arguments("tensordot", a, b);
        Required.of("tensordot", "axes of its first argument", axesA);
        Required.of("tensordot", "axes of its second argument", axesB);
        if (axesA.length != axesB.length) throw new ShapeError("""
            tensordot needs as many axes of %s as of %s, but got %d and %d
            Each axis of one is summed with one of the other.""".formatted(a, b, axesA.length, axesB.length));
        int[] pairedA = axes(a, axesA), pairedB = axes(b, axesB);
        int ra = a.type().rank();
        var left = IntStream.range(0, ra).boxed().toList();
        var right = new ArrayList<>(IntStream.range(ra, ra + b.type().rank()).boxed().toList());
        for (int i = 0; i < pairedA.length; i++) right.set(pairedB[i], pairedA[i]);
        var out = new ArrayList<Integer>();
        left.stream().filter(label -> !right.contains(label)).forEach(out::add);
        right.stream().filter(label -> label >= ra).forEach(out::add);
        return Contract.contract(a, left, b, right, out);
    }

    /// The axes counted from the front, each named once.
    private static int[] axes(Expr x, int[] axes) {
        if (axes.length > 0) Axes.over(axes).of("tensordot", x);
        return IntStream.of(axes).map(axis -> Axes.normalize("tensordot", x, axis)).toArray();
    }
}
