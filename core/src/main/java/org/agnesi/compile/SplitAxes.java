package org.agnesi.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.agnesi.compile.Collapse.Axis;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.jspecify.annotations.Nullable;

/// Makes two axes of one whose position is divided, where its size is a product: `i // n` and `i % n` are the positions along them.
///
/// What a reshape has made one axis, as repeating and tiling do, two loops go through then, and nothing is divided at each point. With
/// functions at points it stays one, of long vectors.
final class SplitAxes {
    /// Axes that are shorter than some vectors, and the most scalars at points that they pay for.
    private static final int SHORT = 16, LIGHT = 16;

    private final ProgramBuilder builder;
    private final Terms terms;
    private final Function<List<Scalar>, Factors> factors;
    private final List<Scalar> sizes;
    /// By axis that is two, the first of them; the second has the next number.
    private final Map<Integer, Integer> halves = new HashMap<>();
    private final Map<Scalar, Scalar> replaced = new IdentityHashMap<>();
    private List<Scalar> scalars;

    /// @param sizes   of the axes
    /// @param scalars all that is computed at points
    SplitAxes(ProgramBuilder builder, List<Scalar> sizes, List<Scalar> scalars, Function<List<Scalar>, Factors> factors) {
        this.builder = builder;
        terms = builder.terms();
        this.factors = factors;
        this.sizes = new ArrayList<>(sizes);
        this.scalars = scalars;
        if (Scalars.inOrder(scalars).stream().noneMatch(ShortFolds::isFunction))
            for (int axis = 0; axis < this.sizes.size(); axis++) split(axis);
    }

    /// All axes, those that are two now and those that they are.
    List<Scalar> sizes() { return sizes; }

    /// Adds the loops along an axis, or along the two that it is, and sets the positions along all of those; gives the one along the axis.
    Scalar place(int axis, List<Axis> loops, List<Scalar> positions) {
        var half = halves.get(axis);
        var place = half == null ? builder.index(builder.size(sizes.get(axis))) : place(axis, half, loops, positions);
        if (half == null && place instanceof Local local) loops.add(new Axis(local, builder.size(sizes.get(axis))));
        positions.set(axis, place);
        return place;
    }

    private Scalar place(int axis, int half, List<Axis> loops, List<Scalar> positions) {
        Scalar above = place(half, loops, positions), below = place(half + 1, loops, positions);
        Scalar count = builder.size(sizes.get(half)), step = builder.size(sizes.get(half + 1));
        builder.let(sizes.get(axis), terms.mul(count, step));
        return terms.add(terms.mul(above, step), below);
    }

    /// A scalar over the axes that are left.
    Scalar apply(Scalar x) {
        if (replaced.isEmpty()) return x;
        return Scalars.map(x, part -> {
            var term = terms.term(part);
            return replaced.getOrDefault(term, term);
        });
    }

    private void split(int axis) {
        var divisor = divisor(axis);
        if (divisor == null) return;
        var quotient = factors(sizes.get(axis)).without(factors(divisor));
        if (quotient == null) return;
        int half = sizes.size();
        halves.put(axis, half);
        sizes.add(quotient.product(terms));
        sizes.add(divisor);
        replaced.put(terms.term(Scalar.floorDiv(index(axis), divisor)), index(half));
        replaced.put(terms.term(Scalar.rem(index(axis), divisor)), index(half + 1));
        scalars = scalars.stream().map(this::apply).toList();
    }

    /// By what the position along an axis is divided; null where it is not, by several, or it does not pay.
    private @Nullable Scalar divisor(int axis) {
        var all = Scalars.inOrder(scalars);
        var divisors = new HashSet<Scalar>();
        for (var x : all) if (x instanceof Binary(var f, _, var a, var b) && (f == BinaryFunction.FLOOR_DIV || f == BinaryFunction.REM)
            && a.equals(index(axis))) divisors.add(b);
        if (divisors.size() != 1) return null;
        var divisor = divisors.iterator().next();
        return divisor instanceof Const c && c.bits() < SHORT && all.size() > LIGHT ? null : divisor;
    }

    private Scalar index(int axis) { return terms.term(new Index(axis)); }

    private Factors factors(Scalar size) { return factors.apply(List.of(size)); }
}
