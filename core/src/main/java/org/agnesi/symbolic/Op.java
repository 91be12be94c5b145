package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.agnesi.array.NDArray;
import org.agnesi.error.NotDifferentiableError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.jspecify.annotations.Nullable;

/// A tensor operation: everything the library knows about it, in one place. Records implement it and compare by value.
///
/// | question                    | answered by   |
/// |-----------------------------|---------------|
/// | which types come out?       | `infer`       |
/// | which value?                | `eval`        |
/// | is it a sum, a product?     | `signs`, `powers` |
/// | which values can it have?   | `isNonNegative`, `isFinite` |
/// | how does it change?         | `partials`, or `pushAll` and `pullAll` where joint work is done once |
/// | and on a batch?             | `batch`       |
/// | which code computes it?     | `lower`, or `expand` into simpler ops |
/// | what shape?                 | `outputShape` |
/// | how is it written?          | `symbol`      |
///
/// Engines ask these questions and list no ops. Ops with one result implement [Op1], [Op2] or [OpN] instead.
public interface Op {

    /// The results' types, or a [org.agnesi.error.TypeError] that says wanted, got, what to do.
    List<TensorType> infer(List<Expr> in);

    /// The results' values: slow, obvious and independent of [#lower], since every backend is tested against it.
    List<NDArray> eval(List<NDArray> in);

    /// The derivative of the only result with respect to each input.
    List<Partial> partials(List<Expr> in, Expr out);

    /// Per result, per dimension an int64 scalar; null where only running the op tells (nonzero).
    List<List<@Nullable Expr>> outputShapes(List<Expr> in);

    String name();

    Symbol symbol();

    /// How this op on these arguments is written, where they matter.
    default Symbol symbol(List<Expr> in) { return symbol(); }

    /// The loop that computes this op; [Lowering.Eval] with a reason is the last resort.
    default Lowering lower(List<Operand> in, List<Operand> out) { return new Lowering.Eval("no loop is written yet"); }

    /// The same results built of simpler ops, for ops that are shorthands; empty for primitive ones.
    default Optional<List<Expr>> expand(List<Expr> in) { return Optional.empty(); }

    /// Whether rules should see what this stands for: then it is replaced by its [#expand] before the last rounds of rewriting.
    default boolean isTransparent() { return false; }

    /// This op along a batch: results batched in front, or of their own rank where every row has the same; empty where
    /// only a loop will do.
    default Optional<List<Expr>> batch(Batch b) { return Optional.empty(); }

    /// Dimensions that must be equal and are not known to be.
    default List<Fact> facts(List<Expr> in) { return List.of(); }

    /// How the result came to have the shape `dims`, as a line of messages where that does not fit; empty where it was written so.
    default String shapeNote(List<Expr> in, List<Integer> dims) { return ""; }

    /// Axes of the first argument that must have elements: nothing has no largest element.
    default List<Integer> filledAxes(List<Expr> in) { return List.of(); }

