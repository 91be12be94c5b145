package org.agnesi.network;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.array.DType;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;
import org.agnesi.network.Factor.Move;
import org.agnesi.op.Add;
import org.agnesi.op.Arange;
import org.agnesi.op.Constant;
import org.agnesi.op.IntDiv;
import org.agnesi.op.Mul;
import org.agnesi.op.OneHot;
import org.agnesi.op.OpenLoop;
import org.agnesi.op.Reshape;
import org.agnesi.op.Slice;
import org.agnesi.op.Sum;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A product in which a Jacobian meets no vector, a few columns or rows of the Jacobian at a time: its diagonal, its norm.
///
/// Along one label the positions are taken in chunks; the Jacobian's part at a chunk is a sweep batched over one-hot
/// vectors. Memory is that of a chunk, not of the matrix.
final class Chunks {
    /// Sweeps made at once; it changes no result beyond rounding.
    static final int SIZE = 32;

    private final List<Integer> out;
    private final int label;
    private final Labels labels;
    private final int lane;
    private final Expr chunk;
    private final Order order;

    private Chunks(Product product, List<Integer> out, int label, Expr chunk, DType dtype, Labels labels) {
        this.out = out;
        this.label = label;
        this.labels = labels;
        this.chunk = chunk;
        this.lane = labels.fresh(Constant.index(SIZE));
        var positions = Add.add(Mul.mul(chunk, Constant.index(SIZE)), Arange.arange(Constant.index(SIZE)));
        var seeds = OneHot.oneHot(positions, labels.size(label), dtype);
        this.order = new Order(Normal.of(seeded(product, seeds), inner(), dtype, labels), inner(), dtype, labels);
    }

    /// The cheapest way in chunks; null if there is none, or its result is as large as the Jacobian.
    static @Nullable Chunks of(Product product, List<Integer> out, DType dtype, Labels labels) {
        if (labels.estimate(out) >= largest(product, labels)) return null;
        Chunks best = null;
        var chunk = Variable.variable("chunk", TensorType.scalar(DType.INT64));
        for (int label : candidates(product)) {
            long times = product.factors().stream().flatMap(f -> f.labels().stream()).filter(l -> l == label).count();
            if (times < 2 && !out.contains(label) || product.factors().size() + times > Reader.MOST_FACTORS) continue;
            var chunks = new Chunks(product, out, label, chunk, dtype, labels);
            if (chunks.order.exists() && (best == null || chunks.cost() < best.cost())) best = chunks;
        }
        return best;
    }

    /// The elements of the largest Jacobian.
    static double largest(Product product, Labels labels) {
        return product.factors().stream().filter(Derived.class::isInstance).mapToDouble(f -> labels.estimate(f.labels())).max().orElse(0);
    }

    /// The labels of Jacobians, and those that movements lead to.
    private static Set<Integer> candidates(Product product) {
        var all = new LinkedHashSet<Integer>();
        for (var f : product.factors()) if (f instanceof Derived || f instanceof Move) all.addAll(f.labels());
        return all;
    }

    double cost() { return Math.ceil(labels.estimate(label) / SIZE) * order.cost(); }

    /// Where the chunk's positions are an axis of the result, the lanes are.
    private List<Integer> inner() {
        var inner = new ArrayList<Integer>();
        if (out.contains(label)) inner.add(lane);
        out.stream().filter(l -> l != label).forEach(inner::add);
        return inner;
    }

    /// The product at a chunk: wherever the label stands, one-hot vectors of the chunk's positions.
    private Product seeded(Product product, Expr seeds) {
        var factors = new ArrayList<Factor>();
        for (var f : product.factors()) {
            factors.add(f.renamed(l -> {
                if (l != label) return l;
                int own = labels.again(label);
                factors.add(new Dense(seeds, List.of(lane, own)));
                return own;
            }));
        }
        return new Product(product.scale(), factors);
    }

    /// The product along `out`: a loop over chunks.
    Expr value() {
        var n = labels.size(label);
        var chunks = IntDiv.intDiv(Add.add(n, Constant.index(SIZE - 1)), Constant.index(SIZE));
        var loop = new OpenLoop();
        var at = loop.over(Arange.arange(chunks), 0);
        loop.collect(Graph.replace(List.of(order.value()), Map.of(chunk, at)).getFirst());
        var rows = loop.finish().collected().getFirst();
        if (!out.contains(label)) return Sum.sum(rows, Axes.over(0));
        var sizes = new ArrayList<Expr>(List.of(Mul.mul(chunks, Constant.index(SIZE))));
        sizes.addAll(rows.lengths().subList(2, rows.type().rank()));
        var whole = Reshape.reshape(rows, sizes);
        var order = inner().stream().map(l -> l == lane ? label : l).toList();
        return Emission.along(new Dense(Slice.piece(whole, 0, Constant.index(0), n), order), out, labels);
    }
}
