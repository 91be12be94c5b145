package org.agnesi.run;

import java.util.List;
import org.agnesi.compile.Task;

/// The arrays of a product and where the elements along its labels are in each:
/// `c[batch, row, column] = Σ over the terms of a[batch, row, term] · b[batch, term, column]`.
final class Operands {
    /// Slots.
    final int a, b, out;
    final Places batchA, batchB, batchC, rowsA, rowsC, columnsB, columnsC, termsA, termsB;

    Operands(Task.Multiply task) {
        var product = task.product();
        a = task.in().get(product.swapped() ? 1 : 0);
        b = task.in().get(product.swapped() ? 0 : 1);
        out = task.out().getFirst();
        var c = product.contract().out();
        batchA = places(product.batch(), product.a());
        batchB = places(product.batch(), product.b());
        batchC = places(product.batch(), c);
        rowsA = places(product.rows(), product.a());
        rowsC = places(product.rows(), c);
        columnsB = places(product.columns(), product.b());
        columnsC = places(product.columns(), c);
        termsA = places(product.terms(), product.a());
        termsB = places(product.terms(), product.b());
    }

    private static Places places(List<Integer> labels, List<Integer> axes) {
        return new Places(labels.stream().mapToInt(axes::indexOf).toArray());
    }

    /// Finds them for arrays of these dims.
    void find(Frame frame) {
        find(frame.dims[a], batchA, rowsA, termsA);
        find(frame.dims[b], batchB, columnsB, termsB);
        find(frame.dims[out], batchC, rowsC, columnsC);
    }

    private static void find(int[] dims, Places batch, Places one, Places other) {
        batch.find(dims);
        one.find(dims);
        other.find(dims);
    }
}
