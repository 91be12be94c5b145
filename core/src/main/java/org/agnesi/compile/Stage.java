package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalars;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// What is computed together: one program, or one call.
sealed interface Stage {

    /// Loops over one space; rows are the points that differ only along the reduced axes.
    final class Group implements Stage {
        final List<Scalar> space;
        final List<Member> members = new ArrayList<>();
        /// The axes that its reductions drop; null while it has none.
        @Nullable List<Integer> reduced;
        int weight;

        Group(List<Scalar> space, @Nullable List<Integer> reduced) {
            this.space = space;
            this.reduced = reduced;
        }

        /// All that its members compute.
        List<Scalar> scalars() { return members.stream().flatMap(member -> member.scalars().stream()).toList(); }

        boolean hasFunctions() { return Scalars.inOrder(scalars()).stream().anyMatch(ShortFolds::isFunction); }

        /// The axes that are the same all over a row.
        List<Integer> rows() {
            return IntStream.range(0, space.size()).filter(k -> reduced == null || !reduced.contains(k)).boxed().toList();
        }
    }

    /// A loop that carries something from point to point, or writes where it is told: a program of its own.
    ///
    /// @param onto what wrote before into the same array, first to last, and whose result nobody else reads
    record Solo(Node node, List<Node> onto) implements Stage {}

    /// Rows of a few numbers, each element a scalar: see [org.agnesi.compile.Rows].
    ///
    /// @param size how many rows
    record Rows(Scalar size, List<Result> results, List<RowElements.Demand> demands) implements Stage {
        /// @param positions of the elements in the result, and those over slots, both over the row as index 0
        record Result(int slot, List<List<Scalar>> positions, List<Scalar> elements) {}

        /// All scalars that it computes.
        List<Scalar> scalars() {
            var all = new ArrayList<Scalar>();
            for (var demand : demands) all.addAll(List.of(demand.index(), demand.size()));
            for (var result : results) all.addAll(result.elements());
            return all;
        }
    }

    /// Whole arrays in, whole arrays out.
    record Call(Node node) implements Stage {}

    /// The array of a slot under other sizes: the elements of `of`, in their order.
    record Renamed(Node node, Expr of) implements Stage {}
}
