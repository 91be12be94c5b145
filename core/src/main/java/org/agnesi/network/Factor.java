package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.op.Constant;
import org.agnesi.op.Cut;
import org.agnesi.op.Extreme;
import org.agnesi.op.Gather;
import org.agnesi.op.PutSlice;
import org.agnesi.op.Reshape;
import org.agnesi.op.Scatter;
import org.agnesi.op.Slice;
import org.agnesi.op.Sub;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// A tensor with a label on each axis: a factor of a [Product].
sealed interface Factor {
    /// Values that are computed as they are.
    record Dense(Expr value, List<Integer> labels) implements Factor {}

    /// A matrix that is not built, but multiplied by tensors that have all axes of x, or all of y.
    sealed interface Swept extends Factor permits Derived, Composed {
        List<Integer> y();
        List<Integer> x();
        @Override default List<Integer> labels() { return Factor.joined(y(), x()); }
    }

    /// A Jacobian: axes of y, then axes of x.
    record Derived(Node jacobian, List<Integer> y, List<Integer> x) implements Swept {}

    /// A product of sums.
    record Composed(InTurn product, List<Integer> y, List<Integer> x) implements Swept {}

    /// 1 where two positions are equal, else 0.
    record Delta(int a, int b) implements Factor {
        @Override public List<Integer> labels() { return List.of(a, b); }
    }

    /// A matrix of zeros and ones that moves elements from the axes `from` to the axes `to`: a slice, a reshape.
    record Move(Movement movement, List<Integer> from, List<Integer> to) implements Factor {
        @Override public List<Integer> labels() { return Factor.joined(from, to); }
    }

    /// What a [Move] does to a tensor whose first axes are those it moves.
    sealed interface Movement {
        Expr forward(Expr t);
        Expr backward(Expr t);

        /// `t[cut]` along the first axis, of `size` elements.
        record Slicing(Cut cut, List<Expr> given, Expr size) implements Movement {
            @Override public Expr forward(Expr t) { return Expr.of(new Slice(cuts(t.type().rank())), Factor.joined(List.of(t), given)); }

            @Override public Expr backward(Expr t) {
                int own = cut.drops() ? 0 : 1;
                var rest = t.lengths().subList(own, t.type().rank());
                var whole = Emission.repeated(0, t.type().dtype(), Factor.joined(List.of(size), rest));
                return Expr.of(new PutSlice(cuts(whole.type().rank()), false), Factor.joined(List.of(whole, t), given));
            }

            private List<Cut> cuts(int rank) {
                var cuts = new ArrayList<Cut>(List.of(cut));
                while (cuts.size() < rank) cuts.add(Cut.ALL);
                return cuts;
            }
        }

        /// `t[positions]` along the first axis, of `size` elements; positions past the end read the last one.
        record Picking(Expr positions, Expr size) implements Movement {
            @Override public Expr forward(Expr t) { return Gather.take(t, within(), 0); }

            Expr within() { return Extreme.minimum(positions, Sub.sub(size, Constant.index(1))); }

            @Override public Expr backward(Expr t) { return scattered(t, size, within()); }
        }

        /// `t[positions]` along the first axis, of `size` elements, as it is written: some come twice, negative ones count
        /// from the end.
        record Taking(Expr positions, Expr size) implements Movement {
            @Override public Expr forward(Expr t) { return Gather.take(t, positions, 0); }
            @Override public Expr backward(Expr t) { return scattered(t, size, positions); }
        }

        /// Zeros, `size` along the first axis, with the rows of `t` added at positions.
        private static Expr scattered(Expr t, Expr size, Expr positions) {
            var rest = t.lengths().subList(1, t.type().rank());
            var whole = Emission.repeated(0, t.type().dtype(), Factor.joined(List.of(size), rest));
            return Expr.of(new Scatter(List.of(0), 0, true), List.of(whole, t, positions));
        }

        /// The same elements under other sizes.
        record Reshaping(List<Expr> from, List<Expr> to) implements Movement {
            @Override public Expr forward(Expr t) { return reshaped(t, from.size(), to); }
            @Override public Expr backward(Expr t) { return reshaped(t, to.size(), from); }

            private static Expr reshaped(Expr t, int own, List<Expr> sizes) {
                return Reshape.reshape(t, Factor.joined(sizes, t.lengths().subList(own, t.type().rank())));
            }
        }
    }

    List<Integer> labels();

    /// The same factor under other labels.
    default Factor renamed(UnaryOperator<Integer> to) {
        return switch (this) {
            case Dense(var value, var labels) -> new Dense(value, labels.stream().map(to).toList());
            case Derived(var jacobian, var y, var x) -> new Derived(jacobian, y.stream().map(to).toList(), x.stream().map(to).toList());
            case Composed(var product, var y, var x) -> new Composed(product, y.stream().map(to).toList(), x.stream().map(to).toList());
            case Delta(int a, int b) -> new Delta(to.apply(a), to.apply(b));
            case Move(var movement, var from, var out) -> new Move(movement, from.stream().map(to).toList(), out.stream().map(to).toList());
        };
    }

    static <T> List<T> joined(List<? extends T> a, List<? extends T> b) {
        var all = new ArrayList<T>(a);
        all.addAll(b);
        return List.copyOf(all);
    }
}
