package org.agnesi.compile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Unary;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;

/// Writes out folds over a few points whose number is known, as in a sum over three coordinates.
///
/// A fold has 32 accumulators and a tree, which takes longer than the sum itself where there are fewer points than that. Each
/// accumulator has at most one value then, so the tree of the values has the same bits.
final class ShortFolds {
    /// Functions worth a loop of vectors.
    private static final int FEW_FUNCTIONS = 4;
    /// Scalars that one fold may become.
    private static final int LARGE = 400;

    private final Terms terms;

    ShortFolds(Terms terms) { this.terms = terms; }

    /// The same statements with short folds written out; their scalars are terms.
    Stmt of(Stmt stmt) {
        return switch (stmt) {
            case Seq(var steps) -> Stmt.seq(steps.stream().map(this::of).toList());
            case For(var index, var extent, var body) -> new For(index, extent, of(body));
            case Fold fold -> isShort(fold) ? writtenOut(fold) : fold;
            case If _, Let _, Stmt.While _, Stmt.Assign _, Stmt.Store _, Stmt.Accumulate _, Stmt.Check _ -> stmt;
        };
    }

    private static boolean isShort(Fold fold) {
        if (!fold.body().equals(Stmt.NOTHING)) return false;
        long points = 1;
        for (var loop : fold.loops()) {
            if (!(loop.extent() instanceof Const(var _, var n)) || n > Fold.WIDTH) return false;
            points *= n;
        }
        var scalars = Scalars.inOrder(fold.accumulators().stream().map(Accumulator::value).toList());
        long functions = points * scalars.stream().filter(ShortFolds::isFunction).count();
        return points <= Fold.WIDTH && points * scalars.size() <= LARGE && functions <= FEW_FUNCTIONS;
    }

    /// Whether it takes as long as a loop of vectors is worth.
    static boolean isFunction(Scalar x) {
        return x instanceof Unary(var f, _, _) && f.isElementary()
            || x instanceof Binary(var g, _, _, _) && (g == BinaryFunction.POW || g == BinaryFunction.ATAN2);
    }

    private Stmt writtenOut(Fold fold) {
        var points = points(fold.loops());
        return Stmt.seq(fold.accumulators().stream().<Stmt>map(a -> new Let(a.local(), combined(a, points))).toList());
    }

    /// The indices' values at each point, in C order.
    private List<Map<Scalar, Scalar>> points(List<Stmt.Loop> loops) {
        var points = List.<Map<Scalar, Scalar>>of(new IdentityHashMap<>());
        for (var loop : loops) {
            long n = ((Const) loop.extent()).bits();
            points = points.stream().flatMap(point -> IntStream.range(0, (int) n).mapToObj(i -> {
                Map<Scalar, Scalar> further = new IdentityHashMap<>(point);
                further.put(loop.index(), terms.term(Const.of((long) i)));
                return further;
            })).toList();
        }
        return points;
    }

    private Scalar combined(Accumulator a, List<Map<Scalar, Scalar>> points) {
        return combined(terms, a.combine(), points.stream().map(point -> at(a.value(), point)).toList(), a.local().dtype());
    }

    /// What a fold of these values, at most 32, comes to.
    static Scalar combined(Terms terms, Combine combine, List<Scalar> folded, DType dtype) {
        var values = new ArrayList<>(folded);
        var identity = terms.term(combine.identity(dtype));
        if (values.isEmpty()) return identity;
        for (int w = Fold.WIDTH / 2; w > 0; w /= 2) for (int i = 0; i < w && i + w < values.size(); i++)
            values.set(i, call(terms, combine, values.get(i), values.get(i + w)));
        boolean keepsSign = combine != Combine.ADD || !dtype.isFloating();
        return keepsSign ? values.getFirst() : call(terms, combine, values.getFirst(), identity);   // −0.0 + 0.0 = 0.0
    }

    private static Scalar call(Terms terms, Combine combine, Scalar a, Scalar b) {
        return terms.term(Scalar.call(combine.function(), a, b));
    }

    private Scalar at(Scalar x, Map<Scalar, Scalar> point) {
        return Scalars.map(x, part -> {
            var term = terms.term(part);
            return point.getOrDefault(term, term);
        });
    }
}
