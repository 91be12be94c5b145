package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.network.Factor.Delta;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Move;
import org.agnesi.network.Factor.Movement;
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
                case Movement.Slicing _, Movement.Picking _ -> {
                    var taken = taken(product, move, out);
                    yield taken != null ? taken : twice(product, move, out);
                }
                case Movement.Reshaping _ -> undone(product, move, out, labels);
            };
            if (simpler != null) return simpler;
        }
        return null;
    }

    /// Each position of a slice is one position of the whole: tensors are sliced, and the slice stays for Jacobians alone.
    private static @Nullable Product taken(Product product, Move move, List<Integer> out) {
        int from = move.from().getFirst();
        if (out.contains(from) || move.to().contains(from)) return null;
        boolean slices = false, stays = false;
        var factors = new ArrayList<Factor>();
        for (var f : product.factors()) {
            boolean concerned = f != move && f.labels().contains(from);
            boolean now = concerned && f instanceof Dense d && d.labels().indexOf(from) == d.labels().lastIndexOf(from);
            factors.add(now ? Emission.moved(move, (Dense) f, true) : f);
            slices |= now;
            stays |= concerned && !now;
        }
        if (!slices) return null;
        if (!stays) factors.remove(move);
        return new Product(product.scale(), factors);
    }

    /// Of two slices alike, where nothing else looks at the whole, the same positions meet.
    private static @Nullable Product twice(Product product, Move move, List<Integer> out) {
        int from = move.from().getFirst();
        if (out.contains(from) || product.uses(from) != 2) return null;
        for (var f : product.factors()) {
            if (f == move || !(f instanceof Move other) || !other.from().equals(move.from())
                || !isSame(move.movement(), other.movement())) continue;
            var factors = new ArrayList<>(product.factors());
            factors.remove(move);
            factors.remove(other);
            for (int i = 0; i < move.to().size(); i++) factors.add(new Delta(move.to().get(i), other.to().get(i)));
            return new Product(product.scale(), factors);
        }
        return null;
    }

    private static boolean isSame(Movement a, Movement b) {
        return a instanceof Movement.Slicing m && b instanceof Movement.Slicing n && m.cut().equals(n.cut()) && m.given().equals(n.given());
    }

    /// Two tensors reshaped to the same axes, which are summed, were as well not reshaped.
    private static @Nullable Product undone(Product product, Move move, List<Integer> out, Labels labels) {
        for (var f : product.factors()) {
            if (f == move || !(f instanceof Move other) || !(other.movement() instanceof Movement.Reshaping)
                || !other.to().equals(move.to()) || other.from().size() != move.from().size()) continue;
            boolean same = IntStream.range(0, move.from().size()).allMatch(i -> labels.same(move.from().get(i), other.from().get(i)));
            boolean summed = move.to().stream().noneMatch(l -> out.contains(l) || product.uses(l) > 2);
            if (!same || !summed) continue;
            var factors = new ArrayList<>(product.factors());
            factors.remove(move);
            factors.remove(other);
            for (int i = 0; i < move.from().size(); i++) factors.add(new Delta(move.from().get(i), other.from().get(i)));
            return new Product(product.scale(), factors);
        }
        return null;
    }
}
