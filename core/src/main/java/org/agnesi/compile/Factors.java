package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Const;
import org.jspecify.annotations.Nullable;

/// What sizes are a product of.
///
/// @param known  the numbers' product
/// @param others all others, in the order of their terms
record Factors(long known, List<Scalar> others) {

    /// @param representative of sizes that are equal, for those of which these are products
    static Factors of(List<Scalar> sizes, Terms terms, UnaryOperator<Scalar> representative) {
        long known = 1;
        var others = new ArrayList<Scalar>();
        var work = new ArrayList<>(sizes);
        while (!work.isEmpty()) switch (work.removeLast()) {
            case Const c -> known *= c.bits();
            case Binary(var f, _, var a, var b) when f == BinaryFunction.MUL ->
                work.addAll(List.of(representative.apply(a), representative.apply(b)));
            case Scalar x -> others.add(terms.term(x));
        }
        others.sort(Comparator.comparingInt(terms::id));
        return new Factors(known, others);
    }

    /// What is left without some of them; null where those are not among them.
    @Nullable Factors without(Factors some) {
        var left = new ArrayList<>(others);
        for (var other : some.others) if (!left.remove(other)) return null;
        return some.known == 0 || known % some.known != 0 ? null : new Factors(known / some.known, left);
    }

    Scalar product(Terms terms) {
        var factors = new ArrayList<>(others);
        factors.add(terms.term(Const.of(known)));
        return terms.product(factors);
    }
}
