package org.agnesi.sparse;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Lowering.Arg;
import org.agnesi.kernel.Lowering.Branch;
import org.agnesi.kernel.Lowering.Contract;
import org.agnesi.kernel.Lowering.Eval;
import org.agnesi.kernel.Lowering.Gather;
import org.agnesi.kernel.Lowering.Library;
import org.agnesi.kernel.Lowering.Loop;
import org.agnesi.kernel.Lowering.Piecewise;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Lowering.Prefix;
import org.agnesi.kernel.Lowering.Reduce;
import org.agnesi.kernel.Lowering.Replay;
import org.agnesi.kernel.Lowering.Reshape;
import org.agnesi.kernel.Lowering.Scatter;
import org.agnesi.kernel.Lowering.View;
import org.agnesi.kernel.Scalar;
import org.agnesi.sparse.Tensor.Place;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Carries index sets from a tangent to a result, node by node: which elements of the one can matter to which of the other.
///
/// Ops are asked for their loops, whose index maps tell it: a slice moves sets, a sum unites them, a gather follows its
/// positions. What has no loop of ours depends on everything that goes in. Values of floats are never looked at.
final class Propagation {
    private final Known known;
    private final IndexSets sets;
    private final Map<Expr, Tensor> tensors = new IdentityHashMap<>();

    private Propagation(Known known, IndexSets sets) {
        this.known = known;
        this.sets = sets;
    }

    /// What `result` depends on, of the elements of `tangent`; sets of them are kept in `sets`.
    static Tensor of(Expr result, Expr tangent, Known known, IndexSets sets) {
        var propagation = new Propagation(known, sets);
        var shape = known.shape(tangent);
        propagation.tensors.put(tangent, new Tensor(shape, IntStream.range(0, shape.size()).map(IndexSets::single).toArray()));
        var moved = Moved.of(List.of(result), tangent);
        var uses = moved.uses(result);
        for (var node : moved.order()) {
            propagation.confirm(node);
            propagation.visit(node);
            for (var arg : node.args()) if (uses.merge(arg, -1, Integer::sum) == 0) propagation.tensors.remove(arg);
        }
        var found = propagation.tensors.get(result);
        return found == null ? Tensor.filled(known.shape(result), IndexSets.EMPTY) : found;
    }

    /// Sizes that are guessed may not go together; of what depends on anything they are those it was found in.
    private void confirm(Node node) {
        for (var fact : node.op().facts(node.args())) {
            if (!node.args().containsAll(List.of(fact.a(), fact.b()))) continue;
            var a = found(fact.a());
            var b = found(fact.b());
            if (a != null && b != null && a.dim(fact.axisA()) != b.dim(fact.axisB())) throw fact.mismatch(node, a, b);
        }
    }

    private @Nullable Shape found(Expr e) {
        return tensors.get(e) instanceof Tensor t ? t.shape() : known.hasShape(e) ? known.shape(e) : null;
    }

    private void visit(Node node) {
        var lowering = node.lowering();
        if (lowering instanceof Eval) lowering = again(node);
        if (node.size() > 1 || isWhole(lowering)) whole(node);
        else if (node.result(0).type().dtype().isFloating()) tensors.put(node.result(0), only(node, lowering));
    }

    /// The loop for the sizes at hand: two sides of an `ifElse` may have turned out to be alike.
    private Lowering again(Node node) {
        if (!node.args().stream().allMatch(known::hasShape) || !node.results().stream().allMatch(known::hasShape)) return node.lowering();
        return node.lowering(e -> e.type().withDims(Arrays.stream(known.shape(e).dims()).boxed().toList()));
    }

    private static boolean isWhole(Lowering lowering) {
        return switch (lowering) {
            case Library _, Loop _, Replay _, Branch _, Eval _ -> true;
            case Pointwise _, View _, Reshape _, Gather _, Reduce _, Arg _, Scatter _, Contract _, Prefix _, Piecewise _ -> false;
        };
    }

    private Tensor only(Node node, Lowering lowering) {
        var code = new PointCode(node, known, tensors, sets);
        return switch (lowering) {
            case Pointwise(var body) -> code.over(shape(node), body);
            case Gather(var body, _) -> code.over(known.shape(node.result(0)), body);
            case View(int operand, var index) -> code.over(known.shape(node.result(0)),
                new Scalar.At(operand, node.arg(operand).type().dtype(), index));
            case Reshape(int operand) -> new Tensor(known.shape(node.result(0)), given(node.arg(operand)).sets());
            case Reduce(_, var axes, var body) -> reduced(code.over(known.shape(node.arg(0)), body), axes);
            case Prefix(_, int axis, var body) -> running(code.over(shape(node), body), axis);
            case Piecewise(int axis) -> joined(node.args().stream().map(this::given).toList(), axis);
            case Scatter scatter -> scattered(node, scatter, code);
            case Contract contract -> contracted(node, contract);
            case Arg _, Library _, Loop _, Replay _, Branch _, Eval _ -> throw new IllegalStateException("no tangent comes out of " + node);
        };
    }

