package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Saving;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Cotangent;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Shared;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.agnesi.symbolic.Updating;
import org.jspecify.annotations.Nullable;

/// A loop whose steps see elements of sequences and earlier states: `hₜ, yₜ = body(xₜ, hₜ₋₁, c)`, all h and y kept.
///
/// [LoopSpec] says how arguments and results meet the body's. Open [LoopBuilder] for how one is made, [ScanPull] for its
/// gradient (one loop in the other direction) and [ScanPush] for its tangent (one loop that carries both).
///
/// @param window  how many steps a gradient goes back at most; 0 for all
/// @param updates how many of the last states update the shared variables they start from
/// @param saving  which states a gradient stores
/// @param again   whether it is there for a gradient that stores few states of it: nobody else's loop is this one
public record Scan(LoopSpec spec, Lambda body, int window, int updates, Saving saving, boolean again) implements Updating {

    @Override public List<TensorType> infer(List<Expr> in) {
        if (in.size() != spec.arguments()) throw new TypeError(
            "scan needs %d arguments, but got %d".formatted(spec.arguments(), in.size()));
        var n = in.getFirst();
        if (n.type().rank() != 0 || !n.type().dtype().isInteger()) throw new TypeError("""
            scan needs an integer number of steps, but got %s of type %s
            Cast it: cast(n, DType.INT64).""".formatted(n, n.type()));
        int rows = spec.until() ? TensorType.UNKNOWN : Sizes.dim(n);
        var types = new ArrayList<TensorType>();
        for (int r = 0; r < spec.states() + spec.collected(); r++)
            types.add(body.results().get(r).type().batched(rows < 0 ? rows : spec.rows(r, rows)));
        if (spec.until()) types.add(TensorType.scalar(DType.INT64));
        return types;
    }

    /// A state that remembers several steps starts with as many rows.
    @Override public List<Fact> facts(List<Expr> in) {
        return IntStream.range(0, spec.states()).filter(spec::stacked).filter(k -> !in.get(spec.initial(k)).type().isKnown(0))
            .mapToObj(k -> new Fact(in.get(spec.initial(k)), 0, Sizes.vector(Constant.index(spec.depth(k)), "the steps remembered"), 0))
            .toList();
    }

    @Override public List<NDArray> eval(List<NDArray> in) { return new ScanSteps(this, in).run(); }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) { return BodyShapes.outside(this, in); }

    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        return window > 0 ? Surrogate.push(this, in, out, dx)
            : new ScanPush(this, in, dx.stream().map(Collections::singletonList).toList(), 1).push().getFirst();
    }

    /// All orders in one loop.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        if (window > 0) return List.of(jets.pushed(node, k));
        var along = node.args().stream().map(arg -> jets.along(arg, most)).toList();
        return new ScanPush(this, node.args().stream().map(jets::value).toList(), along, most).push().subList(k - 1, most);
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        return Pull.values(pullMasked(in, out, Cotangent.everywhere(g), wanted));
    }

    @Override public List<@Nullable Cotangent> pullMasked(
            List<Expr> in, List<Expr> out, List<@Nullable Cotangent> g, IntPredicate wanted) {
        var shared = Cotangent.onOneSide(out, g);
        return LoopGradient.fits(this) ? LoopGradient.back(this, in, out, shared, wanted)
            : new ScanPull(this, in, out, shared, wanted).pull();
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("a loop's derivatives are joint: pushAll and pullAll");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        if (i == 0) return false;
        var touched = new LoopDependence(this).closure(spec.params(i));
        return body.connections().subList(0, spec.states() + spec.collected()).stream().anyMatch(touched::intersects);
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i, int r) {
        if (i == 0 || r >= spec.states() + spec.collected()) return false;
        return new LoopDependence(this).closure(spec.params(i)).intersects(body.connections().get(r));
    }

    @Override public Optional<List<Expr>> batch(Batch b) { return ScanBatch.of(this, b); }

    /// Any op along a batch, one element at a time: for those that have no form of their own.
    public static List<Expr> overBatch(Node node, Batch b) {
        var loop = new LoopBuilder(false);
        var args = new ArrayList<Expr>();
        for (int i = 0; i < b.in().size(); i++) args.add(b.has(i) ? loop.element(b.in(i)) : b.in(i));
        for (var result : node.with(args).results()) loop.collect(result);
        return loop.build(b.size()).collected();
    }

    /// The last states, after the last step.
    @Override public Map<Shared, Expr> updates(Node node) {
        var updated = new IdentityHashMap<Shared, Expr>();
        for (int k = spec.states() - updates; k < spec.states(); k++)
            if (node.arg(spec.initial(k)) instanceof Shared shared) updated.put(shared, Rows.last(node.result(k), shared, false));
        return updated;
    }

    /// The loop's states alone, to be gone through again: as far as it came, if it ended early.
    Scan states(boolean again) {
        var states = new LoopSpec(spec.sequenceTaps(), spec.stateTaps(), spec.captures(), 0, false, spec.backwards(), List.of());
        return new Scan(states, new Lambda(body.params(), body.results().subList(0, spec.states())), 0, 0, saving, again);
    }

    /// The same loop where nothing ends it early.
    Scan toItsEnd() {
        if (!spec.until()) return this;
        var steps = new Lambda(body.params(), body.results().subList(0, spec.states() + spec.collected()));
        return new Scan(spec.toItsEnd(), steps, window, updates, saving, again);
    }

    /// The same loop, which keeps of these states only the value after the last step: no derivative is asked for any more.
    public Scan keepingLast(List<Integer> states) {
        return new Scan(spec.keepingLast(states), body, window, updates, saving, again);
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) { return new Lowering.Loop(spec); }
    @Override public boolean isSurrogate() { return window > 0; }
    @Override public List<Lambda> lambdas() { return List.of(body); }
    @Override public Op withLambdas(List<Lambda> lambdas) {
        return new Scan(spec, lambdas.getFirst(), window, updates, saving, again);
    }
    @Override public String name() { return "scan"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}
