package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.compile.StepArrays.Place;
import org.agnesi.kernel.Product;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Store;
import org.jspecify.annotations.Nullable;

/// The statements of a product of matrices inside a [StepProgram], small enough to need no blocks.
///
/// ```
/// for each row:  c[columns] ← 0
///                for some terms at a time:  c[columns] ← fma of a[row, term] and b[term, columns], one after the other
/// ```
///
/// The value is the one that a [Product] defines, since there is one block of terms at most.
final class StepProduct {
    /// Terms that go through the columns at a time.
    private static final int[] AT_ONCE = {8, 2, 1};
    /// Multiplications above which packed blocks are faster where there are several rows.
    private static final long MOST = 32 * 1024;

    private final Product product;
    private final StepArrays arrays;
    private final StepProgram loop;
    private final Terms terms;
    private final Place a;
    private final Place b;
    private final Place c;
    private final Map<Integer, Scalar> at = new HashMap<>();

    private StepProduct(Task.Multiply task, StepArrays arrays, StepProgram loop) {
        this.product = task.product();
        this.arrays = arrays;
        this.loop = loop;
        terms = arrays.terms();
        a = arrays.place(task.in().get(product.swapped() ? 1 : 0));
        b = arrays.place(task.in().get(product.swapped() ? 0 : 1));
        c = arrays.place(task.out().getFirst());
    }

    /// The statements, whose conditions become the loop's; null where it is known that packed blocks are wanted.
    static @Nullable Stmt of(Task.Multiply task, StepArrays arrays, StepProgram loop) {
        var product = new StepProduct(task, arrays, loop);
        var depth = product.count(product.product.terms());
        boolean fits = product.atMost(depth, Product.DEPTH, loop);
        if (!product.product.rows().isEmpty() || !product.product.batch().isEmpty()) {
            var all = new ArrayList<>(product.product.batch());
            all.addAll(product.product.rows());
            all.addAll(product.product.columns());
            fits &= product.atMost(product.terms.mul(product.count(all), depth), MOST, loop);
        }
        return fits ? product.rows() : null;
    }

    private boolean atMost(Scalar size, long most, StepProgram loop) {
        if (size instanceof Const known) return known.bits() <= most;
        return loop.demand(terms.term(Scalar.le(size, Const.of(most))));
    }

    private Scalar count(List<Integer> labels) { return terms.product(labels.stream().map(this::size).toList()); }

    private Scalar size(int label) {
        int inA = product.a().indexOf(label);
        return inA >= 0 ? a.dims().get(inA) : b.dims().get(product.b().indexOf(label));
    }

    /// Loops over all that is not summed, but the last column.
    private Stmt rows() {
        var outer = new ArrayList<>(product.batch());
        outer.addAll(product.rows());
        outer.addAll(product.columns().subList(0, product.columns().size() - 1));
        var all = new ArrayList<>(product.a());
        all.addAll(product.b());
        for (int label : all) at.put(label, arrays.zero());
        return around(outer, this::row);
    }

    private interface Inside { Stmt get(); }

    /// Loops over labels, the last innermost.
    private Stmt around(List<Integer> labels, Inside inside) {
        if (labels.isEmpty()) return inside.get();
        var index = loop.local(DType.INT64);
        at.put(labels.getFirst(), index);
        return new For(index, size(labels.getFirst()), around(labels.subList(1, labels.size()), inside));
    }

    private Stmt row() {
        var steps = new ArrayList<Stmt>();
        var column = columns();
        steps.add(new For(column, size(last()), new Store(c.buffer(), place(c, product.contract().out()), zero())));
        steps.add(around(product.terms().subList(0, product.terms().size() - 1), this::sums));
        return Stmt.seq(steps);
    }

    private int last() { return product.columns().getLast(); }

    private Local columns() {
        var column = loop.local(DType.INT64);
        at.put(last(), column);
        return column;
    }

    private Scalar zero() { return Const.of(dtype(), 0); }

    private DType dtype() { return arrays.buffer(c.buffer()).dtype(); }

    /// Along the last term: eight at a time, what is left by twos, and one that is left.
    private Stmt sums() {
        int term = product.terms().getLast();
        Scalar size = size(term), done = arrays.zero();
        var steps = new ArrayList<Stmt>();
        for (int count : AT_ONCE) {
            var groups = terms.term(Scalar.floorDiv(terms.term(Scalar.sub(size, done)), Const.of((long) count)));
            var group = loop.local(DType.INT64);
            steps.add(new For(group, groups, sum(term, terms.add(done, terms.mul(group, Const.of((long) count))), count)));
            done = terms.add(done, terms.mul(groups, Const.of((long) count)));
        }
        return Stmt.seq(steps);
    }

    /// `c[columns] ← fma …` for some terms from one on.
    private Stmt sum(int term, Scalar first, int count) {
        var steps = new ArrayList<Stmt>();
        var column = columns();
        var factors = new ArrayList<Local>();
        var starts = new ArrayList<Scalar>();
        for (int k = 0; k < count; k++) {
            at.put(term, terms.add(first, Const.of((long) k)));
            at.put(last(), arrays.zero());
            factors.add(loop.local(dtype()));
            steps.add(new Let(factors.getLast(), new Load(a.buffer(), dtype(), place(a, product.a()))));
            var start = loop.local(DType.INT64);
            steps.add(new Let(start, place(b, product.b())));
            starts.add(start);
            at.put(last(), column);
        }
        var to = place(c, product.contract().out());
        Scalar sum = new Load(c.buffer(), dtype(), to);
        var along = stride(b, product.b(), last());
        for (int k = 0; k < count; k++)
            sum = Scalar.fma(factors.get(k), new Load(b.buffer(), dtype(), terms.add(starts.get(k), terms.mul(column, along))), sum);
        steps.add(new For(column, size(last()), new Store(c.buffer(), to, sum)));
        return Stmt.seq(steps);
    }

    /// Where the element at the current labels is.
    private Scalar place(Place array, List<Integer> labels) {
        Scalar place = array.start();
        for (int label : labels) place = terms.add(place, terms.mul(at.getOrDefault(label, arrays.zero()), stride(array, labels, label)));
        return place;
    }

    private Scalar stride(Place array, List<Integer> labels, int label) {
        int axis = labels.indexOf(label);
        return terms.product(array.dims().subList(axis + 1, array.dims().size()));
    }
}