    /// Tangents of the results (absent: none) from tangents of the inputs (absent: none).
    default List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        var partials = partials(in, out.getFirst());
        Expr dy = null;
        for (int i = 0; i < dx.size(); i++) {
            var tangent = dx.get(i);
            if (tangent == null) continue;
            switch (partials.get(i)) {
                case Partial.Linear(var push, var _) -> dy = Tangents.add(dy, push.apply(tangent));
                case Partial.Zero(), Partial.Disconnected() -> { }
                case Partial.Undefined(var reason) -> throw NotDifferentiableError.of(this.name(), in.get(i).toString(), reason);
            }
        }
        return Collections.singletonList(dy);
    }

    /// The results' derivatives of order `k` ≥ 1 along a curve on which lower ones and all of the args' are known; those of the
    /// next orders up to `most` too, where they come by the way. See [Jets].
    default List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) { return List.of(jets.pushed(node, k)); }

    /// Cotangents of the inputs that are `wanted` (absent: none) from cotangents of the results (absent: none).
    default List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        var partials = partials(in, out.getFirst());
        var cotangent = g.getFirst();
        var pulled = new ArrayList<@Nullable Expr>(in.size());
        for (int i = 0; i < in.size(); i++) {
            if (cotangent == null || !wanted.test(i)) {
                pulled.add(null);
                continue;
            }
            pulled.add(switch (partials.get(i)) {
                case Partial.Linear(var _, var pull) -> pull.apply(cotangent);
                case Partial.Zero(), Partial.Disconnected() -> null;
                case Partial.Undefined(var reason) -> throw NotDifferentiableError.of(this.name(), in.get(i).toString(), reason);
            });
        }
        return pulled;
    }

    /// The same in a sweep that knows where cotangents count: for ops that hold graphs, inside which masks go on.
    default List<@Nullable Cotangent> pullMasked(
            List<Expr> in, List<Expr> out, List<@Nullable Cotangent> g, IntPredicate wanted) {
        return Masks.pull(this, in, out, g, wanted);
    }

    /// Whether values of input `i` reach any result: false only for indices, sizes and the like.
    default boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return !(partials(in, out.getFirst()).get(i) instanceof Partial.Disconnected);
    }

    /// Whether values of input `i` reach result `r`; asked by result only where there are several.
    default boolean isConnected(List<Expr> in, List<Expr> out, int i, int r) { return isConnected(in, out, i); }

    /// Which elements of each input matter, when only those of the result that `active` marks do; absent: all may.
    ///
    /// Masks start at `where`, so that no NaN comes back through the branch not taken (see [Pull]).
    default List<@Nullable Expr> activeBelow(List<Expr> in, Expr out, @Nullable Expr active) {
        if (active == null) return Collections.nCopies(in.size(), null);
        if (isPointwise()) return Collections.nCopies(in.size(), active);
        return isStructural() ? Masks.pulled(this, in, out, active) : Masks.allOrNothing(in, active);
    }

    /// Whether it leaves out elements, or whole inputs, by the value of another: below such ops masks start.
    default boolean isChoice() { return lambdas().stream().anyMatch(Lambda::hasChoice); }

    /// Whether its derivatives are deliberately others than those of its value: second ones need not be symmetric then.
    default boolean isSurrogate() { return false; }

    /// Whether its derivatives are linear in what they carry: else a sweep is no product with the Jacobian.
    default boolean isLinearlyDerived() { return true; }

    /// Whether element `i` of the result depends on element `i` of each input alone.
    default boolean isPointwise() { return false; }

    /// Where the result is a sum of the inputs, element by element: the sign of each, 1 or -1. Empty where it is something else.
    default List<Integer> signs(List<Expr> in) { return List.of(); }

    /// Where the result is a product of powers of the inputs, element by element: the power of each. Empty where it is something else.
    default List<Double> powers(List<Expr> in) { return List.of(); }

    /// Whether every element of `y` is ≥ 0 or NaN, where those of the inputs are of which `of` says so. "No" means: not known.
    default boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return false; }

    /// Whether no element of `y` is infinite or NaN, where none is of the inputs of which `of` says so. "No" means: not known.
    default boolean isFinite(List<Expr> in, Expr y, Predicate<Expr> of) { return false; }

    /// Whether the result is its inputs' elements moved, repeated or added up: a matrix of zeros and ones that no value decides.
    default boolean isStructural() { return false; }

    /// Whether two nodes of equal ops on the same args are one: not for variables, random draws, prints and asserts.
    default boolean isMergeable() { return true; }

    /// Whether nothing is computed of the first argument's elements here before the others are there, of which nothing is read.
    default boolean waits() { return false; }

    /// Whether results are kept for the next call with equal args: for ops that cost far more than comparing those.
    default boolean isRemembered() { return false; }

    /// Whether the args' order does not matter.
    default boolean isCommutative() { return false; }

    /// Whether this is a Java literal, whose dtype gives way to the other operand's.
    default boolean weak() { return false; }

    /// Whether this stands for any expression in a rule.
    default boolean isPattern() { return false; }

    /// The graphs this op holds, for ops that loop, branch or call.
    default List<Lambda> lambdas() { return List.of(); }

    /// This op with other graphs in the place of its own, of the same types; itself where it does not support that.
    ///
    /// Ops that will derive what they hold must not: rewrites keep values, not the derivatives of zeroGrad and its like.
    default Op withLambdas(List<Lambda> lambdas) { return this; }

    /// This op applied as its factory would: operands aligned, literals fitted. Rules build their right sides with it.
    default Expr apply(List<Expr> in) { return Expr.of(this, in); }

    /// The same on arguments one by one.
    default Expr apply(Expr... in) { return apply(Node.present(this, Arrays.asList(in))); }
}
