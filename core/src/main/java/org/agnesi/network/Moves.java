package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.agnesi.network.Factor.Delta;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Move;
import org.agnesi.network.Factor.Movement;
import org.agnesi.network.Factor.Swept;
import org.agnesi.op.Cut;
import org.jspecify.annotations.Nullable;

/// Movements that need not be made: what is taken of a product is taken of its factors, and what is reshaped on both sides alike
/// of neither.
final class Moves {
    private Moves() {}

    static Product simplified(Product product, List<Integer> out, Labels labels) {
        var sofar = product;
        for (var next = next(sofar, out, labels); next != null; next = next(sofar, out, labels)) sofar = next;
        return sofar;
    }

    private static @Nullable Product next(Product product, List<Integer> out, Labels labels) {
        for (var f : product.factors()) {
            if (!(f instanceof Move move)) continue;
            var simpler = switch (move.movement()) {
                case Movement.Slicing _ when isAlone(product, move, out) || isMadeTwice(product, move) -> without(product, move);
                case Movement.Picking(var positions, var _) when firsts(product, move, out) instanceof Move whole ->
                    without(product, move, whole).and(new Move(new Movement.Picking(positions, labels.size(whole.from().getFirst())),
                        whole.from(), move.to()));
                case Movement.Slicing _, Movement.Picking _ -> {
                    var taken = taken(product, move, out);
                    yield taken != null ? taken : twice(product, move, out);
                }
                case Movement.Taking _ -> taken(product, move, out);
                case Movement.Reshaping _ when move.from().equals(move.to()) -> made(move, product);
                case Movement.Reshaping _ when isSame(move.from(), move.to(), labels) ->
                    equal(move.from(), move.to(), without(product, move));
                case Movement.Reshaping _ -> undone(product, move, out, labels);
            };
            if (simpler != null) return simpler;
        }
        return null;
    }

    /// Whether nothing is taken by a slice but ones: nobody else has the whole.
    private static boolean isAlone(Product product, Move move, List<Integer> out) {
        int from = move.from().getFirst();
        return !out.contains(from) && product.uses(from) == 1 && !move.to().contains(from)
            && move.to().stream().allMatch(to -> out.contains(to) || product.uses(to) > 1);
    }

    /// The slice of first positions that this picks from, where positions past its end are left out of the result.
    private static @Nullable Move firsts(Product product, Move pick, List<Integer> out) {
        int between = pick.from().getFirst();
        if (out.contains(between) || product.uses(between) != 2 || !out.containsAll(pick.to())) return null;
        for (var f : product.factors())
            if (f instanceof Move move && move.to().contains(between) && isOfFirsts(move)) return move;
        return null;
    }

    private static boolean isOfFirsts(Move move) {
        return move.movement() instanceof Movement.Slicing(Cut.Span(var start, var _, int step), var _, var _)
            && start.equals(Cut.OPEN) && step == 1;
    }

    private static boolean isMadeTwice(Product product, Move move) {
        return product.factors().stream().anyMatch(f -> f != move && f instanceof Move other && other.from().equals(move.from())
            && other.to().equals(move.to()) && isSame(move.movement(), other.movement()));
    }

    /// Axes moved to themselves; they are still there to be summed over.
    private static Product made(Move move, Product product) {
        var made = without(product, move);
        for (int label : move.to()) made = made.and(new Delta(label, label));
        return made;
    }

    private static Product without(Product product, Move... moves) {
        var factors = new ArrayList<>(product.factors());
        for (var move : moves) factors.removeIf(f -> f == move);
        return new Product(product.scale(), factors);
    }

    /// Each position of a slice is one position of the whole: tensors are sliced, and the slice stays for Jacobians alone; where the
    /// result has the whole, only what becomes a diagonal is.
    private static @Nullable Product taken(Product product, Move move, List<Integer> out) {
        int from = move.from().getFirst();
        if (move.to().contains(from)) return null;
        boolean slices = false, stays = out.contains(from);
        var twin = twin(product, move);
        var factors = new ArrayList<Factor>();
        for (var f : product.factors()) {
            boolean concerned = f != move && f.labels().contains(from);
            boolean now = concerned && f instanceof Dense d && hasOnce(d, from)
                && (becomesDiagonal(d, move, product) || !out.contains(from) && !staysWhole(d, move, twin));
            factors.add(now ? of((Dense) f, move, twin) : f);
            slices |= now;
            stays |= concerned && !now;
        }
        if (!slices) return null;
        if (!stays) factors.remove(move);
        return new Product(product.scale(), factors);
    }

