package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// `Σ scale · of`: one value however often it is added, as in `W·v - W·v`.
record Multiples(List<Double> scales, Expr of) {
    static List<Multiples> of(List<Expr> terms) {
        var all = new ArrayList<Multiples>();
        for (var term : terms) {
            var read = Together.Scaled.read(term);
            int like = IntStream.range(0, all.size()).filter(i -> Labels.same(all.get(i).of, read.of(), Together.DEEPEST))
                .findFirst().orElse(-1);
            if (like < 0) all.add(new Multiples(List.of(read.scale()), read.of()));
            else all.set(like, new Multiples(Factor.joined(all.get(like).scales, List.of(read.scale())), all.get(like).of));
        }
        return all;
    }

    Stream<Expr> terms() { return scales.stream().map(scale -> Emission.scaled(of, scale)); }

    /// As one term, where what it is linear in can be added instead.
    private @Nullable Expr single() {
        var all = terms().toList();
        Expr sum = all.getFirst();
        for (int i = 1; i < all.size() && sum != null; i++) sum = Together.together(sum, all.get(i));
        return sum;
    }

    /// Both as one, where they are as often added, or have a part of which the sum goes through what both have; null where they have none.
    @Nullable Multiples together(Multiples other) {
        double ratio = other.scales.getFirst() / scales.getFirst();
        boolean alike = scales.size() > 1 && scales.size() == other.scales.size()
            && IntStream.range(0, scales.size()).allMatch(i -> other.scales.get(i) == ratio * scales.get(i));
        var a = alike ? of : single();
        var b = alike ? Emission.scaled(other.of, ratio) : other.single();
        var sum = a == null || b == null ? null : Together.together(a, b);
        return sum == null ? null : alike ? new Multiples(scales, sum) : of(List.of(sum)).getFirst();
    }
}
