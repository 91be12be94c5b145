package org.agnesi.network;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.derive.Derivative;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Move;
import org.agnesi.network.Factor.Movement.Picking;
import org.agnesi.network.Factor.Swept;
import org.agnesi.op.Add;
import org.agnesi.op.Arange;
import org.agnesi.op.Cast;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.Extreme;
import org.agnesi.op.IntDiv;
import org.agnesi.op.Mul;
import org.agnesi.op.OpenLoop;
import org.agnesi.op.Reshape;
import org.agnesi.op.Slice;
import org.agnesi.op.Sub;
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
    /// The most sweeps made at once; it changes no result beyond rounding.
    static final int SIZE = 32;

    private final List<Integer> out;
    private final int label;
    private final Labels labels;
    private final int lane;
    private final Expr chunk;
    private final Expr chunks;
    private final Picking pick;
    private final Order order;

    private Chunks(Product product, List<Integer> out, int label, DType dtype, Labels labels, Made made) {
        this.out = out;
        this.label = label;
        this.labels = labels;
        var like = made.chunks().stream().filter(this::isLike).findFirst().orElse(null);
        var n = labels.size(label);
        this.chunks = like == null ? parts(n, Constant.index(SIZE)) : like.chunks;
        this.chunk = like == null ? Variable.variable("chunk", TensorType.scalar(DType.INT64)) : like.chunk;
        this.lane = like == null ? labels.upTo(parts(n, chunks), SIZE) : like.lane;
        this.pick = like == null ? new Picking(Add.add(Mul.mul(chunk, labels.size(lane)), Arange.arange(labels.size(lane))), n) : like.pick;
        var seeded = seeded(product);
        var first = new Order(Normal.of(seeded, inner(), dtype, labels), inner(), dtype, labels, made);
        this.order = out.contains(label) || first.hasOneHot() ? first
            : new Order(Normal.of(seeded.and(within(dtype)), inner(), dtype, labels), inner(), dtype, labels, made);
    }

    /// Spare lanes count as 0: one-hot vectors past the end are, what is picked is not.
    private Dense within(DType dtype) { return new Dense(Cast.cast(Compare.lt(pick.positions(), pick.size()), dtype), List.of(lane)); }

    /// How many parts of this size, or how large that many parts are: chunks are alike, and few lanes of the last are spare.
    private static Expr parts(Expr n, Expr size) {
        var known = n.constantLong();
        var each = size.constantLong();
        return known.isPresent() && each.isPresent() ? Constant.index(Math.ceilDiv(known.getAsLong(), Math.max(1, each.getAsLong())))
            : IntDiv.intDiv(Add.add(n, Sub.sub(size, Constant.index(1))), Extreme.maximum(size, Constant.index(1)));
    }

    /// The cheapest way in chunks; null if there is none, or its result is as large as the Jacobian.
    static @Nullable Chunks of(Product product, List<Integer> out, DType dtype, Labels labels, Made made) {
        if (labels.estimate(out) >= largest(product, labels)) return null;
        Chunks best = null;
        for (int label : candidates(product)) {
            long times = product.factors().stream().flatMap(f -> f.labels().stream()).filter(l -> l == label).count();
            if (times < 2 && !out.contains(label) || product.factors().size() + times > Reader.MOST_FACTORS) continue;
            var chunks = new Chunks(product, out, label, dtype, labels, made);
            if (chunks.order.exists() && (best == null || chunks.cost() < best.cost())) best = chunks;
        }
        return best;
    }

    /// The elements of the largest Jacobian, or other matrix that is not built.
    static double largest(Product product, Labels labels) {
        return product.factors().stream().filter(Swept.class::isInstance).mapToDouble(f -> labels.estimate(f.labels())).max().orElse(0);
    }

    /// The labels of Jacobians, those that movements lead to, and those of matrices, whose columns may be what is swept.
    private static Set<Integer> candidates(Product product) {
        var all = new LinkedHashSet<Integer>();
        for (var f : product.factors()) if (f instanceof Swept || f instanceof Move) all.addAll(f.labels());
        for (var f : product.factors()) if (f instanceof Dense && f.labels().size() > 1) all.addAll(f.labels());
        return all;
    }

    Order order() { return order; }
    double cost() { return Math.ceil(labels.estimate(label) / SIZE) * order.cost(); }

    /// Where the chunk's positions are an axis of the result, the lanes are.
    private List<Integer> inner() {
        var inner = new ArrayList<Integer>();
        if (out.contains(label)) inner.add(lane);
        out.stream().filter(l -> l != label).forEach(inner::add);
        return inner;
    }

    /// The product at a chunk: wherever the label stands, the chunk's positions are picked.
    private Product seeded(Product product) {
        var factors = new ArrayList<Factor>();
        for (var f : product.factors()) {
            factors.add(f.renamed(l -> {
                if (l != label) return l;
                int own = labels.again(label);
                factors.add(new Move(pick, List.of(own), List.of(lane)));
                return own;
            }));
        }
        return new Product(product.scale(), factors);
    }

    /// Whether one loop can make both: chunks of as many positions, of the same axis if the result has it.
    boolean isLike(Chunks other) {
        return out.contains(label) || other.out.contains(other.label) ? label == other.label : labels.same(label, other.label);
    }

    /// The sum of such products along `out`, in one loop over chunks.
    ///
    /// @param finish makes a graph what a loop computes; sweeps that are made twice are one then
    static Expr value(List<Chunks> alike, UnaryOperator<List<Expr>> finish) {
        var first = alike.getFirst();
        var chunks = first.chunks;
        var loop = new OpenLoop();
        var at = loop.over(Arange.arange(chunks), 0);
        var steps = alike.stream().map(c -> Graph.replace(List.of(c.order.value()), Map.of(c.chunk, first.chunk)).getFirst()).toList();
        var step = finish.apply(Derivative.plain(List.of(Together.sum(steps))));
        loop.collect(Graph.replace(step, Map.of(first.chunk, at)).getFirst());
        return first.whole(PickedInSteps.of(loop.finish().collected().getFirst()));
    }

    /// What all chunks make together.
    private Expr whole(Expr rows) {
        if (!out.contains(label)) return Sum.sum(rows, Axes.over(0));
        var sizes = new ArrayList<Expr>(List.of(Mul.mul(chunks, labels.size(lane))));
        sizes.addAll(rows.lengths().subList(2, rows.type().rank()));
        var whole = Reshape.reshape(rows, sizes);
        var along = inner().stream().map(l -> l == lane ? label : l).toList();
        return Emission.along(new Dense(Slice.piece(whole, 0, Constant.index(0), labels.size(label)), along), out, labels);
    }
}