    /// Whether a slice ends on an axis that the tensor has already, or that another of its axes is sliced to.
    private static boolean becomesDiagonal(Dense d, Move move, Product product) {
        if (!(move.movement() instanceof Movement.Slicing) || move.to().isEmpty()) return false;
        return d.labels().containsAll(move.to()) || product.factors().stream().anyMatch(f -> f != move && f instanceof Move other
            && other.movement() instanceof Movement.Slicing && other.to().equals(move.to()) && !other.from().equals(move.from())
            && d.labels().containsAll(other.from()));
    }

    private static boolean hasOnce(Dense d, int label) {
        return d.labels().contains(label) && d.labels().indexOf(label) == d.labels().lastIndexOf(label);
    }

    /// Whether a slice would be a copy of most of a matrix: what is made of the whole is sliced as well.
    private static boolean staysWhole(Dense d, Move move, @Nullable Move twin) {
        if (d.labels().size() < 2 || twin != null && hasOnce(d, twin.from().getFirst())
            || !(move.movement() instanceof Movement.Slicing(Cut.Span span, var given, var _))) return false;
        return span.leavesMost(d.value().type().dim(d.labels().indexOf(move.from().getFirst())), given);
    }

    /// What is taken of a tensor; where that is as much along two axes, from their starts, it is taken of the diagonal.
    private static Dense of(Dense whole, Move move, @Nullable Move twin) {
        if (twin == null || !hasOnce(whole, twin.from().getFirst())) return Emission.moved(move, whole, true);
        int from = move.from().getFirst(), other = twin.from().getFirst();
        var one = (Dense) whole.renamed(label -> label == other ? from : label);
        return Emission.moved(move, Emission.diagonals(one), true);
    }

    /// Another slice of as many first positions that leads to the same ones.
    private static @Nullable Move twin(Product product, Move move) {
        if (!isOfFirsts(move)) return null;
        for (var f : product.factors())
            if (f instanceof Move other && other != move && other.to().equals(move.to()) && !other.from().equals(move.from())
                && isSame(move.movement(), other.movement())) return other;
        return null;
    }

    /// Of two slices alike, where nothing else looks at the whole, the same positions meet.
    private static @Nullable Product twice(Product product, Move move, List<Integer> out) {
        int from = move.from().getFirst();
        if (out.contains(from) || product.uses(from) != 2) return null;
        for (var f : product.factors()) {
            if (f == move || !(f instanceof Move other) || !other.from().equals(move.from())
                || !isSame(move.movement(), other.movement())) continue;
            return equal(move.to(), other.to(), without(product, move, other));
        }
        return null;
    }

    private static boolean isSame(Movement a, Movement b) {
        return a instanceof Movement.Slicing m && b instanceof Movement.Slicing n && m.cut().equals(n.cut()) && m.given().equals(n.given());
    }

    /// Two tensors reshaped to the same axes, which are summed, were as well not reshaped; or one of them to the axes of the other. Not
    /// where one of these axes is there twice, and only their diagonal is summed.
    private static @Nullable Product undone(Product product, Move move, List<Integer> out, Labels labels) {
        boolean isDiagonal = Set.copyOf(move.to()).size() < move.to().size();
        for (var f : product.factors()) {
            boolean summed = !isDiagonal && move.to().stream().noneMatch(l -> out.contains(l) || product.uses(l) > 2);
            if (f == move || !(f instanceof Move other) || !(other.movement() instanceof Movement.Reshaping) || !summed
                || !other.to().equals(move.to())) continue;
            var rest = without(product, move, other);
            return isSame(move.from(), other.from(), labels) ? equal(move.from(), other.from(), rest)
                : rest.and(toThoseOf(move, other, product, labels));
        }
        return null;
    }

    /// Whether axes surely have the sizes of others.
    private static boolean isSame(List<Integer> a, List<Integer> b, Labels labels) {
        return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> labels.same(a.get(i), b.get(i)));
    }

    private static Product equal(List<Integer> a, List<Integer> b, Product product) {
        var equal = product;
        for (int i = 0; i < a.size(); i++) equal = equal.and(new Delta(a.get(i), b.get(i)));
        return equal;
    }

    /// The reshape of what is no Jacobian, if either is none, to the axes of the other.
    private static Move toThoseOf(Move a, Move b, Product product, Labels labels) {
        boolean derives = product.factors().stream()
            .anyMatch(f -> f instanceof Swept j && j.labels().stream().anyMatch(a.from()::contains));
        var from = (derives ? b : a).from();
        var to = (derives ? a : b).from();
        return new Move(new Movement.Reshaping(labels.sizes(from), labels.sizes(to)), from, to);
    }
}
