package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The same elements in C order under another shape; args are `x` and the sizes, each ≥ 0.
public record Reshape() implements OpN {
    /// `x` under sizes of which one may be −1: as many as the others leave.
    public static Expr reshape(Expr x, List<Expr> sizes) {
        var args = new ArrayList<Expr>(sizes.size() + 1);
        args.add(x);
        args.addAll(sizes);
        int open = (int) sizes.stream().filter(d -> Sizes.is(d, -1)).count();
        if (open > 1 || sizes.stream().anyMatch(d -> Sizes.known(d) && Sizes.value(d) < -1)) throw wrong(x, sizes);
        if (open == 1) args.set(1 + sizes.indexOf(sizes.stream().filter(d -> Sizes.is(d, -1)).findFirst().orElseThrow()), rest(x, sizes));
        return Expr.of(new Reshape(), args);
    }

    /// `x` under a user's shape: ints, one of them −1 perhaps, and int64 expressions.
    public static Expr reshape(Expr x, Object... shape) { return reshape(Required.argument("reshape", x), Sizes.sizes("reshape", shape)); }

    /// All elements in one dimension.
    public static Expr flatten(Expr x) {
        return Required.argument("flatten", x).type().rank() == 1 ? x : reshape(x, List.of(Sizes.product(x.lengths())));
    }

    /// What −1 stands for: the product of x's sizes over the others, sizes on both sides left out first.
    private static Expr rest(Expr x, List<Expr> sizes) {
        var have = new ArrayList<>(x.lengths());
        var taken = new ArrayList<Expr>();
        for (var size : sizes) if (!Sizes.is(size, -1) && !have.remove(size)) taken.add(size);
        long whole = factor(have), divisor = factor(taken);
        have.removeIf(Sizes::known);
        taken.removeIf(Sizes::known);
        if (divisor != 0 && whole % divisor == 0 && taken.isEmpty())
            return Sizes.times(Sizes.product(have), Constant.index(whole / divisor));
        if (divisor == 0 || have.isEmpty() && taken.isEmpty()) throw wrong(x, sizes);
        return Sizes.quotient(Sizes.times(Sizes.product(have), Constant.index(whole)),
            Sizes.times(Sizes.product(taken), Constant.index(divisor)));
    }

    private static long factor(List<Expr> sizes) {
        return sizes.stream().filter(Sizes::known).mapToLong(Sizes::value).reduce(1, (a, b) -> a * b);
    }

    private static ShapeError wrong(Expr x, List<Expr> sizes) {
        return new ShapeError("""
            reshape needs sizes that keep the number of elements, one of them -1 at most, but got %s for %s of type %s
            Give sizes whose product is that of x's.""".formatted(sizes, x, x.type()));
    }

    @Override public TensorType type(List<Expr> in) {
        var x = in.getFirst();
        var sizes = in.subList(1, in.size());
        var type = x.type().withDims(sizes.stream().map(Sizes::dim).toList());
        if (type.isStatic() && x.type().isStatic() && count(type) != count(x.type())) throw wrong(x, sizes);
        return type;
    }

    /// As many elements as before, where the sizes do not say so by themselves.
    @Override public List<Fact> facts(List<Expr> in) {
        var have = new ArrayList<>(in.getFirst().lengths());
        var wanted = new ArrayList<Expr>();
        for (var size : in.subList(1, in.size())) if (!have.remove(size)) wanted.add(size);
        boolean same = have.stream().allMatch(Sizes::known) && wanted.stream().allMatch(Sizes::known) && factor(have) == factor(wanted);
        return same ? List.of() : List.of(new Fact(
            Sizes.vector(Sizes.product(in.getFirst().lengths()), "all of " + in.getFirst()), 0,
            Sizes.vector(Sizes.product(in.subList(1, in.size())), "all of shape " + in.subList(1, in.size())), 0));
    }

    private static long count(TensorType type) { return type.dims().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b); }

    @Override public NDArray value(List<NDArray> in) {
        return in.getFirst().reshape(Shape.of(in.stream().skip(1).mapToInt(d -> (int) d.toLong()).toArray()));
    }
    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.subList(1, in.size())); }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var partials = new ArrayList<Partial>(Collections.nCopies(in.size(), Partial.disconnected()));
        var sizes = in.subList(1, in.size());
        partials.set(0, Partial.linear(dx -> reshape(dx, sizes), g -> reshape(g, in.getFirst().lengths())));
        return partials;
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) { return new Lowering.Reshape(0); }

    @Override public Optional<List<Expr>> batch(Batch b) {
        if (!b.onlyFirst(1)) return Optional.empty();
        var sizes = new ArrayList<>(List.of(b.size()));
        sizes.addAll(b.in().subList(1, b.in().size()));
        return Optional.of(List.of(reshape(b.in(0), sizes)));
    }

    @Override public boolean isStructural() { return true; }

    /// `reshape(x, (2, n))`.
    @Override public Symbol symbol(List<Expr> in) {
        var sizes = new ArrayList<String>();
        for (int i = 1; i < in.size(); i++) sizes.add(Sizes.known(in.get(i)) ? String.valueOf(Sizes.value(in.get(i))) : "$" + i);
        return Symbol.template("reshape($0, (%s%s))".formatted(String.join(", ", sizes), sizes.size() == 1 ? "," : ""));
    }
}
