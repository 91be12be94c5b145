package org.agnesi.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.agnesi.kernel.Lowering;
import org.agnesi.op.Add;
import org.agnesi.op.Arange;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.Extreme;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.IfElse;
import org.agnesi.op.IntDiv;
import org.agnesi.op.Length;
import org.agnesi.op.Mul;
import org.agnesi.op.OneHot;
import org.agnesi.op.OpenLoop;
import org.agnesi.op.Reshape;
import org.agnesi.op.Slice;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.agnesi.symbolic.TensorType;
import org.agnesi.symbolic.Vectorize;
import org.jspecify.annotations.Nullable;

/// A sweep as a formula of its seed, a tangent or a cotangent: made once per element of `from`, it is a whole Jacobian.
///
/// All at once they are one batch. Where a sweep carries more than its result is, such as a matrix for a vector, the batch would take
/// memory that no one asked for: then it is made in chunks, as many rows at a time as keep its arrays below [#MOST] elements. That is
/// decided at the call if sizes are not known before.
///
/// @param result what comes out at the other end
/// @param from   what the seed is a tangent or cotangent of
/// @param to     what the result is one of
record Sweep(Expr result, Expr seed, Expr from, Expr to) {
    /// What a size that is not known counts as.
    private static final double ASSUMED = 1000;

    /// The elements that an array of a batch may have: 8 MB of float64.
    private static final long MOST = 1 << 20;

    /// How many times as large as its result an array of a sweep must be to count.
    private static final double TIMES = 4;

    /// From a tangent of `x` to that of `y`; null where nothing arrives.
    static @Nullable Sweep forward(Expr y, Expr x) {
        var dx = Derivative.seed(x);
        var column = Push.push(List.of(y), List.of(x), List.of(dx)).getFirst();
        return column == null ? null : new Sweep(column, dx, x, y);
    }

    /// From a cotangent of `y` to that of `x`; null where nothing arrives.
    static @Nullable Sweep reverse(Expr y, Expr x) {
        var g = Derivative.seed(y);
        var row = Pull.pull(List.of(y), List.of(g), List.of(x)).getFirst();
        return row == null ? null : new Sweep(row, g, y, x);
    }

    static double elements(TensorType type) {
        return type.dims().stream().mapToDouble(d -> d < 0 ? ASSUMED : d).reduce(1, (a, b) -> a * b);
    }

    static Expr count(Expr e) { return size(IntStream.range(0, e.type().rank()).mapToObj(axis -> Length.traced(e, axis)).toList()); }

    private static Expr size(List<Expr> lengths) { return lengths.stream().reduce(Mul::mul).orElse(Constant.index(1)); }

    /// `result` once per element of `from`, where the seed is one-hot: from's shape followed by the result's.
    Expr rows() {
        if (from.type().rank() == 0) return Graph.replace(List.of(result), Map.of(seed, Constant.of(1, seed.type().dtype()))).getFirst();
        var wide = widest();
        if (wide == null || elements(wide.type()) <= TIMES * elements(result.type())) return atOnce();
        if (from.type().isStatic() && wide.type().isStatic())
            return elements(from.type()) * elements(wide.type()) <= MOST ? atOnce() : inChunks(wide);
        return IfElse.ifElse(Compare.le(Mul.mul(count(from), sizeOf(wide)), Constant.index(MOST)), atOnce(), inChunks(wide));
    }

    private Expr atOnce() {
        var n = size(from.lengths());
        var eye = FromDiagonal.fromDiagonal(BroadcastTo.broadcastTo(Constant.of(1, seed.type().dtype()), List.of(n)), 0);
        return shaped(batch(eye, n));
    }

    private Expr inChunks(Expr wide) {
        var n = size(from.lengths());
        var one = Constant.index(1);
        var rows = Extreme.maximum(Extreme.minimum(IntDiv.intDiv(Constant.index(MOST), Extreme.maximum(sizeOf(wide), one)), n), one);
        var chunks = IntDiv.intDiv(Add.add(n, Add.add(rows, Constant.index(-1))), rows);
        var loop = new OpenLoop();
        var at = loop.over(Arange.arange(chunks), 0);
        loop.collect(batch(OneHot.oneHot(Add.add(Mul.mul(at, rows), Arange.arange(rows)), n, seed.type().dtype()), rows));
        var found = loop.finish().collected().getFirst();
        var sizes = new ArrayList<>(List.of(Mul.mul(chunks, rows)));
        sizes.addAll(found.lengths().subList(2, found.type().rank()));
        return shaped(Slice.piece(Reshape.reshape(found, sizes), 0, Constant.index(0), n));
    }

    private Expr batch(Expr seeds, Expr rows) {
        var all = from.type().rank() == 1 ? seeds : Reshape.reshape(seeds, Sweeps.joined(List.of(rows), from.lengths()));
        return Vectorize.batch(List.of(result), Map.of(seed, all), rows).getFirst();
    }

    private Expr shaped(Expr rows) { return Reshape.reshape(rows, Sweeps.joined(from.lengths(), to.lengths())); }

    /// The number of elements, asked without the seed: `from` has its shape.
    private Expr sizeOf(Expr wide) { return Graph.replace(List.of(count(wide)), Map.of(seed, from)).getFirst(); }

    /// The largest array on the way that is kept for more than one reader, or for one that needs it whole; null where all is passed on.
    private @Nullable Expr widest() {
        Set<Node> carried = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<Node, Integer> readers = new IdentityHashMap<>();
        for (var node : Graph.inOrder(List.of(result), n -> n.number() > seed.node().number())) {
            boolean passing = passes(node.lowering());
            for (var arg : Set.copyOf(node.args())) {
                if (arg == seed || carried.contains(arg.node())) carried.add(node);
                if (carried.contains(arg.node())) readers.merge(arg.node(), passing ? 1 : 2, Integer::sum);
            }
        }
        Expr widest = null;
        for (var node : carried) {
            if (readers.getOrDefault(node, 0) < 2 || isView(node.lowering())) continue;
            for (var e : node.results()) if (widest == null || elements(e.type()) > elements(widest.type())) widest = e;
        }
        return widest;
    }

    private static boolean isView(Lowering lowering) { return lowering instanceof Lowering.View || lowering instanceof Lowering.Reshape; }

    private static boolean passes(Lowering lowering) {
        return isView(lowering) || lowering instanceof Lowering.Pointwise || lowering instanceof Lowering.Reduce;
    }

    /// What one sweep keeps at a time.
    double kept() {
        var wide = widest();
        return wide == null ? 0 : elements(wide.type());
    }
}