    /// The shape that operands have and the result too.
    private Shape shape(Node node) {
        for (var arg : node.args())
            if (tensors.get(arg) instanceof Tensor t && t.shape().rank() == node.result(0).type().rank()) return t.shape();
        return known.shape(node.result(0));
    }

    private Tensor given(Expr e) {
        var tensor = tensors.get(e);
        return tensor == null ? Tensor.filled(known.shape(e), IndexSets.EMPTY) : tensor;
    }

    private void whole(Node node) {
        for (var result : node.results()) {
            if (!result.type().dtype().isFloating()) continue;
            int all = IndexSets.EMPTY;
            for (int i = 0; i < node.args().size(); i++)
                if (tensors.get(node.arg(i)) instanceof Tensor t && node.op().isConnected(node.args(), node.results(), i, result.index()))
                    all = sets.union(all, sets.union(t.sets(), 0, t.sets().length));
            tensors.put(result, Tensor.filled(known.shape(result), all));
        }
    }

    private Tensor reduced(Tensor x, List<Integer> axes) {
        var left = IntStream.range(0, x.shape().rank()).filter(axis -> !axes.contains(axis)).toArray();
        var shape = Shape.of(IntStream.of(left).map(x.shape()::dim).toArray());
        var weights = new int[x.shape().rank()];
        for (int k = 0; k < left.length; k++) weights[left[k]] = shape.strides()[k];
        return new Tensor(shape, grouped(Tensor.linear(x.shape(), weights), x.sets(), shape.size()));
    }

    /// Per target the union of the sets that go there; those to a negative one are left out.
    private int[] grouped(int[] targets, int[] from, int count) {
        var ends = new int[count + 1];
        for (int target : targets) if (target >= 0) ends[target + 1]++;
        Arrays.parallelPrefix(ends, Integer::sum);
        var members = new int[ends[count]];
        var next = Arrays.copyOf(ends, count);
        for (int i = 0; i < targets.length; i++) if (targets[i] >= 0) members[next[targets[i]]++] = from[i];
        return IntStream.range(0, count).map(k -> sets.union(members, ends[k], ends[k + 1])).toArray();
    }

    private Tensor running(Tensor x, int axis) {
        var found = x.sets().clone();
        int step = IntStream.range(axis + 1, x.shape().rank()).map(x.shape()::dim).reduce(1, (a, b) -> a * b);
        var place = new Place(x.shape());
        for (int i = 0; i < found.length; i++, place.next())
            if (place.point[axis] > 0) found[i] = sets.union(found[i - step], found[i]);
        return new Tensor(x.shape(), found);
    }

    private static Tensor joined(List<Tensor> parts, int axis) {
        int[] dims = parts.getFirst().shape().dims();
        dims[axis] = parts.stream().mapToInt(part -> part.shape().dim(axis)).sum();
        var shape = Shape.of(dims);
        var found = new int[shape.size()];
        int inner = IntStream.range(axis + 1, dims.length).map(k -> dims[k]).reduce(1, (a, b) -> a * b);
        int start = 0;
        for (var part : parts) {
            int run = part.shape().dim(axis) * inner;
            for (int from = 0, to = start; run > 0 && from < part.sets().length; from += run, to += dims[axis] * inner)
                System.arraycopy(part.sets(), from, found, to, run);
            start += run;
        }
        return new Tensor(shape, found);
    }

    private Tensor scattered(Node node, Scatter scatter, PointCode code) {
        var base = given(node.arg(scatter.base()));
        var updates = given(node.arg(scatter.updates()));
        if (!scatter.index().stream().allMatch(code::isKnown)) {
            int all = sets.union(updates.sets(), 0, updates.sets().length);
            return new Tensor(base.shape(), IntStream.of(base.sets()).map(set -> sets.union(set, all)).toArray());
        }
        var flat = code.flat(base.shape(), scatter.index());
        var place = new Place(updates.shape());
        var targets = new int[updates.sets().length];
        for (int i = 0; i < targets.length; i++, place.next()) targets[i] = flat.applyAsInt(place);
        var found = base.sets().clone();
        if (scatter.combine() == null) {
            for (int i = 0; i < targets.length; i++) if (targets[i] >= 0) found[targets[i]] = updates.sets()[i];
        } else {
            var more = grouped(targets, updates.sets(), found.length);
            for (int i = 0; i < found.length; i++) found[i] = sets.union(found[i], more[i]);
        }
        return new Tensor(base.shape(), found);
    }

    private Tensor contracted(Node node, Contract contract) {
        var shape = known.shape(node.result(0));
        var product = new Contraction(contract, known.shape(node.arg(0)).dims(), known.shape(node.arg(1)).dims(), this::grouped);
        int @Nullable [] found = null;
        for (int k = 0; k < 2; k++) {
            if (!(tensors.get(node.arg(k)) instanceof Tensor tensor)) continue;
            var part = product.of(k, tensor.sets(), known.constant(node.arg(1 - k)));
            found = found == null ? part : united(found, part);
        }
        return found == null ? Tensor.filled(shape, IndexSets.EMPTY) : new Tensor(shape, found);
    }

    private int[] united(int[] a, int[] b) {
        return IntStream.range(0, a.length).map(i -> sets.union(a[i], b[i])).toArray();
    }
}
